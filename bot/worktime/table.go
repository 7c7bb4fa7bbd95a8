package worktime

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// Table is all that is known of the chamber's working time: rows of settings, as people keep them.
type Table struct {
	Zone     *time.Location
	Weeks    []Week
	Holidays []Holiday
}

// Week is the weekly table of the chamber or of one unit, for as long as it is in force. Where several are in force, the
// unit's own wins over the chamber's, and among those the one that began last.
type Week struct {
	Unit  bot.UnitID  // empty: the whole chamber
	From  Day         // first day in force
	Until Day         // last day in force; 0 for no end
	Open  [7][]Window // by time.Weekday; a day without windows is a day off
}

// Kind says what a row of the holidays table does to its day.
type Kind string

// The kinds. Open is an extra opening, such as overtime on a Thursday or crisis work on a holiday.
const (
	Full Kind = "full" // closed all day
	Half Kind = "half" // closed inside the row's window
	Open Kind = "open" // open inside the row's window, whatever the week says
)

// Source says where a row of the holidays table comes from.
type Source string

// The sources. On one day a later source wins over an earlier one of the same scope.
const (
	ByRule   Source = "rule"
	ByICS    Source = "ics"
	ByManual Source = "manual"
)

// Holiday is one row of the holidays table: an exception to the week on one day. Rows of a day are applied one after
// the other, the chamber's before the unit's, each by source and then as given; so the last word wins.
type Holiday struct {
	Day       Day
	Unit      bot.UnitID // empty: the whole chamber
	Kind      Kind
	Window    Window // of Half and Open
	Name      bot.Text
	Source    Source
	Confirmed bool // an imported row counts only once somebody has confirmed it
}

// problem says what is wrong with the table, for the operator.
func (t Table) problem() error {
	if t.Zone == nil {
		return errors.New("working time has no time zone")
	}
	for _, w := range t.Weeks {
		if w.Until != 0 && w.Until < w.From {
			return fmt.Errorf("weekly table of %s ends %s, before it begins", w.From, w.Until)
		}
		for day, windows := range w.Open {
			if i := slices.IndexFunc(windows, func(w Window) bool { return !w.valid() }); i >= 0 {
				return fmt.Errorf("weekly table of %s, %s: %s is no part of a day", w.From, time.Weekday(day), windows[i])
			}
		}
	}
	return t.holidayProblem()
}

func (t Table) holidayProblem() error {
	for _, h := range t.Holidays {
		switch {
		case h.Kind != Full && h.Kind != Half && h.Kind != Open:
			return fmt.Errorf("holiday of %s: unknown kind %q", h.Day, h.Kind)
		case h.Kind != Full && !h.Window.valid():
			return fmt.Errorf("holiday of %s: %s is no part of a day", h.Day, h.Window)
		case h.Source != ByRule && h.Source != ByICS && h.Source != ByManual:
			return fmt.Errorf("holiday of %s: unknown source %q", h.Day, h.Source)
		}
	}
	return nil
}

// week returns the windows of a day by the weekly tables alone.
func (t Table) week(unit bot.UnitID, day Day) []Window {
	var found *Week
	for i := range t.Weeks {
		if w := &t.Weeks[i]; w.holds(unit, day) && (found == nil || w.overrides(found)) {
			found = w
		}
	}
	if found == nil {
		return nil
	}
	return found.Open[day.Weekday()]
}

func (w *Week) holds(unit bot.UnitID, day Day) bool {
	return (w.Unit == "" || w.Unit == unit) && w.From <= day && (w.Until == 0 || day <= w.Until)
}

// overrides reports whether w wins over a table that stands before it and holds on the same day for the same unit.
func (w *Week) overrides(other *Week) bool {
	if own, others := w.Unit != "", other.Unit != ""; own != others {
		return own
	}
	return w.From >= other.From
}

// exceptions returns the confirmed rows that touch the unit, by day, in the order in which they apply.
func (t Table) exceptions(unit bot.UnitID) map[Day][]Holiday {
	byDay := make(map[Day][]Holiday)
	for _, h := range t.Holidays {
		if h.Confirmed && (h.Unit == "" || h.Unit == unit) {
			byDay[h.Day] = append(byDay[h.Day], h)
		}
	}
	for _, rows := range byDay {
		slices.SortStableFunc(rows, func(a, b Holiday) int {
			return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Source.rank(), b.Source.rank())) // "" sorts first
		})
	}
	return byDay
}

func (s Source) rank() int {
	switch s {
	case ByRule:
		return 0
	case ByICS:
		return 1
	default:
		return 2
	}
}
