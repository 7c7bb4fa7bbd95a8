package main

import (
	"context"
	"testing"

	"javab/tools/command"
	"javab/tools/crowd"
)

func flags(t *testing.T, args ...string) *settings {
	t.Helper()
	var s settings
	run := func(context.Context, string) error { return nil }
	if code := command.Run(t.Context(), "crash", args, t.Output(), s.flags, run); code != 0 {
		t.Fatalf("%v: exit code %d", args, code)
	}
	return &s
}

func TestAKillMayDoubleWhatEachSenderHasInHandAndAStopNothing(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		may  int
	}{
		"three kills of eight senders": {[]string{"-kills", "3"}, 24 + 2},
		"of one sender":                {[]string{"-kills", "3", "-senders", "1"}, 3 + 2},
		"three gentle stops":           {[]string{"-kills", "3", "-gentle"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := flags(t, c.args...)
			if got := s.mayDouble(2); got != c.may {
				t.Errorf("%d with two cut answers, want %d", got, c.may)
			}
			for doubled, clean := range map[int]bool{c.may: true, c.may + 1: false} {
				r := crowd.Report{Cuts: 2, Replies: crowd.Replies{Doubled: doubled}}
				if r.Clean(s.mayDouble(r.Cuts)) != clean {
					t.Errorf("%d doubled: clean is not %v", doubled, clean)
				}
			}
		})
	}
}

func TestAnEngineUnheardOfIsNoRunThatHolds(t *testing.T) {
	s := flags(t, "-engine", "oracle", "-binary", "unused")
	if err := s.run(t.Context(), t.TempDir()); err == nil {
		t.Error("no error")
	}
}

func TestAProgramThatDoesNotStartIsNoRunThatHolds(t *testing.T) {
	s := flags(t, "-engine", "sqlite", "-binary", "/bin/false")
	if err := s.run(t.Context(), t.TempDir()); err == nil {
		t.Error("no error")
	}
}
