package texts

import "javab/bot"

// Row is one text of a file in its languages, side by side.
type Row struct {
	// Path names the text for good: keys, and the ids of steps, options and entries instead of their numbers, as in
	// "steps/confirm/options/submit/label" or "answers/fees/q". What has no id is counted: "s3" for a step, as its state
	// calls it, and "#2" for anything else.
	Path string
	// Entry is the id of the step or of the list entry that the text belongs to; empty for the head of a script.
	Entry string
	// Kind is the key under which it stands: say, ask, label, title, q, a; for a plain entry the name of its list.
	Kind string
	// Many marks phrasings and other lists of words: the text of a cell has one of them a line.
	Many bool
	// Cells has an entry for each language of bot.Langs, and for Finglish where the file has it.
	Cells map[bot.Lang]Cell

	in mapping
}

// Finglish is Persian in Latin letters: a further column of phrasings, never a language of a text.
const Finglish bot.Lang = "fin"

// Cell is a text in one language.
type Cell struct {
	Text string
	// Line and Column are where the text stands, counted from 1 in characters; where it would stand when it is missing.
	Line, Column int
	// Missing says that the file has no text here, or an empty one.
	Missing bool

	at value
}

// Read lists the texts of a file, in their order. What cannot be read as YAML is a bot.Error of kind Invalid.
func Read(src []byte) ([]Row, error) {
	f, err := open(src)
	if err != nil {
		return nil, err
	}
	return f.rows, nil
}

// Value is one plain value of a file that is no text in languages: an id, a name, a number.
type Value struct {
	// Path and Entry name it as they do a Row.
	Path, Entry, Text string
}

// Values lists the plain values of a file, in their order.
func Values(src []byte) ([]Value, error) {
	f, err := open(src)
	if err != nil {
		return nil, err
	}
	return f.rest, nil
}

// columns lists the languages that a row can have, in the order in which they are written.
var columns = []bot.Lang{bot.Fa, Finglish, bot.Ar, bot.En}
