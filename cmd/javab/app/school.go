package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"javab/bot/faq"
)

// school makes what matches free texts: at once, and trained, one at a time. What was made lately is not made again. So what
// a rehearsal has proven is what members are answered by, the moment it is published. The zero school is ready.
type school struct {
	taking  sync.Mutex // held while one is trained
	mu      sync.Mutex
	trained indexes
	plain   indexes
}

// indexes are kept under the hashes of what they are made of, the one that was wanted last at the end.
type indexes []indexed

type indexed struct {
	of    [sha256.Size]byte
	index *faq.Index
}

// How many of them are kept: trained ones of what is live, what is being prepared, and what live may go back to; plain ones
// of two contents, for questions and for the topics of complaints.
const (
	trainedKept = 3
	plainKept   = 4
)

func (s *indexes) find(of [sha256.Size]byte) *faq.Index {
	for i, found := range *s {
		if found.of == of {
			*s = append(slices.Delete(*s, i, i+1), found)
			return found.index
		}
	}
	return nil
}

func (s *indexes) keep(of [sha256.Size]byte, x *faq.Index, most int) {
	*s = append(*s, indexed{of, x})
	*s = (*s)[max(0, len(*s)-most):]
}

func (s *indexes) drop(of [sha256.Size]byte) {
	*s = slices.DeleteFunc(*s, func(kept indexed) bool { return kept.of == of })
}

// course is what an index is made of, with its hash.
type course struct {
	of     [sha256.Size]byte
	speech *faq.Speech
	docs   []faq.Document
}

func courseOf(speech *faq.Speech, docs []faq.Document) course {
	return course{sumOf(docs, speech.Sum()), speech, docs}
}

// index returns what there is for a course at once: trained, when this very one was trained before.
func (s *school) index(c course) *faq.Index {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x := s.trained.find(c.of); x != nil {
		return x
	}
	if x := s.plain.find(c.of); x != nil {
		return x
	}
	x := c.speech.Build(c.docs)
	s.plain.keep(c.of, x, plainKept)
	return x
}

// train returns the trained index of a course. It gives up when ctx ends; a panic of the matcher is an error.
func (s *school) train(ctx context.Context, c course) (*faq.Index, error) {
	s.taking.Lock()
	defer s.taking.Unlock()
	if x := s.known(c.of); x != nil {
		return x, nil
	}
	x, err := guarded(func() (*faq.Index, error) { return c.speech.TrainUntil(ctx, c.docs) })
	if err != nil {
		return nil, fmt.Errorf("train the matcher: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trained.keep(c.of, x, trainedKept)
	s.plain.drop(c.of)
	return x, nil
}

// known is what was trained, nil when it must be trained first.
func (s *school) known(of [sha256.Size]byte) *faq.Index {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trained.find(of)
}

// guarded does what may end no more than itself: a panic of it is an error.
func guarded[T any](work func() (T, error)) (made T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work()
}
