package officeweb

import (
	"embed"
	"time"

	"github.com/labstack/echo/v4"

	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Office is the pages of those who run the house. All fields are needed.
type Office struct {
	*page.Shell
	Staff   Staff
	Roster  Roster
	Content Content
	Counts  Counts
	Hours   Hours
	Audit   Audit
	Ops     Ops
	// Fresh reports whether the person has proven his second factor just now: what changes accounts asks for it.
	Fresh func(echo.Context) bool
	// Clock tells the time of sessions, which nothing skips.
	Clock func() time.Time

	views *page.Views
}

// screen begins a page of the office.
func (o *Office) screen(c echo.Context, title string) page.Screen {
	s := o.Screen(c, title)
	s.Sheets = append(s.Sheets, "css/office.css")
	return s
}

// Mount adds the pages.
func (o *Office) Mount(e *echo.Echo) (err error) {
	if o.views, err = page.Parse(pages); err != nil {
		return err
	}
	e.GET("/settings", o.showStaff)
	e.GET("/settings/new", o.showNew)
	e.POST("/settings/new", o.add)
	e.GET("/settings/staff/:login", o.showPerson)
	e.POST("/settings/staff/:login", o.change)
	for name, act := range o.acts() {
		e.POST("/settings/staff/:login/"+name, o.act(act))
	}
	e.GET("/settings/units", o.showUnits)
	o.mountHours(e)
	e.GET("/replies", o.showReplies)
	e.GET("/audit", o.showAudit)
	e.GET("/ops", o.showOps)
	e.POST("/ops/replay", o.replay)
	return nil
}
