package app

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// behind is how far a command stands behind the program beside it: it gets a tenth of a processor that both want. More would
// let members wait for what the command holds in the database.
const behind = 10

// gently lets the program that serves members have the processors first, from now on. Threads have priorities of their own
// here, and give them to those that they begin. Where it cannot be had it is done without.
func gently() {
	threads, _ := os.ReadDir("/proc/self/task")
	for _, thread := range threads {
		if id, err := strconv.Atoi(thread.Name()); err == nil {
			_ = unix.Setpriority(unix.PRIO_PROCESS, id, behind)
		}
	}
}
