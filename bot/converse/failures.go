package converse

import (
	"sync"
	"time"

	"javab/bot"
)

// A delivery that fails this often in this time, while others are stored, is poison: the database is well, and
// refusing it for ever would block its chat.
const (
	stubbornTries = 5
	stubbornTime  = 30 * time.Second
	maxFailures   = 1000 // remembered; more at once means the database is away, and nothing is poison
)

// failures remembers refused deliveries for a short while.
type failures struct {
	mu         sync.Mutex
	refused    map[bot.ReceiptKey]refusals
	lastStored time.Time
}

type refusals struct {
	first time.Time
	count int
}

// committed notes that the database works.
func (f *failures) committed(key bot.ReceiptKey, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lastStored = now
	delete(f.refused, key)
}

// stubborn notes a refusal and reports whether it is the delivery's own fault.
func (f *failures) stubborn(key bot.ReceiptKey, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	seen, known := f.refused[key]
	if !known || now.Sub(seen.first) > stubbornTime {
		seen = refusals{first: now}
	}
	seen.count++
	if f.refused == nil || len(f.refused) >= maxFailures {
		f.refused = make(map[bot.ReceiptKey]refusals)
	}
	f.refused[key] = seen
	return seen.count >= stubbornTries && f.lastStored.After(seen.first)
}
