package sqlstore

import (
	"fmt"
	"os"

	"javab/bot"
)

// lockFile says that this process serves the embedded database. The lock ends with the process, also by kill -9; the
// file itself stays.
type lockFile struct{ file *os.File }

func takeLock(path string) (*lockFile, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock file: %w", err)
	}
	if err := lockExclusively(f); err != nil {
		_ = f.Close()
		return nil, &bot.Error{Kind: bot.Conflict, Key: "database_in_use", Params: map[string]string{"path": path}, Err: err}
	}
	return &lockFile{f}, nil
}

// release ends the lock; a nil one was never taken.
func (l *lockFile) release() {
	if l != nil {
		_ = l.file.Close()
	}
}
