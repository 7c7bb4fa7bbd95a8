package main

import (
	"context"
	"testing"

	"javab/tools/command"
	"javab/tools/subject"
)

// TestSixWeeksOfAHundredCasesAndAKillKeepAllPromises is the year in small; `go run ./year` is the whole of it.
func TestSixWeeksOfAHundredCasesAndAKillKeepAllPromises(t *testing.T) {
	var s settings
	flags := []string{"-module", "../..", "-engine", subject.SQLiteName, "-cases", "100", "-days", "45", "-kills", "1", "-away", "0"}
	run := func(ctx context.Context, folder string) error { return s.run(ctx, folder) }
	if code := command.Run(t.Context(), "year", flags, t.Output(), s.flags, run); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestAHouseThatDoesNotStandUpIsNoYearThatHolds(t *testing.T) {
	var s settings
	flags := []string{"-engine", subject.SQLiteName, "-binary", "/bin/false"}
	if code := command.Run(t.Context(), "year", flags, t.Output(), s.flags, s.run); code != 1 {
		t.Errorf("exit code %d", code)
	}
}
