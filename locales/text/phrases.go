package text

import (
	"slices"
	"strings"
	"unicode/utf8"

	"javab/bot"
)

// Phrases are words to be noticed in a text, in all languages at once: people mix them. They are compared as search
// compares. The zero Phrases find nothing.
type Phrases struct{ byLetter map[rune][]phrase }

// phrase is some words in their order.
type phrase []part

// part is one word of a phrase, or the beginning of one. After a gap others may stand before it.
type part struct {
	word        string
	begins, gap bool
}

// MaxGap is how many words a gap may hold.
const MaxGap = 5

const gapMark = "\u2026"

// NewPhrases makes phrases of lists by language. A word that ends with * stands for every word that begins so; between
// words an ellipsis stands for up to MaxGap others of the same sentence. What a half-space joins is written joined or
// apart: both are looked for.
func NewPhrases(lists map[bot.Lang][]string) Phrases {
	p := Phrases{byLetter: map[rune][]phrase{}}
	for _, lang := range bot.Langs {
		for _, entry := range lists[lang] {
			for _, written := range []string{entry, strings.ReplaceAll(entry, zwnj, " ")} {
				p.add(compile(written))
			}
		}
	}
	return p
}

const zwnj = "\u200c"

func compile(entry string) (all phrase) {
	gap := false
	for field := range strings.FieldsSeq(entry) {
		if field == gapMark {
			gap = len(all) > 0
			continue
		}
		field, begins := strings.CutSuffix(field, "*")
		keys := strings.Fields(Fold(field))
		if len(keys) == 0 && begins { // any word
			keys = []string{""}
		}
		for i, key := range keys {
			all = append(all, part{key, begins && i == len(keys)-1, gap && i == 0})
		}
		gap = gap && len(keys) == 0
	}
	return all
}

func (p Phrases) add(one phrase) {
	if len(one) == 0 || one[0].word == "" {
		return
	}
	letter, _ := utf8.DecodeRuneInString(one[0].word)
	if !slices.ContainsFunc(p.byLetter[letter], func(known phrase) bool { return slices.Equal(known, one) }) {
		p.byLetter[letter] = append(p.byLetter[letter], one)
	}
}

// Span is a run of words, by their places in what Words has read.
type Span struct{ First, Last int }

// Find returns where phrases begin and end. None begins within another.
func (p Phrases) Find(words []Word) (found []Span) {
	for i := 0; i < len(words); i++ {
		if last := p.at(words, i); last >= 0 {
			found = append(found, Span{i, last})
			i = last
		}
	}
	return found
}

// In reports whether any phrase stands in a text.
func (p Phrases) In(words []Word) bool {
	for i := range words {
		if p.at(words, i) >= 0 {
			return true
		}
	}
	return false
}

// at returns where the longest phrase ends that begins with a word; -1: none does.
func (p Phrases) at(words []Word, i int) int {
	last := -1
	letter, size := utf8.DecodeRuneInString(words[i].Key)
	for _, one := range p.byLetter[letter] {
		last = max(last, one.match(words, i))
	}
	if rest := words[i].Key[size:]; letter == waw || letter == feh {
		letter, _ = utf8.DecodeRuneInString(rest)
		for _, one := range p.byLetter[letter] {
			last = max(last, one.match(words, i))
		}
	}
	return last
}

// Arabic writes "and" as one word with the next.
const (
	waw = '\u0648'
	feh = '\u0641'
)

// match returns where the phrase ends that begins at i; -1: it does not stand there.
func (one phrase) match(words []Word, i int) int {
	if !one[0].is(words[i].Key) {
		return -1
	}
	if len(one) == 1 {
		return i
	}
	reach := i + 1
	if one[1].gap {
		reach += MaxGap
	}
	for next := i + 1; next <= reach && next < len(words); next++ {
		if one[1].gap && words[next-1].End {
			return -1
		}
		if last := one[1:].match(words, next); last >= 0 {
			return last
		}
	}
	return -1
}

func (p part) is(key string) bool {
	if p.matches(key) {
		return true
	}
	letter, size := utf8.DecodeRuneInString(key)
	return (letter == waw || letter == feh) && len(key) > size && p.matches(key[size:])
}

func (p part) matches(key string) bool {
	return key == p.word || p.begins && strings.HasPrefix(key, p.word)
}
