package approve

import (
	"regexp"
	"slices"

	"javab/locales/text"
)

// sentence is a sentence that the chamber has published, word for word; the word open stands for a value.
type sentence []string

// open is a letter that no reader of ours writes. A published text has it where a value is filled in.
const open = "\uA66E"

// maxValue is how many words a value may have.
const maxValue = 8

var placeholder = regexp.MustCompile(`\{[a-z_.]+(:[a-z_]+)?\}`)

// binding are the sentences of a published text in which the guard would find something.
func (g *Guard) binding(published string) (all []sentence) {
	published = placeholder.ReplaceAllString(published, " "+open+" ")
	list := text.Words(published)
	first := 0
	for i, w := range list {
		if !w.End && i+1 < len(list) {
			continue
		}
		if len(g.Look(published[list[first].From:w.To], Around{})) > 0 {
			all = append(all, keys(list[first:i+1]))
		}
		first = i + 1
	}
	return all
}

func keys(list []text.Word) sentence {
	all := make(sentence, len(list))
	for i, w := range list {
		all[i] = w.Key
	}
	return all
}

// published is a sentence where it stands in a text.
type published struct {
	text.Span
	values []text.Span // what was filled in: nobody has published that
}

// wordForWord finds the published sentences that stand whole in a text: after a mark or at its beginning, and to the end
// of a sentence. What is said beside them in the same sentence makes them somebody's own words. The text itself begins at
// a byte.
func (g *Guard) wordForWord(list []text.Word, begins int) (found exempt) {
	for i := range list {
		if i > 0 && !list[i-1].Pause && (list[i].From < begins || list[i-1].From >= begins) {
			continue
		}
		for _, one := range slices.Concat(g.published[list[i].Key], g.published[open]) {
			if p, stands := one.at(list, i); stands {
				found = append(found, p)
			}
		}
	}
	return found
}

// at reports whether the sentence stands at a word, and ends where a sentence does.
func (s sentence) at(list []text.Word, i int) (p published, stands bool) {
	p.First = i
	for n, word := range s {
		if word != open {
			if i >= len(list) || list[i].Key != word {
				return p, false
			}
			i++
			continue
		}
		end := s[n+1:].next(list, i+1, min(i+maxValue, len(list)))
		if end < 0 {
			return p, false
		}
		p.values = append(p.values, text.Span{First: i, Last: end - 1})
		i = end
	}
	p.Last = i - 1
	return p, i == len(list) || list[i-1].End
}

// next returns where a value ends that may end between two places: before the first word of the rest, or with the sentence.
func (s sentence) next(list []text.Word, from, to int) int {
	for i := from; i <= to; i++ {
		switch {
		case len(s) == 0 && (i == len(list) || list[i-1].End), len(s) > 0 && s[0] == open:
			return i
		case len(s) > 0 && i < len(list) && list[i].Key == s[0]:
			return i
		}
	}
	return -1
}

// exempt are the runs of words that need nobody's yes.
type exempt []published

func (e exempt) covers(first, last int) bool {
	return slices.ContainsFunc(e, func(p published) bool {
		touches := func(v text.Span) bool { return v.First <= last && first <= v.Last }
		return p.First <= first && last <= p.Last && !slices.ContainsFunc(p.values, touches)
	})
}
