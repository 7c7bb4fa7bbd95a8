package faq

import (
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// What is looked at of one text. A member's account can be long, and folding can make a letter into many: the bounds
// keep the worst input within a few milliseconds.
const (
	maxBytes = 2048
	maxWords = 200
)

var apostrophes = strings.NewReplacer("'", "", "\u2018", "", "\u2019", "", "\u02bc", "")

// wordsOf returns the folded words of a text with loose affixes joined and spoken words replaced by written ones. Equal
// words mean the same phrasing.
func (p *Speech) wordsOf(lang bot.Lang, s string) []string {
	if lang == Finglish {
		return p.skeletonWords(s)
	}
	words := foldedWords(s)
	t := p.tablesOf(lang)
	words = t.join(words)
	return t.write(words)
}

// wordsOf is Speech.wordsOf of the usual speech.
func wordsOf(lang bot.Lang, s string) []string { return usual().wordsOf(lang, s) }

func foldedWords(s string) []string {
	words := strings.Fields(cut(text.Fold(apostrophes.Replace(cut(s)))))
	return words[:min(len(words), maxWords)]
}

// cut shortens a text to maxBytes, at the edge of a letter.
func cut(s string) string {
	if len(s) <= maxBytes {
		return s
	}
	return strings.ToValidUTF8(s[:maxBytes], "")
}

// join glues affixes that were typed as words of their own to the words they belong to.
func (t *tables) join(words []string) []string {
	if len(t.next) == 0 && len(t.last) == 0 {
		return words
	}
	joined := make([]string, 0, len(words))
	lead := ""
	for _, w := range words {
		switch {
		case t.next[w] && lead == "":
			lead = w
		case t.last[w] && lead == "" && len(joined) > 0:
			joined[len(joined)-1] += w
		default:
			joined = append(joined, lead+w)
			lead = ""
		}
	}
	if lead != "" {
		joined = append(joined, lead)
	}
	return joined
}

// write replaces spoken words by written ones.
func (t *tables) write(words []string) []string {
	written := make([]string, 0, len(words)+4)
	for _, w := range words {
		if to := t.colloquial[w]; to != nil {
			written = append(written, to...)
		} else {
			written = append(written, w)
		}
	}
	return written
}
