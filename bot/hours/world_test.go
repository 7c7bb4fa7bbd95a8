package hours_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/staff"
	"javab/bot/worktime"
	"javab/storage"
	"javab/storage/memstore"
)

// house is a chamber whose working time is kept. It notes whose deadlines are to be counted anew.
type house struct {
	*hours.Rota
	t       *testing.T
	store   *memstore.Store
	now     time.Time
	counted []string
	deaf    error
	ids     int
}

// today is Sunday 2026-11-22, and it is 21:00 in Tehran.
var today = worktime.MakeDay(2026, time.November, 22)

func open(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, store: memstore.New(), now: time.Date(2026, time.November, 22, 17, 30, 0, 0, time.UTC)}
	h.Rota = h.instance()
	return h
}

// instance is one more program over the same rows.
func (h *house) instance() *hours.Rota {
	h.t.Helper()
	rota := &hours.Rota{
		Store: storage.As[hours.Tx](h.store), Promises: h, Clock: func() time.Time { return h.now }, Log: slog.New(slog.DiscardHandler),
		ID: func() string { h.ids++; return fmt.Sprint("r", h.ids) },
	}
	if err := rota.Refresh(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	return rota
}

func (h *house) Recount(_ context.Context, unit bot.UnitID, reason string) error {
	h.counted = append(h.counted, strings.TrimSpace(string(unit)+" "+reason))
	return h.deaf
}

// must takes the change that an act makes.
func (h *house) must(c hours.Change, err error) hours.Change {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// due is when an hour ends that was promised on Wednesday 2026-11-25 at 15:59.
func (h *house) due(unit bot.UnitID) string {
	h.t.Helper()
	at, err := h.For(unit).Add(time.Date(2026, time.November, 25, 12, 29, 0, 0, time.UTC), time.Hour)
	if err != nil {
		h.t.Fatal(err)
	}
	return at.Format("Mon 2006-01-02 15:04")
}

func (h *house) audit() []staff.AuditLine {
	h.t.Helper()
	lines, err := h.store.AuditLines(h.t.Context(), staff.AuditQuery{What: "hours.", Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	return lines
}

func (h *house) changes(since int64) []hours.Change {
	h.t.Helper()
	list, err := h.Changes(h.t.Context(), since)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

// holiday is a day on which the house is closed, counted from today.
func holiday(after int) hours.Row {
	return hours.Row{Kind: hours.Full, From: today + worktime.Day(after), Name: bot.Text{En: "Smog"}, Confirmed: true}
}

func everyDay(from, to worktime.Minute) (open [7][]worktime.Window) {
	for day := range open {
		open[day] = []worktime.Window{{From: from, To: to}}
	}
	return open
}

func wantKey(t *testing.T, what string, err error, key string) {
	t.Helper()
	if e, is := errors.AsType[*bot.Error](err); !is || e.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}
