package memstore

import (
	"context"
	"sync"

	"javab/storage"
)

// Wire is storage.Signals within one process. The zero Wire is ready.
type Wire struct {
	mu   sync.Mutex
	ears map[string]map[chan []byte]bool
}

var _ storage.Signals = (*Wire)(nil)

// Publish implements storage.Signals; it never waits.
func (w *Wire) Publish(_ context.Context, topic string, message []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for ear := range w.ears[topic] {
		select {
		case ear <- message:
		default:
		}
	}
	return nil
}

// Subscribe implements storage.Signals.
func (w *Wire) Subscribe(ctx context.Context, topic string) (<-chan []byte, error) {
	ear := make(chan []byte, storage.EarSize)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ears == nil {
		w.ears = map[string]map[chan []byte]bool{}
	}
	if w.ears[topic] == nil {
		w.ears[topic] = map[chan []byte]bool{}
	}
	w.ears[topic][ear] = true
	context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.ears[topic], ear)
		close(ear)
	})
	return ear, nil
}
