package flows

import (
	"strconv"

	"javab/bot"
	"javab/flows/expect"
)

// asker is a listener whose question can be looked at.
type asker interface {
	prompter
	// question returns what is being asked, nil when there is nothing left to ask.
	question(t *turn, s *Step) *question
}

// enter asks the next item of the list that is for this member; after the last it goes on.
func (b *FormStep) enter(t *turn, s *Step) {
	q := b.question(t, s)
	if q == nil {
		t.onward(s)
		return
	}
	if t.aside {
		t.still = true
		return
	}
	t.ask(s, q)
}

func (b *FormStep) hear(t *turn, s *Step) {
	if q := b.question(t, s); q != nil {
		t.answer(s, q)
	}
}

func (b *FormStep) prompt(t *turn, s *Step) *prompt {
	if q := b.question(t, s); q != nil {
		return q.prompt
	}
	return nil
}

// question returns the item at the form's place, skipping those that are not for this member: their `when` does not
// hold, or the account has answered them already.
func (b *FormStep) question(t *turn, _ *Step) *question {
	_, items := t.itemsOf(&b.Source)
	for ; t.st.Item < len(items); t.st.Item++ {
		if item := items[t.st.Item]; t.asks(item) {
			return b.ask(t, item)
		}
	}
	return nil
}

// asks reports whether a question of a list is for this member.
func (t *turn) asks(item Item) bool {
	return t.shown(item) && (item.Fields["account"].Value != "true" || t.st.Account == "")
}

func (b *FormStep) ask(t *turn, item Item) *question {
	rule := ruleOf(item)
	q := &question{
		prompt: &prompt{words: t.itemWords(item), card: rule.card()},
		field:  item.ID, saveAs: b.Save.Text + "." + item.ID, rule: rule,
		optional: item.Fields["required"].Value != "true",
	}
	if b.Save.Text == "" {
		q.saveAs = item.ID
	}
	switch {
	case rule == nil:
	case rule.Rule.Kind == expect.Unit:
		q.buttons = t.listButtons(nil, unitsList, nil)
	case rule.Rule.Kind == expect.Choice:
		q.buttons = t.listButtons(nil, item.ID, item.Fields["options"].Items)
	}
	next := func() {
		t.st.Item++
		t.st.Tries, t.st.Pieces, t.st.Doubtful = 0, 0, nil
	}
	q.typed, q.skipped = next, next
	q.chosen = func(chosen button) {
		t.keep(item.ID, bot.Value{Text: chosen.label})
		t.save(q.name(), chosen.value)
		next()
	}
	t.tooled(q)
	if t.st.Trail == "" || t.st.Doubtful != nil {
		return q
	}
	back := t.tool(choiceBack, "label.back")
	if q.rule.gathers() { // whose first button ends the gathering
		q.tools = append(q.tools, back)
	} else {
		q.tools = append([]button{back}, q.tools...)
	}
	return q
}

// ruleOf is what answer an item of a list wants; text when it does not say.
func ruleOf(item Item) *Expectation {
	kind := item.Fields["expect"].Value
	if kind == "" {
		kind = string(expect.Text)
	}
	rule, err := expect.Parse(kind, limitsOf(item))
	if err != nil {
		rule, _ = expect.Parse(string(expect.Text), nil)
	}
	return &Expectation{Kind: Name{Text: kind}, Rule: rule}
}

// limitsOf are the limits of an answer that an item sets.
func limitsOf(item Item) map[string]any {
	limits := map[string]any{}
	for _, name := range []string{"min", "max"} {
		if n, err := strconv.Atoi(item.Fields[name].Value); err == nil {
			limits[name] = n
		}
	}
	return limits
}

// itemWords is the sentence of an item: its field text, else its label.
func (t *turn) itemWords(item Item) []bot.Segment {
	words := item.Fields["text"].Text
	if words.Empty() {
		words = item.Label
	}
	return []bot.Segment{{Text: words.In(t.lang)}}
}

// answered returns the questions of a form that have an answer, in the order in which they are asked. Those that no
// longer belong, because a category was changed since, are left out.
func (t *turn) answered(form string) []Item {
	var list []Item
	for _, source := range t.p.forms[form] {
		_, items := t.itemsOf(source)
		for _, item := range items {
			if _, ok := t.st.Vars[form+"."+item.ID]; ok && t.shown(item) {
				list = append(list, item)
			}
		}
	}
	return list
}

// itemsOf returns the items of a source, and the name of their list.
func (t *turn) itemsOf(source *Source) (string, []Item) {
	if source.List.Text != "" {
		items, _ := t.p.env.list(source.List.Text)
		return source.List.Text, items
	}
	f := t.lookup(source.Path.Text)
	switch f.kind {
	case foundField:
		return fieldOf(source.Path.Text), f.field.Items
	case foundValue:
		return "", t.entries(f.value.Items)
	}
	return "", nil
}

// entries looks up the content behind the items of a variable.
func (t *turn) entries(refs []bot.Item) []Item {
	items := make([]Item, 0, len(refs))
	for _, ref := range refs {
		item, ok := t.p.env.item(ref.Ref)
		if !ok {
			item = Item{ID: ref.ID, Label: bot.Text{Fa: ref.Label, Ar: ref.Label, En: ref.Label}}
		}
		items = append(items, item)
	}
	return items
}
