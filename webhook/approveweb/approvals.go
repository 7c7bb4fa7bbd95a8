package approveweb

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/approve"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Approvals is the page. All fields are needed.
type Approvals struct {
	*page.Shell
	Office  Office
	Content Content
	// Fresh reports whether the person has proven his second factor just now: a yes asks for it.
	Fresh func(echo.Context) bool

	views *page.Views
}

// Office decides; approve.Office does it. Everything is written into the audit with what it did.
type Office interface {
	// Waiting are the approvals that by may decide now, and his own that others decide.
	Waiting(ctx context.Context, by bot.Staff) (his, own []bot.Approval, err error)
	Bench(ctx context.Context) (approve.Bench, error)
	Decisions
}

// Decisions are what can become of an approval.
type Decisions interface {
	Approve(ctx context.Context, by bot.Staff, id, hash string) error
	Change(ctx context.Context, by bot.Staff, id, reason string) error
	Refuse(ctx context.Context, by bot.Staff, id, reason string) error
	Withdraw(ctx context.Context, by bot.Staff, id string) error
}

// Content names units, and finds again what a text was held for.
type Content interface {
	Unit(id bot.UnitID, lang bot.Lang) string
	Guard() *approve.Guard
}

// Mount adds the page.
func (p *Approvals) Mount(e *echo.Echo) error {
	if err := p.Open(); err != nil {
		return err
	}
	page.MountOn(e.Group(""), Routes(), page.Always(p))
	return nil
}

// Open makes the page ready to answer, for who mounts Routes himself.
func (p *Approvals) Open() (err error) {
	p.views, err = parsed()
	return err
}

// parsed are the templates, which the pages of all houses share.
var parsed = sync.OnceValues(func() (*page.Views, error) { return page.Parse(pages) })

// Routes are the page and what is done in it.
func Routes() []page.Route[*Approvals] {
	all := []page.Route[*Approvals]{
		{Method: http.MethodGet, Path: "/approvals", Do: (*Approvals).show},
		{Method: http.MethodGet, Path: "/approvals/part", Do: (*Approvals).show}, // the same, asked for by the browser itself
	}
	for name, do := range acts {
		all = append(all, page.Route[*Approvals]{Method: http.MethodPost, Path: "/approvals/:id/" + name, Do: act(do)})
	}
	return all
}

// Count is how many approvals wait for somebody: the number in the rail.
func (p *Approvals) Count(ctx context.Context, by bot.Staff) (int, error) {
	his, _, err := p.Office.Waiting(ctx, by)
	return len(his), err
}

// list is the page.
type list struct {
	page.Screen
	Held  []held // for the reader to decide
	Own   []held // his own, for others
	Alone bool   // four eyes are off
	Fresh bool
}

func (p *Approvals) show(c echo.Context) error { return p.render(c, nil) }

// render shows the page, with the reason why something was refused above it.
func (p *Approvals) render(c echo.Context, refused error) error {
	l := list{Screen: p.Screen(c, "approvals.title"), Fresh: p.Fresh(c)}
	l.Sheets = append(l.Sheets, "css/office.css")
	ctx := c.Request().Context()
	his, own, err := p.Office.Waiting(ctx, l.By)
	if err != nil {
		return p.Refuse(c, fmt.Errorf("read approvals: %w", err))
	}
	bench, err := p.Office.Bench(ctx)
	if err != nil {
		return p.Refuse(c, err)
	}
	l.Alone = bench.Alone(l.By)
	for _, a := range his {
		l.Held = append(l.Held, p.held(l.Screen, bench, a))
	}
	for _, a := range own {
		l.Own = append(l.Own, p.held(l.Screen, bench, a))
	}
	status := http.StatusOK
	if refused != nil {
		l.Said, status = l.Explain(refused), page.StatusOf(refused)
	}
	return p.views.Render(c, status, "approvals", l)
}

// doing is one act on an approval, read from its form.
type doing func(d Decisions, c echo.Context, by bot.Staff, id string) error

var acts = map[string]doing{
	"approve": func(d Decisions, c echo.Context, by bot.Staff, id string) error {
		return d.Approve(c.Request().Context(), by, id, c.FormValue("hash"))
	},
	"change": func(d Decisions, c echo.Context, by bot.Staff, id string) error {
		return d.Change(c.Request().Context(), by, id, reason(c))
	},
	"refuse": func(d Decisions, c echo.Context, by bot.Staff, id string) error {
		return d.Refuse(c.Request().Context(), by, id, reason(c))
	},
	"withdraw": func(d Decisions, c echo.Context, by bot.Staff, id string) error {
		return d.Withdraw(c.Request().Context(), by, id)
	},
}

func reason(c echo.Context) string { return strings.TrimSpace(c.FormValue("reason")) }

// act does one, and goes back to the page on which its form stood. What is refused shows the list as it is now.
func act(do doing) func(*Approvals, echo.Context) error {
	return func(p *Approvals, c echo.Context) error {
		by := p.Person(c)
		id, err := url.PathUnescape(c.Param("id"))
		if err != nil {
			return echo.ErrBadRequest
		}
		err = do(p.Office, c, by, id)
		switch {
		case err == nil:
			return page.Back(c, p.Way("/approvals"))
		case !p.Allows(by, http.MethodGet, "/approvals"):
			return p.Refuse(c, err)
		}
		return p.render(c, err)
	}
}
