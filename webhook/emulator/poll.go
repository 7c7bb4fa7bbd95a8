package emulator

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// getUpdates hands updates out in the order of their ids and forgets those before offset. A second caller ends the first.
func (s *Server) getUpdates(ctx context.Context, p params) (any, *refusal) {
	limit := int(p.number("limit"))
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(p.number("timeout"))*time.Second)
	defer cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook.url != "" {
		return nil, refuse(http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if r := p.object("allowed_updates", &s.hook.updates); r != nil {
		return nil, r
	}
	s.poller++
	turn := s.poller
	close(s.more) // wakes the poller before us, which finds that it is not its turn any more
	s.more = make(chan struct{})
	s.forget(p.number("offset"))
	for {
		if turn != s.poller || s.hook.url != "" {
			return nil, refuse(http.StatusConflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		}
		if found := s.waiting(limit); len(found) > 0 || ctx.Err() != nil {
			return found, nil
		}
		more := s.more
		s.mu.Unlock()
		select {
		case <-more:
		case <-ctx.Done():
		case <-s.ctx.Done():
			cancel()
		}
		s.mu.Lock()
	}
}

// forget removes the updates before offset; a negative one keeps that many of the last.
func (s *Server) forget(offset int64) {
	if offset < 0 {
		all := s.sorted()
		if keep := int(-offset); keep < len(all) {
			offset = all[len(all)-keep].id
		}
	}
	for name, q := range s.queues {
		q.items = slices.DeleteFunc(q.items, func(d *delivery) bool { return d.id < offset })
		if len(q.items) == 0 {
			delete(s.queues, name)
		}
	}
}

func (s *Server) sorted() []*delivery {
	var all []*delivery
	for _, q := range s.queues {
		all = append(all, q.items...)
	}
	slices.SortFunc(all, func(a, b *delivery) int { return int(a.id - b.id) })
	return all
}

func (s *Server) waiting(limit int) []json.RawMessage {
	now := s.opts.Now()
	found := make([]json.RawMessage, 0)
	for _, d := range s.sorted() {
		if len(found) < limit && now.Before(d.expires) && json.Valid(d.raw) {
			found = append(found, d.raw)
		}
	}
	return found
}
