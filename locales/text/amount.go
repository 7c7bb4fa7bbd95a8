package text

import (
	_ "embed"
	"math/big"
	"regexp"
	"strings"
)

// Amount is a number as a text tells it, in figures, in words or in both, with the currency beside it.
type Amount struct {
	Value       *big.Rat // nil: figures that are no one number, as in 500-600
	Currency    string   // IRR, IRT (toman), USD ...; Percent; empty: none beside it
	First, Last int      // of the words it was read from
}

// Percent stands in the place of a currency.
const Percent = "%"

// Same reports whether two amounts are one sum of money. A toman is ten rials.
func (a Amount) Same(b Amount) bool {
	if a.Value == nil || b.Value == nil {
		return false
	}
	x, of := a.rials()
	y, and := b.rials()
	return of == and && x.Cmp(y) == 0
}

func (a Amount) rials() (*big.Rat, string) {
	if a.Currency == Toman {
		return new(big.Rat).Mul(a.Value, integer(10)), Rial
	}
	return a.Value, a.Currency
}

// The currencies that are one: ten rials are a toman.
const (
	Rial  = "IRR"
	Toman = "IRT"
)

// Amounts finds the numbers in what Words has read of a text.
func Amounts(list []Word) (found []Amount) {
	means := meanings(list)
	for i := 0; i < len(list); {
		run := sum{words: list, means: means, at: i}
		if !run.read() {
			i++
			continue
		}
		a := Amount{Value: run.value(), First: i, Last: run.at - 1}
		a.beside(means, len(found) > 0 && found[len(found)-1].Last >= i-1)
		found, i = append(found, a), a.Last+1
	}
	return found
}

// beside takes the currency that follows the number, else the one before it, unless that is another number's.
func (a *Amount) beside(means []meaning, taken bool) {
	for a.Last+1 < len(means) {
		next := means[a.Last+1].currency
		if next == "" || a.Currency != "" && next != a.Currency {
			break
		}
		a.Currency = next
		a.Last++
	}
	if a.Currency == "" && a.First > 0 && !taken && means[a.First-1].currency != "" {
		a.First--
		a.Currency = means[a.First].currency
	}
}

// sum adds up "2 million and 500 thousand".
type sum struct {
	words []Word
	means []meaning
	at    int // the word that is read next

	total, pending *big.Rat // pending may still be multiplied
	unreadable     bool
	last           int // of the scales, for they become smaller; 0: none yet
}

// read goes on as long as a number does, and reports whether there was one.
func (s *sum) read() bool {
	from := s.at
	for s.at < len(s.words) && s.word() {
		s.at++
	}
	return s.at > from
}

// word adds one word to the number, and reports whether it belongs to it.
func (s *sum) word() bool {
	w, m := s.words[s.at], s.means[s.at]
	switch {
	case w.Figure:
		return s.figure()
	case m.and:
		return (s.pending != nil || s.total != nil) && s.at+1 < len(s.words) && s.means[s.at+1].counts()
	case m.short && (s.pending == nil || !s.words[s.at-1].Figure):
		return false
	case m.scale > 0:
		return s.scale(m)
	case m.hundred:
		s.pending = new(big.Rat).Mul(s.orOne(), integer(100))
		return true
	case m.number != nil:
		if s.pending != nil && s.words[s.at-1].Figure {
			return false
		}
		if s.pending == nil {
			s.pending = new(big.Rat)
		}
		s.pending.Add(s.pending, m.number)
		return true
	}
	return false
}

func (s *sum) orOne() *big.Rat {
	if s.pending == nil {
		return integer(1)
	}
	return s.pending
}

// figure reads figures; those of three that are grouped by spaces are one number.
func (s *sum) figure() bool {
	if s.pending != nil {
		return false
	}
	key := s.words[s.at].Key
	if len(key) <= 3 && strings.Trim(key, "0123456789") == "" {
		for s.at+1 < len(s.words) && len(key) < maxFigures && s.grouped(s.at+1) {
			s.at++
			key += s.words[s.at].Key
		}
	}
	scaled := s.at+1 < len(s.words) && s.means[s.at+1].scale > 0
	n, ok := readFigures(key, scaled)
	if !ok {
		s.unreadable, n = true, new(big.Rat)
	}
	s.pending = n
	return true
}

// maxFigures is more digits than any amount has.
const maxFigures = 30

// grouped reports whether a word is three digits that one space parts from those before.
func (s *sum) grouped(i int) bool {
	w := s.words[i]
	return w.Figure && len(w.Key) == 3 && strings.Trim(w.Key, "0123456789") == "" && !s.words[i-1].Pause && w.From-s.words[i-1].To == 1
}

func (s *sum) scale(m meaning) bool {
	if s.last > 0 && m.scale >= s.last && s.pending == nil {
		return false
	}
	if s.total == nil {
		s.total = new(big.Rat)
	}
	n := integer(m.scale)
	if m.twice {
		n.Mul(n, integer(2))
	}
	s.total.Add(s.total, n.Mul(n, s.orOne()))
	s.pending, s.last = nil, m.scale
	return true
}

func (s *sum) value() *big.Rat {
	switch {
	case s.unreadable:
		return nil
	case s.total == nil:
		return s.pending
	case s.pending == nil:
		return s.total
	}
	return s.total.Add(s.total, s.pending)
}

var (
	groups  = regexp.MustCompile(`^[0-9]{1,3}([.,][0-9]{3})+$`)
	decimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	commas  = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
	slashed = regexp.MustCompile(`^[0-9]+/[0-9]+$`)
)

// readFigures reads the figures of an amount. Before "million" a point or slash is a decimal mark; else a point that groups
// three figures is a thousands mark.
func readFigures(s string, scaled bool) (*big.Rat, bool) {
	switch {
	case scaled && slashed.MatchString(s):
		return Numeral(strings.Replace(s, "/", ".", 1))
	case !scaled && groups.MatchString(s):
		return Numeral(strings.NewReplacer(".", "", ",", "").Replace(s))
	}
	return Numeral(s)
}

// Numeral reads ASCII figures with a decimal point, and commas only where they group thousands.
func Numeral(s string) (*big.Rat, bool) {
	if len(s) > maxFigures {
		return nil, false
	}
	if commas.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	if !decimal.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

func integer(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }
