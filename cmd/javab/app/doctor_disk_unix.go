//go:build linux || darwin || freebsd

package app

import "golang.org/x/sys/unix"

// freeSpace is how many bytes may still be written below a folder.
func freeSpace(folder string) (uint64, error) {
	var disk unix.Statfs_t
	if err := unix.Statfs(folder, &disk); err != nil {
		return 0, err
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize), nil
}
