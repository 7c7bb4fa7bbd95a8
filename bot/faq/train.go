package faq

// The trial by which P is fitted: the phrasings are cut into folds, and each fold is asked of an index that lacks it.
// Of every trialFolds documents one is hidden whole, so that there are questions to which no answer is known.
const (
	trialFolds  = 5
	trialPasses = 6
	// trialWork bounds folds x phrasings x documents: of a large knowledge base a part of the folds is enough.
	trialWork = 2_000_000
	// unknownWeight makes the hidden documents as many as real questions out of scope are: they are more than half of what
	// is hidden, and a quarter or less of what members ask.
	unknownWeight = 0.25
	// fewest is how many right first documents a trial needs to tell more than prior does.
	fewest = 30
)

// Train makes the index of the documents as Build does, and trains it: its scores are better, and it knows how far to
// trust them. It takes seconds where Build takes moments. The same documents give the same index, to the last bit.
func Train(docs []Document) *Index {
	return build(docs, (*section).train)
}

func (s *section) train(phrases []phrase) {
	if len(phrases) == 0 {
		return
	}
	s.trust = learnTrust(s.trial(phrases))
	s.equip(phrases, svmPasses)
}

// equip gives the section what a trained one has beside its weights.
func (s *section) equip(phrases []phrase, passes int) {
	s.nearby = newNearby(phrases, len(s.ids))
	s.machines = trainMachines(s.examples(phrases), len(s.vocab.kind), len(s.ids), passes)
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

// trial asks phrasings of sections that lack them.
func (s *section) trial(phrases []phrase) []sample {
	folds := max(1, min(trialFolds, trialWork/max(1, len(phrases)*len(s.ids))))
	var samples []sample
	for fold := range folds {
		samples = append(samples, s.fold(fold, phrases)...)
	}
	return samples
}

// fold asks what one fold hides: whole documents, and phrasings of the others.
func (s *section) fold(fold int, phrases []phrase) []sample {
	var kept, hidden []phrase
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
	t := &section{lang: s.lang, ids: s.ids, vocab: s.vocab, words: s.words, trust: &trust{}}
	t.weights = weigh(s.vocab, kept, len(s.ids))
	t.equip(kept, trialPasses)
	var samples []sample
	for _, p := range hidden {
		switch unknown := unknownIn(fold, p.doc); {
		case p.says:
		case unknown:
			samples = append(samples, t.sample(p, false, unknownWeight))
		case left[p.doc] > 0:
			samples = append(samples, t.sample(p, true, 1))
		}
	}
	return samples
}

func unknownIn(fold int, doc int32) bool { return int(doc)%trialFolds == fold }

// hiddenIn spreads the phrasings of each document over the folds.
func hiddenIn(fold, phrase int) bool { return (phrase+phrase/trialFolds)%trialFolds == fold }

// sample asks a phrase of a section that lacks it.
func (s *section) sample(p phrase, known bool, weight float64) sample {
	f := s.fit(s.again(p))
	best := s.best(&f, nearN)
	return sample{x: s.inputsOf(&f, best), right: known && best[0].doc == int(p.doc), weight: weight}
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
