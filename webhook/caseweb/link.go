package caseweb

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/cases"
	"javab/webhook/page"
)

// referral is the page on which somebody without a sign-in answers a question. It shows the question, and nothing of the
// member or of the case.
type referral struct {
	page.Screen
	cases.LinkView
	Token       string
	Name, Reply string // what was typed
	Done        bool
	cases       *Cases
}

// Whom names who is asked.
func (r referral) Whom() string { return r.cases.Content.Unit(r.LinkView.Unit, r.Lang) }

// longestToken bounds what is looked up.
const longestToken = 100

func (p *Cases) referral(c echo.Context) (referral, error) {
	if lang := bot.Lang(c.QueryParam("lang")); lang.Valid() { // the only thing that this page remembers of its reader
		c.Request().Header.Set("Cookie", page.LangCookie+"="+string(lang))
	}
	r := referral{Screen: p.Screen(c, "cases.link.title"), Token: c.Param("token"), cases: p}
	r.Rail, r.Statuses, r.Status, r.Script, r.Swap = nil, nil, "", "", false
	r.Sheets = append(r.Sheets, "css/cases.css")
	if len(r.Token) > longestToken {
		return r, &bot.Error{Kind: bot.NotFound, Key: "case_link"}
	}
	var err error
	r.LinkView, err = p.Links.ByLink(c.Request().Context(), r.Token)
	return r, err
}

func (p *Cases) showReferral(c echo.Context) error {
	r, err := p.referral(c)
	return p.renderReferral(c, r, err)
}

// renderReferral shows the page: the question, what became of the reply, or that the link leads nowhere.
func (p *Cases) renderReferral(c echo.Context, r referral, refused error) error {
	status := http.StatusOK
	if refused != nil {
		r.Said, status = r.Explain(refused), page.StatusOf(refused)
	}
	head := c.Response().Header()
	head.Set("Referrer-Policy", "no-referrer") // the address is the secret
	head.Set("Cache-Control", "no-store")
	return p.views.Render(c, status, "referral", r)
}

func (p *Cases) reply(c echo.Context) error {
	r, err := p.referral(c)
	if err != nil {
		return p.renderReferral(c, r, err)
	}
	r.Name, r.Reply = strings.TrimSpace(c.FormValue("name")), strings.TrimSpace(c.FormValue("reply"))
	err = p.Links.ReplyByLink(c.Request().Context(), r.Token, r.Name, r.Reply)
	r.Done = err == nil
	if bot.KindOf(err) == bot.NotFound {
		r.LinkView = cases.LinkView{} // somebody was quicker: the question is answered
	}
	return p.renderReferral(c, r, err)
}
