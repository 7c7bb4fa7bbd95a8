package officeweb

import (
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/locales/text"
	"javab/webhook/page"
)

func (o *Office) mountHours(e *echo.Echo) {
	const at = "/settings/hours"
	e.GET(at, o.showHours)
	e.GET(at+"/why", o.showWhy)
	e.GET(at+"/day", o.showDay)
	e.POST(at+"/day", o.addDay)
	e.GET(at+"/week", o.showWeek)
	e.POST(at+"/week", o.addWeek)
	e.GET(at+"/closure", o.showClosure)
	e.POST(at+"/closure", o.declare)
	e.GET(at+"/import", o.showImport)
	e.POST(at+"/import", o.preview)
	e.POST(at+"/take", o.take)
	for name, act := range o.rowActs() {
		e.POST(at+"/:id/"+name, o.rowAct(act))
	}
}

// clockwork is what the pages of working time have in common.
type clockwork struct {
	settings
	Unit  bot.UnitID // whose working time is shown; empty: the chamber's
	Of    string     // what it is called
	table worktime.Table
	today worktime.Day
}

func (o *Office) clockwork(c echo.Context, title string, unit bot.UnitID) clockwork {
	h := clockwork{settings: o.settings(c, title), table: o.Hours.Book().Table}
	h.today = worktime.DayOf(h.Instant, h.table.Zone)
	if slices.Contains(o.Content.Units(), unit) {
		h.Unit, h.Of = unit, h.settings.Unit(unit)
	} else {
		h.Of = h.T("office.hours.chamber")
	}
	return h
}

// Units are the units to choose from; the first choice, with no id, is the chamber.
func (h clockwork) Units() []page.Choice { return h.units(h.Unit) }

// May reports whether the reader may change rows.
func (h clockwork) May() bool { return h.Allows(http.MethodPost, "/settings/hours/day") }

// MayClose reports whether he may declare an emergency.
func (h clockwork) MayClose() bool { return h.Allows(http.MethodPost, "/settings/hours/closure") }

// date shows a day in figures, with its name in both calendars.
func (h clockwork) date(d worktime.Day) page.Moment {
	m := h.Day(d.Noon())
	m.Title, m.ISO = h.Format.LongDate(d.Noon())+" · "+h.other(d), d.String()
	return m
}

// other writes a day in words in the calendar that the reader does not live by.
func (h clockwork) other(d worktime.Day) string {
	date, _ := text.DateOf(beside(h.Format.Calendar()), d.Noon())
	return h.Format.Long(date)
}

// beside is the calendar that stands beside one: Jalali and Gregorian are always seen together.
func beside(c text.Calendar) text.Calendar {
	if c == text.Jalali {
		return text.Gregorian
	}
	return text.Jalali
}

// opening is the page of the working time: the month, what was decided, the weeks, and the limits of the desk.
type opening struct {
	clockwork
	month
	Weeks   []week
	Rows    []closing // of the year from the month on
	Reviews []closing // closures that somebody declared alone
	Limits  []limit
	Unsure  string // the coming year, when none of its lunar holidays is confirmed although it is near
}

func (o *Office) showHours(c echo.Context) error {
	all, err := o.people(c.Request().Context())
	if err != nil {
		return o.Refuse(c, err)
	}
	h := opening{clockwork: o.clockwork(c, "office.tab.hours", bot.UnitID(c.QueryParam("unit")))}
	h.month = h.clockwork.month(c.QueryParam("month"))
	rows := o.Hours.Rows()
	h.Weeks, h.Limits, h.Unsure = h.weeks(rows), h.limits(o.Content.Limits()), h.unsure(rows)
	for _, r := range rows {
		if r.Review {
			h.Reviews = append(h.Reviews, h.closing(r, all))
		}
	}
	for _, r := range h.year(rows, h.month.first) {
		h.Rows = append(h.Rows, h.closing(r, all))
	}
	return o.views.Render(c, http.StatusOK, "hours", h)
}

// year are the holidays, openings and closures of the unit in a year from a day on, those by rule among them.
func (h clockwork) year(rows []hours.Row, from worktime.Day) (list []hours.Row) {
	for _, one := range h.table.Holidays {
		if one.Source == worktime.ByRule {
			rows = append(slices.Clip(rows), hours.Row{Kind: hours.Kind(one.Kind), From: one.Day, Until: one.Day, Name: one.Name, Source: one.Source, Confirmed: true})
		}
	}
	for _, r := range rows {
		last, _ := r.Last()
		if !r.Weekly() && (r.Unit == "" || r.Unit == h.Unit || h.Unit == "") && last >= from && r.From < from+366 {
			list = append(list, r)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].From < list[j].From })
	return list
}

