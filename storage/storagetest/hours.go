package storagetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/storage"
)

var (
	saturday  = worktime.MakeDay(2026, time.November, 21)
	morning   = worktime.Window{From: worktime.Clock(8, 30), To: worktime.Clock(12, 0)}
	lateNight = worktime.Window{From: worktime.Clock(22, 0), To: worktime.Clock(24, 0)}
)

// snow is a closure with everything set.
func snow() hours.Row {
	return hours.Row{
		ID: "r1", Kind: hours.Half, Unit: "cards", From: saturday, Until: saturday + 2, Window: morning,
		Name: bot.Text{Fa: "f", Ar: "a", En: "Snow"}, Source: worktime.ByEmergency, Confirmed: true, Review: true,
		By: "s1", At: noon, Reason: "roads are closed",
	}
}

// summer is a weekly table without end.
func summer() hours.Row {
	r := hours.Row{ID: "r2", Kind: hours.Week, From: saturday, Source: worktime.ByManual, Confirmed: true, By: "s2", At: noon.Add(-time.Hour)}
	r.Open[time.Saturday] = []worktime.Window{morning, lateNight}
	r.Open[time.Thursday] = []worktime.Window{morning}
	return r
}

func (w world) keepHours(rows ...hours.Row) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		for _, r := range rows {
			if err := tx.SaveHours(w.ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// changeHours makes a change as working time is changed: the next version is read, and noted.
func (w world) changeHours(c hours.Change) error {
	return w.Do(w.ctx, func(tx storage.Tx) error {
		version, err := tx.HoursVersion(w.ctx)
		if err != nil {
			return err
		}
		c.Version = version + 1
		return tx.LogHours(w.ctx, c)
	})
}

// workingTime is what hours.Tx and hours.Reads promise.
func workingTime() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"working time that nobody changed has no rows and version 0": func(t *testing.T, w world) {
			version, rows, err := w.ReadHours(w.ctx)
			equal(t, "error", err, nil)
			equal(t, "version", version, 0)
			equal(t, "rows", len(rows), 0)
			equal(t, "changes", read(w.HoursChanges(w.ctx, 0))(t), []hours.Change{})
		},
		"rows of working time come back as they were kept, in the order in which they were made": func(t *testing.T, w world) {
			w.keepHours(snow(), summer())
			want := []hours.Row{summer(), snow()}
			_, rows, err := w.ReadHours(w.ctx)
			equal(t, "error", err, nil)
			equal(t, "read", rows, want)
			equal(t, "in a transaction", in(w, func(tx storage.Tx) ([]hours.Row, error) { return tx.HoursRows(w.ctx) }), want)
		},
		"a row is replaced by its id, and one that is gone is not read": func(t *testing.T, w world) {
			gone, changed := summer(), snow()
			gone.Gone = true
			changed.Kind, changed.Window, changed.Review, changed.Confirmed, changed.From = hours.Full, worktime.Window{}, false, false, saturday+1
			w.keepHours(snow(), summer())
			w.keepHours(gone, changed)
			_, rows, err := w.ReadHours(w.ctx)
			equal(t, "error", err, nil)
			equal(t, "rows", rows, []hours.Row{changed})
		},
		"changes of working time are found after a version, with all that they tell": func(t *testing.T, w world) {
			first := hours.Change{
				What: hours.Closed, Row: "r1", Unit: "cards", From: saturday, Until: saturday + 2, Counts: true, Name: snow().Name,
				By: "s1", At: noon, Reason: "roads are closed",
			}
			second := hours.Change{What: hours.Added, Row: "r2", From: saturday, By: "s2", At: noon.Add(time.Minute)}
			equal(t, "error", errors.Join(w.changeHours(first), w.changeHours(second)), nil)
			first.Version, second.Version = 1, 2
			equal(t, "all", read(w.HoursChanges(w.ctx, 0))(t), []hours.Change{first, second})
			equal(t, "later", read(w.HoursChanges(w.ctx, 1))(t), []hours.Change{second})
			version, _, err := w.ReadHours(w.ctx)
			equal(t, "error", err, nil)
			equal(t, "version", version, 2)
		},
		"a change of working time that fails leaves neither row nor version": func(t *testing.T, w world) {
			failed := errors.New("no")
			err := w.Do(w.ctx, func(tx storage.Tx) error {
				return errors.Join(tx.SaveHours(w.ctx, snow()), tx.LogHours(w.ctx, hours.Change{Version: 1, At: noon}), failed)
			})
			if !errors.Is(err, failed) {
				t.Error(err)
			}
			version, rows, _ := w.ReadHours(w.ctx)
			if version != 0 || len(rows) != 0 {
				t.Errorf("version %d, rows %v", version, rows)
			}
		},
		"those who change working time at once do so one after the other": func(t *testing.T, w world) {
			const racers = 8
			var all sync.WaitGroup
			errs := make(chan error, racers)
			for i := range racers {
				all.Go(func() { errs <- w.changeHours(hours.Change{What: hours.Added, Row: fmt.Sprint(i), At: noon}) })
			}
			all.Wait()
			for range racers {
				equal(t, "error", <-errs, nil)
			}
			for i, c := range read(w.HoursChanges(w.ctx, 0))(t) {
				equal(t, "version", c.Version, int64(i+1))
			}
			version, _, _ := w.ReadHours(w.ctx)
			equal(t, "last", version, racers)
		},
	}
}
