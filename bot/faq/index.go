package faq

import (
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Index finds documents by text, in each language by itself. It never changes, and may be used by many at once.
type Index struct {
	sections map[bot.Lang]*section
	meaning  *meaning // nil unless there is an embedder
}

// Build makes the index of the documents, which scores by R. Their order does not matter.
func Build(docs []Document) *Index {
	return build(docs, func(*section, []phrase) {})
}

func build(docs []Document, finish func(*section, []phrase)) *Index {
	byLang := map[bot.Lang][]Document{}
	for _, d := range docs {
		byLang[d.Lang] = append(byLang[d.Lang], d)
	}
	byLang[Finglish] = byLang[bot.Fa]
	x := &Index{sections: map[bot.Lang]*section{}}
	for _, class := range append(bot.Langs[:], Finglish) {
		s, phrases := newSection(class, byLang[class])
		finish(s, phrases)
		x.sections[class] = s
	}
	return x
}

// Match finds what the text is about. It asks the index of the given language, the member's own, and that of what the
// text itself seems to be written in, when the first is not sure and either gives nothing or the text is plainly not in
// the member's language. When neither knows anything, all are asked.
func (x *Index) Match(lang bot.Lang, s string) Result {
	s = cut(s)
	own := x.match(lang, s)
	if own.Sure != "" {
		return own
	}
	class := x.Class(s)
	if class != "" && class != lang {
		other := x.match(class, s)
		_, plainly := text.Switch(lang, s)
		plainly = plainly || class == Finglish
		if other.Sure != "" || len(other.Likely) > 0 && (plainly || len(own.Likely) == 0) {
			return other
		}
	}
	if len(own.Likely) == 0 {
		return x.anywhere(own, s)
	}
	return own
}

// anywhere asks all indexes for a text that its own knows nothing about, and takes the likeliest. Only trained ones know
// what is likely: a greeting that is like some word of each would find nonsense by likeness alone.
func (x *Index) anywhere(best Result, s string) Result {
	for _, class := range append(bot.Langs[:], Finglish) {
		if sec := x.sections[class]; sec.trust == nil {
			continue
		}
		if r := x.match(class, s); len(r.Likely) > 0 && r.P > best.P {
			best = r
		}
	}
	return best
}

func (x *Index) match(lang bot.Lang, s string) Result {
	sec := x.sections[lang]
	if sec == nil {
		return Result{Lang: lang}
	}
	return sec.match(wordsOf(lang, s), func(best []candidate) { x.meaning.reorder(sec, s, best) })
}

// topN is how many of the best documents a Result names, likelyN how many of them are offered.
const (
	topN    = 5
	likelyN = 3
)

// exactBonus is added to the score of a document whose own phrasing the text is. It is more than any score without it.
const exactBonus = 3

// exactP is the P of an exact phrasing.
const exactP = 1

// match scores the words; reorder may change its mind about which of the best is the best.
func (s *section) match(words []string, reorder func([]candidate)) Result {
	r := Result{Lang: languageOf(s.lang)}
	if len(words) == 0 || len(s.ids) == 0 {
		return r
	}
	f := s.fit(s.query(words))
	best := s.best(&f, nearN)
	doc, exact := s.exact[phrasingKey(words)]
	if exact = exact && doc != ambiguous; exact {
		best = promote(best, int(doc))
	} else {
		reorder(best)
	}
	for _, c := range best[:min(topN, len(best))] {
		r.Top = append(r.Top, Scored{ID: s.ids[c.doc], Score: c.score})
	}
	switch {
	case exact:
		r.P = exactP
	case len(f.known) == 0:
	case s.trust != nil:
		r.P = s.trust.p(s.inputsOf(&f, best))
	default:
		r.P = min(1, best[0].score/exactBonus)
	}
	s.decide(&r, best[0].doc, len(words), exact)
	return r
}

// promote puts the document whose phrasing the text is before all others.
func promote(best []candidate, doc int) []candidate {
	first := candidate{doc: doc}
	if len(best) > 0 {
		first.score = best[0].score
	}
	for _, c := range best {
		if c.doc == doc {
			first.score = c.score
		}
	}
	first.score += exactBonus
	promoted := append(make([]candidate, 0, len(best)+1), first)
	for _, c := range best {
		if c.doc != doc {
			promoted = append(promoted, c)
		}
	}
	return promoted
}

// The P from which on a document is acted on, from which on a risky one is, and below which none is even offered.
const (
	answerP = 0.55
	riskyP  = 0.7
	askP    = 0.15
)

// decide says what the result is good for.
func (s *section) decide(r *Result, best, words int, exact bool) {
	if s.trust == nil {
		bounds := boundsOf(s.lang)
		r.Likely = bounds.likely(r.Top)
		if exact || words > 1 && bounds.sure(r.Top) {
			r.Sure = r.Top[0].ID
		}
		return
	}
	if r.P < askP {
		return
	}
	for _, t := range r.Top[:min(likelyN, len(r.Top))] {
		r.Likely = append(r.Likely, t.ID)
	}
	least := answerP
	if s.risky[best] {
		least = riskyP
	}
	if exact || words > 1 && r.P >= least {
		r.Sure = r.Top[0].ID
	}
}

// languageOf is the language that answers of a class are written in.
func languageOf(class bot.Lang) bot.Lang {
	lang, _, _ := strings.Cut(string(class), "-")
	return bot.Lang(lang)
}
