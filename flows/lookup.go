package flows

import (
	"maps"
	"strings"

	"javab/bot"
)

// languageVar is the variable that always holds the member's language; a script that sets it changes the language.
const languageVar = "language"

// found is what a name in a text or condition stands for: the value of a variable, or a field of a content entry.
type found struct {
	value bot.Value
	field *Field
	label bot.Text // of a content variable or an entry
	form  []Item   // the questions of a form that have an answer
	kind  foundKind
}

type foundKind int

const (
	foundNothing foundKind = iota
	foundValue
	foundField
	foundLabel
	foundForm
)

func cutRef(ref string) (list, id string, ok bool) {
	list, id, ok = strings.Cut(ref, "/")
	return list, id, ok && list != "" && id != ""
}

// lookup finds what a name stands for. Actions give variables with dots in their names, so the longest variable wins;
// what follows it is a path through the content.
func (t *turn) lookup(name string) found {
	if v, ok := t.st.Vars[name]; ok {
		return found{value: v, kind: foundValue}
	}
	if v, ok := t.secrets[name]; ok {
		return found{value: bot.Value{Text: v}, kind: foundValue}
	}
	if _, isForm := t.p.forms[name]; isForm {
		return found{form: t.answered(name), kind: foundForm}
	}
	if name == languageVar {
		return found{value: bot.Value{Text: string(t.lang)}, kind: foundValue}
	}
	for i := len(name) - 1; i > 0; i-- {
		if name[i] != '.' {
			continue
		}
		if v, ok := t.st.Vars[name[:i]]; ok {
			return t.follow(v.Ref, name[i+1:])
		}
	}
	if t.p.env.Lists != nil {
		if item, ok := t.p.env.Lists.Item(VariablesList, name); ok {
			return found{label: item.Label, kind: foundLabel}
		}
	}
	return t.formAnswer(name)
}

// formAnswer finds the answer to a form's question by the question's id alone, as the conditions of content lists name
// it. Of several forms that ask the same, the first by name decides.
func (t *turn) formAnswer(question string) found {
	best := ""
	for name := range t.st.Vars {
		form, id, _ := strings.Cut(name, ".")
		if id == question && (best == "" || name < best) && t.p.forms[form] != nil {
			best = name
		}
	}
	if best == "" {
		return found{}
	}
	return found{value: t.st.Vars[best], kind: foundValue}
}

// item is a content entry as it may be said now: of one whose last day is over, that an officer will tell, and the way to
// him.
func (t *turn) item(ref string) (Item, bool) {
	item, ok := t.p.env.item(ref)
	if !ok || !t.expired(item) {
		return item, ok
	}
	item.Fields = maps.Clone(item.Fields)
	item.Fields["text"], item.Fields["next"] = Field{Text: t.p.env.System["answer.expired"]}, Field{Value: Officer}
	return item, true
}

// follow walks a path of fields from a content entry.
func (t *turn) follow(ref, path string) found {
	for {
		item, ok := t.item(ref)
		if !ok {
			return found{}
		}
		name, rest, more := strings.Cut(path, ".")
		field, ok := item.Fields[name]
		switch {
		case !ok && !more && name == "label":
			return found{label: item.Label, kind: foundLabel}
		case !ok && !more && name == "id":
			return found{value: bot.Value{Text: item.ID}, kind: foundValue}
		case !ok:
			return found{}
		case !more:
			return found{field: &field, kind: foundField}
		}
		ref, path = field.Ref, rest
	}
}

// plain is the found thing as conditions and arguments see it: ids, not labels.
func (f found) plain(lang bot.Lang) string {
	switch f.kind {
	case foundValue:
		return plainValue(f.value)
	case foundField:
		return f.field.plain(lang)
	case foundLabel:
		return f.label.In(lang)
	default:
		return ""
	}
}

func plainValue(v bot.Value) string {
	switch {
	case v.Ref != "":
		_, id, _ := cutRef(v.Ref)
		return id
	case v.At != 0:
		return day(v.At)
	default:
		return v.Text
	}
}

func (f *Field) plain(lang bot.Lang) string {
	switch {
	case f.Ref != "":
		_, id, _ := cutRef(f.Ref)
		return id
	case f.Value != "":
		return f.Value
	default:
		return f.Text.In(lang)
	}
}

// set reports whether there is anything.
func (f found) set() bool {
	switch f.kind {
	case foundValue:
		v := f.value
		return v.Text != "" || v.Ref != "" || v.At != 0 || v.Kept || len(v.Items) > 0
	case foundField:
		return f.field.Ref != "" || f.field.Value != "" || !f.field.Text.Empty() || len(f.field.Items) > 0
	case foundLabel:
		return !f.label.Empty()
	case foundForm:
		return len(f.form) > 0
	default:
		return false
	}
}
