package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is a word, a figure or a sign of a text, and where it stands in it. What else stands between words is not there.
type Word struct {
	Key      string // folded; of a figure its digits in ASCII with the marks between them; of a sign the sign
	From, To int    // in bytes
	Figure   bool
	Pause    bool // a mark of punctuation follows
	End      bool // and it ends a sentence or a line
}

// Words reads a text word by word, for those who must say where in it they found something. Letters and figures that are
// written together are words of their own, and so are a number and its currency: "500k" is two, and words that are
// written as one have one place.
func Words(s string) []Word {
	r := reader{s: s}
	for r.at < len(s) {
		c, size := utf8.DecodeRuneInString(s[r.at:])
		switch {
		case unicode.IsDigit(c):
			r.add(Word{Figure: true, Key: r.take(figurePart)})
		case unicode.IsLetter(c):
			r.add(Word{Key: Fold(r.take(letterPart))})
		case sign(c):
			r.start, r.at = r.at, r.at+size
			r.add(Word{Key: s[r.start:r.at]})
		default:
			r.at += size
			r.mark(c)
		}
	}
	return r.words
}

// sign reports whether a sign is read as a word: of a currency, of a percentage.
func sign(c rune) bool { return unicode.Is(unicode.Sc, c) || c == '%' || c == '\u066A' }

// reader stands in a text, behind the words it has read.
type reader struct {
	s     string
	start int
	at    int
	words []Word
}

// take moves behind what goes on as it began.
func (r *reader) take(on func(s string, c rune, size int) bool) string {
	r.start = r.at
	for r.at < len(r.s) {
		c, size := utf8.DecodeRuneInString(r.s[r.at:])
		if !on(r.s[r.at:], c, size) {
			break
		}
		r.at += size
	}
	return r.s[r.start:r.at]
}

// letterPart: marks and invisible signs stand within words.
func letterPart(_ string, c rune, _ int) bool {
	return unicode.IsLetter(c) || unicode.In(c, unicode.M, unicode.Cf)
}

// figurePart: digits, and a mark of any script between two of them.
func figurePart(s string, c rune, size int) bool {
	if unicode.IsDigit(c) || unicode.Is(unicode.Cf, c) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(s[size:])
	return unicode.IsDigit(next) && strings.ContainsRune(".,/:'-\u066B\u066C\u060C\u2019\u2212", c)
}

func (r *reader) add(w Word) {
	if w.Figure {
		w.Key = figure(w.Key)
	}
	if w.Key == "" { // nothing but what Fold drops
		return
	}
	w.From, w.To = r.start, r.at
	r.words = append(r.words, apart(w)...)
}

// mark notes what stands behind the last word.
func (r *reader) mark(c rune) {
	if len(r.words) == 0 || c == ' ' || unicode.In(c, unicode.Cf) {
		return
	}
	last := &r.words[len(r.words)-1]
	last.Pause = last.Pause || unicode.IsPunct(c) || c == '\n'
	last.End = last.End || strings.ContainsRune(".!?\n;\u061F\u061B\u2026", c)
}

var figureMarks = strings.NewReplacer("\u066C", ",", "\u060C", ",", "'", ",", "\u2019", ",", "\u066B", ".", "\u2212", "-")

// figure brings digits and the marks between them to ASCII.
func figure(s string) string { return figureMarks.Replace(asciiDigits(s)) }

// asciiDigits knows every digit that Fold knows, and drops what is not seen.
func asciiDigits(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case unicode.Is(unicode.Cf, c):
		case unicode.IsDigit(c):
			b.WriteString(Fold(string(c)))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
