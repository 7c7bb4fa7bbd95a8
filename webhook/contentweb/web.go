package contentweb

import (
	"embed"
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows"
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

// why is what an error says to a person in the language of the page.
func (s screen) why(err error) string { return s.web.Shell.Words.Error(s.Lang, err) }

// message is what a problem says in the language of the page.
func (s screen) message(p flows.Problem) string {
	return p.Message(func(id string, params map[string]string) string {
		data := make(map[string]any, len(params))
		for name, value := range params {
			data[name] = value
		}
		return s.web.Shell.Words.T(s.Lang, id, data)
	})
}

// Parts are the pages beside one another.
func (s screen) Parts(current string) (links []page.Choice) {
	for _, p := range []struct{ url, id string }{
		{"/studio/answers", "forms.answers"},
		{"/studio/services", "forms.services"},
		{"/studio/lists", "forms.lists"},
		{"/studio/proposals", "forms.proposals"},
		{"/studio/offers", "forms.offers"},
		{"/studio/rules", "forms.rules"},
	} {
		if s.Allows(http.MethodGet, p.url) {
			links = append(links, page.Choice{ID: p.url, Label: s.T(p.id), Current: p.url == current})
		}
	}
	return links
}

// Columns are the languages in their order, each called by its own page's word.
func (s screen) Columns() (columns []page.Choice) {
	for _, lang := range bot.Langs {
		columns = append(columns, page.Choice{ID: string(lang), Label: s.T("lang." + string(lang))})
	}
	return columns
}
