package report

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/worktime/worktimetest"
	"javab/locales/text"
)

// noon is Saturday 2026-11-21, 1405-08-30, 12:00 in Tehran.
var noon = time.Date(2026, time.November, 21, 12, 0, 0, 0, text.Tehran())

var aban = Period{Month{1405, 8}, Month{1405, 8}}

// world is a store of a few rows, and what the chamber aims at.
type world struct {
	*Office
	cases    []Case
	surveys  []Survey
	contacts map[time.Time][]Contact // by when the span begins
	moves    []bot.CaseEntry
	aims     Aims
	fails    error
	mu       sync.Mutex
	asked    []Query
}

// open is a chamber that works from eight to four, Saturday to Wednesday, without a holiday.
func open(t *testing.T) *world {
	t.Helper()
	w := &world{aims: Aims{GoodFrom: 4}}
	w.Office = &Office{Store: w, Hours: worktimetest.Book(t, noon), Content: w, Clock: func() time.Time { return noon }}
	return w
}

func (w *world) ReportCases(_ context.Context, q Query, why Reason) ([]Case, error) {
	w.mu.Lock()
	w.asked = append(w.asked, q)
	w.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(w.cases), func(c Case) bool {
		return !c.Within(q.From, q.To, why) || q.Unit != "" && c.Unit != q.Unit
	}), w.fails
}

func (w *world) ReportSurveys(_ context.Context, q Query) ([]Survey, error) {
	in := func(at time.Time) bool { return !at.IsZero() && !at.Before(q.From) && at.Before(q.To) }
	return slices.DeleteFunc(slices.Clone(w.surveys), func(s Survey) bool { return !in(s.AskedAt) && !in(s.RatedAt) }), w.fails
}

func (w *world) ReportContacts(_ context.Context, q Query) ([]Contact, error) {
	return w.contacts[q.From], w.fails
}

func (w *world) ReportMoves(_ context.Context, of []bot.CaseID) ([]bot.CaseEntry, error) {
	return slices.DeleteFunc(slices.Clone(w.moves), func(e bot.CaseEntry) bool { return !slices.Contains(of, e.Case) }), w.fails
}

func (w *world) Aims() Aims { return w.aims }

func (w *world) Pauses(state bot.CaseState) bool { return state == bot.WaitingMember }

func (w *world) figure(t *testing.T, ask Ask, id Indicator) Figure {
	t.Helper()
	f, err := w.Figure(t.Context(), ask, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// hour is an instant of Saturday 30 Aban.
func hour(h, m int) time.Time { return time.Date(2026, time.November, 21, h, m, 0, 0, text.Tehran()) }
