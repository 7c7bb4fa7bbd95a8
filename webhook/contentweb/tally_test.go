package contentweb

import (
	"testing"
	"time"
)

func TestACountHoldsForAMinuteAndUntilSomebodyAnswers(t *testing.T) {
	var held tally
	there, asked := 3, 0
	anew := func() (int, error) { asked++; return there, nil }
	for _, step := range []struct {
		there, after, want int
		forget             bool
	}{{3, 0, 3, false}, {5, 59, 3, false}, {5, 60, 5, false}, {2, 61, 5, false}, {2, 62, 2, true}} {
		if there = step.there; step.forget {
			held.forget()
		}
		if n, err := held.count(now.Add(time.Duration(step.after)*time.Second), anew); n != step.want || err != nil {
			t.Errorf("after %d seconds %d, %v", step.after, n, err)
		}
	}
	if asked != 3 {
		t.Errorf("counted %d times", asked)
	}
	broken := tally{}
	if _, err := broken.count(now, func() (int, error) { return 0, errAway }); err == nil || !broken.until.IsZero() {
		t.Errorf("a count that failed is remembered: %v", err)
	}
}
