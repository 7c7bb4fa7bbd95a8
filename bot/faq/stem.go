package faq

import (
	"strings"
	"unicode/utf8"

	"javab/bot"
)

// keep is how many letters a stem has at least.
const keep = 3

// stem cuts the commonest endings off a folded word, so that card and cards meet. It is light on purpose: a wrong stem
// costs more than a missing one, and the letter features catch the rest.
func (t *tables) stem(word string) string {
	switch t.lang {
	case bot.En:
		return stemEnglish(word)
	case Finglish: // a skeleton has no endings left to tell
		return word
	default:
		return t.cutSuffix(t.cutPrefix(word))
	}
}

func (t *tables) cutPrefix(word string) string {
	for _, p := range t.prefixes {
		if rest, ok := strings.CutPrefix(word, p); ok && utf8.RuneCountInString(rest) >= keep {
			return rest
		}
	}
	return word
}

func (t *tables) cutSuffix(word string) string {
	for _, s := range t.suffixes {
		if rest, ok := strings.CutSuffix(word, s); ok && utf8.RuneCountInString(rest) >= keep {
			return rest
		}
	}
	return word
}

func stemEnglish(w string) string {
	switch n := len(w); {
	case n > 5 && strings.HasSuffix(w, "ing"):
		w = w[:n-3]
	case n > 4 && (strings.HasSuffix(w, "ied") || strings.HasSuffix(w, "ies")):
		w = w[:n-3] + "y"
	case n > 4 && strings.HasSuffix(w, "ed"):
		w = w[:n-2]
	case n > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		w = w[:n-1]
	}
	if len(w) > 4 && strings.HasSuffix(w, "e") {
		w = w[:len(w)-1]
	}
	return w
}
