package faq

import (
	"slices"

	"javab/bot"
)

// Reading is what the matcher makes of a whole message.
type Reading struct {
	// Result is what the message is about, or its first question is. It is empty when the message is small talk.
	Result
	// Class is what the message is written in; empty when it has no letters.
	Class bot.Lang
	// Talk is the kind of small talk that the message is and nothing else, if it is.
	Talk Talk
	// Next are what the other questions of the message are surely about: answered when the member wants it.
	Next []string
}

// Read finds out what a message of a member who reads the language is about: kind words alone, several questions, one
// question, or one that goes on from the document that was answered last, which may be empty.
func (x *Index) Read(lang bot.Lang, s, last string) Reading {
	r := Reading{Class: x.Class(s), Result: Result{Lang: lang}}
	if talk, is := x.speech.SmallTalk(s); is {
		r.Talk = talk
		return r
	}
	parts := x.parts(s)
	h := x.hear(append([]string{cut(s)}, parts...)...)
	if all := x.several(lang, parts, h); len(all) > 0 {
		r.Result = all[0]
		for _, next := range all[1:] {
			r.Next = append(r.Next, next.Sure)
		}
		return r
	}
	if r.Result = x.find(lang, cut(s), h); last == "" || r.Sure != "" && !r.leans(s) {
		return r
	}
	return r.goingOn(x.follow(r.sectionOf(lang), s, last, h))
}

// leans reports whether a message that seems sure may still go on from the answer before it: a few words that are not very sure
// ("and for companies?" names companies, and there is an answer about lists of them).
func (r Reading) leans(s string) bool { return r.P < leaningP && len(foldedWords(s)) <= leaningWords }

// The most words of a message that may lean on the answer before it though it seems sure, and the P from which on it does not.
const (
	leaningWords = 4
	leaningP     = 0.8
)

// sectionOf is the index in which a message that goes on from another is looked up: that of its own words, if there is one.
func (r Reading) sectionOf(lang bot.Lang) bot.Lang {
	if r.Class == Finglish {
		return Finglish
	}
	if r.Lang.Valid() {
		return r.Lang
	}
	return lang
}

// goingOn offers what the message means as a question of its own, and as one that goes on: the best of each, then the
// others, and no more than can be offered.
func (r Reading) goingOn(f Result) Reading {
	switch {
	case len(f.Likely) == 0:
		return r
	case len(r.Likely) == 0:
		r.Result = f
		return r
	}
	likely := []string{r.Likely[0]}
	for _, id := range slices.Concat(f.Likely[:1], r.Likely[1:], f.Likely[1:]) {
		if len(likely) < likelyN && !slices.Contains(likely, id) {
			likely = append(likely, id)
		}
	}
	r.Likely, r.Sure = likely, ""
	return r
}
