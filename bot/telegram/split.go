package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"javab/bot"
)

const (
	lri = '\u2066'
	fsi = '\u2068'
	pdi = '\u2069'
	zwj = '\u200D'

	endParagraph = '\u2029' // stands for an empty line that has passed

	maxDepth = 8 // isolates that are closed and opened again around a cut
)

// split cuts a message into parts of at most limit UTF-16 units each, counted before markup: at the end of a paragraph,
// else of a line, else of a word, and inside a word or an isolated value only when there is no other way. An isolate
// that is cut is closed in the one part and opened again in the next.
func split(segments []bot.Segment, limit int) [][]bot.Segment {
	bytes := 0
	for _, s := range segments {
		bytes += len(s.Text)
	}
	if bytes <= limit {
		return [][]bot.Segment{segments} // UTF-8 is never shorter than UTF-16
	}
	var all strings.Builder
	all.Grow(bytes)
	for _, s := range segments {
		all.WriteString(s.Text)
	}
	return slice(segments, all.String(), limit)
}

func slice(segments []bot.Segment, all string, limit int) [][]bot.Segment {
	var parts [][]bot.Segment
	from, opened := 0, ""
	for from < len(all) {
		end, open := len(all), ""
		if units(all[from:])+len(opened)/3 > limit {
			end, open = breakpoint(all, from, opened, limit-2*maxDepth)
		}
		part := between(segments, from, end)
		part[0].Text = opened + part[0].Text
		last := &part[len(part)-1]
		last.Text = strings.TrimRight(last.Text, " \n") + strings.Repeat(string(pdi), utf8.RuneCountInString(open))
		if strings.TrimSpace(plain(part)) != "" {
			parts = append(parts, part)
		}
		opened, from = open, end+len(all[end:])-len(strings.TrimLeft(all[end:], " \n"))
	}
	return parts
}

// units counts UTF-16 code units, by which messengers measure.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// The ranks of a cut, best first. A better one is taken if it leaves at least a quarter of the message in the part.
const (
	paragraph = iota
	line
	word
	letter
	wordInside // of an isolate
	letterInside
	anywhere // between a letter and its marks
	ranks
)

// breakpoint returns where the part that begins at from ends, and the isolates that are open there.
func breakpoint(all string, from int, opened string, limit int) (end int, open string) {
	var best [ranks]int
	var openAt [ranks]string
	stack := []rune(opened)
	n, previous := 0, rune(0)
	for i, r := range all[from:] {
		if i > 0 {
			rank := rankOf(previous, r, len(stack) > 0)
			best[rank], openAt[rank] = from+i, string(stack[:min(len(stack), maxDepth)])
		}
		if n++; r > 0xFFFF {
			n++
		}
		if n > limit {
			break
		}
		if r >= lri && r <= fsi {
			stack = append(stack, r)
		} else if r == pdi && len(stack) > 0 {
			stack = stack[:len(stack)-1]
		}
		if previous != '\n' || r != '\n' {
			previous = r
			continue
		}
		previous = endParagraph
	}
	enough := from + limit/4
	for rank := range best {
		if best[rank] > enough {
			return best[rank], openAt[rank]
		}
	}
	for rank := range best {
		if best[rank] > from {
			return best[rank], openAt[rank]
		}
	}
	return len(all), ""
}

// rankOf says how good a cut between two letters is.
func rankOf(before, after rune, inside bool) int {
	switch {
	case before == endParagraph && !inside:
		return paragraph
	case before == '\n' && !inside:
		return line
	case before == ' ' || before == '\n' || before == endParagraph:
		if inside {
			return wordInside
		}
		return word
	case before == zwj || unicode.In(after, unicode.Mn, unicode.Me, unicode.Cf, unicode.Sk):
		return anywhere
	case inside:
		return letterInside
	}
	return letter
}

// between returns the segments of the bytes from..end; never none.
func between(segments []bot.Segment, from, end int) []bot.Segment {
	var part []bot.Segment
	at := 0
	for _, s := range segments {
		lo, hi := max(from-at, 0), min(end-at, len(s.Text))
		if lo < hi {
			part = append(part, bot.Segment{Text: s.Text[lo:hi], Style: s.Style})
		}
		at += len(s.Text)
	}
	if part == nil {
		part = []bot.Segment{{}}
	}
	return part
}
