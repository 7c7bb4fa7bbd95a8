package deskweb

import (
	"context"
	"embed"
	"html/template"
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
func (d *Desk) Mount(e *echo.Echo, guard ...echo.MiddlewareFunc) (err error) {
	if d.views, err = page.Parse(pages); err != nil {
		return err
	}
	g := e.Group("", guard...)
	g.GET("/desk", d.showInbox)
	g.GET("/desk/list", d.showList)
	g.GET("/desk/events", d.events)
	g.GET("/desk/row/:chat", d.showRow)
	g.GET("/desk/part/:chat", d.showPart)
	g.GET("/desk/:chat", d.showChat)
	g.GET("/desk/:chat/ready", d.showReady)
	g.GET("/desk/:chat/file/:id", d.showFile)
	for name, act := range d.acts() {
		g.POST("/desk/:chat/"+name, d.act(name, act))
	}
	g.POST("/desk/:chat/draft", d.keep)
	g.POST("/desk/:chat/seen", d.seen)
	g.POST("/desk/:chat/beat", d.beat)
	g.POST("/desk/:chat/reveal", d.reveal)
	g.POST("/desk/status", d.setStatus)
	g.POST("/desk/look", d.SetLook)
	d.mountFloor(g)
	return nil
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
