package deskweb

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/locales"
	"javab/webhook/assets"
)

//go:embed pages/*.html
var pages embed.FS

// Desk is the officers' pages. All fields are needed but Floor, Audit, Ops and Rail: a page without its reader is not
// mounted.
type Desk struct {
	Assets  *assets.Set
	Words   *locales.Localizer
	Acts    Acts
	Reads   Reads
	Floor   Floor
	People  People
	Content Content
	Audit   Audit
	Ops     Ops
	Signals Signals
	// Person is who is signed in, Nonce the answer's nonce; both are set by the middleware that Mount is given.
	Person func(echo.Context) bot.Staff
	Nonce  func(echo.Context) string
	// Alive notes a sign of life of somebody's browser. An error says that his session has ended: his stream closes.
	Alive func(c echo.Context, by bot.Staff) error
	// Reveal returns the phone ("phone") or national id ("national_id") of a chat's member in full, and writes into the
	// audit that by has seen it.
	Reveal func(ctx context.Context, by bot.Staff, chat bot.ChatKey, what string) (string, error)
	// Opening tells whether a unit answers now, and if not, from when on.
	Opening func(unit bot.UnitID, now time.Time) (open bool, from time.Time)
	// Rail leads to the pages; May tells whether somebody may ask for one.
	Rail []Place
	May  func(by bot.Staff, method, path string) bool
	Now  func() time.Time
	// ID returns a new id for a reply or a note: a form that is sent twice acts once.
	ID func() string
	// Done is closed when the process is about to end: the streams end with it.
	Done <-chan struct{}

	templates *template.Template
	rows      rowCache
	hub       hub
}

// Place is one entry of the rail: its address, the id of its name, its icon.
type Place struct{ URL, ID, Icon string }

// Mount adds the pages. guard is the middleware of all of them: headers, nonce, session, role.
func (d *Desk) Mount(e *echo.Echo, guard ...echo.MiddlewareFunc) error {
	parsed, err := assets.Layout(pages, "pages/*.html")
	if err != nil {
		return fmt.Errorf("parse the desk's pages: %w", err)
	}
	d.templates = parsed
	g := e.Group("", guard...)
	g.GET("/desk", d.showInbox)
	g.GET("/desk/list", d.showList)
	g.GET("/desk/events", d.events)
	g.GET("/desk/row/:chat", d.showRow)
	g.GET("/desk/part/:chat", d.showPart)
	g.GET("/desk/:chat", d.showChat)
	for name, act := range d.acts() {
		g.POST("/desk/:chat/"+name, d.act(name, act))
	}
	g.POST("/desk/:chat/draft", d.keep)
	g.POST("/desk/:chat/seen", d.seen)
	g.POST("/desk/:chat/beat", d.beat)
	g.POST("/desk/:chat/reveal", d.reveal)
	g.POST("/desk/status", d.setStatus)
	g.POST("/desk/look", d.setLook)
	d.mountFloor(g)
	return nil
}

func (d *Desk) mountFloor(g *echo.Group) {
	if d.Floor != nil {
		g.GET("/board/live", d.showLive)
		g.GET("/board/live/part", d.showLive)
	}
	if d.Audit != nil {
		g.GET("/audit", d.showAudit)
	}
	if d.Ops != nil {
		g.GET("/ops", d.showOps)
		g.POST("/ops/replay", d.replay)
	}
}

// render writes one template. A page that breaks half way is not sent at all.
func (d *Desk) render(c echo.Context, status int, name string, data any) error {
	var out bytes.Buffer
	if err := d.templates.ExecuteTemplate(&out, name, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	c.Response().Header().Set("Vary", "HX-Request")
	return c.HTMLBlob(status, out.Bytes())
}

// swapped reports whether the request asks for a piece of the page that stands in the browser already.
func swapped(c echo.Context) bool { return c.Request().Header.Get("HX-Request") == "true" }

// refuse tells a person why something was not done.
func (d *Desk) refuse(c echo.Context, err error) error {
	s := d.screen(c, "desk.refused")
	s.Said = d.Words.Error(s.lang, err)
	if swapped(c) {
		c.Response().Header().Set("HX-Retarget", "#said")
		c.Response().Header().Set("HX-Reswap", "innerHTML")
		return d.render(c, statusOf(err), "said", s)
	}
	return d.render(c, statusOf(err), "refused", s)
}

func statusOf(err error) int {
	switch bot.KindOf(err) {
	case bot.NotFound:
		return http.StatusNotFound
	case bot.Conflict:
		return http.StatusConflict
	case bot.Invalid:
		return http.StatusUnprocessableEntity
	case bot.Forbidden:
		return http.StatusForbidden
	case bot.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}
