package sqlstore

import (
	"context"
	"time"

	"javab/bot"
	"javab/storage"
)

// Hold implements storage.Restored. The leases are those of a process that has gone.
func (s *Store) Hold(ctx context.Context) (int, error) {
	return s.changeAll(ctx, "UPDATE jobs SET state=?, lease_owner='', lease_token=0, leased_until=0"+
		" WHERE state='open' AND kind IN (?,?)", string(bot.JobHeld), string(bot.JobSend), string(bot.JobUpload))
}

// SendHeld implements storage.Restored.
func (s *Store) SendHeld(ctx context.Context, at time.Time) (int, error) {
	return s.changeAll(ctx, "UPDATE jobs SET state='open', run_at=?, attempts=0 WHERE state='held'", storage.Millis(at))
}

// DropHeld implements storage.Restored.
func (s *Store) DropHeld(ctx context.Context, at time.Time) (int, error) {
	return s.changeAll(ctx, "UPDATE jobs SET state='done', payload=NULL, err=?, ended_at=? WHERE state='held'",
		storage.Dropped, storage.Millis(at))
}

// changeAll runs a statement and tells how many rows it changed.
func (s *Store) changeAll(ctx context.Context, query string, args ...any) (int, error) {
	var n int64
	err := s.commit(ctx, func(t *tx) error {
		result, err := t.ExecContext(ctx, query, args...)
		if err == nil {
			n, err = result.RowsAffected()
		}
		return err
	})
	return int(n), err
}
