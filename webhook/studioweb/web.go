package studioweb

import (
	"embed"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Web is the pages of the studio. All fields are needed.
type Web struct {
	*page.Shell
	Sheets   Sheets
	Fresh    Fresh
	Press    Press
	Second   Second
	Past     Past
	Content  Content
	Language Language
	Stage    Stage
	Counts   Counts
	// People are the chamber's staff: who did it is told by name.
	People page.People

	views *page.Views
}

// Mount adds the pages.
func (w *Web) Mount(e *echo.Echo) error {
	views, err := page.Parse(pages)
	if err != nil {
		return err
	}
	w.views = views
	e.GET("/studio", w.showList)
	e.POST("/studio/new", w.begin)
	e.GET("/studio/vocabulary", w.vocabulary)
	e.POST("/studio/rehearse", w.rehearse)
	e.POST("/studio/publish", w.publish)
	e.GET("/studio/request/:id", w.showRequest)
	e.POST("/studio/agree", w.agree)
	e.POST("/studio/rollback", w.rollBack)
	for _, at := range []string{flowsAt, textsAt, listsAt} {
		e.GET(at+"/:id", w.showFile)
		e.POST(at+"/:id/check", w.check)
		e.POST(at+"/:id/save", w.save)
		e.POST(at+"/:id/discard", w.discard)
		e.POST(at+"/:id/merge", w.merge)
		e.GET(at+"/:id/diff", w.showDiff)
		e.GET(at+"/:id/versions", w.showVersions)
	}
	e.POST("/studio/flow/:id/insert", w.insert)
	e.POST("/studio/flow/:id/trial", w.trial)
	e.POST("/studio/flow/:id/keep", w.keep)
	e.GET("/studio/flow/:id/texts", w.showTexts)
	e.POST("/studio/flow/:id/texts", w.saveTexts)
	e.GET("/studio/flow/:id/funnel", w.showFunnel)
	return nil
}

// Where the files are: a script by its flow, a dialogue and a list by their names. These two are but text.
const (
	flowsAt = "/studio/flow"
	textsAt = "/studio/text"
	listsAt = textsAt + "/content"
)

// fileOf is the file that an address names.
func fileOf(c echo.Context) string {
	switch {
	case strings.HasPrefix(c.Path(), flowsAt+"/"):
		return scriptOf(c.Param("id"))
	case strings.HasPrefix(c.Path(), listsAt+"/"):
		return "content/" + c.Param("id")
	default:
		return c.Param("id")
	}
}

// urlOf is where a file is.
func urlOf(name string) string {
	if flow := flowOf(name); flow != "" {
		return flowsAt + "/" + flow
	}
	return textsAt + "/" + name
}

// screen is what these pages are made of.
type screen struct {
	page.Screen
	web *Web
}

func (w *Web) screen(c echo.Context, title string) screen {
	s := screen{Screen: w.Screen(c, title), web: w}
	s.Frame.Sheets = []string{"css/layout.css", "css/studio.css", "css/graph.css"}
	s.Script, s.Swap = "js/studio/main.js", false
	return s
}

// who is the person before the page.
func (w *Web) who(c echo.Context) bot.StaffID { return w.Person(c).ID }

// scriptOf is the file of a flow.
func scriptOf(flow string) string { return flow + ".yaml" }

// flowOf is the flow of a file, empty when the file is none of a script.
func flowOf(name string) string {
	if path.Dir(name) != "." {
		return ""
	}
	flow, is := strings.CutSuffix(name, ".yaml")
	if !is {
		return ""
	}
	return flow
}

// Edits reports whether the reader may change what he reads.
func (s screen) Edits() bool { return s.Allows(http.MethodPost, "/studio/flow/:id/save") }
