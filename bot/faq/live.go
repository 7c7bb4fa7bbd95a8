package faq

import (
	"sync/atomic"

	"javab/bot"
)

// Live is an index that serves at once and gets better: by R from the start, by S as soon as somebody has trained it. It
// may be used by many at once.
type Live struct{ index atomic.Pointer[Index] }

// Serve serves an index.
func Serve(x *Index) *Live {
	l := new(Live)
	l.index.Store(x)
	return l
}

// Take serves another index of the same documents from now on. Whoever is asking the one before is answered by that.
func (l *Live) Take(x *Index) { l.index.Store(x) }

// Index is the one that serves now.
func (l *Live) Index() *Index { return l.index.Load() }

// Match finds what the text of a member who reads the language is about.
func (l *Live) Match(lang bot.Lang, s string) Result { return l.Index().Match(lang, s) }
