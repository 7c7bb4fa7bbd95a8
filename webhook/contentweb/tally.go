package contentweb

import (
	"sync"
	"time"
)

// tally remembers for a while how much is offered: every page of an admin asks, and putting two long files together takes
// a fifth of a second. What is published meanwhile, or dismissed on another instance, shows when it has run out.
type tally struct {
	mu    sync.Mutex
	n     int
	until time.Time
}

// recount is how long a count holds.
const recount = time.Minute

// count returns what is remembered, or counts anew.
func (t *tally) count(now time.Time, anew func() (int, error)) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Before(t.until) {
		return t.n, nil
	}
	n, err := anew()
	if err == nil {
		t.n, t.until = n, now.Add(recount)
	}
	return n, err
}

// forget lets the next one count anew.
func (t *tally) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.until = time.Time{}
}
