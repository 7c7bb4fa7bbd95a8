package faq

import (
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Index finds documents by text, in each language by itself. It never changes, and may be used by many at once.
type Index struct {
	sections map[bot.Lang]*section
}

// Build makes the index of the documents. Their order does not matter.
func Build(docs []Document) *Index {
	byLang := map[bot.Lang][]Document{}
	for _, d := range docs {
		byLang[d.Lang] = append(byLang[d.Lang], d)
	}
	x := &Index{sections: map[bot.Lang]*section{}}
	for _, lang := range bot.Langs {
		x.sections[lang] = newSection(lang, byLang[lang])
	}
	return x
}

// Match finds what the text is about. It asks the index of the given language, the member's own, and that of the
// language the text itself seems to be in when the first is not sure and either gives nothing or the text is plainly
// in the other language.
func (x *Index) Match(lang bot.Lang, s string) Result {
	s = cut(s)
	own := x.match(lang, s)
	guess := text.Detect(s).Lang
	if own.Sure != "" || guess == "" || guess == lang {
		return own
	}
	other := x.match(guess, s)
	_, plainly := text.Switch(lang, s)
	if other.Sure != "" || len(other.Likely) > 0 && (plainly || len(own.Likely) == 0) {
		return other
	}
	return own
}

func (x *Index) match(lang bot.Lang, s string) Result {
	sec := x.sections[lang]
	if sec == nil {
		return Result{Lang: lang}
	}
	return sec.match(wordsOf(lang, s))
}

// topN is how many of the best documents a Result names, likelyN how many of them are offered.
const (
	topN    = 5
	likelyN = 3
)

// exactBonus is added to the score of a document whose own phrasing the text is. It is more than any score without it.
const exactBonus = wordShare + gramShare + centroidShare

func (s *section) match(words []string) Result {
	r := Result{Lang: s.lang}
	if len(words) == 0 || len(s.ids) == 0 {
		return r
	}
	scores := s.scores(s.query(words))
	doc, exact := s.exact[strings.Join(words, " ")]
	exact = exact && doc != ambiguous
	if exact {
		scores[doc] += exactBonus
	}
	bounds := boundsOf(s.lang)
	r.Top = s.top(scores, topN)
	r.Likely = bounds.likely(r.Top)
	if exact || len(words) > 1 && bounds.sure(r.Top) {
		r.Sure = r.Top[0].ID
	}
	return r
}
