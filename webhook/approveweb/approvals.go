package approveweb

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"net/url"
	"strings"

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
func (p *Approvals) Mount(e *echo.Echo) (err error) {
	if p.views, err = page.Parse(pages); err != nil {
		return err
	}
	e.GET("/approvals", p.show)
	e.GET("/approvals/part", p.show) // the same, asked for by the browser itself
	for name, do := range p.acts() {
		e.POST("/approvals/:id/"+name, p.act(do))
	}
	return nil
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
		l.Said, status = p.Words.Error(l.Lang, refused), page.StatusOf(refused)
	}
	return p.views.Render(c, status, "approvals", l)
}

// doing is one act on an approval, read from its form.
type doing func(c echo.Context, by bot.Staff, id string) error

func (p *Approvals) acts() map[string]doing {
	reason := func(c echo.Context) string { return strings.TrimSpace(c.FormValue("reason")) }
	return map[string]doing{
		"approve": func(c echo.Context, by bot.Staff, id string) error {
			return p.Office.Approve(c.Request().Context(), by, id, c.FormValue("hash"))
		},
		"change": func(c echo.Context, by bot.Staff, id string) error {
			return p.Office.Change(c.Request().Context(), by, id, reason(c))
		},
		"refuse": func(c echo.Context, by bot.Staff, id string) error {
			return p.Office.Refuse(c.Request().Context(), by, id, reason(c))
		},
		"withdraw": func(c echo.Context, by bot.Staff, id string) error {
			return p.Office.Withdraw(c.Request().Context(), by, id)
		},
	}
}

// act does one, and goes back to the page on which its form stood. What is refused shows the list as it is now.
func (p *Approvals) act(do doing) echo.HandlerFunc {
	return func(c echo.Context) error {
		by := p.Person(c)
		id, err := url.PathUnescape(c.Param("id"))
		if err != nil {
			return echo.ErrBadRequest
		}
		err = do(c, by, id)
		switch {
		case err == nil:
			return page.Back(c, "/approvals")
		case !p.Allows(by, http.MethodGet, "/approvals"):
			return p.Refuse(c, err)
		}
		return p.render(c, err)
	}
}
