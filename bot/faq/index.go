package faq

import (
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Index finds documents by text, in each language by itself. It never changes, and may be used by many at once.
type Index struct {
	speech   *Speech
	sections map[bot.Lang]*section
	meaning  *meaning // nil unless there is an embedder
}

// Speech is what the index was made with.
func (x *Index) Speech() *Speech { return x.speech }

// Build makes the index of the documents, which scores by R. Their order does not matter.
func Build(docs []Document) *Index { return usual().Build(docs) }

func (p *Speech) build(docs []Document, finish func(*section, []phrase)) *Index {
	classes := byClass(docs)
	x := &Index{speech: p, sections: map[bot.Lang]*section{}}
	for _, class := range append(bot.Langs[:], Finglish) {
		s, phrases := newSection(p, class, classes[class])
		finish(s, phrases)
		x.sections[class] = s
	}
	return x
}

// byClass sorts documents by the class of texts that finds them.
func byClass(docs []Document) map[bot.Lang][]Document {
	of := map[bot.Lang][]Document{}
	for _, d := range docs {
		of[d.Lang] = append(of[d.Lang], d)
	}
	of[Finglish] = of[bot.Fa]
	return of
}

// Match finds what the text is about. It asks the index of the given language, the member's own, and that of what the
// text itself seems to be written in, when the first is not sure and either gives nothing or the text is plainly not in
// the member's language. When neither knows anything, all are asked.
func (x *Index) Match(lang bot.Lang, s string) Result {
	s = cut(s)
	return x.find(lang, s, x.hear(s))
}

func (x *Index) find(lang bot.Lang, s string, h *hearing) Result {
	own := x.match(lang, s, h)
	if own.Sure != "" {
		return own
	}
	class := x.Class(s)
	if class != "" && class != lang {
		other := x.match(class, s, h)
		_, plainly := text.Switch(lang, s)
		plainly = plainly || class == Finglish
		if other.Sure != "" || len(other.Likely) > 0 && (plainly || len(own.Likely) == 0) {
			return other
		}
	}
	if len(own.Likely) == 0 {
		return x.anywhere(own, s, h)
	}
	return own
}

// anywhere asks all indexes for a text that its own knows nothing about, and takes the likeliest. Only trained ones know
// what is likely: a greeting that is like some word of each would find nonsense by likeness alone.
func (x *Index) anywhere(best Result, s string, h *hearing) Result {
	for _, class := range append(bot.Langs[:], Finglish) {
		if sec := x.sections[class]; sec.trust == nil {
			continue
		}
		if r := x.match(class, s, h); len(r.Likely) > 0 && r.P > max(best.P, strayP) {
			best = r
		}
	}
	return best
}

func (x *Index) match(lang bot.Lang, s string, h *hearing) Result {
	sec := x.sections[lang]
	if sec == nil {
		return Result{Lang: lang}
	}
	return sec.match(x.speech.wordsOf(lang, s), func() *meant { return h.meant(lang, s) })
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

// match scores the words. What they are not sure of, meaning may know; it returns nil when it has nothing to say.
func (s *section) match(words []string, meaning func() *meant) Result {
	if len(words) == 0 || len(s.ids) == 0 {
		return Result{Lang: languageOf(s.lang)}
	}
	f := s.fit(s.query(words))
	doc, exact := s.exact[phrasingKey(words)]
	if exact && doc != ambiguous {
		return s.conclude(&f, promote(s.best(&f, nearN), int(doc)), true)
	}
	r := s.conclude(&f, s.best(&f, nearN), false)
	if r.Sure != "" {
		return r
	}
	if f.meant = meaning(); f.meant == nil {
		return r
	}
	return s.conclude(&f, s.best(&f, nearN), false)
}

// conclude makes a result of the best documents.
func (s *section) conclude(f *fit, best []candidate, exact bool) Result {
	r := Result{Lang: languageOf(s.lang)}
	for _, c := range best[:min(topN, len(best))] {
		r.Top = append(r.Top, Scored{ID: s.ids[c.doc], Score: c.score})
	}
	switch {
	case exact:
		r.P = exactP
	case f.meant != nil:
		r.P = f.meant.trust.p(s.inputsOf(f, best))
	case len(f.known) == 0:
	case s.trust != nil:
		r.P = s.trust.p(s.inputsOf(f, best))
	default:
		r.P = min(1, best[0].score/exactBonus)
	}
	s.decide(&r, f, best[0].doc, exact)
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

// The bounds of P. That of meaning is learnt from phrasings, which are nearer to one another than to what members write: so it takes
// more to act on.
const (
	answerP = 0.65 // from which on a document is acted on
	riskyP  = 0.7  // from which on a risky one is
	meantP  = 0.8  // from which on one is that only meaning is sure of
	askP    = 0.15 // below which none is even offered
	strayP  = 0.3  // below which nothing is offered that a text means in a language it is not written in
)

// decide says what the result is good for.
func (s *section) decide(r *Result, f *fit, best int, exact bool) {
	if s.trust == nil {
		bounds := boundsOf(s.lang)
		r.Likely = bounds.likely(r.Top)
		if exact || f.words > 1 && bounds.sure(r.Top) {
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
	switch {
	case f.meant != nil:
		least = meantP
	case s.risky[best]:
		least = riskyP
	}
	if exact || f.words > 1 && r.P >= least {
		r.Sure = r.Top[0].ID
	}
}

// languageOf is the language that answers of a class are written in.
func languageOf(class bot.Lang) bot.Lang {
	lang, _, _ := strings.Cut(string(class), "-")
	return bot.Lang(lang)
}
