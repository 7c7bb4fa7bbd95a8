package text

import (
	"slices"
	"strings"
	"unicode/utf8"

	"javab/bot"
)

// Len16 is the length of s in UTF-16 units, which is how messengers count.
func Len16(s string) int {
	n := 0
	for _, r := range s {
		n += units(r)
	}
	return n
}

func units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// Split cuts s into texts of at most limit UTF-16 units: between paragraphs if it can, else between lines, sentences,
// words; never inside a character or an isolate. Each piece is finished for its language. An isolate that is longer than
// a message is closed and opened again at each cut.
func Split(lang bot.Lang, s string, limit int) []string {
	var pieces []string
	for _, piece := range SplitSegments(lang, []bot.Segment{{Text: s}}, limit) {
		pieces = append(pieces, bot.Outbound{Segments: piece}.Plain())
	}
	return pieces
}

// SplitSegments is Split for a message in segments.
func SplitSegments(lang bot.Lang, segments []bot.Segment, limit int) [][]bot.Segment {
	segments = FinishSegments(lang, segments)
	whole := bot.Outbound{Segments: segments}.Plain()
	if Len16(whole) <= limit {
		return [][]bot.Segment{segments}
	}
	// A piece that begins inside a line needs one unit for its RLM.
	limit = max(limit-1, minPiece)
	segments = slices.Clone(segments)
	for i := range segments {
		segments[i].Text = reopen(segments[i].Text, limit)
	}
	whole = bot.Outbound{Segments: segments}.Plain()
	var pieces [][]bot.Segment
	for from := 0; from < len(whole); {
		end, next := cut(whole[from:], limit)
		if piece := slice(segments, from, from+end); len(piece) > 0 {
			pieces = append(pieces, FinishSegments(lang, piece))
		}
		from += next
	}
	return pieces
}

// minPiece is the least a piece may hold: one character between the marks of an isolate, and some air.
const minPiece = 8

// slice returns the segments between two byte offsets of their joined text.
func slice(segments []bot.Segment, from, to int) []bot.Segment {
	var part []bot.Segment
	at := 0
	for _, s := range segments {
		start, end := max(from-at, 0), min(to-at, len(s.Text))
		at += len(s.Text)
		if start < end {
			s.Text = s.Text[start:end]
			part = append(part, s)
		}
	}
	return part
}

// reopen breaks isolates that would not fit into one message: each part is an isolate of its own.
func reopen(s string, limit int) string {
	if Len16(s) <= limit {
		return s
	}
	var b strings.Builder
	for {
		start, end, ok := isolate(s)
		if !ok {
			return b.String() + s
		}
		b.WriteString(s[:start])
		mark := len(LRI)
		inside, open := s[start+mark:end-mark], s[start:start+mark]
		for Len16(inside) > limit-2 {
			stop, next := cut(inside, limit-2)
			b.WriteString(open + inside[:stop] + PDI + inside[stop:next])
			inside = inside[next:]
		}
		b.WriteString(open + inside + PDI)
		s = s[end:]
	}
}

// isolate finds the first outermost isolate of s, its marks included.
func isolate(s string) (start, end int, ok bool) {
	depth := 0
	for i, r := range s {
		switch {
		case opens(r):
			if depth == 0 {
				start = i
			}
			depth++
		case r == '\u2069' && depth > 0:
			if depth--; depth == 0 {
				return start, i + len(PDI), true
			}
		}
	}
	return 0, 0, false
}

func opens(r rune) bool { return r >= '\u2066' && r <= '\u2068' }

// cut finds where the first piece of s ends and where the next one begins (the white space between them goes).
func cut(s string, limit int) (end, next int) {
	best, kind, last := 0, hard, 0
	n, depth := 0, 0
	for i, r := range s {
		if n+units(r) > limit {
			break
		}
		n += units(r)
		last = i + utf8.RuneLen(r)
		switch {
		case opens(r):
			depth++
		case r == '\u2069':
			depth--
		}
		if depth > 0 {
			continue
		}
		k := breakAfter(s, i, r)
		if n < limit/3 { // a good place, but a short message
			k = min(k, word)
		}
		if k >= kind {
			best, kind = last, k
		}
	}
	if last == len(s) {
		return last, last
	}
	if best == 0 {
		best = last
	}
	end = len(strings.TrimRight(s[:best], " \n"))
	next = best + len(s[best:]) - len(strings.TrimLeft(s[best:], " \n"))
	return end, next
}

// The places to cut at, from the worst to the best.
const (
	hard = iota
	word
	sentence
	line
	paragraph
)

// breakAfter says how good a place it is to cut s after the character r at i.
func breakAfter(s string, i int, r rune) int {
	switch {
	case r == '\n' && strings.HasPrefix(s[i+1:], "\n"):
		return paragraph
	case r == '\n' && strings.HasSuffix(s[:i], "\n"):
		return paragraph
	case r == '\n':
		return line
	case r == ' ' && i > 0 && strings.ContainsRune(sentenceEnds, lastRune(s[:i])):
		return sentence
	case r == ' ':
		return word
	default:
		return hard
	}
}

// sentenceEnds are the full stop, exclamation and question marks, Arabic ones too.
const sentenceEnds = ".!?\u061F\u06D4\u2026"

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
