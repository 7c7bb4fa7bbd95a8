package sqlstore

import (
	"context"
	"errors"
	"fmt"
)

// ErrNoBackup is returned for PostgreSQL, which has tools of its own (pg_dump).
var ErrNoBackup = errors.New("the database is a server's: back it up with pg_dump")

// Backup writes a copy of an embedded database to a file that is not there yet, beside running writers. To restore it
// is to put the file in the database's place while nothing runs.
func (s *Store) Backup(ctx context.Context, path string) error {
	l, ok := s.engine.(*lite)
	if !ok {
		return ErrNoBackup
	}
	db, err := openLite(l.path, "busy_timeout(10000)") // the readers may write nothing, not even another file
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return fmt.Errorf("write backup %s: %w", path, err)
	}
	return nil
}
