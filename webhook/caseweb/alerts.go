package caseweb

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/digest"
	"javab/webhook/page"
)

// notice is something that its reader has to hear of without having asked, until he says that he has seen it.
type notice struct {
	screen
	bot.Alert
}

// Says is what has happened.
func (n notice) Says() string {
	if n.What != bot.AlertSpike {
		return n.T("cases.alert." + string(n.What))
	}
	return n.cases.Words.T(n.Lang, "cases.alert.spike", map[string]any{
		"N": n.screen.N(n.Alert.N), "Topic": n.Subject(bot.Case{Kind: bot.Complaint, Category: n.Topic}), "Unit": n.UnitName(n.Unit),
	})
}

// Look is how bad it is.
func (n notice) Look() string {
	if n.What == bot.AlertCallLate || n.What == bot.AlertSpike {
		return "warn"
	}
	return "bad"
}

// Leads is where it can be seen to; empty where its reader may not go.
func (n notice) Leads() string {
	switch {
	case n.What == bot.AlertSpike:
		return n.Way("/cases") + "?unit=" + string(n.Unit) + "&category=" + n.Topic
	case n.By.Sees(n.Unit, n.Confidential, nil):
		return n.URL(n.Case)
	}
	return ""
}

// notices are what stands before the reader.
func (p *Cases) notices(c echo.Context, s screen) (list []notice, err error) {
	alerts, err := p.Herald.Before(c.Request().Context(), s.By)
	for _, a := range alerts {
		list = append(list, notice{s, a})
	}
	return list, err
}

// seen takes one away.
func (p *Cases) seen(c echo.Context) error {
	if err := p.Herald.Seen(c.Request().Context(), p.Person(c), c.FormValue("alert")); err != nil {
		return p.Refuse(c, err)
	}
	return page.Lead(c, p.Way("/cases"))
}

// sheet is a digest on a page of its own: nobody needs a messenger to have one.
type sheet struct {
	screen
	digest.Sheet
}

func (p *Cases) showDigest(c echo.Context) error {
	s, err := p.screen(c, "cases.digest")
	if err != nil {
		return p.Refuse(c, err)
	}
	d, err := p.Herald.Sheet(c.Request().Context(), s.By, s.Lang)
	if err != nil {
		return p.Refuse(c, err)
	}
	return p.views.Render(c, http.StatusOK, "digest", sheet{s, d})
}
