package expect

import (
	_ "embed"
	"encoding/json"
	"math/big"
	"regexp"
	"strings"

	"javab/locales/text"
)

func acceptDigits(e Expect, in Answer) Verdict {
	digits, ok := text.OnlyDigits(in.Text)
	switch {
	case !ok:
		return refuse(hintDigits)
	case len(digits) < e.Limit("min") || len(digits) > e.Limit("max"):
		return refuse(hintDigitsCount)
	}
	return good(digits)
}

func acceptNumber(e Expect, in Answer) Verdict {
	n, ok := numeral(marks.Replace(text.Code(in.Text)))
	if !ok {
		return refuse(hintNumber)
	}
	if n.Cmp(integer(e.Limit("min"))) < 0 || n.Cmp(integer(e.Limit("max"))) > 0 {
		return refuse(hintNumberRange)
	}
	return good(plain(n))
}

// acceptAmount reads rials. People also tell tomans (ten rials), thousands and millions; tomans are echoed in rials and
// confirmed, since a slip here is a factor of ten.
func acceptAmount(e Expect, in Answer) Verdict {
	sum, toman, ok := amount(in.Text)
	if !ok {
		return refuse(hintAmount)
	}
	if toman {
		sum.Mul(sum, integer(10))
	}
	if !sum.IsInt() || sum.Cmp(integer(e.Limit("min"))) < 0 || sum.Cmp(integer(e.Limit("max"))) > 0 {
		return refuse(hintAmount)
	}
	if toman {
		return unusual(plain(sum), hintAmountToman)
	}
	return good(plain(sum))
}

//go:embed words.json
var wordsJSON []byte

// wordOf tells what a word of an amount means, by its folded form.
var wordOf = allWords()

type amountWord struct {
	unit, toman bool
	scale       int
}

func allWords() map[string]amountWord {
	var list struct {
		Rial, Toman, And []string
		Scales           map[string]int
	}
	if err := json.Unmarshal(wordsJSON, &list); err != nil {
		panic(err) // embedded, and read by every test
	}
	all := map[string]amountWord{}
	for _, w := range list.Rial {
		all[text.Fold(w)] = amountWord{unit: true}
	}
	for _, w := range list.Toman {
		all[text.Fold(w)] = amountWord{unit: true, toman: true}
	}
	for _, w := range list.And {
		all[text.Fold(w)] = amountWord{}
	}
	for w, scale := range list.Scales {
		all[text.Fold(w)] = amountWord{scale: scale}
	}
	return all
}

var (
	// marks brings the thousands and decimal marks of all three scripts to comma and point.
	marks = strings.NewReplacer("\u066C", ",", "\u060C", ",", "'", ",", "\u066B", ".")
	parts = regexp.MustCompile(`[0-9][0-9.,/]*|[^\s0-9.,/]+`)
	// apart finds figures grouped by spaces: 25 000 000.
	apart   = regexp.MustCompile(`\b[0-9]{1,3}( [0-9]{3})+\b`)
	grouped = regexp.MustCompile(`^[0-9]{1,3}([.,][0-9]{3})+$`)
	decimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	commas  = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
	slashed = regexp.MustCompile(`^[0-9]+/[0-9]+$`)
)

// amount adds up "2 million and 500 thousand tomans".
func amount(s string) (sum *big.Rat, toman, ok bool) {
	s = strings.TrimSpace(joinGroups(marks.Replace(text.Digits(text.Unmark(s)))))
	found := parts.FindAllString(s, maxParts+1)
	if len(found) > maxParts {
		return nil, false, false
	}
	told := told{sum: new(big.Rat)}
	for i, part := range found {
		next := amountWord{}
		if i+1 < len(found) {
			next = wordOf[text.Fold(found[i+1])]
		}
		if !told.add(part, next.scale > 0) {
			return nil, false, false
		}
	}
	told.flush()
	return told.sum, told.toman, told.sum.Sign() > 0
}

// maxParts is more figures and words than any amount has.
const maxParts = 20

// told is an amount as far as it has been read.
type told struct {
	sum         *big.Rat
	pending     *big.Rat // figures that a scale may still multiply
	unit, toman bool     // rial or toman was said
	closed      bool     // the unit came after the figures: no more may follow
}

// add reads one part: figures, or a word.
func (t *told) add(part string, scaled bool) bool {
	if part[0] >= '0' && part[0] <= '9' {
		n, ok := amountNumeral(part, scaled)
		if !ok || t.pending != nil || t.closed {
			return false
		}
		t.pending = n
		return true
	}
	w, known := wordOf[text.Fold(part)]
	switch {
	case !known, w.scale > 0 && t.pending == nil, w.unit && t.unit && w.toman != t.toman:
		return false
	case w.scale > 0:
		t.pending.Mul(t.pending, integer(w.scale))
	case w.unit:
		t.unit, t.toman = true, w.toman
		t.closed = t.pending != nil
	default: // and
		t.flush()
	}
	return true
}

func (t *told) flush() {
	if t.pending != nil {
		t.sum.Add(t.sum, t.pending)
		t.pending = nil
	}
}

func joinGroups(s string) string {
	return apart.ReplaceAllStringFunc(s, text.Squeeze)
}

// amountNumeral reads the figures of an amount. Before "million" a point or slash is a decimal mark; else rials are
// whole, and a point that groups three figures is a thousands mark.
func amountNumeral(s string, scaled bool) (*big.Rat, bool) {
	s = strings.TrimRight(s, ".,/")
	switch {
	case scaled && slashed.MatchString(s):
		return numeral(strings.Replace(s, "/", ".", 1))
	case !scaled && grouped.MatchString(s):
		return numeral(strings.NewReplacer(".", "", ",", "").Replace(s))
	default:
		return numeral(s)
	}
}

// numeral reads figures with a decimal point, and commas only where they group thousands.
func numeral(s string) (*big.Rat, bool) {
	if len(s) > 30 {
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

// plain writes a number without an exponent or needless zeros. Its fraction is finite: it was read from figures.
func plain(n *big.Rat) string {
	s := n.FloatString(30)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
