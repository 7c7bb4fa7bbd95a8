package faq

import "javab/bot"

// Document is one thing that a text can be about, in one language: an Answer ("answers/<id>"), a flow ("flow/<id>"), a
// category of complaints ("categories/<id>"), with the ways in which people ask for it.
type Document struct {
	ID        string
	Lang      bot.Lang
	Phrasings []string
	// Finglish are phrasings of a Persian document in Latin letters. They are never asked for in Persian letters.
	Finglish []string
	// Says is the document's own text, if it is known: its words count like those of one more phrasing, but it is none.
	Says string
	// Risky marks what costs the member money, a date or a right when it is wrong: it is said only when surer than usual.
	Risky bool
}

// Scored is a document and how well it fits: 0 is not at all. Scores of one text can be compared, those of two cannot.
type Scored struct {
	ID    string
	Score float64
}

// Result is what the matcher makes of a text. The zero Result is: no idea.
type Result struct {
	// Lang is the language of the index that the ids below were found in. It is Persian for Finglish.
	Lang bot.Lang
	// Top are the best documents, best first, ties by id: at least three where there are so many.
	Top []Scored
	// P is how likely the first of them is what is meant, 0 to 1.
	P float64
	// Sure, when set, is the one document that may be acted on without asking.
	Sure string
	// Likely are up to three documents worth offering as buttons, best first; the sure one, if any, is the first.
	Likely []string
}

// Action says what to do with the text.
func (r Result) Action() Action {
	switch {
	case r.Sure != "":
		return ActAnswer
	case len(r.Likely) > 0:
		return ActAsk
	default:
		return ActHandOff
	}
}
