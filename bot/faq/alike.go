package faq

import (
	"cmp"
	"math"
	"slices"

	"javab/bot"
)

// Spoken is a text and what it is written in: a language, or Finglish.
type Spoken struct {
	Class bot.Lang
	Text  string
}

// Alike groups texts that are put alike: by the cosine of their letter features, rare ones counting more, at least so much
// with the one that leads the group. It returns, for each text, the number of the text that leads its group: its own, if
// it does. Those that stand first lead, so what is asked most often is best put first. Texts of different classes are
// never alike; nor are texts without a word, each with itself alone. The same texts give the same groups.
//
// Of two texts as alike as least, some feature stands among the rarest of both, those that hold all but least of their
// length: only texts that share one of these are compared (for 10,000 texts, one in a hundred).
func Alike(texts []Spoken, least float64) []int {
	leaders := make([]int, len(texts))
	byClass := map[bot.Lang][]int{}
	for i, t := range texts {
		leaders[i] = i
		byClass[t.Class] = append(byClass[t.Class], i)
	}
	for class, at := range byClass {
		vectors := letterVectors(class, texts, at)
		led := map[int32][]int{} // the leaders that have a feature among their rarest
		for n, i := range at {
			v := vectors[n]
			own := v.rarest(least)
			if best, found := v.nearest(vectors, led, own, least); found {
				leaders[i] = at[best]
				continue
			}
			for _, e := range own {
				led[e.id] = append(led[e.id], n)
			}
		}
	}
	return leaders
}

// letterVector is the letter features of a text as a vector of length one, the rarest first.
type letterVector []weighed

type weighed struct {
	id    int32 // a smaller number is rarer
	value float64
}

// letterVectors are those of the texts at the given places, all of one class.
func letterVectors(class bot.Lang, texts []Spoken, at []int) []letterVector {
	v := newVocabulary()
	counts := make([][]count, len(at))
	var having []int32 // how many texts have a feature
	for n, i := range at {
		var ids []int32
		for _, word := range wordsOf(class, texts[i].Text) {
			eachGram(class, word, func(gram []byte) { ids = append(ids, v.add(gramKind, gram)) })
		}
		counts[n] = tally(ids)
		having = append(having, make([]int32, len(v.kind)-len(having))...)
		for _, c := range counts[n] {
			having[c.id]++
		}
	}
	rank := ranks(having)
	vectors := make([]letterVector, len(at))
	for n, features := range counts {
		vectors[n] = newLetterVector(features, func(id int32) (int32, float64) {
			return rank[id], math.Log(float64(1+len(at))/float64(1+having[id])) + 1
		})
	}
	return vectors
}

// ranks numbers features anew, the rarest first.
func ranks(having []int32) []int32 {
	order := make([]int32, len(having))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(having[a], having[b]) })
	rank := make([]int32, len(having))
	for place, id := range order {
		rank[id] = int32(place)
	}
	return rank
}

func newLetterVector(features []count, of func(id int32) (rank int32, scale float64)) letterVector {
	vector := make(letterVector, len(features))
	var square float64
	for i, c := range features {
		rank, scale := of(c.id)
		vector[i] = weighed{rank, (1 + math.Log(float64(c.n))) * scale}
		square += vector[i].value * vector[i].value
	}
	for i := range vector {
		vector[i].value /= math.Sqrt(square)
	}
	slices.SortFunc(vector, func(a, b weighed) int { return cmp.Compare(a.id, b.id) })
	return vector
}

// rarest are the first features, all but those that together are shorter than least.
func (v letterVector) rarest(least float64) letterVector {
	var rest float64
	n := len(v)
	for n > 0 && rest+v[n-1].value*v[n-1].value < least*least-rounding {
		n--
		rest += v[n].value * v[n].value
	}
	return v[:n]
}

// rounding is more than what adding up costs in precision.
const rounding = 1e-9

// nearest finds the leader that the vector is most like; of several, the first.
func (v letterVector) nearest(vectors []letterVector, led map[int32][]int, own letterVector, least float64) (best int, found bool) {
	var candidates []int
	for _, e := range own {
		candidates = append(candidates, led[e.id]...)
	}
	slices.Sort(candidates)
	most := least - rounding
	for _, n := range slices.Compact(candidates) {
		if likeness := v.times(vectors[n]); likeness > most {
			best, found, most = n, true, likeness+rounding
		}
	}
	return best, found
}

// times is the cosine of two vectors.
func (v letterVector) times(w letterVector) float64 {
	var sum float64
	for len(v) > 0 && len(w) > 0 {
		switch {
		case v[0].id < w[0].id:
			v = v[1:]
		case v[0].id > w[0].id:
			w = w[1:]
		default:
			sum += v[0].value * w[0].value
			v, w = v[1:], w[1:]
		}
	}
	return sum
}
