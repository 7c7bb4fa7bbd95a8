package texts

import (
	"slices"
	"strings"

	"javab/bot"
)

// insert writes the wanted languages that a row does not have yet, each in its place between the others.
func (f *file) insert(r Row, wanted map[place]string) []splice {
	var splices []splice
	for _, lang := range columns {
		text, changed := wanted[place{r.Path, lang}]
		if !changed || slices.ContainsFunc(r.in.keys, func(k field) bool { return k.lang == lang }) {
			continue
		}
		splices = append(splices, f.entry(r, lang, text))
	}
	return splices
}

// entry writes "lang: text" behind the language that comes before it, else before all others.
func (f *file) entry(r Row, lang bot.Lang, text string) splice {
	before, ok := r.in.before(lang)
	like, first := value{}, r.in.keys[0].key
	if ok {
		like = before.value
	} else {
		like = r.in.keys[0].value
	}
	written := string(lang) + ": " + f.entryText(r, like, text)
	margin := "\n" + strings.Repeat(" ", r.in.indent)
	switch {
	case ok && r.in.flow:
		return splice{before.value.end, before.value.end, ", " + written}
	case ok:
		end := f.behindValue(before.value)
		return splice{end, end, margin + written}
	case r.in.flow:
		return splice{first, first, written + ", "}
	default:
		return splice{first, first, written + margin}
	}
}

// entryText writes the text of a new entry as another language of its row is written.
func (f *file) entryText(r Row, like value, text string) string {
	if r.Many {
		return flowList(text)
	}
	like.list, like.indent, like.flow = false, r.in.indent, r.in.flow
	if like.style == block && !strings.Contains(text, "\n") {
		like.style = plain
	}
	return f.scalar(like, text)
}

// before is the last language that stands before lang in the order of the columns and has a text.
func (m mapping) before(lang bot.Lang) (field, bool) {
	var found field
	ok := false
	order := slices.Index(columns, lang)
	for _, key := range m.keys {
		if at := slices.Index(columns, key.lang); at < order && key.value.style != none &&
			(!ok || at > slices.Index(columns, found.lang)) {
			found, ok = key, true
		}
	}
	return found, ok
}

// behindValue is the end of the last line of a value, with the comment behind it; of a | or > scalar that keeps its
// empty lines, with these.
func (f *file) behindValue(v value) int {
	end := f.lineEnd(v.end)
	if v.style == block && strings.Contains(f.text[v.start:f.lineEnd(v.start)], "+") {
		for next := end + 1; next < len(f.text) && strings.TrimSpace(f.text[next:f.lineEnd(next)]) == ""; next = end + 1 {
			end = f.lineEnd(next)
		}
	}
	return end
}
