package dialogue

import (
	"sync"
	"time"

	"javab/bot"
)

// Trials are the trials that are under way, by the name of who has them. They live in memory: a restart of the program
// ends them, and so does leaving one alone.
type Trials struct {
	Clock func() time.Time
	Max   int           // trials at a time; the one that was left alone longest goes
	Idle  time.Duration // how long one is kept that nobody touches

	mu   sync.Mutex
	open map[string]*kept
}

type kept struct {
	trial   *Trial
	touched time.Time
}

// Begin keeps a trial under a name, in place of the one that was there.
func (t *Trials) Begin(name string, trial *Trial) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sweep()
	if t.open == nil {
		t.open = map[string]*kept{}
	}
	delete(t.open, name)
	for len(t.open) >= max(t.Max, 1) {
		oldest := ""
		for other, k := range t.open {
			if oldest == "" || k.touched.Before(t.open[oldest].touched) {
				oldest = other
			}
		}
		delete(t.open, oldest)
	}
	t.open[name] = &kept{trial, t.Clock()}
}

// Get returns the trial of a name; bot.NotFound when there is none, or when it was left alone for too long.
func (t *Trials) Get(name string) (*Trial, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sweep()
	k, there := t.open[name]
	if !there {
		return nil, &bot.Error{Kind: bot.NotFound, Key: "trial_not_found"}
	}
	k.touched = t.Clock()
	return k.trial, nil
}

// Len is how many are under way.
func (t *Trials) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sweep()
	return len(t.open)
}

// sweep ends those that nobody touches any more.
func (t *Trials) sweep() {
	now := t.Clock()
	for name, k := range t.open {
		if now.Sub(k.touched) >= t.Idle {
			delete(t.open, name)
		}
	}
}
