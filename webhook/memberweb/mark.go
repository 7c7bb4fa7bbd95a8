package memberweb

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"javab/locales/text"
)

// piece is a part of a text; a marked one is a word that was looked for.
type piece struct {
	Text   string
	Marked bool
}

// How much of a long text is shown, in letters: before the first marked word, and in all.
const (
	lead  = 60
	whole = 240
)

// excerpt is a text around the first of the words that were looked for, each of which is marked. The words are folded.
func excerpt(said string, words []string) []piece {
	pieces := mark(said, words)
	first := slices.IndexFunc(pieces, func(p piece) bool { return p.Marked })
	if first > 0 && utf8.RuneCountInString(pieces[0].Text) > lead {
		pieces[0].Text = "…" + tail(pieces[0].Text, lead)
	}
	room := whole
	for i, p := range pieces {
		if n := utf8.RuneCountInString(p.Text); n > room {
			pieces[i].Text = string([]rune(p.Text)[:room]) + "…"
			return pieces[:i+1]
		} else {
			room -= n
		}
	}
	return pieces
}

// tail returns about the last n letters of s, from the beginning of a word.
func tail(s string, n int) string {
	letters := []rune(s)
	end := string(letters[len(letters)-n:])
	if _, rest, cut := strings.Cut(end, " "); cut {
		return rest
	}
	return end
}

// mark takes a text apart at the words that were looked for; the last of them may be the beginning of one.
func mark(said string, words []string) (pieces []piece) {
	for said != "" {
		end := run(said)
		token := said[:end]
		said = said[end:]
		marked := sought(text.Fold(token), words)
		if last := len(pieces) - 1; last >= 0 && !marked && !pieces[last].Marked {
			pieces[last].Text += token
			continue
		}
		pieces = append(pieces, piece{token, marked})
	}
	return pieces
}

func sought(key string, words []string) bool {
	for i, word := range words {
		if key == word || i == len(words)-1 && len([]rune(word)) > 1 && strings.HasPrefix(key, word) {
			return true
		}
	}
	return false
}

// run is how far a text begins with one word, or with what stands between words.
func run(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	end := strings.IndexFunc(s, func(r rune) bool { return inside(r) != inside(first) })
	if end < 0 {
		return len(s)
	}
	return end
}

// inside reports whether a rune is a part of a word: also what has no width joins, as the half-space of Persian does.
func inside(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r)
}
