package expect

import (
	"math/big"
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

// codeDigits is how many digits an authenticator shows.
const codeDigits = 6

func acceptCode(_ Expect, in Answer) Verdict {
	digits, ok := text.OnlyDigits(in.Text)
	if !ok || len(digits) != codeDigits {
		return refuse(hintCode)
	}
	return good(digits)
}

func acceptNumber(e Expect, in Answer) Verdict {
	n, ok := text.Numeral(marks.Replace(text.Code(in.Text)))
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

// marks brings the thousands and decimal marks of all three scripts to comma and point.
var marks = strings.NewReplacer("\u066C", ",", "\u060C", ",", "'", ",", "\u066B", ".")

// amount reads "2 million and 500 thousand tomans", and nothing else beside it.
func amount(s string) (sum *big.Rat, toman, ok bool) {
	s = strings.TrimSpace(s)
	words := text.Words(s)
	found := text.Amounts(words)
	if len(found) != 1 || found[0].Value == nil || found[0].Last-found[0].First+1 != len(words) || strings.ContainsAny(s, "-\u2212") {
		return nil, false, false
	}
	told := found[0]
	switch {
	case told.Currency != "" && told.Currency != text.Rial && told.Currency != text.Toman:
		return nil, false, false
	case len(words) == 1 && !words[0].Figure: // "million" alone is no amount
		return nil, false, false
	}
	return told.Value, told.Currency == text.Toman, told.Value.Sign() > 0
}

func integer(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }

// plain writes a number without an exponent or needless zeros. Its fraction is finite: it was read from figures.
func plain(n *big.Rat) string {
	s := n.FloatString(30)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
