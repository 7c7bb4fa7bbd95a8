package faq

import "context"

// The trial by which P is fitted: the phrasings are cut into folds, and each fold is asked of an index that lacks it.
// Of every trialFolds documents one is hidden whole, so that there are questions to which no answer is known.
const (
	trialFolds  = 5
	trialPasses = 6
	// trialWork bounds folds x phrasings x documents: of a large knowledge base a part of the folds is enough.
	trialWork = 400_000
	// unknownWeight makes the hidden documents as many as real questions out of scope are: they are more than half of what
	// is hidden, and a quarter or less of what members ask.
	unknownWeight = 0.25
	// fewest is how many right first documents a trial needs to tell more than prior does.
	fewest = 30
)

func (s *section) train(ctx context.Context, phrases []phrase) {
	if len(phrases) == 0 || ctx.Err() != nil {
		return
	}
	s.trust = learnTrust(s.trial(ctx, phrases))
	if ctx.Err() == nil {
		s.equip(phrases, svmPasses)
	}
}

// equip gives the section what a trained one has beside its weights.
func (s *section) equip(phrases []phrase, passes int) {
	s.nearby = newNearby(phrases, len(s.ids))
	s.machines = trainMachines(s.examples(phrases), len(s.vocab.kind), len(s.ids), passes, s.workers)
}

func learnTrust(samples []sample) *trust {
	right := 0
	for _, s := range samples {
		right += int(one(s.right))
	}
	if right < fewest {
		t := prior
		return &t
	}
	return learn(samples)
}

// folds is how many of the folds are asked.
func (s *section) folds(phrases []phrase) int {
	return max(1, min(trialFolds, trialWork/max(1, len(phrases)*len(s.ids))))
}

// trial asks phrasings of sections that lack them.
func (s *section) trial(ctx context.Context, phrases []phrase) []sample {
	var samples []sample
	for fold := range s.folds(phrases) {
		if ctx.Err() != nil {
			break
		}
		samples = append(samples, s.fold(fold, phrases)...)
	}
	return samples
}

// fold asks what one fold hides.
func (s *section) fold(fold int, phrases []phrase) []sample {
	t, _, asked := s.hide(fold, phrases)
	samples := make([]sample, len(asked))
	for i, q := range asked {
		f := t.fit(t.again(q.phrase))
		samples[i] = t.sample(&f, t.best(&f, nearN), q)
	}
	return samples
}

// asked is a hidden phrasing that a trial asks: whether the document it belongs to is there to be found, and how much the
// question counts.
type asked struct {
	phrase
	known  bool
	weight float64
}

// hide returns a section that lacks what one fold hides, whole documents and phrasings of the others, with the phrases that it
// has, and the questions to ask it.
func (s *section) hide(fold int, phrases []phrase) (t *section, kept []phrase, questions []asked) {
	var hidden []phrase
	left := make([]int, len(s.ids))
	for i, p := range phrases {
		switch {
		case unknownIn(fold, p.doc) || !p.says && hiddenIn(fold, i):
			hidden = append(hidden, p)
		default:
			kept = append(kept, p)
			left[p.doc]++
		}
	}
	t = &section{lang: s.lang, speech: s.speech, workers: s.workers, ids: s.ids, vocab: s.vocab, words: s.words, trust: &trust{}}
	t.weights = weigh(s.vocab, kept, len(s.ids))
	t.equip(kept, trialPasses)
	for _, p := range hidden {
		switch unknown := unknownIn(fold, p.doc); {
		case p.says:
		case unknown:
			questions = append(questions, asked{p, false, unknownWeight})
		case left[p.doc] > 0:
			questions = append(questions, asked{p, true, 1})
		}
	}
	return t, kept, questions
}

func unknownIn(fold int, doc int32) bool { return int(doc)%trialFolds == fold }

// hiddenIn spreads the phrasings of each document over the folds.
func hiddenIn(fold, phrase int) bool { return (phrase+phrase/trialFolds)%trialFolds == fold }

// sample notes how a question of a trial has fared.
func (s *section) sample(f *fit, best []candidate, q asked) sample {
	return sample{x: s.inputsOf(f, best), right: q.known && best[0].doc == int(q.doc), weight: q.weight}
}

// again makes a query of a phrase, as if it had just been asked.
func (s *section) again(p phrase) query {
	q := query{words: len(p.words)}
	for _, c := range p.features {
		if len(s.of(c.id)) > 0 {
			q.known = append(q.known, c)
		} else {
			q.unknown[s.vocab.kind[c.id]] += int(c.n)
		}
	}
	return q
}
