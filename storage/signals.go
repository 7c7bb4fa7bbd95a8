package storage

import "context"

// Signals pass words between the parts and the instances of the program. Losing one is harmless: what matters is in SQL,
// and whoever listens looks there from time to time.
type Signals interface {
	// Publish tells all who listen on a topic now.
	Publish(ctx context.Context, topic string, message []byte) error
	// Subscribe returns what is told on a topic until ctx ends, when the channel closes. Who does not take it in time
	// misses some.
	Subscribe(ctx context.Context, topic string) (<-chan []byte, error)
}

// Moved is the topic on which the hot store tells of each chat that was put: its key, a space, its mode.
const Moved = "moved"

// EarSize is how many messages wait for one listener.
const EarSize = 1024
