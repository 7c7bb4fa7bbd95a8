package memstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/learning"
)

// OfficerWords implements learning.Reads.
func (s *Store) OfficerWords(_ context.Context, keys []string) (map[string]string, error) {
	return locked(s, func(t *tx) map[string]string {
		words := map[string]string{}
		for _, m := range t.messages {
			officer := m.Direction == bot.Out && m.Author != bot.ByBot && m.Author != bot.ByMember
			if officer && m.JobKey != "" && m.Text != "" && !m.Confidential && m.DeletedAt.IsZero() && slices.Contains(keys, m.JobKey) {
				words[m.JobKey] = m.Text
			}
		}
		return words
	}), nil
}

// PutAside implements learning.Tx.
func (t *tx) PutAside(_ context.Context, a learning.Aside) error {
	round(&a.At)
	put(t, &t.asides, a.Question, a)
	return nil
}

// Asides implements learning.Reads.
func (s *Store) Asides(_ context.Context, since time.Time) ([]learning.Aside, error) {
	return locked(s, func(t *tx) []learning.Aside {
		return where(t.asides, func(a learning.Aside) bool { return !a.At.Before(since) },
			func(a, b learning.Aside) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Question, b.Question)) })
	}), nil
}
