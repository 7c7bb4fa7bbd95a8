package faq

import "javab/bot"

// Document is one thing that a text can be about, in one language: an Answer ("answers/<id>"), a flow ("flow/<id>"), a
// category of complaints ("categories/<id>"), with the ways in which people ask for it.
type Document struct {
	ID        string
	Lang      bot.Lang
	Phrasings []string
}

// Scored is a document and how well it fits: 0 is not at all, 1.5 the best that likeness reaches, and an exact phrasing
// gets as much on top.
type Scored struct {
	ID    string
	Score float64
}

// Result is what the matcher makes of a text. The zero Result is: no idea.
type Result struct {
	// Lang is the language of the index that the ids below were found in.
	Lang bot.Lang
	// Top are the best documents, best first, ties by id: at least three where there are so many.
	Top []Scored
	// Sure, when set, is the one document that may be acted on without asking.
	Sure string
	// Likely are up to three documents worth offering as buttons, best first; the sure one, if any, is the first.
	Likely []string
}
