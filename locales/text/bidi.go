package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"javab/bot"
)

// The marks of direction that Javab writes. It never writes the older embeddings (U+202A to U+202E).
const (
	LRI = "\u2066" // opens an isolate that runs left to right
	FSI = "\u2068" // opens an isolate that runs as its first strong letter does
	PDI = "\u2069" // closes an isolate
	RLM = "\u200F" // an invisible letter of a right-to-left script
)

// Isolate fences a value of unknown direction, so that it cannot reorder the sentence around it. Marks that the value
// brings along are removed, and each of its lines is fenced for itself: an isolate ends with its line.
func Isolate(s string) string { return fence(FSI, s) }

// LTR fences a value that is always read from left to right: a phone number, an address, an id, a card, a file name.
func LTR(s string) string { return fence(LRI, s) }

func fence(open, s string) string {
	if s = Unmark(s); s == "" {
		return ""
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = open + line + PDI
		}
	}
	return strings.Join(lines, "\n")
}

// Balanced reports whether every line of s closes the isolates it opens, and no others.
func Balanced(s string) bool {
	depth := 0
	for _, r := range s {
		switch r {
		case '\u2066', '\u2067', '\u2068':
			depth++
		case '\u2069':
			depth--
		case '\n':
			if depth != 0 {
				return false
			}
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}

// Finish makes a whole text ready to send: in a right-to-left language every line that does not begin with a letter of
// such a script gets an RLM, since clients take a line's direction from its beginning. Finishing twice changes nothing.
func Finish(lang bot.Lang, s string) string {
	if !lang.RTL() || s == "" {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if wantsRLM(line) {
			lines[i] = RLM + line
		}
	}
	return strings.Join(lines, "\n")
}

func wantsRLM(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	class, _ := bidi.LookupRune(r)
	return line != "" && class.Class() != bidi.R && class.Class() != bidi.AL
}

// FinishSegments is Finish for a message in segments. The RLM before a styled segment stands in plain text of its own,
// so that people do not copy it; one before a value that is still to be filled in does no harm: fill in, finish again.
func FinishSegments(lang bot.Lang, segments []bot.Segment) []bot.Segment {
	if !lang.RTL() {
		return segments
	}
	finished := make([]bot.Segment, 0, len(segments)+1)
	fresh := true // at the start of a line
	for _, s := range segments {
		open := s.Draft != ""
		if s.Text == "" && !open {
			continue
		}
		first, rest, more := strings.Cut(s.Text, "\n")
		switch {
		case !fresh || !open && !wantsRLM(first):
		case s.Style == bot.Plain && !open:
			first = RLM + first
		default:
			finished = append(finished, bot.Segment{Text: RLM})
		}
		if s.Text = first; more {
			s.Text += "\n" + Finish(lang, rest)
		}
		fresh = strings.HasSuffix(s.Text, "\n")
		finished = append(finished, s)
	}
	return finished
}
