package funnel

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"javab/bot"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// record answers with what was counted, and remembers what it was asked.
type record struct {
	stops []Stop
	uses  []Use
	asked []string
	fails error
}

func (r *record) FunnelStops(_ context.Context, q Query) ([]Stop, error) {
	r.asked = append(r.asked, fmt.Sprint(q.Flow, " ", q.To.Sub(q.From), " ", q.To.Sub(q.Settled), " ", q.Officer))
	return r.stops, r.fails
}

func (r *record) FunnelUses(_ context.Context, from, to time.Time) ([]Use, error) {
	r.asked = append(r.asked, fmt.Sprint(to.Sub(from)))
	return r.uses, r.fails
}

func office(r *record) *Office {
	return &Office{Store: r, Clock: func() time.Time { return noon }, Officer: "officer"}
}

var counted = []Stop{
	{"b", 2, bot.Fa, 5, 2, 1}, {"a", 2, bot.Fa, 10, 1, 0}, {"a", 1, bot.Fa, 4, 4, 0}, {"a", 2, bot.En, 3, 0, 2}, {"gone", 1, bot.Fa, 1, 1, 0},
}

func TestAFunnelIsAddedUpAlongTheScript(t *testing.T) {
	f, err := office(&record{stops: counted}).Of(t.Context(), "x", 7)
	if err != nil {
		t.Fatal(err)
	}
	for want, got := range map[string]any{
		"[{b 0  5 2 1} {a 0  17 5 2} {new 0  0 0 0} {gone 0  1 1 0}]": f.Along([]string{"b", "a", "new"}),
		"{a 0  13 1 2}":    f.Only(2, "").Total("a"),
		"{a 0  14 5 0}":    f.Only(0, bot.Fa).Total("a"),
		"[{a 2 en 3 0 2}]": f.Only(2, bot.En).Stops,
		"[2 1]":            f.Versions(),
		"[{a 1 fa 4 4 0} {a 2 en 3 0 2} {a 2 fa 10 1 0}]": f.Stops[:3],
	} {
		if fmt.Sprint(got) != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	if len(f.Only(2, bot.En).Stops) != 1 || len(f.Stops) != 5 {
		t.Error("a part of a funnel changed the whole")
	}
}

func TestOnlySoManyDaysAreCounted(t *testing.T) {
	r := &record{uses: []Use{{"home", 3}, {"complaint", 1}}}
	for _, days := range []int{-1, 7, 10_000} {
		if _, err := office(r).Of(t.Context(), "x", days); err != nil {
			t.Fatal(err)
		}
	}
	uses, err := office(r).Uses(t.Context(), 1000)
	if err != nil || uses["home"] != 3 || uses["complaint"] != 1 {
		t.Errorf("got %v %v", uses, err)
	}
	want := "[x 24h0m0s 1h0m0s officer x 168h0m0s 1h0m0s officer x 2208h0m0s 1h0m0s officer 2208h0m0s]"
	if fmt.Sprint(r.asked) != want {
		t.Errorf("asked %v, want %s", r.asked, want)
	}
}

func TestWhatCannotBeCountedIsSaid(t *testing.T) {
	r := &record{fails: errors.New("away")}
	if _, err := office(r).Of(t.Context(), "x", 7); !errors.Is(err, r.fails) {
		t.Error(err)
	}
	if _, err := office(r).Uses(t.Context(), 7); !errors.Is(err, r.fails) {
		t.Error(err)
	}
}
