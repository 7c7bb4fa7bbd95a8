package bot

import (
	"strings"
	"unicode/utf8"
)

// ReadyReply is what officers send again and again: a text of the content in three languages. What is sent of it is kept
// with its id and the version of the content.
type ReadyReply struct {
	ID    string
	Unit  UnitID // whose officers are offered it first; empty: all
	Topic string // for which it is offered first; empty: any
	Title Text
	// Text has the settings of the installation filled in already; its other placeholders are ReadyVars.
	Text Text
}

// ReadyFlow is the flow of a message that was sent from a ready reply; its step is the reply's id.
const ReadyFlow = "replies"

// ReadyVars are what ready replies may leave open: the member's name, who writes and for which unit, the case's number and
// the date of its promise.
var ReadyVars = [...]string{"name", "officer", "unit", "case", "due"}

// Fill returns the text in a language with the values filled in. What has no value stays open as {name}, for the officer
// to see and to complete.
func (r ReadyReply) Fill(l Lang, values map[string]string) string {
	var pairs []string
	for _, name := range ReadyVars {
		if values[name] != "" {
			pairs = append(pairs, "{"+name+"}", values[name])
		}
	}
	return strings.NewReplacer(pairs...).Replace(r.Text.In(l))
}

// LeftOpen is the first of the ReadyVars that a text leaves open, in its braces; empty when there is none.
func LeftOpen(text string) string {
	first, at := "", len(text)
	for _, name := range ReadyVars {
		if i := strings.Index(text, "{"+name+"}"); i >= 0 && i < at {
			first, at = "{"+name+"}", i
		}
	}
	return first
}

// enoughToKnow is how many letters of a sentence say from which ready reply it is.
const enoughToKnow = 12

// Stands reports whether a text is still this ready reply, in whatever language: one of its sentences stands in it word
// for word. What an officer adds, and what he changes beside it, is his own.
func (r ReadyReply) Stands(in string) bool {
	for _, lang := range Langs {
		for _, sentence := range sentences(r.Text.In(lang)) {
			if strings.Contains(in, sentence) {
				return true
			}
		}
	}
	return false
}

// sentences are the parts of a text between its placeholders and full stops that are long enough to be known again; a
// text that has none is known only whole.
func sentences(text string) (parts []string) {
	bare := text
	for _, name := range ReadyVars {
		bare = strings.ReplaceAll(bare, "{"+name+"}", "\n")
	}
	for part := range strings.FieldsFuncSeq(bare, func(r rune) bool { return strings.ContainsRune(".!?\u061f\n", r) }) {
		if part = strings.TrimSpace(part); utf8.RuneCountInString(part) >= enoughToKnow {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 && text != "" {
		parts = []string{text}
	}
	return parts
}
