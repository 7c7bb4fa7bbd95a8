package faq

import "math"

// query is a text as the section's features, and how many of its features the section has never seen.
type query struct {
	words   int
	known   []count
	unknown [kinds]int
}

func (s *section) query(words []string) query {
	q := query{words: len(words)}
	ids := make([]int32, 0, 128)
	eachFeature(s.speech.tablesOf(s.lang), words, func(k kind, feature []byte) {
		if id, ok := s.vocab.find(k, feature); ok && len(s.of(id)) > 0 {
			ids = append(ids, id)
		} else {
			q.unknown[k]++
		}
	})
	q.known = tally(ids)
	return q
}

// likeness is how like a query one document is, by each scorer: BM25 on words and on letters, the cosine to its
// centroid, and the margin of its machine.
type likeness struct{ word, gram, centroid, margin float64 }

// fit is a query beside all documents.
type fit struct {
	query
	all []likeness
	// word and gram are what BM25 is to be multiplied with, were unknown features not to count. Among the documents of one
	// query they do not; for trust in the best one they do.
	word, gram float64
	// share is the part of the query that the section knows at all, as lengths of vectors, 0 to 1. The cosine and the
	// margins are of that part alone.
	share float64
	// meant is what an embedder makes of the query; nil when nobody was asked, or nothing was said.
	meant *meant
}

func (s *section) fit(q query) fit {
	f := fit{query: q, all: make([]likeness, len(s.ids))}
	if len(q.known) == 0 {
		return f
	}
	for d, bias := range s.machines.bias {
		f.all[d].margin = bias
	}
	var factors [kinds]float64
	factors, f.word, f.gram = s.bm25Factors(q)
	length := s.norm(q.known)
	unknown := float64(q.unknown[wordKind]+q.unknown[pairKind]+q.unknown[gramKind]) * s.rarest * s.rarest
	f.share = length / math.Sqrt(length*length+unknown)
	for _, c := range q.known {
		k := s.vocab.kind[c.id]
		v := s.vector(c) / length
		for _, p := range s.of(c.id) {
			l := &f.all[p.doc]
			switch k {
			case wordKind:
				l.word += factors[k] * p.bm25Value()
			case gramKind:
				l.gram += factors[k] * p.bm25Value()
			}
			l.centroid += v * p.centroidValue()
		}
		for _, p := range s.machines.of(c.id) {
			f.all[p.doc].margin += v * float64(p.weight)
		}
	}
	return f
}

// bm25Factors brings BM25 to the range 0 to 1, whatever the query's length: it divides by what a document would get
// that had every feature of the query in plenty. Unknown features count half. The other two results undo that.
func (s *section) bm25Factors(q query) (factors [kinds]float64, word, gram float64) {
	var known, all [kinds]float64
	for _, c := range q.known {
		known[s.vocab.kind[c.id]] += float64(s.rarity[c.id])
	}
	for k, n := range q.unknown {
		all[k] = known[k] + float64(n)*s.unknown
		if all[k] > 0 {
			factors[k] = 1 / ((bm25K + 1) * all[k])
		}
	}
	return factors, all[wordKind] / math.Max(known[wordKind], 1e-9), all[gramKind] / math.Max(known[gramKind], 1e-9)
}

// score is R until the section is trained, then S.
func (s *section) score(f *fit, doc int) float64 {
	l := f.all[doc]
	if s.trust == nil {
		return wordShare*l.word + gramShare*l.gram + centroidShare*l.centroid
	}
	return trainedWordShare*f.word*l.word + trainedGramShare*f.gram*l.gram + trainedCentroidShare*l.centroid + marginShare*l.margin + f.meant.worth(doc)
}

// trusted is the likeness to one document with the part of the query that nothing is known of held against it: a text of
// which one word is known may be as like as that word, and means something else.
func (f *fit) trusted(doc int) likeness {
	l := f.all[doc]
	l.centroid *= f.share
	l.margin = (l.margin+1)*f.share - 1
	return l
}

func (l likeness) mixed() float64 {
	return trainedWordShare*l.word + trainedGramShare*l.gram + trainedCentroidShare*l.centroid + marginShare*l.margin
}

// candidate is a document that may be meant.
type candidate struct {
	doc   int
	score float64
}

// best returns the n best documents, best first. Equal scores keep the order of the ids.
func (s *section) best(f *fit, n int) []candidate {
	n = min(n, len(f.all))
	best := make([]candidate, 0, n+1)
	for doc := range f.all {
		score := s.score(f, doc)
		at := len(best)
		for at > 0 && best[at-1].score < score {
			at--
		}
		if at == n {
			continue
		}
		best = append(best, candidate{})
		copy(best[at+1:], best[at:])
		best[at] = candidate{doc: doc, score: score}
		best = best[:min(len(best), n)]
	}
	return best
}
