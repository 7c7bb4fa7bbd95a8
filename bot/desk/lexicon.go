package desk

import (
	"slices"
	"strings"
	"unicode"

	"javab/bot"
	"javab/bot/approve"
	"javab/locales/text"
)

// Lexicon notices tone by the content's words, which only ever hints, and what an officer may not say alone. The zero
// Lexicon notices nothing but signs.
type Lexicon struct {
	anger, calm, rude text.Phrases
	guard             *approve.Guard
}

// NewLexicon makes a lexicon of the lists of all languages: members and officers mix them. What is published says nothing
// new.
func NewLexicon(m bot.Manners, published []string) *Lexicon {
	return &Lexicon{
		anger: text.NewPhrases(m.Anger), calm: text.NewPhrases(m.Calm), rude: text.NewPhrases(m.Rude),
		guard: approve.NewGuard(m, published),
	}
}

// Guard is the authority guard by the same words.
func (l *Lexicon) Guard() *approve.Guard { return l.guard }

// RecentLines is how many of a member's last messages are looked at for their tone.
const RecentLines = 5

// Upset reports whether a member sounds angry in his recent messages: an angry word is enough, else two signs of it, and
// the same words over and over. It is a hint to people (D58): nothing may follow from it by itself.
func (l *Lexicon) Upset(recent []string) bool {
	const enough = 2
	score, times := 0, map[string]int{}
	for _, words := range recent {
		key := text.Fold(shortened(words))
		list := text.Words(key)
		switch {
		case l.anger.In(list), l.rude.In(list):
			return true
		case !l.calm.In(list):
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
	if l.rude.In(text.Words(words)) {
		hints = append(hints, HintRude)
	}
	for _, found := range l.guard.Look(words, approve.Around{}) {
		hint := HintCommitment
		if found.Concern == bot.ConcernAmount || found.Concern == bot.ConcernDiscount {
			hint = HintAmount
		}
		if !slices.Contains(hints, hint) {
			hints = append(hints, hint)
		}
	}
	slices.SortFunc(hints, func(a, b Hint) int { return slices.Index(inOrder, a) - slices.Index(inOrder, b) })
	return hints
}

var inOrder = []Hint{HintRude, HintCommitment, HintAmount}

// heed holds words for a member back: those that leave something open, and those whose hints their officer has not seen.
// What binds the chamber is more than a hint where it waits for approval anyhow.
func (d *Desk) heed(words string, seen []Hint) error {
	if open := bot.LeftOpen(words); open != "" {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_open", Params: map[string]string{"Name": text.LTR(open)}}
	}
	unseen := func(h Hint) bool { return !slices.Contains(seen, h) && (h == HintRude || d.Approvals == nil) }
	if slices.ContainsFunc(d.Hints(words), unseen) {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_hint"}
	}
	return nil
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
