package faq

import (
	"sync"
	"sync/atomic"

	"javab/bot"
)

// Live is an index that serves at once and gets better: by R from the start, by S as soon as it is trained. It may be
// used by many at once.
type Live struct {
	docs  []Document
	index atomic.Pointer[Index]
	once  sync.Once
}

// Serve makes the index of the documents.
func Serve(docs []Document) *Live {
	l := &Live{docs: docs}
	l.index.Store(Build(docs))
	return l
}

// Train trains the index beside the one that serves, and swaps them. It returns when that is done; whoever does not want
// to wait calls it in a goroutine. Only the first call works.
func (l *Live) Train() {
	l.once.Do(func() {
		l.index.Store(Train(l.docs))
		l.docs = nil
	})
}

// Index is the one that serves now.
func (l *Live) Index() *Index { return l.index.Load() }

// Match finds what the text of a member who reads the language is about.
func (l *Live) Match(lang bot.Lang, s string) Result { return l.Index().Match(lang, s) }
