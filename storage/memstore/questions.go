package memstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/converse"
)

// addQuestion writes what the member asked, and what became of what he had asked before.
func (t *tx) addQuestion(rows converse.Rows) {
	if q := rows.Question; q != nil {
		row := *q
		row.Top = slices.Clone(row.Top)
		round(&row.At)
		put(t, &t.questions, row.ID, row)
	}
	if q, known := t.questions[rows.Handled.Question]; known {
		q.Pressed, q.HandOver = cmp.Or(q.Pressed, rows.Handled.Pressed), cmp.Or(q.HandOver, rows.Handled.HandOver)
		put(t, &t.questions, q.ID, q)
	}
}

// Replied implements desk.Tx.
func (t *tx) Replied(_ context.Context, handOver, reply, ready string) error {
	for id, q := range t.questions {
		if q.HandOver == handOver && q.Reply == "" {
			q.Reply, q.Ready = reply, ready
			put(t, &t.questions, id, q)
		}
	}
	return nil
}

// Questions implements storage.Reads.
func (s *Store) Questions(_ context.Context, since, until time.Time, limit int) ([]bot.FreeQuestion, error) {
	return locked(s, func(t *tx) []bot.FreeQuestion {
		list := where(t.questions, func(q bot.FreeQuestion) bool { return !q.At.Before(since) && q.At.Before(until) },
			func(a, b bot.FreeQuestion) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
		list = list[:min(len(list), limit)]
		for i := range list {
			list[i].Top = slices.Clone(list[i].Top)
		}
		return list
	}), nil
}
