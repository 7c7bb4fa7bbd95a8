package faq

// query is a text as the section's features, and how many of its features the section has never seen.
type query struct {
	known   []count
	unknown [kinds]int
}

func (s *section) query(words []string) query {
	var q query
	ids := make([]int32, 0, 128)
	eachFeature(s.lang, words, func(k kind, feature []byte) {
		if id, ok := s.vocab.ids[k][string(feature)]; ok && len(s.of(id)) > 0 {
			ids = append(ids, id)
		} else {
			q.unknown[k]++
		}
	})
	q.known = tally(ids)
	return q
}

// scores returns how well each document fits the query.
func (s *section) scores(q query) []float64 {
	scores := make([]float64, len(s.ids))
	if len(q.known) == 0 {
		return scores
	}
	bm25 := s.bm25Factors(q)
	centroid := centroidShare / s.norm(q.known)
	for _, c := range q.known {
		fb, fc := bm25[s.vocab.kind[c.id]], centroid*s.vector(c)
		for _, p := range s.of(c.id) {
			scores[p.doc] += fb*float64(p.bm25) + fc*float64(p.centroid)
		}
	}
	return scores
}

// bm25Factors brings BM25 to the range 0 to 1, whatever the query's length, times the scorer's share: it divides by
// what a document would get that had every feature of the query in plenty. Unknown features count half.
func (s *section) bm25Factors(q query) [kinds]float64 {
	var best [kinds]float64
	for k, n := range q.unknown {
		best[k] = float64(n) * s.unknown
	}
	for _, c := range q.known {
		best[s.vocab.kind[c.id]] += s.rarity[c.id]
	}
	factors := [kinds]float64{wordKind: wordShare, gramKind: gramShare}
	for k := range factors {
		if best[k] > 0 {
			factors[k] /= (bm25K + 1) * best[k]
		}
	}
	return factors
}

// top returns the n best documents, best first. Equal scores keep the order of the ids.
func (s *section) top(scores []float64, n int) []Scored {
	n = min(n, len(scores))
	best := make([]Scored, 0, n+1)
	for doc, score := range scores {
		at := len(best)
		for at > 0 && best[at-1].Score < score {
			at--
		}
		if at == n {
			continue
		}
		best = append(best, Scored{})
		copy(best[at+1:], best[at:])
		best[at] = Scored{ID: s.ids[doc], Score: score}
		best = best[:min(len(best), n)]
	}
	return best
}