// unsure is the coming Jalali year from its last two months but one on, while none of its imported holidays is confirmed.
func (h clockwork) unsure(rows []hours.Row) string {
	const bahman = 11
	now, _ := text.DateOf(text.Jalali, h.today.Noon())
	if now.Month < bahman {
		return ""
	}
	for _, r := range rows {
		if r.Source == worktime.ByICS && r.Confirmed && worktime.JalaliYear(r.From) == now.Year+1 {
			return ""
		}
	}
	name := h.Format.Month(text.Date{Calendar: text.Jalali, Year: now.Year + 1, Month: 1, Day: 1})
	return h.Say("office.hours.unsure", "Month", name)
}

// closing is one row as a page shows it.
type closing struct {
	hours.Row
	First, Final page.Moment // its days; Final is empty for a single one
	Weekday      string
	Title        string
	What         string
	Whose        string
	Origin       string // where it comes from
	Author       string
	Made         page.Moment
	Own          bool // the reader declared it himself
	Over         bool
}

func (h clockwork) closing(r hours.Row, all page.Staff) closing {
	last, _ := r.Last()
	c := closing{
		Row: r, First: h.date(r.From), Weekday: h.weekday(r.From.Weekday()), Title: r.Name.In(h.Lang), What: h.what(r),
		Origin: h.T("office.hours.source." + string(r.Source)), Over: last < h.today,
	}
	if last > r.From {
		c.Final = h.date(last)
	}
	if r.Unit != "" {
		c.Whose = h.settings.Unit(r.Unit)
	}
	if r.ID != "" {
		c.Author, c.Made, c.Own = all.Name(r.By), h.When(r.At), r.By == h.By.ID
	}
	return c
}

// what tells what a row does to its days.
func (h clockwork) what(r hours.Row) string {
	what := h.T("office.holiday." + string(r.Kind))
	if r.Kind == hours.Half || r.Kind == hours.Open {
		what += " " + h.window(r.Window)
	}
	return what
}

// Stored reports whether the row is one that people decided: what law gives cannot be taken back.
func (c closing) Stored() bool { return c.ID != "" }

// Movable reports whether a row can be moved by a day.
func (c closing) Movable() bool { return c.Stored() && !c.Over && !c.Review }

// week is a weekly table.
type week struct {
	hours.Row
	Name         string // of the overlay, or whose it is
	Whose        string
	First, Final page.Moment
	Days         []weekday
}

// Stored reports whether people decided it.
func (w week) Stored() bool { return w.ID != "" }

type weekday struct{ Name, Hours string }

// weeks are the weekly tables that hold or will hold: the sample's first, then those that people decided.
func (h clockwork) weeks(rows []hours.Row) []week {
	sample := week{Name: h.T("office.week"), Days: h.weekdays(h.table.Weeks[0].Open)}
	list := []week{sample}
	for _, r := range rows {
		last, ends := r.Last()
		if !r.Weekly() || ends && last < h.today || h.Unit != "" && r.Unit != "" && r.Unit != h.Unit {
			continue
		}
		w := week{Row: r, Name: h.T("office.hours.kind." + string(r.Kind)), Days: h.weekdays(r.Open), Whose: h.T("office.hours.chamber")}
		if name := r.Name.In(h.Lang); name != "" {
			w.Name = name
		}
		if r.Unit != "" {
			w.Whose = h.settings.Unit(r.Unit)
		}
		w.First = h.date(r.From)
		if ends {
			w.Final = h.date(last)
		}
		list = append(list, w)
	}
	return list
}

// days are the days in the order of the working week, which begins on Saturday.
var days = []time.Weekday{time.Saturday, time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}

func (h clockwork) weekdays(open [7][]worktime.Window) (list []weekday) {
	for _, day := range days {
		list = append(list, weekday{h.weekday(day), h.windows(open[day])})
	}
	return list
}

func (h clockwork) windows(open []worktime.Window) string {
	written := make([]string, len(open))
	for i, w := range open {
		written[i] = h.window(w)
	}
	return strings.Join(written, " · ")
}

func (h clockwork) weekday(day time.Weekday) string {
	return h.T("office.day." + strings.ToLower(day.String()))
}

// window writes hours in the digits of the page.
func (h clockwork) window(w worktime.Window) string {
	return h.office.Words.T(h.Lang, "office.window", map[string]any{"From": h.minute(w.From), "To": h.minute(w.To)})
}

func (h clockwork) minute(m worktime.Minute) string {
	midnight := time.Date(2000, time.January, 1, 0, 0, 0, 0, h.Format.Location())
	return h.Format.Time(midnight.Add(time.Duration(m) * time.Minute))
}

// limit is one of the desk's times.
type limit struct{ Name, Lasts string }

func (h clockwork) limits(l Limits) []limit {
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

// at is the address of the page with another month or unit.
func at(unit bot.UnitID, month string) string {
	query := url.Values{}
	if unit != "" {
		query.Set("unit", string(unit))
	}
	if month != "" {
		query.Set("month", month)
	}
	if len(query) == 0 {
		return "/settings/hours"
	}
	return "/settings/hours?" + query.Encode()
}
