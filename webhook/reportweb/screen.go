package reportweb

import (
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/report"
	"javab/webhook/page"
)

// screen is a page about a period.
type screen struct {
	page.Screen
	tell    report.Teller
	ask     report.Ask
	now     report.Period // the month of now
	reports *Reports
}

// screen reads what somebody wants to know from the address.
func (r *Reports) screen(c echo.Context) (screen, error) {
	s := screen{Screen: r.Screen(c, "report.title"), reports: r}
	s.Sheets = append(s.Sheets, "css/board.css")
	s.tell = report.Teller{Format: s.Format, T: func(id string, params map[string]any) string { return r.Words.T(s.Lang, id, params) }}
	s.now, _ = report.ParsePeriod("", s.Instant)
	period, err := report.ParsePeriod(c.QueryParam("period"), s.Instant)
	s.ask = report.Ask{By: s.By, Period: period, Unit: bot.UnitID(c.QueryParam("unit"))}
	return s, err
}

// At is the address of a list about the same period and unit: "k3", with what it is narrowed to.
func (s screen) At(list string, pairs ...string) string { return s.at(list, s.ask.Period, pairs...) }

func (s screen) at(list string, period report.Period, pairs ...string) string {
	query := url.Values{"period": {period.String()}}
	if s.ask.Unit != "" {
		query.Set("unit", string(s.ask.Unit))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	if list != "" {
		list = "/" + list
	}
	return "/board" + list + "?" + query.Encode()
}

// Back leads to the period before, Forward to the one after: nothing is later than now.
func (s screen) Back() string { return s.at("", s.ask.Period.Before()) }

// Forward is empty where nothing has happened yet.
func (s screen) Forward() string {
	if after := s.ask.Period.After(); !after.First.After(s.now.First) {
		return s.at("", after)
	}
	return ""
}

// Months names the period.
func (s screen) Months() string { return s.months(s.ask.Period) }

func (s screen) months(p report.Period) string {
	if p.First == p.Last {
		return p.First.Title(s.Format)
	}
	return p.First.Title(s.Format) + " – " + p.Last.Title(s.Format)
}

// First and Last are the days between which the period lies, as the reader writes days.
func (s screen) First() page.Moment { return s.Day(s.ask.Period.From()) }

// Last is its last day.
func (s screen) Last() page.Moment { return s.Day(s.ask.Period.To().Add(-1)) }

// Runs reports whether the period is not over yet.
func (s screen) Runs() bool { return s.Instant.Before(s.ask.Period.To()) }

// Period is how the period is written, Chosen the unit that was asked about.
func (s screen) Period() string { return s.ask.Period.String() }

// Chosen is empty when all units were.
func (s screen) Chosen() bot.UnitID { return s.ask.Unit }

// UnitName names a unit.
func (s screen) UnitName(id bot.UnitID) string { return s.reports.Content.Unit(id, s.Lang) }

// Units are those that the reader may ask about.
func (s screen) Units() []bot.UnitID {
	return slices.DeleteFunc(slices.Clone(s.reports.Content.Units()), func(id bot.UnitID) bool { return !s.By.Serves(id) })
}
