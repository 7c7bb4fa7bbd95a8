package sqlstore

import (
	"context"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/learning"
	"javab/storage"
)

// officerWords is the condition on a message that an officer sent it, and that anybody in the house may read it.
const officerWords = "job_key<>'' AND direction='out' AND author NOT IN ('bot', 'member') AND NOT confidential AND deleted_at=0 AND text<>''"

// OfficerWords implements learning.Reads.
func (s *Store) OfficerWords(ctx context.Context, keys []string) (words map[string]string, err error) {
	err = s.guard(ctx, func() error {
		words = map[string]string{}
		for part := range slices.Chunk(keys, slice) {
			args := make([]any, len(part))
			for i, key := range part {
				args[i] = key
			}
			err := each(ctx, s.read(), func(scan func(...any) error) error {
				var key, said string
				err := scan(&key, &said)
				words[key] = said
				return err
			}, "SELECT job_key, text FROM messages WHERE "+officerWords+" AND job_key IN (?"+strings.Repeat(",?", len(part)-1)+")", args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return words, err
}

// PutAside implements learning.Tx.
func (t *tx) PutAside(ctx context.Context, a learning.Aside) error {
	_, err := t.ExecContext(ctx, "INSERT INTO question_asides (question, n, at, staff) VALUES (?,?,?,?)"+
		" ON CONFLICT (question) DO UPDATE SET n=excluded.n, at=excluded.at, staff=excluded.staff", a.Question, a.N, storage.Millis(a.At), string(a.By))
	return err
}

// Asides implements learning.Reads.
func (s *Store) Asides(ctx context.Context, since time.Time) (list []learning.Aside, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var a learning.Aside
			var at int64
			var by string
			err := scan(&a.Question, &a.N, &at, &by)
			a.At, a.By = storage.Instant(at), bot.StaffID(by)
			list = append(list, a)
			return err
		}, "SELECT question, n, at, staff FROM question_asides WHERE at>=? ORDER BY at, question", storage.Millis(since))
	})
	return list, err
}
