package officeweb

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot/worktime"
	"javab/webhook/page"
)

// opening is when the house is open, and how long the desk waits, as a page shows it.
type opening struct {
	settings
	Weeks    []week
	Holidays []closing
	Limits   []limit
}

// week is the weekly table of the chamber, or of one unit.
type week struct {
	Name string // of the unit; empty: the chamber
	Days []weekday
}

type weekday struct{ Name, Hours string }

// closing is one day on which the week does not hold.
type closing struct {
	Day     page.Moment
	Weekday string
	Name    string
	What    string
	Counts  bool // it has been confirmed
}

// limit is one of the desk's times.
type limit struct{ Name, Lasts string }

func (o *Office) showHours(c echo.Context) error {
	table, err := o.Hours()
	if err != nil {
		return o.Refuse(c, fmt.Errorf("read the opening hours: %w", err))
	}
	h := opening{settings: o.settings(c, "office.tab.hours")}
	today := worktime.DayOf(h.Instant, table.Zone)
	for _, w := range table.Weeks {
		if w.Until == 0 || w.Until >= today {
			h.Weeks = append(h.Weeks, h.week(w))
		}
	}
	for _, one := range table.Holidays {
		if one.Day >= today {
			h.Holidays = append(h.Holidays, h.closing(one))
		}
	}
	h.Limits = h.limits(o.Content.Limits())
	return o.views.Render(c, http.StatusOK, "hours", h)
}

// days are the days in the order of the working week, which begins on Saturday.
var days = []time.Weekday{time.Saturday, time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}

func (h opening) week(w worktime.Week) week {
	shown := week{}
	if w.Unit != "" {
		shown.Name = h.Unit(w.Unit)
	}
	for _, day := range days {
		windows := make([]string, len(w.Open[day]))
		for i, window := range w.Open[day] {
			windows[i] = h.window(window)
		}
		shown.Days = append(shown.Days, weekday{h.weekday(day), strings.Join(windows, " · ")})
	}
	return shown
}

func (h opening) weekday(day time.Weekday) string {
	return h.T("office.day." + strings.ToLower(day.String()))
}

// window writes hours in the digits of the page.
func (h opening) window(w worktime.Window) string {
	return h.office.Words.T(h.Lang, "office.window", map[string]any{"From": h.minute(w.From), "To": h.minute(w.To)})
}

func (h opening) minute(m worktime.Minute) string {
	midnight := time.Date(2000, time.January, 1, 0, 0, 0, 0, h.Format.Location())
	return h.Format.Time(midnight.Add(time.Duration(m) * time.Minute))
}

func (h opening) closing(one worktime.Holiday) closing {
	what := h.T("office.holiday." + string(one.Kind))
	if one.Kind != worktime.Full {
		what += " " + h.window(one.Window)
	}
	if one.Unit != "" {
		what += " · " + h.Unit(one.Unit)
	}
	return closing{
		Day: h.Day(one.Day.Noon()), Weekday: h.weekday(one.Day.Weekday()), Name: one.Name.In(h.Lang), What: what, Counts: one.Confirmed,
	}
}

func (h opening) limits(l Limits) []limit {
	all := []limit{
		{"first_answer", h.Lasted(l.FirstAnswer)},
		{"warn", h.Lasted(l.Warn)},
		{"release", h.Lasted(l.Release)},
		{"lost", h.Lasted(l.Lost)},
		{"ask", h.Lasted(l.Ask)},
		{"back", h.Lasted(l.Back)},
	}
	for i, one := range all {
		all[i].Name = h.T("office.limit." + one.Name)
	}
	return all
}
