package faq

import (
	"context"
	"runtime"

	"javab/bot"
)

// What the tests of this package ask by itself, and the program only together with the rest of a turn.

// Train makes the index of the documents and trains it, on every processor.
func Train(docs []Document) *Index {
	return usual().build(docs, func(s *section, phrases []phrase) {
		s.workers = runtime.GOMAXPROCS(0)
		s.train(context.Background(), phrases)
	})
}

// TrainUntil is Speech.TrainUntil of the usual speech.
func TrainUntil(ctx context.Context, docs []Document) (*Index, error) {
	return usual().TrainUntil(ctx, docs)
}

// Several finds what each question of a message is about.
func (x *Index) Several(lang bot.Lang, s string) []Result {
	parts := x.parts(s)
	return x.several(lang, parts, x.hear(parts...))
}

// Follow finds what a question is about that goes on from the document answered last.
func (x *Index) Follow(lang bot.Lang, s, last string) Result {
	return x.follow(lang, s, last, x.hear(cut(s)))
}
