package faq

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"javab/bot"
)

// Embedder turns texts into vectors that are near when their meanings are, one for each text and all of one length. It
// is one more signal, which nothing needs: it may be slow, fail or be gone at any time.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// meaningShare is what likeness of meaning adds to a score at most: as much as likeness of words.
const meaningShare = 0.8

// meaning is what an embedder has made of the documents.
type meaning struct {
	embedder Embedder
	patience time.Duration
	docs     map[bot.Lang]map[string][]float32 // by language and id, of length one
}

// WithMeaning returns an index that also asks the embedder about every text, and waits no longer than patience for it.
// What it says reorders the best documents; when it says nothing, all is as without it. The documents are those that the
// index was made of.
func (x *Index) WithMeaning(ctx context.Context, e Embedder, patience time.Duration, docs []Document) (*Index, error) {
	m := &meaning{embedder: e, patience: patience, docs: map[bot.Lang]map[string][]float32{}}
	for _, d := range docs {
		if len(d.Phrasings) == 0 {
			continue
		}
		vectors, err := e.Embed(ctx, d.Phrasings)
		if err != nil {
			return nil, fmt.Errorf("embed %s of %s: %w", d.Lang, d.ID, err)
		}
		if m.docs[d.Lang] == nil {
			m.docs[d.Lang] = map[string][]float32{}
		}
		m.docs[d.Lang][d.ID] = centre(vectors)
	}
	return &Index{sections: maps.Clone(x.sections), meaning: m}, nil
}

// centre is the direction of the sum of vectors; of vectors of different lengths there is none.
func centre(vectors [][]float32) []float32 {
	var sum []float32
	for _, v := range vectors {
		if sum == nil {
			sum = make([]float32, len(v))
		}
		if len(v) != len(sum) {
			return nil
		}
		for i, value := range unit(v) {
			sum[i] += value
		}
	}
	return unit(sum)
}

func unit(v []float32) []float32 {
	var square float64
	for _, value := range v {
		square += float64(value) * float64(value)
	}
	scaled := make([]float32, len(v))
	if square > 0 {
		length := float32(math.Sqrt(square))
		for i, value := range v {
			scaled[i] = value / length
		}
	}
	return scaled
}

// reorder adds what the embedder thinks of the text to the scores of the best documents. A nil meaning thinks nothing.
func (m *meaning) reorder(s *section, said string, best []candidate) {
	if m == nil || len(best) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), m.patience)
	defer cancel()
	vectors, err := m.embedder.Embed(ctx, []string{said})
	if err != nil || len(vectors) != 1 { // its absence is never noticed
		return
	}
	text := unit(vectors[0])
	for i := range best {
		best[i].score += meaningShare * product(text, m.docs[languageOf(s.lang)][s.ids[best[i].doc]])
	}
	slices.SortStableFunc(best, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
}

func product(a, b []float32) float64 {
	var sum float64
	if len(a) == len(b) {
		for i := range a {
			sum += float64(a[i]) * float64(b[i])
		}
	}
	return sum
}
