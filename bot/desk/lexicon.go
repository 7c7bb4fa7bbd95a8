package desk

import (
	"slices"
	"strings"
	"unicode"

	"javab/bot"
	"javab/locales/text"
)

// Lexicon notices tone and promises by the content's words. It only ever hints. The zero Lexicon notices nothing but signs.
type Lexicon struct{ anger, calm, rude, promises, money []phrase }

// phrase is some folded words, of which the last may be a beginning.
type phrase struct {
	words  string
	begins bool
}

// NewLexicon makes a lexicon of the lists of all languages: members and officers mix them.
func NewLexicon(m bot.Manners) *Lexicon {
	return &Lexicon{
		anger: phrases(m.Anger), calm: phrases(m.Calm), rude: phrases(m.Rude), promises: phrases(m.Promises), money: phrases(m.Money),
	}
}

const zwnj = "\u200c"

// phrases folds a list. What a half-space joins is written joined or apart: both are looked for.
func phrases(lists map[bot.Lang][]string) (all []phrase) {
	for _, lang := range bot.Langs {
		for _, entry := range lists[lang] {
			entry, begins := strings.CutSuffix(entry, "*")
			for _, written := range []string{entry, strings.ReplaceAll(entry, zwnj, " ")} {
				p := phrase{text.Fold(written), begins}
				if p.words != "" && !slices.Contains(all, p) {
					all = append(all, p)
				}
			}
		}
	}
	return all
}

// in reports whether a folded text has the phrase.
func (p phrase) in(key string) bool {
	if p.begins {
		return strings.Contains(" "+key, " "+p.words)
	}
	return strings.Contains(" "+key+" ", " "+p.words+" ")
}

func has(list []phrase, key string) bool {
	return slices.ContainsFunc(list, func(p phrase) bool { return p.in(key) })
}

// RecentLines is how many of a member's last messages are looked at for their tone.
const RecentLines = 5

// Upset reports whether a member sounds angry in his recent messages: an angry word is enough, else two signs of it, and
// the same words over and over. It is a hint to people (D58): nothing may follow from it by itself.
func (l *Lexicon) Upset(recent []string) bool {
	const enough = 2
	score, times := 0, map[string]int{}
	for _, words := range recent {
		key := text.Fold(shortened(words))
		switch {
		case has(l.anger, key), has(l.rude, key):
			return true
		case !has(l.calm, key):
			score += signs(words)
		}
		if times[key]++; key != "" && times[key] == 3 {
			score += enough
		}
	}
	return score >= enough
}

// shortened is a text in which nobody draws a letter out: three and more of the same are one.
func shortened(s string) string {
	var b strings.Builder
	letters := []rune(s)
	for i := 0; i < len(letters); {
		run := 1
		for i+run < len(letters) && letters[i+run] == letters[i] {
			run++
		}
		n := run
		if run > 2 && unicode.IsLetter(letters[i]) {
			n = 1
		}
		b.WriteString(string(letters[i : i+n]))
		i += run
	}
	return b.String()
}

// signs counts what anger looks like without its words: marks in rows, capitals, letters drawn out.
func signs(words string) (n int) {
	marks, drawn, row := 0, 0, 0
	upper, lower := 0, 0
	var last rune
	for _, r := range words {
		if row++; r != last {
			row = 1
		}
		last = r
		switch {
		case strings.ContainsRune("!?\u061f", r):
			marks++
		case !unicode.IsSpace(r):
			marks = 0
		}
		switch {
		case marks >= 3:
			n |= 1
		case row >= 4 && unicode.IsLetter(r):
			drawn = 1
		}
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
			lower++
		}
	}
	if upper >= 8 && upper > 3*lower {
		n++
	}
	return n + drawn
}

// Hint is what an officer's words may be, before they are sent.
type Hint string

// The hints.
const (
	HintRude       Hint = "rude"
	HintCommitment Hint = "commitment" // it binds the chamber
	HintAmount     Hint = "amount"     // it names a sum
)

// Hints says what an officer should look at again in a reply before he sends it; most replies have none.
func (l *Lexicon) Hints(words string) (hints []Hint) {
	key := text.Fold(words)
	if has(l.rude, key) {
		hints = append(hints, HintRude)
	}
	if has(l.promises, key) {
		hints = append(hints, HintCommitment)
	}
	if l.amount(key, words) {
		hints = append(hints, HintAmount)
	}
	return hints
}

// amount reports whether a number stands beside a word of money, or a sign of it in the text.
func (l *Lexicon) amount(key, words string) bool {
	if strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Sc, r) || strings.ContainsRune("%\u066a", r) }) &&
		strings.ContainsFunc(words, unicode.IsDigit) {
		return true
	}
	list := strings.Fields(key)
	for i, word := range list {
		if !has(l.money, word) {
			continue
		}
		for _, beside := range list[max(0, i-2):min(len(list), i+2)] {
			if strings.ContainsFunc(beside, unicode.IsDigit) {
				return true
			}
		}
	}
	return false
}

// Lexicons gives the lexicon of what is live now.
type Lexicons interface{ Lexicon() *Lexicon }

// Hints is Lexicon.Hints with the content's words as they are now.
func (d *Desk) Hints(words string) []Hint {
	if d.Lexicons == nil {
		return nil
	}
	return d.Lexicons.Lexicon().Hints(words)
}
