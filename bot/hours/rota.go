package hours

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

// Rota keeps the rows of working time and the calendars that are laid out from them. Its fields are set once; it is safe
// for use from anywhere. Until the first Refresh it has no calendars.
type Rota struct {
	worktime.Live
	Store    Store
	Promises Promises
	Clock    func() time.Time
	ID       func() string // a new row's
	Log      *slog.Logger

	laying sync.Mutex
	laid   state
}

// state is what the calendars of this moment were laid out from.
type state struct {
	rows []Row
	day  worktime.Day // on which they were laid out; 0: never
}

// The period of the calendars around today. No promise is longer than what lies ahead, and what lies behind is enough to
// explain the deadlines of cases that were open for long.
const (
	yearsBehind = 3
	yearsAhead  = 5
)

// Refresh lays out the calendars anew when a row has changed since, on whichever instance, or another day has begun.
func (r *Rota) Refresh(ctx context.Context) error {
	r.laying.Lock()
	defer r.laying.Unlock()
	version, rows, err := r.Store.ReadHours(ctx)
	if err != nil {
		return fmt.Errorf("read the working time: %w", err)
	}
	now := r.Clock()
	if book := r.Book(); book != nil && book.Version == version && r.laid.day == worktime.DayOf(now, book.Table.Zone) {
		return nil
	}
	from, to := now.AddDate(-yearsBehind, 0, 0), now.AddDate(yearsAhead, 0, 0)
	table, err := Table(rows, from, to)
	if err != nil {
		return err
	}
	book, err := table.Book(from, to)
	if err != nil {
		return fmt.Errorf("lay out the working time of version %d: %w", version, err)
	}
	book.Version = version
	r.laid = state{rows, worktime.DayOf(now, table.Zone)}
	r.Set(book)
	return nil
}

// Rows returns the rows that the calendars of this moment were laid out from, in the order in which they were made.
func (r *Rota) Rows() []Row {
	r.laying.Lock()
	defer r.laying.Unlock()
	return r.laid.rows
}

// Changes returns what was changed after a version, oldest first.
func (r *Rota) Changes(ctx context.Context, since int64) ([]Change, error) {
	return r.Store.HoursChanges(ctx, since)
}

// today is the day it is where the chamber is.
func (r *Rota) today() worktime.Day { return worktime.DayOf(r.Clock(), r.Book().Table.Zone) }

// edit is what an act makes of the rows: those it changes, as they were and as they are to be.
type edit struct{ was, is Row }

// change carries out an act: plan says what becomes of the rows, and everything is committed together, with who did it
// and why. It returns what the act came to.
func (r *Rota) change(ctx context.Context, by bot.StaffID, what Act, reason string, plan func(rows []Row) ([]edit, error)) (Change, error) {
	var done Change
	err := r.Store.Do(ctx, func(tx Tx) error {
		version, err := tx.HoursVersion(ctx)
		if err != nil {
			return fmt.Errorf("read the version of the working time: %w", err)
		}
		rows, err := tx.HoursRows(ctx)
		if err != nil {
			return fmt.Errorf("read the working time: %w", err)
		}
		edits, err := plan(rows)
		if err != nil {
			return err
		}
		done = r.sum(version+1, by, what, reason, edits)
		for _, e := range edits {
			if err := tx.SaveHours(ctx, e.is); err != nil {
				return fmt.Errorf("keep row %s of the working time: %w", e.is.ID, err)
			}
			if err := tx.Audit(ctx, entry(done, e)); err != nil {
				return err
			}
		}
		return tx.LogHours(ctx, done)
	})
	if err != nil {
		return Change{}, err
	}
	if err := r.Refresh(ctx); err != nil { // it is committed: the next look finds it
		r.Log.Warn("the new working time is not laid out yet", "err", err)
	}
	if err := r.Promises.Recount(ctx, done.Unit, reason); err != nil {
		r.Log.Warn("nobody was told of the new working time", "err", err)
	}
	return done, nil
}

// sum is what edits come to as one change.
func (r *Rota) sum(version int64, by bot.StaffID, what Act, reason string, edits []edit) Change {
	c := Change{Version: version, What: what, By: by, At: r.Clock(), Reason: reason}
	endless := false
	for i, e := range edits {
		if i == 0 {
			c.Row, c.Unit, c.From, c.Name = e.is.ID, e.is.Unit, e.is.From, e.is.Name
		}
		if e.is.Unit != c.Unit {
			c.Unit = ""
		}
		for _, one := range []Row{e.was, e.is} {
			if one.ID == "" {
				continue
			}
			last, ends := one.Last()
			c.From, c.Until, endless = min(c.From, one.From), max(c.Until, last), endless || !ends
		}
		c.Counts = what != Reviewed && (c.Counts || e.was.ID != "" && e.was.Counts() || e.is.Counts())
	}
	if endless {
		c.Until = 0
	}
	return c
}

func entry(c Change, e edit) bot.AuditEntry {
	line := bot.AuditEntry{At: c.At, By: c.By, What: "hours." + string(c.What), Subject: subject(e.is.ID), After: e.is.String(), Reason: c.Reason}
	if e.was.ID != "" {
		line.Before = e.was.String()
	}
	return line
}
