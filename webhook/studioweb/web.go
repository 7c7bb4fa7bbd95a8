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
	Press    Press
	Second   Second
	Past     Past
	Content  Content
	Language Language
	Stage    Stage
	Counts   Counts
	// People are the chamber's staff: who did it is told by name.
	People People

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
	e.POST("/studio/agree", w.agree)
	e.POST("/studio/rollback", w.rollBack)
	e.GET("/studio/flow/:id", w.showFlow)
	e.POST("/studio/flow/:id/check", w.check)
	e.POST("/studio/flow/:id/insert", w.insert)
	e.POST("/studio/flow/:id/save", w.save)
	e.POST("/studio/flow/:id/discard", w.discard)
	e.POST("/studio/flow/:id/merge", w.merge)
	e.GET("/studio/flow/:id/diff", w.showDiff)
	e.POST("/studio/flow/:id/trial", w.trial)
	e.POST("/studio/flow/:id/keep", w.keep)
	e.GET("/studio/flow/:id/texts", w.showTexts)
	e.POST("/studio/flow/:id/texts", w.saveTexts)
	e.GET("/studio/flow/:id/versions", w.showVersions)
	e.GET("/studio/flow/:id/funnel", w.showFunnel)
	return nil
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

// why is what an error says to a person in the language of the page.
func (s screen) why(err error) string { return s.web.Shell.Words.Error(s.Lang, err) }

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
