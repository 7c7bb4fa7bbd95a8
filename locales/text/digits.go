package text

import (
	"strings"
	"unicode"
)

// Digits replaces Persian and Arabic digits by ASCII ones and touches nothing else.
func Digits(s string) string { return strings.Map(digit, s) }

func digit(r rune) rune {
	switch {
	case r >= '\u0660' && r <= '\u0669': // Arabic-Indic
		return r - '\u0660' + '0'
	case r >= '\u06F0' && r <= '\u06F9': // Persian
		return r - '\u06F0' + '0'
	default:
		return r
	}
}

// Code reads a number that people group as they like: digits become ASCII; spaces, dashes and invisible signs go.
// Anything else is kept, so that a caller who wants only digits can refuse it rather than guess.
func Code(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) || r == '\u2212' {
			return -1
		}
		return digit(r)
	}, s)
}

// OnlyDigits is Code for a number that consists of digits; it reports false for anything else, and for nothing.
func OnlyDigits(s string) (string, bool) {
	s = Code(s)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return "", false
		}
	}
	return s, s != ""
}
