package deskweb

import (
	"context"
	"errors"
	"testing"
	"time"

	"javab/bot"
)

// counting is staff that knows how often it was read.
type counting struct {
	reads int
	err   error
}

func (c *counting) AllStaff(context.Context) ([]bot.Staff, error) {
	c.reads++
	return []bot.Staff{{ID: "1", Name: "Sara"}}, c.err
}

func TestNamesAreReadOnceInAWhile(t *testing.T) {
	h, all, at := open(t), &counting{}, noon
	h.People, h.Now = all, func() time.Time { return at }
	for _, step := range []struct {
		after time.Duration
		reads int
	}{{0, 1}, {namesLast - 1, 1}, {1, 2}, {-time.Hour, 3}} {
		at = at.Add(step.after)
		n, err := h.names(t.Context())
		if err != nil || n.Name("1") != "Sara" || n.Name("2") != "2" || all.reads != step.reads {
			t.Errorf("%s later: %v, %v after %d reads, want %d", step.after, n, err, all.reads, step.reads)
		}
	}
}

func TestNamesThatCannotBeReadAreNotKept(t *testing.T) {
	h, all := open(t), &counting{err: errors.New("away")}
	h.People = all
	for range 2 {
		if _, err := h.names(t.Context()); err == nil {
			t.Error("no error")
		}
	}
	if all.err = nil; all.reads != 2 {
		t.Errorf("read %d times", all.reads)
	}
	if n, err := h.names(t.Context()); err != nil || len(n) != 1 {
		t.Errorf("%v, %v", n, err)
	}
}
