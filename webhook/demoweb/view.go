package demoweb

import (
	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

// view is what the template shows.
type view struct {
	page.Frame
	demo     *Demo
	Links    []Link
	Settings settings
}

// settings are what the scripts get: the words of all languages, since each phone speaks its owner's.
type settings struct {
	Lang  bot.Lang                       `json:"lang"`
	Theme string                         `json:"theme,omitempty"`
	Strip bool                           `json:"strip,omitempty"`
	Icons string                         `json:"icons"`
	Words map[bot.Lang]map[string]string `json:"words"`
}

func (d *Demo) view(c echo.Context) view {
	lang, theme := bot.Lang(c.QueryParam("lang")), c.QueryParam("theme")
	if !lang.Valid() {
		lang = bot.Fa
	}
	if theme != "dark" && theme != "light" {
		theme = ""
	}
	v := view{demo: d, Links: d.Links}
	v.Frame = page.Frame{
		Set: d.Assets, Speak: func(id string) string { return d.T(lang, id) }, Lang: lang, Theme: theme, Nonce: d.Nonce(c),
		Title: d.T(lang, "demo.page.title"), Sheets: []string{"css/demo.css"}, Script: "js/demo/main.js",
	}
	v.Settings = settings{
		Lang: lang, Theme: theme, Strip: c.QueryParam("strip") == "open", Icons: d.Assets.URL(page.Sprite),
		Words: d.words(),
	}
	return v
}

func (d *Demo) words() map[bot.Lang]map[string]string {
	all := make(map[bot.Lang]map[string]string, len(bot.Langs))
	for _, lang := range bot.Langs {
		all[lang] = make(map[string]string, len(spoken))
		for _, id := range spoken {
			all[lang][id] = d.T(lang, id)
		}
	}
	return all
}

// Modules are the scripts that the first one will ask for: the browser fetches them all at once.
func (v view) Modules() []string { return v.Set.Under("js/demo") }

// tongue is one language to read the page in.
type tongue struct {
	ID      bot.Lang
	Name    string
	Short   string
	Current bool
}

// Tongues are the languages of the page, each named in itself.
func (v view) Tongues() []tongue {
	var list []tongue
	for _, lang := range bot.Langs {
		list = append(list, tongue{lang, v.demo.T(lang, "demo.page.own"), v.demo.T(lang, "demo.page.own_short"), lang == v.Lang})
	}
	return list
}
