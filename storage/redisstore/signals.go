package redisstore

import (
	"context"

	"github.com/redis/go-redis/v9"

	"javab/storage"
)

var _ storage.Signals = (*Hot)(nil)

// Publish implements storage.Signals.
func (h *Hot) Publish(ctx context.Context, topic string, message []byte) error {
	if !h.breaker.Allow() {
		return storage.Unavailable(errAway)
	}
	ctx, cancel := context.WithTimeout(ctx, putLimit)
	defer cancel()
	err := h.client.Publish(ctx, h.prefix+topic, message).Err()
	h.breaker.Report(err == nil)
	if err != nil {
		return storage.Unavailable(err)
	}
	return nil
}

// Subscribe implements storage.Signals. While Redis is away nothing is heard; the client connects again by itself.
func (h *Hot) Subscribe(ctx context.Context, topic string) (<-chan []byte, error) {
	line := h.client.Subscribe(ctx, h.prefix+topic)
	ear := make(chan []byte, storage.EarSize)
	heard := line.Channel(redis.WithChannelSize(storage.EarSize))
	go func() {
		defer close(ear)
		defer line.Close()
		for {
			select {
			case m, open := <-heard:
				if !open {
					return
				}
				tell(ear, []byte(m.Payload))
			case <-ctx.Done():
				return
			}
		}
	}()
	return ear, nil
}

// tell drops what nobody takes.
func tell(ear chan<- []byte, message []byte) {
	select {
	case ear <- message:
	default:
	}
}
