package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"javab/bot/embeddings"
	"javab/bot/faq"
	"javab/storage"
)

// meanings is who is asked about the meaning of texts, for those who may not notice when he is away.
type meanings struct {
	phrasings phrasings
	messages  messages
	patience  time.Duration // with messages
	again     time.Duration // after which phrasings that were not answered are asked about again
}

// The times for which a server that has failed is left alone: with phrasings, which nobody waits for, and with messages. One
// that is away costs one message its patience in so long, and is found again as soon.
const (
	phrasingsAgain = time.Minute
	messagesAgain  = 15 * time.Second
)

// openMeanings lets the library ask about meanings, if there is somebody to ask.
func (h *house) openMeanings() {
	c := h.config
	if c.EmbeddingsURL == "" {
		return
	}
	server := embeddings.Open(c.EmbeddingsURL, c.EmbeddingsModel, c.EmbeddingsKey)
	h.library.meanings = &meanings{
		phrasings: phrasings{server: server},
		messages: messages{
			server: server, clock: h.env.Clock, took: embeddingSeconds(h.metrics.Registry),
			breaker: &storage.Breaker{Now: h.env.Clock, Pause: messagesAgain},
		},
		patience: time.Duration(c.EmbeddingsPatience) * time.Millisecond, again: phrasingsAgain,
	}
}

// embeddingSeconds counts how long messages wait for their meaning. One that is not asked about does not wait.
func embeddingSeconds(registry *prometheus.Registry) *prometheus.HistogramVec {
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "javab_embedding_seconds", Help: "Waits of messages for their meaning, by ending.", Buckets: prometheus.ExponentialBuckets(.01, 2, 8),
	}, []string{"ending"})
	registry.MustRegister(took)
	return took
}

// phrasings asks about phrasings, and about none of the present content twice. One asks at a time.
type phrasings struct {
	server faq.Embedder
	known  map[string][]float32
}

// Embed implements faq.Embedder. What was answered before a failure need not be asked again.
func (p *phrasings) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if p.known == nil {
		p.known = map[string][]float32{}
	}
	missing := slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return p.known[text] != nil })
	for batch := range slices.Chunk(missing, embeddings.Batch) {
		vectors, err := p.server.Embed(ctx, batch)
		if err != nil {
			return nil, err
		}
		for i, text := range batch {
			p.known[text] = vectors[i]
		}
	}
	present, vectors := make(map[string][]float32, len(texts)), make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = p.known[text]
		present[text] = vectors[i]
		if len(vectors[i]) != len(vectors[0]) {
			p.known = nil
			return nil, errors.New("the server has another model than before; all phrasings are to be asked about anew")
		}
	}
	p.known = present
	return vectors, nil
}

// messages asks about messages of members, and leaves a server alone that has failed.
type messages struct {
	server  faq.Embedder
	clock   func() time.Time
	breaker *storage.Breaker
	took    *prometheus.HistogramVec
}

// errLeftAlone is what nobody reads: the matcher goes on by words.
var errLeftAlone = errors.New("the server has failed and is left alone for a while")

// Embed implements faq.Embedder.
func (m *messages) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if !m.breaker.Allow() {
		return nil, errLeftAlone
	}
	begun := m.clock()
	vectors, err := m.server.Embed(ctx, texts)
	m.breaker.Report(err == nil)
	ending := "answered"
	if err != nil {
		ending = "failed"
	}
	m.took.WithLabelValues(ending).Observe(m.clock().Sub(begun).Seconds())
	return vectors, err
}

// sensed is an index of questions that also asks about meaning, beside the one that it was made of.
type sensed struct{ of, index *faq.Index }

// index is what a free text is looked up in. Only one that can be nothing but a question is asked about outside of the house.
func (l *library) index(free bool) *faq.Index {
	x := l.live.Load().questions.Index()
	if s := l.sensed.Load(); free && s != nil && s.of == x {
		return s.index
	}
	return x
}

// sense learns the meaning of what is live and trained, and lets it serve.
func (l *library) sense(ctx context.Context) error {
	live := l.live.Load()
	x := live.questions.Index()
	if s := l.sensed.Load(); s != nil && s.of == x {
		return nil
	}
	m := l.meanings
	with, err := guarded(func() (*faq.Index, error) {
		return x.WithMeaning(ctx, faq.Sense{Phrasings: &m.phrasings, Messages: &m.messages, Patience: m.patience}, live.asked.docs)
	})
	if err != nil {
		return err
	}
	l.sensed.Store(&sensed{of: x, index: with})
	return nil
}

// sense learns the meaning of what is live, however often that takes, until ctx ends. Members are answered by words meanwhile.
func (h *house) sense(ctx context.Context) {
	if h.library.meanings == nil {
		return
	}
	for told := false; ; told = true {
		begun := h.env.Clock()
		err := h.library.sense(ctx)
		switch {
		case err == nil:
			h.log.Info("questions are also understood by their meaning", "version", h.library.Live().Version,
				"languages", h.library.index(true).Meant(), "after", h.env.Clock().Sub(begun).Round(time.Millisecond))
			return
		case ctx.Err() != nil:
			return
		case !told:
			h.log.Warn("meanings cannot be learnt, members are answered by words alone; it is tried again from time to time", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(h.library.meanings.again):
		}
	}
}
