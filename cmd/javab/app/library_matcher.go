package app

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/faq"
	"javab/flows"
	"javab/flows/content"
)

// documents are what free texts can be about.
func documents(phrased []content.Phrased) []faq.Document {
	docs := make([]faq.Document, len(phrased))
	for i, p := range phrased {
		docs[i] = faq.Document(p)
	}
	return docs
}

// learn trains what is live, and lets it serve.
func (l *library) learn(ctx context.Context) error {
	now := l.live.Load()
	x, err := l.reader.school.train(ctx, now.asked)
	if err != nil {
		return err
	}
	now.questions.Take(x)
	return nil
}

// knows reports whether what is live was trained before, and need not be.
func (l *library) knows() bool { return l.reader.school.known(l.live.Load().asked.of) != nil }

// tell says that something else is live. One is told who asks.
func (l *library) tell() {
	select {
	case l.told <- struct{}{}:
	default: // that is said already
	}
}

// settling is how long a start has the processors to itself: what has waited for the program is served before it learns.
const settling = 20 * time.Second

// settled is work that begins when the start is over.
func settled(work func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(settling):
			return work(ctx)
		}
	}
}

// teach trains whatever is live until ctx ends, beside everything else: members are answered meanwhile by what is there. A
// newer version ends the training of an older one. What cannot be trained is served as it is.
func (h *house) teach(ctx context.Context) error {
	news := h.library.told
	for ctx.Err() == nil {
		lesson, over := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() { defer close(done); h.lesson(lesson) }()
		select {
		case <-done:
			select {
			case <-ctx.Done():
			case <-news:
			}
		case <-news:
		}
		over()
		<-done
	}
	return nil
}

// lesson trains what is live by its words, then by its meaning.
func (h *house) lesson(ctx context.Context) {
	begun, known := h.env.Clock(), h.library.knows()
	switch err := h.library.learn(ctx); {
	case err == nil:
		if !known {
			debug.FreeOSMemory() // to learn takes far more than what is learnt
		}
		h.log.Info("the matcher is trained", "version", h.library.Live().Version, "after", h.env.Clock().Sub(begun).Round(time.Millisecond))
		h.sense(ctx)
	case !errors.Is(err, context.Canceled):
		h.log.Error("the matcher cannot be trained, members are answered by what is there at once", "version", h.library.Live().Version, "err", err)
	}
}

// Match implements converse.Matcher.
func (l *library) Match(ask converse.Ask) flows.Match {
	r := l.index(ask.Free).Read(ask.Lang, ask.Text, ask.Last)
	m := flows.Match{Sure: r.Sure, Likely: r.Likely, Next: r.Next, Talk: string(r.Talk), Class: r.Class, P: r.P}
	for _, guess := range faq.Guesses(r.Result)[:min(3, len(r.Top))] {
		m.Top = append(m.Top, bot.Guess(guess))
	}
	return m
}
