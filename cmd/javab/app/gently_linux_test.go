package app

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestAGentleCommandStandsBehindWithAllItsThreads asks a process of its own: nobody may take it back.
func TestAGentleCommandStandsBehindWithAllItsThreads(t *testing.T) {
	const told = "JAVAB_TEST_GENTLY"
	if os.Getenv(told) == "" {
		command := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
		command.Env = append(os.Environ(), told+"=1")
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
		return
	}
	gently()
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil || len(threads) == 0 {
		t.Fatalf("%d threads, %v", len(threads), err)
	}
	for _, thread := range threads {
		stat, err := os.ReadFile("/proc/self/task/" + thread.Name() + "/stat")
		if err != nil {
			continue // it has ended
		}
		_, after, _ := strings.Cut(string(stat), ") ")
		if nice := strings.Fields(after)[16]; nice != "10" {
			t.Errorf("thread %s has the nice value %s", thread.Name(), nice)
		}
	}
}
