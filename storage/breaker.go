package storage

import (
	"sync"
	"time"
)

// Breaker lets callers fail at once while a server is known to be away. After Limit failures in a row it is open for
// Pause; then one caller tries, and his result decides. The zero Limit opens at the first failure.
type Breaker struct {
	Now   func() time.Time
	Limit int
	Pause time.Duration

	mu       sync.Mutex
	failures int
	until    time.Time
}

// Allow reports whether a caller may try.
func (b *Breaker) Allow() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < max(1, b.Limit) {
		return true
	}
	if now := b.Now(); now.Before(b.until) {
		return false
	} else {
		b.until = now.Add(b.Pause) // the others wait for what this one finds
	}
	return true
}

// Report tells how a try ended.
func (b *Breaker) Report(ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ok {
		b.failures = 0
		return
	}
	b.failures++
	if b.failures >= max(1, b.Limit) {
		b.until = b.Now().Add(b.Pause)
	}
}
