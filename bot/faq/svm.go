package faq

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
)

// The parameters of the support vector machines, one per document against all others: the price of an error, how often
// all phrasings are gone through, and the seed that makes training the same every time.
const (
	svmC      = 1.0
	svmPasses = 12
	svmSeed   = 20260401
	svmStill  = 0.05 // a pass that moves no example further than this is the last
)

// What is kept of the machines: kept whole, they would be features x documents. Weights below svmLeast rank nothing; of a
// large knowledge base the strongest are kept, svmRoom of one class in all.
const (
	svmLeast = 0.02
	svmRoom  = 80_000
)

// machines are the weights of all documents' machines, sparse: those of feature f are pulls[start[f]:start[f+1]].
type machines struct {
	start []int32
	pulls []pull
	bias  []float64
}

// pull is how far a feature speaks for a document, or against it.
type pull struct {
	doc    int32
	weight float32
}

func (m *machines) of(feature int32) []pull {
	if m.start == nil {
		return nil
	}
	return m.pulls[m.start[feature]:m.start[feature+1]]
}

// example is one phrasing as a vector of unit length.
type example struct {
	doc    int32
	ids    []int32
	values []float32
}

func (w *weights) examples(phrases []phrase) []example {
	all := make([]example, len(phrases))
	for i, p := range phrases {
		e := example{doc: p.doc, ids: make([]int32, len(p.features)), values: make([]float32, len(p.features))}
		norm := w.norm(p.features)
		for k, c := range p.features {
			e.ids[k], e.values[k] = c.id, float32(w.vector(c)/norm)
		}
		all[i] = e
	}
	return all
}

// feature is one weight of one machine.
type feature struct {
	id     int32
	weight float32
}

// machine is the workplace on which one document is trained after the other.
type machine struct {
	weights []float32
	alpha   []float32
	bias    float32
}

// trainMachines trains the machine of every document, so many at once. Each is trained alone, so that the result does
// not depend on who is done first.
func trainMachines(examples []example, features, docs, passes, workers int) machines {
	order := shuffles(len(examples), passes)
	kept := make([][]feature, docs)
	all := machines{bias: make([]float64, docs)}
	var next atomic.Int32
	var work sync.WaitGroup
	var fault atomic.Value // a panic of a worker, for the caller to see
	for range min(max(1, workers), docs) {
		work.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					fault.Store(fmt.Sprint(p))
				}
			}()
			m := &machine{weights: make([]float32, features), alpha: make([]float32, len(examples))}
			for doc := next.Add(1) - 1; int(doc) < docs; doc = next.Add(1) - 1 {
				m.train(examples, doc, order)
				kept[doc], all.bias[doc] = m.kept(svmRoom/docs), float64(m.bias)
			}
		})
	}
	work.Wait()
	if p := fault.Load(); p != nil {
		panic(p)
	}
	all.start, all.pulls = byFeature(kept, features, func(f feature) int32 { return f.id }, func(doc int32, f feature) pull {
		return pull{doc: doc, weight: f.weight}
	})
	return all
}

// shuffles are the orders in which the examples are gone through.
func shuffles(n, passes int) [][]int32 {
	random := rand.New(rand.NewPCG(svmSeed, uint64(n)))
	order := make([][]int32, passes)
	for p := range order {
		order[p] = make([]int32, n)
		for i := range order[p] {
			order[p][i] = int32(i)
		}
		random.Shuffle(n, func(i, j int) { order[p][i], order[p][j] = order[p][j], order[p][i] })
	}
	return order
}

// train finds the weights that set the document's examples apart from all others: dual coordinate descent for the
// squared hinge, the bias being a feature that every example has.
func (m *machine) train(examples []example, doc int32, order [][]int32) {
	clear(m.weights)
	clear(m.alpha)
	m.bias = 0
	const ridge = 1 / (2 * svmC)
	const step = 1 / (2 + ridge) // the squares of a unit vector and of the bias, and the ridge
	for _, pass := range order {
		moved := float32(0)
		for _, i := range pass {
			e := &examples[i]
			side := float32(-1)
			if e.doc == doc {
				side = 1
			}
			before := m.alpha[i]
			after := max(0, before-step*(side*m.margin(e)-1+ridge*before))
			if after != before {
				m.alpha[i] = after
				m.move(e, side*(after-before))
				moved = max(moved, after-before, before-after)
			}
		}
		if moved < svmStill {
			return
		}
	}
}

func (m *machine) margin(e *example) float32 {
	sum := m.bias
	values := e.values[:len(e.ids)]
	for k, id := range e.ids {
		sum += m.weights[id] * values[k]
	}
	return sum
}

func (m *machine) move(e *example, by float32) {
	m.bias += by
	values := e.values[:len(e.ids)]
	for k, id := range e.ids {
		m.weights[id] += by * values[k]
	}
}

// kept returns the strongest weights, in the order of their features.
func (m *machine) kept(most int) []feature {
	var kept []feature
	for id, w := range m.weights {
		if w > svmLeast || w < -svmLeast {
			kept = append(kept, feature{id: int32(id), weight: w})
		}
	}
	if len(kept) > most {
		slices.SortFunc(kept, func(a, b feature) int {
			return cmp.Or(cmp.Compare(b.strength(), a.strength()), cmp.Compare(a.id, b.id))
		})
		kept = kept[:most]
		slices.SortFunc(kept, func(a, b feature) int { return cmp.Compare(a.id, b.id) })
	}
	return slices.Clone(kept)
}

func (f feature) strength() float32 { return max(f.weight, -f.weight) }
