package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes the search key of s: two texts that a reader takes for the same have the same key. It is the one normaliser
// of Javab (search, matcher, duplicates, matching of options); there is no second one. It is idempotent, and a key that
// is already folded costs nothing. Validators use Digits, never Fold.
//
// The rule: compatibility decomposition; marks, invisible signs, tatweel and the lone hamza go; letters that differ only
// between an Arabic and a Persian keyboard become one; digits become ASCII; lower case; all else is one space.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	var buffer [256]byte
	return string(AppendFold(buffer[:0], s))
}

// AppendFold appends the search key of s to dst, for callers that reuse their memory.
func AppendFold(dst []byte, s string) []byte {
	w := folder{dst: dst, start: len(dst)}
	for _, r := range s {
		if key := quick(r); key != slow {
			w = w.put(key)
			continue
		}
		for _, key := range foldRune(r) {
			w = w.put(key)
		}
	}
	return w.dst
}

// folder writes a key: no space at its ends, never two together. It is passed by value so that it stays off the heap.
type folder struct {
	dst   []byte
	start int
	gap   bool
}

func (w folder) put(key rune) folder {
	switch {
	case key == drop:
	case key == ' ':
		w.gap = len(w.dst) > w.start
	default:
		if w.gap {
			w.dst, w.gap = append(w.dst, ' '), false
		}
		w.dst = utf8.AppendRune(w.dst, key)
	}
	return w
}

// What quick says instead of a letter.
const (
	drop rune = -1
	slow rune = -2
)

// The ranges that members really write: Latin to Arabic, and general punctuation (where ZWNJ and the isolates live).
const (
	lettersEnd       = 0x0700
	punctuationStart = 0x2000
	punctuationEnd   = 0x2070
)

// letters and punctuation keep the answers of foldRune for those ranges: ten times faster, and by construction the same.
var (
	letters     = tabulate(0, lettersEnd)
	punctuation = tabulate(punctuationStart, punctuationEnd)
)

func tabulate(from, to rune) []rune {
	table := make([]rune, 0, to-from)
	for r := from; r < to; r++ {
		switch keys := foldRune(r); len(keys) {
		case 0:
			table = append(table, drop)
		case 1:
			table = append(table, keys[0])
		default:
			table = append(table, slow)
		}
	}
	return table
}

func quick(r rune) rune {
	switch {
	case r < lettersEnd:
		return letters[r]
	case r >= punctuationStart && r < punctuationEnd:
		return punctuation[r-punctuationStart]
	default:
		return slow
	}
}

// foldRune is the rule itself, for one code point.
func foldRune(r rune) []rune {
	var keys []rune
	for _, part := range norm.NFKD.String(string(r)) {
		switch part = unify(part); {
		case unicode.In(part, unicode.Mn, unicode.Cf), part == tatweel, part == hamza:
		case unicode.IsLetter(part), unicode.IsDigit(part):
			keys = append(keys, unicode.ToLower(part))
		default:
			keys = append(keys, ' ')
		}
	}
	return keys
}

const (
	tatweel = '\u0640'
	hamza   = '\u0621'
	yeh     = '\u06CC' // Farsi yeh
	kaf     = '\u06A9' // keheh
	heh     = '\u0647'
	alef    = '\u0627'
)

// unify maps the letters and digits that only a keyboard tells apart.
func unify(r rune) rune {
	switch r {
	case '\u064A', '\u0649', '\u06D2', '\u06CD': // Arabic yeh, alef maksura, yeh barree, yeh with tail
		return yeh
	case '\u0643', '\u06AA', '\u06AC': // Arabic kaf, swash kaf, kaf with dot above
		return kaf
	case '\u0629', '\u06C1', '\u06BE', '\u06D5': // teh marbuta, heh goal, heh doachashmee, ae
		return heh
	case '\u0671': // alef wasla
		return alef
	}
	return digit(r)
}

// folded reports whether s is certainly its own key: lower-case ASCII words, one space between them.
func folded(s string) bool {
	for i := range len(s) {
		c := s[i]
		lone := c == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' '
		if !lone && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// Squeeze removes the spaces from a key, for indexes that must not depend on how words are joined.
func Squeeze(key string) string { return strings.ReplaceAll(key, " ", "") }
