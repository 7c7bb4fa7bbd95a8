package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// What a sweep looks at. A body is on the disk before the row that names it is committed, in seconds; one that nobody
// names a day later never will be. What has lain there for longer than lookAgain has been looked at many times.
const (
	settled   = 24 * time.Hour
	lookAgain = 30 * settled
)

// Sweep removes the bodies that no row names, which a crash between the two has left, and what a crash has left half
// written. ids walks the ids of all files; when it fails nothing is removed. It tells how many went.
func (s *Store) Sweep(now time.Time, ids func(yield func(id string)) error) (int, error) {
	orphans := map[string]bool{}
	err := filepath.WalkDir(s.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return skipGone(err)
		}
		info, err := d.Info()
		if err != nil {
			return skipGone(err)
		}
		if age := now.Sub(info.ModTime()); age > settled && age < lookAgain {
			orphans[path] = true
		}
		return nil
	})
	if err != nil || len(orphans) == 0 {
		return 0, err
	}
	if err := ids(func(id string) { delete(orphans, s.path(id)) }); err != nil {
		return 0, fmt.Errorf("sweep files: %w", err)
	}
	for path := range orphans {
		if err := os.Remove(path); err != nil {
			return 0, skipGone(err)
		}
	}
	return len(orphans), nil
}

// skipGone is no error for what is not there any more.
func skipGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
