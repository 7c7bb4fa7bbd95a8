package faq

import (
	"context"
	"maps"
	"runtime"
	"slices"

	"javab/bot"
)

// shares are those of likeness of meaning in a score that are tried. The smallest that finds most is taken, and none when none
// finds more than words alone do.
var shares = [...]float64{0, 0.2, 0.4, 0.8, 1.6}

// WithMeaning returns an index that also asks about the meaning of a message when words are not sure what it is about. The
// documents are those that the index was made of. How much meaning counts, and how far to trust the two together, is learnt by
// the trial that the index was trained by; an index that is not trained, and a class too small to tell, stay as they are. It
// takes about as long as to train, and gives up when ctx ends.
func (x *Index) WithMeaning(ctx context.Context, sense Sense, docs []Document) (*Index, error) {
	vectors, length, err := vectorsOf(ctx, sense.Phrasings, phrasings(docs))
	if err != nil {
		return nil, err
	}
	m := &meaning{Sense: sense, length: length, of: map[bot.Lang]*senses{}}
	classes := byClass(docs)
	for class, trained := range x.sections {
		if trained.trust == nil {
			continue
		}
		s, phrases := newSection(x.speech, class, classes[class])
		s.workers, s.trust = max(1, runtime.GOMAXPROCS(0)/2), trained.trust
		if senses, helps := s.learnMeaning(ctx, phrases, vectors); helps {
			m.of[class] = senses
		}
	}
	return &Index{speech: x.speech, sections: x.sections, meaning: m}, ctx.Err()
}

// Meant are the classes in which the index also asks about meaning.
func (x *Index) Meant() []bot.Lang {
	if x.meaning == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(x.meaning.of))
}

// phrasings are those of all documents, each once, in their order.
func phrasings(docs []Document) []string {
	var all []string
	seen := map[string]bool{}
	for _, d := range docs {
		for _, list := range [...][]string{d.Phrasings, d.Finglish} {
			for _, p := range list {
				if !seen[p] {
					seen[p] = true
					all = append(all, p)
				}
			}
		}
	}
	return all
}

// learnMeaning reports false when meaning finds nothing that words do not, or when there are too few phrases to tell.
func (s *section) learnMeaning(ctx context.Context, phrases []phrase, vectors map[string][]float32) (*senses, bool) {
	m, tells := sense(phrases, len(s.ids), vectors)
	if !tells {
		return nil, false
	}
	var trials [len(shares)][]sample
	for fold := range s.folds(phrases) {
		if ctx.Err() != nil {
			return nil, false
		}
		s.foldMeant(fold, phrases, vectors, &trials)
	}
	best, most := 0, 0.0
	for i, samples := range trials {
		right := 0.0
		for _, sample := range samples {
			right += one(sample.right)
		}
		if right > most {
			best, most = i, right
		}
	}
	if best == 0 || most < fewest {
		return nil, false
	}
	m.share, m.trust = shares[best], learn(trials[best])
	return m, true
}

// foldMeant asks what one fold hides and words alone are not sure of, by each of the shares.
func (s *section) foldMeant(fold int, phrases []phrase, vectors map[string][]float32, trials *[len(shares)][]sample) {
	t, kept, asked := s.hide(fold, phrases)
	m, tells := sense(kept, len(s.ids), vectors)
	if !tells {
		return
	}
	for _, q := range asked {
		f := t.fit(t.again(q.phrase))
		if s.trust.p(t.inputsOf(&f, t.best(&f, nearN))) >= answerP {
			continue
		}
		like := m.compare(vectors[q.text]).like
		for i, share := range shares {
			f.meant = &meant{senses: &senses{share: share}, like: like}
			trials[i] = append(trials[i], t.sample(&f, t.best(&f, nearN), q))
		}
		f.meant = nil
	}
}
