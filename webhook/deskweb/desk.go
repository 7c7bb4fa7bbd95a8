package deskweb

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Desk is the officers' pages. All fields are needed but Floor: a page without its reader is not mounted.
type Desk struct {
	*page.Shell
	Acts    Acts
	Reads   Reads
	Shelf   Shelf
	Floor   Floor
	Queues  Queues
	People  page.People
	Content Content
	Signals Signals
	// Alive notes a sign of life of somebody's browser. An error says that his session has ended: his stream closes.
	Alive func(c echo.Context, by bot.Staff) error
	// Reveal returns the phone ("phone") or national id ("national_id") of a chat's member in full, and writes into the
	// audit that by has seen it.
	Reveal func(ctx context.Context, by bot.Staff, chat bot.ChatKey, what string) (string, error)
	// Asked returns the approvals that a chat waits for.
	Asked func(ctx context.Context, chat bot.ChatKey) ([]bot.Approval, error)
	// Caps is what a channel can do with messages that were sent.
	Caps func(bot.ChannelID) bot.Caps
	// Opening tells whether a unit answers now, and if not, from when on.
	Opening func(unit bot.UnitID, now time.Time) (open bool, from time.Time)
	// Panel is the cases of a member as they stand beside his chat.
	Panel func(s page.Screen, list []bot.Case) (template.HTML, error)
	// Answered names the answer of the content whose words a message of the bot has, and its language; empty when it is none.
	Answered func(words string) (entry string, lang bot.Lang)
	// ID returns a new id for a reply or a note: a form that is sent twice acts once.
	ID func() string
	// Done is closed when the process is about to end: the streams end with it.
	Done <-chan struct{}

	views  *page.Views
	rows   rowCache
	roster roster
	hub    hub
}

// screen is what the desk's pages are made of.
type screen struct {
	page.Screen
	desk *Desk
}

func (d *Desk) screen(c echo.Context, title string) screen { return screen{d.Screen(c, title), d} }

// Mount adds the pages. guard is the middleware of all of them: headers, nonce, session, role.
func (d *Desk) Mount(e *echo.Echo, guard ...echo.MiddlewareFunc) error {
	if err := d.Open(); err != nil {
		return err
	}
	g := e.Group("", guard...)
	page.MountOn(g, Routes(), page.Always(d))
	d.mountFloor(g)
	return nil
}

// Open makes the desk ready to answer, for who mounts Routes himself.
func (d *Desk) Open() (err error) {
	d.views, err = parsed()
	return err
}

// parsed are the templates, which all desks share.
var parsed = sync.OnceValues(func() (*page.Views, error) { return page.Parse(pages) })

// Routes are the pages of a desk and what is done in them.
func Routes() []page.Route[*Desk] {
	get, post := http.MethodGet, http.MethodPost
	all := []page.Route[*Desk]{
		{Method: get, Path: "/desk", Do: (*Desk).showInbox},
		{Method: get, Path: "/desk/list", Do: (*Desk).showList},
		{Method: get, Path: "/desk/events", Do: (*Desk).events},
		{Method: get, Path: "/desk/row/:chat", Do: (*Desk).showRow},
		{Method: get, Path: "/desk/part/:chat", Do: (*Desk).showPart},
		{Method: get, Path: "/desk/:chat", Do: (*Desk).showChat},
		{Method: get, Path: "/desk/:chat/ready", Do: (*Desk).showReady},
		{Method: get, Path: "/desk/:chat/file/:id", Do: (*Desk).showFile},
		{Method: post, Path: "/desk/:chat/draft", Do: (*Desk).keep},
		{Method: post, Path: "/desk/:chat/seen", Do: (*Desk).seen},
		{Method: post, Path: "/desk/:chat/beat", Do: (*Desk).beat},
		{Method: post, Path: "/desk/:chat/reveal", Do: (*Desk).reveal},
		{Method: post, Path: "/desk/status", Do: (*Desk).setStatus},
		{Method: post, Path: "/desk/look", Do: func(d *Desk, c echo.Context) error { return d.SetLook(c) }},
	}
	for name, do := range acts {
		all = append(all, page.Route[*Desk]{Method: post, Path: "/desk/:chat/" + name, Do: act(name, do)})
	}
	return all
}

func (d *Desk) mountFloor(g *echo.Group) {
	if d.Floor != nil {
		g.GET("/board/live", d.showLive)
		g.GET("/board/live/part", d.showFloor)
		g.POST("/board/live/assign", d.lead(d.assign))
		g.POST("/board/live/move", d.lead(d.move))
		g.POST("/board/live/status", d.lead(d.rest))
		g.POST("/board/live/pause", d.lead(d.pause))
		g.POST("/board/live/resume", d.lead(d.resume))
	}
}
