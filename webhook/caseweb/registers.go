package caseweb

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/casefile"
	"javab/webhook/page"
)

// suggestions is the register of what members propose: its number, where it stands, and what its author was told.
type suggestions struct {
	screen
	casefile.Query
	Rows []suggestion
	Next string
}

// suggestion is one line of the register.
type suggestion struct {
	*suggestions
	casefile.Row
}

// Stands names the state.
func (s suggestion) Stands() string { return s.screen.State(s.Case) }

// Outcome is what became of it; empty: nothing is decided yet.
func (s suggestion) Outcome() string {
	if s.Row.Cause == "" {
		return ""
	}
	return s.screen.Cause(bot.Suggestion, s.Row.Cause)
}

// Called names its author.
func (s suggestion) Called() string {
	if s.Name != "" {
		return s.Name
	}
	return s.T("cases.nameless")
}

// Excerpt is how much of its words stands in a line.
func (s suggestion) Excerpt() string { return short(s.Text) }

func (p *Cases) showSuggestions(c echo.Context) error {
	s, err := p.screen(c, "cases.suggestions")
	if err != nil {
		return p.Refuse(c, err)
	}
	l := &suggestions{screen: s, Query: casefile.Query{
		By: s.By, View: casefile.All, Kind: bot.Suggestion, Unit: bot.UnitID(c.QueryParam("unit")), After: c.QueryParam("after"), Limit: pageOfCases,
	}}
	if c.QueryParam("open") != "" {
		l.View = casefile.Open
	}
	rows, err := p.Reads.CaseRows(c.Request().Context(), l.Query)
	if err != nil {
		return p.Refuse(c, fmt.Errorf("read suggestions: %w", err))
	}
	l.Rows = each(rows, func(r casefile.Row) suggestion { return suggestion{l, r} })
	if len(rows) == l.Limit {
		l.Next = l.Way("/suggestions") + "?" + url.Values{"after": {rows[len(rows)-1].Cursor}, "unit": {string(l.Query.Unit)}, "open": {c.QueryParam("open")}}.Encode()
	}
	return p.views.Render(c, http.StatusOK, "suggestions", l)
}

// Open reports whether what is over is left out.
func (s *suggestions) Open() bool { return s.View == casefile.Open }

// surveys is what members said after closures.
type surveys struct {
	screen
	casefile.SurveyQuery
	casefile.Tally
	Days    int
	Answers []answer
}

// answer is one of them.
type answer struct {
	*surveys
	casefile.Answer
}

// Called names who was asked.
func (a answer) Called() string {
	if a.Name != "" {
		return a.Name
	}
	return a.T("cases.nameless")
}

// Colleague names who worked on it, else its unit.
func (a answer) Colleague() string {
	if a.Holder != "" {
		return a.screen.Called(a.Holder)
	}
	return a.UnitName(a.Survey.Unit)
}

// About names what the case was about.
func (a answer) About() string { return a.Subject(bot.Case{Kind: a.Kind, Category: a.Category}) }

// Bad reports whether the member was not content.
func (a answer) Bad() bool { return a.Rating > 0 && a.Rating <= casefile.Low }

// spans are the days that surveys are shown of, the usual first.
var spans = [...]int{30, 90, 365}

func (p *Cases) showSurveys(c echo.Context) error {
	s, err := p.screen(c, "cases.surveys")
	if err != nil {
		return p.Refuse(c, err)
	}
	v := &surveys{screen: s, Days: spans[0]}
	for _, days := range spans {
		if c.QueryParam("days") == fmt.Sprint(days) {
			v.Days = days
		}
	}
	v.SurveyQuery = casefile.SurveyQuery{
		By: s.By, Unit: bot.UnitID(c.QueryParam("unit")), Since: s.Instant.Add(-time.Duration(v.Days) * 24 * time.Hour), Low: c.QueryParam("low") != "", Limit: mostCases,
	}
	ctx := c.Request().Context()
	list, err := p.Reads.SurveyAnswers(ctx, v.SurveyQuery)
	if err == nil {
		v.Tally, err = p.Reads.SurveyTally(ctx, v.SurveyQuery)
	}
	if err != nil {
		return p.Refuse(c, fmt.Errorf("read surveys: %w", err))
	}
	v.Answers = each(list, func(a casefile.Answer) answer { return answer{v, a} })
	return p.views.Render(c, http.StatusOK, "surveys", v)
}

// enough is how many answers a mean or a rate rests on at least.
const enough = 5

// Rests is how many answered, of how many.
func (v *surveys) Rests() string {
	return v.cases.Words.T(v.Lang, "desk.of", map[string]any{"N": v.N(v.Answered), "All": v.N(v.Asked)})
}

// Rate is the share of those who answered; a dash for too few.
func (v *surveys) Rate() string {
	if v.Asked < enough {
		return v.T("page.none")
	}
	return v.Format.Percent(v.Answered * 100 / v.Asked)
}

// Mean is the mean rating; a dash for too few.
func (v *surveys) Mean() string {
	if v.Answered < enough {
		return v.T("page.none")
	}
	return v.Format.Decimal(fmt.Sprintf("%.1f", v.Tally.Mean()))
}

// Spans are the days that can be chosen, Units the units.
func (v *surveys) Spans() (list []page.Choice) {
	for _, days := range spans {
		list = append(list, page.Choice{ID: fmt.Sprint(days), Label: v.Count("page.days", days), Current: days == v.Days})
	}
	return list
}

// Units are those that the reader serves.
func (v *surveys) Units() []page.Choice { return v.served(v.SurveyQuery.Unit) }

// Units are those that the reader serves.
func (s *suggestions) Units() []page.Choice { return s.served(s.Query.Unit) }

// served are the units of the content that the reader serves.
func (s screen) served(chosen bot.UnitID) (list []page.Choice) {
	for _, id := range s.cases.Content.Units() {
		if s.By.Serves(id) {
			list = append(list, page.Choice{ID: string(id), Label: s.UnitName(id), Current: id == chosen})
		}
	}
	return list
}
