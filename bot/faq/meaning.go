package faq

import (
	"context"
	"fmt"
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

// Sense is who is asked about meaning.
type Sense struct {
	Phrasings Embedder // about the content, at leisure
	Messages  Embedder // while a member waits
	Patience  time.Duration
}

// meaning is what an index knows of the meaning of its documents, by class. A class is missing when the embedder is of no
// help in it.
type meaning struct {
	Sense
	length int // of all vectors
	of     map[bot.Lang]*senses
}

// hearing is one message on its way through an index. An embedder is asked about it once at most, about all that it may be
// cut into together, and only when words have left something open. Nil hears nothing.
type hearing struct {
	meaning *meaning
	texts   []string
	asked   bool
	vectors [][]float32 // of the texts, once they were asked for; nil when nothing was said
}

// mostHeard is how many parts of a message an embedder is asked about.
const mostHeard = 8

// hear begins with a message, whole and in its parts.
func (x *Index) hear(texts ...string) *hearing {
	if x.meaning == nil {
		return nil
	}
	return &hearing{meaning: x.meaning, texts: texts[:min(len(texts), mostHeard)]}
}

// meant is what a text of the message means beside the documents of a class; nil when nobody can tell.
func (h *hearing) meant(class bot.Lang, s string) *meant {
	if h == nil || h.meaning.of[class] == nil {
		return nil
	}
	at := slices.Index(h.texts, s)
	if at < 0 {
		return nil
	}
	if !h.asked {
		h.asked, h.vectors = true, h.meaning.ask(h.texts)
	}
	if h.vectors == nil {
		return nil
	}
	return h.meaning.of[class].compare(h.vectors[at])
}

// ask returns the vectors of the texts, of length one, or nothing: that an embedder is away, or is another than before, is never
// noticed.
func (m *meaning) ask(texts []string) [][]float32 {
	ctx, cancel := context.WithTimeout(context.Background(), m.Patience)
	defer cancel()
	vectors, err := m.Messages.Embed(ctx, texts)
	if err != nil || len(vectors) != len(texts) {
		return nil
	}
	for i, v := range vectors {
		if vectors[i] = unit(v); len(vectors[i]) != m.length {
			return nil
		}
	}
	return vectors
}

// senses are the meanings of the documents of a class, beside the mean of them all: what every text of a chamber has in
// common tells nothing. They are scaled so that a phrasing is like its own document by 1, and like any by 0, whatever the
// vectors of the embedder are like.
type senses struct {
	docs  [][]float32 // by document; nil of one without phrasings
	share float64     // of likeness of meaning in the score
	trust *trust      // in a score that has it
}

// meant is how like the documents a text is by its meaning.
type meant struct {
	*senses
	like []float64
}

func (m *senses) compare(text []float32) *meant {
	like := make([]float64, len(m.docs))
	for doc, sense := range m.docs {
		like[doc] = product(text, sense)
	}
	return &meant{senses: m, like: like}
}

// worth is what likeness of meaning adds to the score of a document.
func (m *meant) worth(doc int) float64 {
	if m == nil {
		return 0
	}
	return m.share * m.like[doc]
}

// sense makes the meanings of documents out of those of their phrases. It reports false when phrases are no nearer to their own
// document than to any.
func sense(phrases []phrase, docs int, vectors map[string][]float32) (*senses, bool) {
	m := &senses{docs: make([][]float32, docs)}
	var mean []float32
	for _, p := range phrases {
		m.docs[p.doc] = added(m.docs[p.doc], vectors[p.text])
	}
	for doc := range m.docs {
		m.docs[doc] = unit(m.docs[doc])
		mean = added(mean, m.docs[doc])
	}
	with := 0.0
	for _, own := range m.docs {
		with += one(len(own) > 0)
	}
	for _, own := range m.docs {
		for i := range own {
			own[i] -= mean[i] / float32(with)
		}
	}
	var near, all float64
	for _, p := range phrases {
		if v := vectors[p.text]; len(v) > 0 {
			near += product(v, m.docs[p.doc])
			all++
		}
	}
	if near <= 0 {
		return nil, false
	}
	for _, own := range m.docs {
		for i := range own {
			own[i] *= float32(all / near)
		}
	}
	return m, true
}

// added is the sum of two vectors, the first of which may be changed.
func added(sum, v []float32) []float32 {
	if sum == nil {
		return slices.Clone(v)
	}
	for i, value := range v {
		sum[i] += value
	}
	return sum
}

// unit is a vector of the same direction and of length one; of nothing, nothing.
func unit(v []float32) []float32 {
	var square float64
	for _, value := range v {
		square += float64(value) * float64(value)
	}
	if square == 0 {
		return nil
	}
	scaled := make([]float32, len(v))
	length := float32(math.Sqrt(square))
	for i, value := range v {
		scaled[i] = value / length
	}
	return scaled
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

// vectorsOf asks for the vectors of texts. They are of length one, and of the same number of dimensions, which it returns too.
func vectorsOf(ctx context.Context, e Embedder, texts []string) (of map[string][]float32, length int, err error) {
	vectors, err := e.Embed(ctx, texts)
	if err != nil {
		return nil, 0, fmt.Errorf("embed %d phrasings: %w", len(texts), err)
	}
	if len(vectors) != len(texts) {
		return nil, 0, fmt.Errorf("embed %d phrasings: %d vectors", len(texts), len(vectors))
	}
	of = make(map[string][]float32, len(texts))
	for i, v := range vectors {
		if length = len(vectors[0]); len(v) != length {
			return nil, 0, fmt.Errorf("embed %d phrasings: vectors of %d and of %d dimensions", len(texts), length, len(v))
		}
		of[texts[i]] = unit(v)
	}
	return of, length, nil
}
