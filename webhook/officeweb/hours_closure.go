package officeweb

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/hours"
	"javab/webhook/page"
)

// closure is the page on which somebody closes the house or a unit alone, from a phone.
type closure struct {
	clockwork
	Occasion string
	When     string // tomorrow or today
	Days     []page.Choice
	Plans    []day // today, tomorrow and the day after
}

func (o *Office) closure(c echo.Context) closure {
	unit := c.QueryParam("unit")
	if c.Request().Method == http.MethodPost {
		unit = c.FormValue("unit")
	}
	p := closure{clockwork: o.clockwork(c, "office.hours.close", bot.UnitID(unit)), Occasion: strings.TrimSpace(c.FormValue("occasion")), When: "tomorrow"}
	if c.FormValue("when") == "today" {
		p.When = "today"
	}
	for n := range 3 {
		id := string(rune('1' + n))
		p.Days = append(p.Days, page.Choice{ID: id, Label: p.Count("page.days", n+1), Current: id == c.FormValue("days")})
	}
	for _, plan := range p.table.Plan(p.Unit, p.today, p.today+3) {
		p.Plans = append(p.Plans, p.day(plan))
	}
	return p
}

func (o *Office) showClosure(c echo.Context) error {
	return o.views.Render(c, http.StatusOK, "hours_closure", o.closure(c))
}

func (o *Office) declare(c echo.Context) error {
	p := o.closure(c)
	e := hours.Emergency{Unit: p.Unit, Today: p.When == "today", Days: 1, Reason: p.Occasion, Name: bot.Text{Fa: p.Occasion, Ar: p.Occasion, En: p.Occasion}}
	for i, choice := range p.Days {
		if choice.Current {
			e.Days = i + 1
		}
	}
	err := o.known(c)
	if err == nil {
		_, err = o.Hours.Close(c.Request().Context(), o.Person(c).ID, e)
	}
	if err != nil {
		p.Said = p.Explain(err)
		return o.views.Render(c, page.StatusOf(err), "hours_closure", p)
	}
	return page.Lead(c, at(p.Unit, ""))
}
