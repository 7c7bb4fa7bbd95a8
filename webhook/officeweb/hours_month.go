package officeweb

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"javab/bot/worktime"
	"javab/locales/text"
	"javab/webhook/page"
)

// month is a page of the calendar: a month of the reader's own calendar, with the other beside it.
type month struct {
	Month      string // "1405-09", in the calendar of the reader
	Heading    string
	Beside     string // the months of the other calendar that it touches
	Before     string // addresses of the neighbours; empty beyond what is laid out
	After      string
	Here       string // the address of the month of today; empty on its own page
	Weekdays   []string
	Days       []day
	first, end worktime.Day
}

// day is one of its days.
type day struct {
	Date     page.Moment
	Column   int    // 1 is Saturday
	Number   string // in the calendar of the reader
	Other    string // in the other one
	Weekday  string
	Hours    string // empty: closed
	Names    []occasion
	Today    bool
	Overlaid string // the name of the weekly table that holds for a time
}

// occasion is a row that touches a day.
type occasion struct {
	Name, Source string
	Kind         worktime.Kind
	Hours        string // of a half day or an opening
	Expected     bool
}

// Class says how an occasion looks.
func (o occasion) Class() string {
	switch {
	case o.Expected:
		return "warn"
	case o.Kind == worktime.Open:
		return "ok"
	default:
		return "bad"
	}
}

// month lays out the month that is asked for, or that of today.
func (h clockwork) month(asked string) month {
	calendar := h.Format.Calendar()
	first, known := monthOf(asked, calendar)
	today, _ := text.DateOf(calendar, h.today.Noon())
	if !known || !h.reaches(first) {
		first = text.Date{Calendar: calendar, Year: today.Year, Month: today.Month, Day: 1}
	}
	next := neighbour(first, 1)
	m := month{Month: name(first), Heading: h.Format.Month(first), first: dayOf(first), end: dayOf(next)}
	m.Beside = h.spans(m.first, m.end-1)
	if before := neighbour(first, -1); h.reaches(before) {
		m.Before = at(h.Unit, name(before))
	}
	if h.reaches(next) {
		m.After = at(h.Unit, name(next))
	}
	if first.Year != today.Year || first.Month != today.Month {
		m.Here = at(h.Unit, "")
	}
	for _, weekday := range days {
		m.Weekdays = append(m.Weekdays, h.weekday(weekday))
	}
	for _, plan := range h.table.Plan(h.Unit, m.first, m.end-1) {
		m.Days = append(m.Days, h.day(plan))
	}
	return m
}

// reaches reports whether what law and people decided is known of a month: the calendars reach three years back and five
// ahead, and a year less is shown, so that every month is whole.
func (h clockwork) reaches(first text.Date) bool {
	noon, ok := first.Noon(time.UTC)
	return ok && noon.After(h.Instant.AddDate(-2, 0, 0)) && noon.Before(h.Instant.AddDate(4, 0, 0))
}

func (h clockwork) day(plan worktime.Plan) day {
	noon := plan.Day.Noon()
	date, _ := text.DateOf(h.Format.Calendar(), noon)
	other, _ := text.DateOf(beside(h.Format.Calendar()), noon)
	d := day{
		Date: h.date(plan.Day), Column: (int(plan.Day.Weekday())+1)%7 + 1, Number: h.N(date.Day), Other: h.N(other.Day),
		Weekday: h.weekday(plan.Day.Weekday()), Hours: h.windows(plan.Open), Today: plan.Day == h.today,
	}
	if other.Day == 1 || date.Day == 1 {
		d.Other += " " + h.Format.MonthName(other)
	}
	if plan.Week.Overlay {
		d.Overlaid = plan.Week.Name.In(h.Lang)
	}
	for _, row := range plan.Rows {
		one := occasion{Name: row.Name.In(h.Lang), Source: h.T("office.hours.source." + string(row.Source)), Kind: row.Kind, Expected: !row.Confirmed}
		if one.Name == "" {
			one.Name = h.T("office.hours.extra")
		}
		if row.Kind != worktime.Full {
			one.Hours = h.window(row.Window)
		}
		d.Names = append(d.Names, one)
	}
	return d
}

// spans names the months of the other calendar between two days.
func (h clockwork) spans(first, last worktime.Day) string {
	calendar := beside(h.Format.Calendar())
	a, _ := text.DateOf(calendar, first.Noon())
	b, _ := text.DateOf(calendar, last.Noon())
	if a.Month == b.Month {
		return h.Format.Month(a)
	}
	if a.Year == b.Year {
		return h.Format.MonthName(a) + " – " + h.Format.Month(b)
	}
	return h.Format.Month(a) + " – " + h.Format.Month(b)
}

// monthOf reads "1405-09" or "2026-11". A month of the other calendar is turned into the one in which it begins.
func monthOf(asked string, calendar text.Calendar) (text.Date, bool) {
	year, number, found := strings.Cut(text.Digits(asked), "-")
	d := text.Date{Calendar: text.Jalali, Day: 1}
	var errYear, errMonth error
	d.Year, errYear = strconv.Atoi(year)
	d.Month, errMonth = strconv.Atoi(number)
	if d.Year >= 1900 {
		d.Calendar = text.Gregorian
	}
	if !found || errYear != nil || errMonth != nil || !d.Valid() {
		return text.Date{}, false
	}
	d, known := d.In(calendar)
	d.Day = 1
	return d, known
}

func neighbour(first text.Date, by int) text.Date {
	months := first.Year*12 + first.Month - 1 + by
	first.Year, first.Month = months/12, months%12+1
	return first
}

func name(first text.Date) string { return fmt.Sprintf("%04d-%02d", first.Year, first.Month) }

// dayOf is a date as working time counts days.
func dayOf(d text.Date) worktime.Day {
	noon, _ := d.Noon(time.UTC)
	return worktime.DayOf(noon, time.UTC)
}
