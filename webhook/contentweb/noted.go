package contentweb

import (
	"slices"
	"strings"

	"javab/bot"
	"javab/flows"
	"javab/flows/texts"
)

// fault is what is wrong with one field, for the links to all of them.
type fault struct {
	Name  string // of the field
	Title string
	Bad   bool
}

// spoken puts problems of texts under their own languages: many stand at the beginning of a text in all its languages. It
// returns those that are about no language.
func (f *form) spoken(found []flows.Problem) (rest []flows.Problem) {
	for _, p := range found {
		if langs := p.Langs(); p.File != f.In.File || !f.entry.Within(p.Line) || len(langs) == 0 || !f.under(p, langs) {
			rest = append(rest, p)
		}
	}
	return rest
}

// under adds a problem to the fields of its languages; false when the form has none of them.
func (f *form) under(p flows.Problem, langs []bot.Lang) (told bool) {
	key := f.entry.Key(texts.Place{Line: p.Line, Column: p.Column})
	if last := key[strings.LastIndexByte(key, '/')+1:]; bot.Lang(last).Valid() {
		key = strings.TrimSuffix(strings.TrimSuffix(key, last), "/")
	}
	one := note{p.Message(f.Told), p.Severity == flows.Error}
	for _, lang := range langs {
		told = f.beside(in(key, lang), one) || f.beside(string(lang), one) || told
	}
	return told
}

// faults are the fields with which something is wrong, as they stand on the page.
func (f *form) faults() (list []fault) {
	add := func(name, title string, notes []note) {
		if len(notes) > 0 {
			bad := slices.ContainsFunc(notes, func(n note) bool { return n.Bad })
			list = append(list, fault{name, title, bad})
		}
	}
	texts := func(title string, cells []cell) {
		for _, c := range cells {
			add(c.Name, title+" ("+c.Called+")", c.Notes)
		}
	}
	for _, i := range f.Inputs { // plain fields stand first
		if len(i.Cells) == 0 {
			add(i.Name, i.Title, i.Notes)
		}
	}
	for _, i := range f.Inputs {
		if len(i.Cells) > 0 {
			add(i.Name, i.Title, i.Notes)
			texts(i.Title, i.Cells)
		}
	}
	for _, p := range f.Parts {
		for _, row := range p.Rows {
			texts(p.Title, row)
		}
	}
	return list
}

// Problems is how much is wrong with the entry; Errors, how much of it keeps it from being published.
func (f *form) Problems() int { return f.tell(func(note) bool { return true }) }

// Errors counts what keeps the entry from being published.
func (f *form) Errors() int { return f.tell(func(n note) bool { return n.Bad }) }

func (f *form) tell(counts func(note) bool) (n int) {
	tally := func(notes []note) {
		for _, one := range notes {
			if counts(one) {
				n++
			}
		}
	}
	tally(f.Notes)
	for _, i := range f.Inputs {
		tally(i.Notes)
		for _, c := range i.Cells {
			tally(c.Notes)
		}
	}
	for _, p := range f.Parts {
		for _, row := range p.Rows {
			for _, c := range row {
				tally(c.Notes)
			}
		}
	}
	return n
}
