package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Month is a month of the Jalali calendar, by which the chamber reports.
type Month struct{ Year, Month int }

// MonthOf is the month that an instant falls in, where the chamber is.
func MonthOf(at time.Time) Month {
	d, _ := text.DateOf(text.Jalali, at.In(text.Tehran()))
	return Month{d.Year, d.Month}
}

// ParseMonth reads a month as it is written in addresses and commands: 1405-08, in any digits.
func ParseMonth(s string) (Month, error) {
	year, month, cut := strings.Cut(text.Digits(strings.TrimSpace(s)), "-")
	y, badYear := strconv.Atoi(year)
	m, badMonth := strconv.Atoi(month)
	if !cut || badYear != nil || badMonth != nil || !(Month{y, m}).date().Valid() {
		return Month{}, &bot.Error{Kind: bot.Invalid, Key: "report_month", Params: map[string]string{"Value": s}}
	}
	return Month{y, m}, nil
}

// String writes the month so that ParseMonth reads it back.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// Add is the month so many months later.
func (m Month) Add(months int) Month {
	n := m.index() + months
	return Month{n / 12, n%12 + 1}
}

// index counts months, so that they can be compared and subtracted.
func (m Month) index() int { return m.Year*12 + m.Month - 1 }

// After reports whether m comes after n.
func (m Month) After(n Month) bool { return m.index() > n.index() }

func (m Month) date() text.Date {
	return text.Date{Calendar: text.Jalali, Year: m.Year, Month: m.Month, Day: 1}
}

// Begins is when its first day begins, where the chamber is.
func (m Month) Begins() time.Time {
	noon, _ := m.date().Noon(text.Tehran())
	year, month, day := noon.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, text.Tehran())
}

// Title names the month in a language; readers who live by another calendar find its first day beside it.
func (m Month) Title(f text.Format) string { return f.Month(m.date()) }

// Period is some months in a row, both ends included.
type Period struct{ First, Last Month }

// maxMonths is how many months a period has at most: the calendars of working time reach back three years.
const maxMonths = 12

// ParsePeriod reads one month, or two with ".." between them. Empty is the month of now.
func ParsePeriod(s string, now time.Time) (Period, error) {
	if strings.TrimSpace(s) == "" {
		return Period{MonthOf(now), MonthOf(now)}, nil
	}
	first, last, ranged := strings.Cut(s, "..")
	from, err := ParseMonth(first)
	if err != nil {
		return Period{}, err
	}
	to := from
	if ranged {
		if to, err = ParseMonth(last); err != nil {
			return Period{}, err
		}
	}
	p := Period{from, to}
	if p.Months() < 1 || p.Months() > maxMonths {
		return Period{}, &bot.Error{Kind: bot.Invalid, Key: "report_month", Params: map[string]string{"Value": s}}
	}
	return p, nil
}

// String writes the period so that ParsePeriod reads it back.
func (p Period) String() string {
	if p.First == p.Last {
		return p.First.String()
	}
	return p.First.String() + ".." + p.Last.String()
}

// Months is how many months it has.
func (p Period) Months() int { return p.Last.index() - p.First.index() + 1 }

// From is when it begins, To when it is over.
func (p Period) From() time.Time { return p.First.Begins() }

// To is when the month after its last one begins.
func (p Period) To() time.Time { return p.Last.Add(1).Begins() }

// Before is the period of the same length that ends where p begins, After the one that begins where p ends.
func (p Period) Before() Period { return p.moved(-p.Months()) }

// After is the period of the same length that follows.
func (p Period) After() Period { return p.moved(p.Months()) }

func (p Period) moved(months int) Period { return Period{p.First.Add(months), p.Last.Add(months)} }

// Has reports whether an instant falls in it.
func (p Period) Has(at time.Time) bool {
	return !at.IsZero() && !at.Before(p.From()) && at.Before(p.To())
}
