package faq

import (
	"sync/atomic"

	"javab/bot"
)

// Matcher answers from the live index, which can be replaced at any time. The zero Matcher has none and knows nothing.
type Matcher struct {
	live atomic.Pointer[Index]
}

// Swap puts a new index in place of the live one. Queries under way end on the old one.
func (m *Matcher) Swap(x *Index) { m.live.Store(x) }

// Match asks the live index.
func (m *Matcher) Match(lang bot.Lang, text string) Result {
	x := m.live.Load()
	if x == nil {
		return Result{Lang: lang}
	}
	return x.Match(lang, text)
}
