//go:build unix

package sqlstore

import (
	"os"
	"syscall"
)

func lockExclusively(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
