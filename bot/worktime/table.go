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

// Week is the weekly table of the chamber or of one unit, for as long as it is in force. Where several are in force, an
// overlay wins over a week that is none, whosever that is: the hours of Ramadan are decreed for the house, and a unit that
// keeps others in it has an overlay of its own. Then the unit's own wins over the chamber's, then the one that began last,
// then the one that stands later in the table. The one that wins holds whole: nothing of the others shows through it.
type Week struct {
	Unit    bot.UnitID  // empty: the whole chamber
	From    Day         // first day in force
	Until   Day         // last day in force; 0 for no end
	Open    [7][]Window // by time.Weekday; a day without windows is a day off
	Overlay bool        // for a time, over all other weeks: the hours of Ramadan
	Name    bot.Text    // of an overlay, so that an explanation can name it
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

// The sources. On one day a later source wins over an earlier one of the same scope; an emergency wins over the rows of
// every scope, so that a house closed by decree is closed for a unit with overtime, too.
const (
	ByRule      Source = "rule"
	ByICS       Source = "ics"
	ByManual    Source = "manual"
	ByEmergency Source = "emergency"
)

// sources are all of them, from the weakest word to the strongest.
var sources = []Source{ByRule, ByICS, ByManual, ByEmergency}

// Holiday is one row of the holidays table: an exception to the week on one day, or on several in a row. Rows of a day are
// applied one after the other: the chamber's before the unit's and those of emergencies after both, each by source and
// then as given; so the last word wins.
type Holiday struct {
	Day       Day
	Until     Day        // last day; 0 for a single one
	Unit      bot.UnitID // empty: the whole chamber
	Kind      Kind
	Window    Window // of Half and Open, on each of the days
	Name      bot.Text
	Source    Source
	Confirmed bool // one that is only expected is shown, and does not count
}

// Last returns the last day of the row.
func (h Holiday) Last() Day { return max(h.Day, h.Until) }

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
			if i := slices.IndexFunc(windows, func(w Window) bool { return !w.Valid() }); i >= 0 {
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
		case h.Kind != Full && !h.Window.Valid():
			return fmt.Errorf("holiday of %s: %s is no part of a day", h.Day, h.Window)
		case h.Until != 0 && h.Until < h.Day:
			return fmt.Errorf("holiday of %s ends %s, before it begins", h.Day, h.Until)
		case !slices.Contains(sources, h.Source):
			return fmt.Errorf("holiday of %s: unknown source %q", h.Day, h.Source)
		}
	}
	return nil
}

// week returns the weekly table that holds on a day; an empty one where none does.
func (t Table) week(unit bot.UnitID, day Day) Week {
	var found *Week
	for i := range t.Weeks {
		if w := &t.Weeks[i]; w.holds(unit, day) && (found == nil || w.overrides(found)) {
			found = w
		}
	}
	if found == nil {
		return Week{}
	}
	return *found
}

func (w *Week) holds(unit bot.UnitID, day Day) bool {
	return (w.Unit == "" || w.Unit == unit) && w.From <= day && (w.Until == 0 || day <= w.Until)
}

// overrides reports whether w wins over a table that stands before it and holds on the same day for the same unit.
func (w *Week) overrides(other *Week) bool {
	if w.Overlay != other.Overlay {
		return w.Overlay
	}
	if own, others := w.Unit != "", other.Unit != ""; own != others {
		return own
	}
	return w.From >= other.From
}

// exceptions returns the rows that touch the unit from one day to another, by day, in the order in which they apply. Those
// that are only expected are among them.
func (t Table) exceptions(unit bot.UnitID, first, last Day) map[Day][]Holiday {
	byDay := make(map[Day][]Holiday)
	for _, h := range t.Holidays {
		if h.Unit != "" && h.Unit != unit {
			continue
		}
		for day := max(h.Day, first); day <= min(h.Last(), last); day++ {
			byDay[day] = append(byDay[day], h)
		}
	}
	for _, rows := range byDay {
		slices.SortStableFunc(rows, func(a, b Holiday) int {
			return cmp.Or(
				cmp.Compare(a.emergency(), b.emergency()),
				cmp.Compare(a.Unit, b.Unit), // "" sorts first
				cmp.Compare(slices.Index(sources, a.Source), slices.Index(sources, b.Source)),
			)
		})
	}
	return byDay
}

// emergency is 1 for a row that applies after those of all scopes.
func (h Holiday) emergency() int {
	if h.Source == ByEmergency {
		return 1
	}
	return 0
}
