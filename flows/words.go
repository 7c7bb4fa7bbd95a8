package flows

import "javab/bot"

// Pos is a place in a script file, counted from 1; columns count characters.
type Pos struct{ Line, Column int }

// Name is a word of a script that names something, and where it stands.
type Name struct {
	Text string
	Pos  Pos
}

// Words is a text of a script in the three languages, each parsed into a Template.
type Words struct {
	Fa, Ar, En *Template
	Pos        Pos
}

// In returns the text in language l, nil when it is missing.
func (w Words) In(l bot.Lang) *Template {
	switch l {
	case bot.Ar:
		return w.Ar
	case bot.En:
		return w.En
	default:
		return w.Fa
	}
}

// Empty reports whether the script says nothing here in any language.
func (w Words) Empty() bool { return w.Fa == nil && w.Ar == nil && w.En == nil }

// Text returns the raw texts, placeholders and all: what a label without placeholders says.
func (w Words) Text() bot.Text { return bot.Text{Fa: w.Fa.raw(), Ar: w.Ar.raw(), En: w.En.raw()} }
