package contentweb

import (
	"embed"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Web is the forms of the content. All fields are needed.
type Web struct {
	*page.Shell
	Sheets   Sheets
	Letters  Letters
	Defaults Defaults
	Rules    Rules
	Book     Book
	Matcher  Matcher
	Asked    Asked
	People   page.People

	views   *page.Views
	offered tally
}

// Mount adds the pages.
func (w *Web) Mount(e *echo.Echo) error {
	views, err := page.Parse(pages)
	if err != nil {
		return err
	}
	w.views = views
	for _, own := range []string{"answers", "services"} {
		at := "/studio/" + own
		e.GET(at, w.in(own, w.showList))
		e.GET(at+"/:id", w.in(own, w.showEntry))
		e.POST(at+"/:id", w.in(own, w.saveEntry))
	}
	e.GET("/studio/lists", w.showLists)
	e.GET("/studio/lists/:list", w.in("", w.showList))
	e.GET("/studio/lists/:list/:id", w.in("", w.showEntry))
	e.POST("/studio/lists/:list/:id", w.in("", w.saveEntry))
	e.GET("/studio/offers", w.showOffers)
	e.POST("/studio/offers", w.answerOffer)
	e.GET("/studio/rules", w.showRules)
	e.POST("/studio/rules", w.setRules)
	e.GET("/studio/proposals", w.showProposals)
	e.POST("/studio/proposals/:id", w.decide)
	e.GET("/studio/propose", w.showPropose)
	e.POST("/studio/propose", w.propose)
	e.POST("/studio/proposals/:id/seen", w.seen)
	return nil
}

// in answers for one collection: the one that is named, or the one that the address names.
func (w *Web) in(id string, answer func(echo.Context, collection) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		asked := id
		if asked == "" {
			asked = c.Param("list")
		}
		of, known := find(asked)
		if !known {
			return w.Refuse(c, &bot.Error{Kind: bot.NotFound, Key: "entry_not_found", Params: map[string]string{"ID": asked}})
		}
		return answer(c, of)
	}
}

// screen is what these pages are made of.
type screen struct {
	page.Screen
	web *Web
}

func (w *Web) screen(c echo.Context, title string) screen {
	s := screen{Screen: w.Screen(c, title), web: w}
	s.Frame.Sheets = []string{"css/layout.css", "css/studio.css", "css/content.css"}
	s.Script, s.Swap = "js/studio/main.js", false
	return s
}

// Columns are the languages in their order, each called by its own page's word.
func (s screen) Columns() (columns []page.Choice) {
	for _, lang := range bot.Langs {
		columns = append(columns, page.Choice{ID: string(lang), Label: s.T("lang." + string(lang))})
	}
	return columns
}
