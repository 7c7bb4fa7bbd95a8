package contentweb

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/studio"
	"javab/locales/text"
	"javab/webhook/page"
)

// rules is the page on which is said who may publish alone.
type rules struct {
	screen
	Second bool
	Wait   string // how long an only admin waits, as it stands in the field
	Unit   string // in what: minutes, hours or days
	Kept   bool
	// Who changed them last, and when; empty: they are as the program has them.
	Who string
	At  page.Moment
}

// units are what a wait is counted in, the longest first.
var units = []struct {
	id   string
	long time.Duration
}{{"days", 24 * time.Hour}, {"hours", time.Hour}, {"minutes", time.Minute}}

// Units are the choices of the field.
func (r rules) Units() (choices []page.Choice) {
	for _, u := range units {
		choices = append(choices, page.Choice{ID: u.id, Label: r.T("forms.rules.unit." + u.id), Current: u.id == r.Unit})
	}
	return choices
}

// fill writes what is so into the fields. A day is usually thought of as 24 hours: only longer waits are whole days.
func (r *rules) fill(now studio.Rules) {
	r.Second = now.Second
	for _, u := range units {
		if n := now.Wait() / u.long; now.Wait()%u.long == 0 && (n > 1 || u.id != "days") {
			r.Wait, r.Unit = r.Format.Number(int64(n)), u.id
			return
		}
	}
}

// mostDigits bounds what is written as a number: more than thirty days of minutes need no more.
const mostDigits = 5

// waited reads how long an only admin shall wait, in any digits; what is no such time is less than nothing, which the
// studio refuses.
func waited(number, unit string) time.Duration {
	number = strings.NewReplacer(" ", "", ",", "", "\u066c", "").Replace(text.Digits(number))
	n, err := strconv.Atoi(number)
	for _, u := range units {
		if err == nil && n > 0 && len(number) <= mostDigits && u.id == unit {
			return time.Duration(n) * u.long
		}
	}
	return -1
}

func (w *Web) showRules(c echo.Context) error {
	r, err := w.rules(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	r.Kept = c.QueryParam("kept") != ""
	return w.views.Render(c, http.StatusOK, "rules", r)
}

// rules reads them, with who changed them last.
func (w *Web) rules(c echo.Context) (*rules, error) {
	r, ctx := &rules{screen: w.screen(c, "forms.rules")}, c.Request().Context()
	now, err := w.Rules.Rules(ctx)
	if err != nil {
		return nil, err
	}
	r.fill(now)
	last, err := w.Book.Latest(ctx, "studio.rules")
	switch {
	case bot.KindOf(err) == bot.NotFound:
		return r, nil
	case err != nil:
		return nil, err
	}
	staff, err := page.ReadStaff(ctx, w.People)
	if err != nil {
		return nil, err
	}
	r.Who, r.At = staff.Name(last.By), r.When(last.At)
	return r, nil
}

// setRules keeps what was said. What is refused stays in the fields, beside the reason.
func (w *Web) setRules(c echo.Context) error {
	said := studio.Rules{Second: c.FormValue("second") != "", Alone: waited(c.FormValue("wait"), c.FormValue("unit"))}
	err := w.Rules.SetRules(c.Request().Context(), w.Person(c).ID, said)
	if err == nil {
		return page.Lead(c, "/studio/rules?kept=1")
	}
	r, broken := w.rules(c)
	if broken != nil {
		return w.Refuse(c, broken)
	}
	r.Said, r.Second, r.Wait, r.Unit = r.Explain(err), said.Second, c.FormValue("wait"), c.FormValue("unit")
	return w.views.Render(c, page.StatusOf(err), "rules", r)
}
