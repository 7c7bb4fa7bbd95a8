package faq

import "math"

// inputN is how many things P is computed from.
const inputN = wordInputs + 3

// wordInputs are those that words give. The others are what an embedder gives, and zero without one.
const wordInputs = 14

// inputs are what tells a good first document from a bad one: see inputsOf.
type inputs [inputN]float64

// trust turns inputs into P, the probability that the first document is the one that is meant.
type trust [inputN]float64

// prior is the trust of a knowledge base too small to tell: what the sample content taught, the mean over its classes.
var prior = trust{-0.97, 0.19, 2.44, -0.98, 1.81, 1.28, -2.31, -1.42, 1.82, 0.58, -2.12, 0.92, 0.49, 0.93}

func (t *trust) p(x inputs) float64 {
	var sum float64
	for i, weight := range t {
		sum += weight * x[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

// inputsOf reads the inputs off the scores of a query: how high the best document stands by each scorer and how far ahead
// of the second, how many scorers agree that it is the best, and how short the query is.
func (s *section) inputsOf(f *fit, best []candidate) inputs {
	if len(best) == 0 {
		return inputs{0: 1}
	}
	near := s.near(f.query, best)
	winner := best[0].doc
	mixed, margin, word, gram, centroid := newLead(), newLead(), newLead(), newLead(), newLead()
	for doc := range f.all {
		l := f.trusted(doc)
		mixed.take(doc, l.mixed())
		margin.take(doc, l.margin)
		word.take(doc, l.word)
		gram.take(doc, l.gram)
		centroid.take(doc, l.centroid)
	}
	letters, words := newLead(), newLead()
	for i, n := range near {
		letters.take(best[i].doc, n.letters*f.share)
		words.take(best[i].doc, n.words)
	}
	agree := 0.0
	for _, l := range []lead{margin, letters, words, word} {
		agree += one(l.doc == winner) / 4
	}
	x := inputs{
		1, mixed.top, mixed.ahead(), letters.top, letters.ahead(), margin.top, margin.ahead(), words.top, word.top, agree,
		1 / (1 + float64(f.words)), centroid.top, centroid.ahead(), gram.top,
	}
	if f.meant != nil {
		meant := newLead()
		for doc, like := range f.meant.like {
			meant.take(doc, like)
		}
		x[wordInputs], x[wordInputs+1], x[wordInputs+2] = meant.top, meant.ahead(), one(meant.doc == winner)
	}
	return x
}

// lead is who is first by one scorer.
type lead struct {
	top, second float64
	doc         int
}

func newLead() lead { return lead{top: math.Inf(-1), second: math.Inf(-1), doc: -1} }

func (l *lead) take(doc int, score float64) {
	switch {
	case score > l.top:
		l.second, l.top, l.doc = l.top, score, doc
	case score > l.second:
		l.second = score
	}
}

// ahead is how far the first is ahead of the second; of one alone, all it has.
func (l *lead) ahead() float64 {
	if math.IsInf(l.second, -1) {
		return l.top
	}
	return l.top - l.second
}

// sample is a query whose right document is known: whether the first one was it, and how much it counts.
type sample struct {
	x      inputs
	right  bool
	weight float64
}

// The parameters of the logistic regression.
const (
	learnSteps = 400
	learnRate  = 0.5
	learnPull  = 1e-4
)

// learn fits trust to samples by AdaGrad, all samples in each step.
func learn(samples []sample) *trust {
	var t trust
	var all float64
	for _, s := range samples {
		all += s.weight
	}
	var squares trust
	for range learnSteps {
		var slope trust
		for _, s := range samples {
			miss := (t.p(s.x) - one(s.right)) * s.weight / all
			for i, x := range s.x {
				slope[i] += miss * x
			}
		}
		for i := range t {
			g := slope[i] + learnPull*t[i]
			squares[i] += g * g
			if squares[i] > 0 {
				t[i] -= learnRate * g / math.Sqrt(squares[i])
			}
		}
	}
	return &t
}
