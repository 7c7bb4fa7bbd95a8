package text

import (
	_ "embed"
	"math/big"
	"strings"
	"unicode/utf8"
)

//go:embed money.json
var moneyJSON []byte

// meaning is what a word is within an amount; the zero meaning is that of every other word.
type meaning struct {
	number                     *big.Rat
	scale                      int
	hundred, twice, short, and bool
	currency                   string
}

// counts reports whether a number may begin or go on with it.
func (m meaning) counts() bool { return m.number != nil || m.scale > 0 && !m.short || m.hundred }

// small reports whether it is a number that nobody writes as one word with another before it.
func (m meaning) small() bool { return m.number != nil }

var meaningOf = allMeanings()

func allMeanings() map[string]meaning {
	list := decode[struct {
		And, Hundreds, Halves         []string
		Numbers, Scales, Twice, Short map[string]int
		Currencies                    map[string][]string
	}](moneyJSON)
	all := map[string]meaning{}
	put := func(w string, m meaning) { all[moneyKey(w)] = m }
	for w, n := range list.Numbers {
		put(w, meaning{number: integer(n)})
	}
	for w, n := range list.Scales {
		put(w, meaning{scale: n})
	}
	for w, n := range list.Twice {
		put(w, meaning{scale: n, twice: true})
	}
	for w, n := range list.Short {
		put(w, meaning{scale: n, short: true})
	}
	for _, w := range list.Hundreds {
		put(w, meaning{hundred: true})
	}
	for _, w := range list.Halves {
		put(w, meaning{number: big.NewRat(1, 2)})
	}
	for _, w := range list.And {
		put(w, meaning{and: true})
	}
	for currency, words := range list.Currencies {
		for _, w := range words {
			put(w, meaning{currency: currency})
		}
	}
	return all
}

// moneyKey is the key of a word, and of a sign the sign.
func moneyKey(s string) string {
	if c, size := utf8.DecodeRuneInString(s); size == len(s) && sign(c) {
		return s
	}
	return Fold(s)
}

// meanings gives every word its meaning. A figure before a word makes sure that the figure's own digit counts.
func meanings(list []Word) []meaning {
	all := make([]meaning, len(list))
	for i, w := range list {
		switch {
		case w.Figure:
			all[i] = meaning{number: new(big.Rat)}
		default:
			all[i] = meant(w.Key)
		}
	}
	return all
}

// Currency is the currency that a word names; empty when it names none.
func Currency(key string) string { return meant(key).currency }

// meant looks a word up as it is, then without the small words that Arabic writes before it.
func meant(key string) meaning {
	if m, ok := meaningOf[key]; ok {
		return m
	}
	for _, before := range prefixes {
		rest, cut := strings.CutPrefix(key, before)
		if m := meaningOf[rest]; cut && utf8.RuneCountInString(rest) >= 3 && !m.short && !m.and {
			return m
		}
	}
	return meaning{}
}

// prefixes are what Arabic writes as one word with the next: and, with, to, the.
var prefixes = [...]string{
	"\u0648\u0627\u0644", "\u0628\u0627\u0644", "\u0644\u0644", "\u0627\u0644", "\u0648\u0628", "\u0648", "\u0628", "\u0644", "\u0641",
}

// apart parts the words of an amount that were written as one: "twothousandtomans". Any other word stays as it is.
func apart(w Word) []Word {
	if w.Figure || len(w.Key) > longestRun {
		return []Word{w}
	}
	parts := pieces(w.Key)
	if len(parts) < 2 || !meaningOf[parts[0]].counts() {
		return []Word{w}
	}
	list := make([]Word, len(parts))
	for i, part := range parts {
		list[i] = Word{Key: part, From: w.From, To: w.To}
	}
	return list
}

// longestRun is more bytes than the words of an amount that people write as one.
const longestRun = 64

// pieces parts a key into a number and what makes it larger or money, and again; nil: it is no such run.
func pieces(key string) []string {
	m, known := meaningOf[key]
	if known && (m.counts() || m.currency != "" && utf8.RuneCountInString(key) > 1) {
		return []string{key}
	}
	for i := range key {
		if i == 0 || !meaningOf[key[:i]].counts() {
			continue
		}
		if rest := pieces(key[i:]); rest != nil && !meaningOf[rest[0]].small() {
			return append([]string{key[:i]}, rest...)
		}
	}
	return nil
}
