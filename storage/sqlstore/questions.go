package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"javab/bot"
	"javab/storage"
)

// handled notes what became of a question. What was pressed first stays.
const handled = "UPDATE questions SET pressed=CASE WHEN pressed='' THEN ? ELSE pressed END," +
	" hand_over=CASE WHEN hand_over='' THEN ? ELSE hand_over END WHERE id=?"

func handledValues(h bot.Handled) []any { return []any{h.Pressed, h.HandOver, h.Question} }

// questionRows is one row of questionTable, none for no question.
func questionRows(q *bot.FreeQuestion) [][]any {
	if q == nil {
		return nil
	}
	top, err := json.Marshal(q.Top)
	if err != nil {
		panic(err) // names and numbers always marshal
	}
	return [][]any{{
		q.ID, string(q.Chat), storage.Millis(q.At), string(q.Lang), string(q.Class), clean(q.Text), string(top), q.P,
		string(q.Action), q.Pressed, q.HandOver, q.Reply, q.Ready, q.Bundle,
	}}
}

// Replied implements desk.Tx.
func (t *tx) Replied(ctx context.Context, handOver, reply, ready string) error {
	_, err := t.ExecContext(ctx, "UPDATE questions SET reply=?, ready=? WHERE hand_over<>'' AND hand_over=? AND reply=''", reply, ready, handOver)
	return err
}

// questionColumns are those that readQuestion reads, of a table called q.
const questionColumns = "q.id, q.chat, q.at, q.lang, q.class, q.text, q.top, q.p, q.action, q.pressed, q.hand_over, q.reply, q.ready, q.bundle"

func readQuestion(scan func(...any) error) (q bot.FreeQuestion, err error) {
	var at int64
	var top string
	err = scan(&q.ID, &q.Chat, &at, &q.Lang, &q.Class, &q.Text, &top, &q.P, &q.Action, &q.Pressed, &q.HandOver, &q.Reply, &q.Ready, &q.Bundle)
	if err != nil {
		return q, err
	}
	q.At = storage.Instant(at)
	if err := json.Unmarshal([]byte(top), &q.Top); err != nil {
		return q, fmt.Errorf("read question %s: %w", q.ID, err)
	}
	return q, nil
}

// Questions implements storage.Reads.
func (s *Store) Questions(ctx context.Context, since, until time.Time, limit int) (list []bot.FreeQuestion, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			q, err := readQuestion(scan)
			list = append(list, q)
			return err
		}, "SELECT "+questionColumns+" FROM questions q WHERE q.at>=? AND q.at<? ORDER BY q.at DESC, q.id DESC LIMIT ?",
			storage.Millis(since), storage.Millis(until), limit)
	})
	return list, err
}
