package demoweb

import (
	"html/template"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

// view is what the template shows.
type view struct {
	demo     *Demo
	Lang     bot.Lang
	Theme    string
	Nonce    string
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
	v := view{demo: d, Lang: lang, Theme: theme, Nonce: d.Nonce(c), Links: d.Links}
	v.Settings = settings{
		Lang: lang, Theme: theme, Strip: c.QueryParam("strip") == "open", Icons: d.Assets.URL(sprite),
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

// T returns a string in the page's language.
func (v view) T(id string) string { return v.demo.T(v.Lang, id) }

// Dir is the page's direction.
func (v view) Dir() string {
	if v.Lang.RTL() {
		return "rtl"
	}
	return "ltr"
}

// Asset returns the address of a file.
func (v view) Asset(name string) string { return v.demo.Assets.URL(name) }

// Modules are the scripts that the first one will ask for: the browser fetches them all at once.
func (v view) Modules() []string { return v.demo.Assets.Under("js/demo") }

// Imports is the import map with its element: inside one of that kind the template would escape the quotes of the JSON.
// Nothing in it comes from a request; encoding/json has escaped what could end the element.
func (v view) Imports() template.HTML {
	return template.HTML(`<script type="importmap" nonce="` + template.HTMLEscapeString(v.Nonce) + `">` + v.demo.Assets.ImportMap() + `</script>`)
}

const sprite = "icons/lucide.svg"

type glyph struct {
	URL    string
	Mirror bool // points with the direction of reading
}

// Icon returns a sign.
func (v view) Icon(name string) glyph { return glyph{URL: v.demo.Assets.URL(sprite) + "#" + name} }

// Mirrored returns a sign that points the other way in right-to-left pages.
func (v view) Mirrored(name string) glyph {
	g := v.Icon(name)
	g.Mirror = true
	return g
}

// tongue is one language to read the page in.
type tongue struct {
	ID      bot.Lang
	Name    string
	Short   string
	Current bool
}

// Langs are the languages of the page, each named in itself.
func (v view) Langs() []tongue {
	var list []tongue
	for _, lang := range bot.Langs {
		list = append(list, tongue{lang, v.demo.T(lang, "demo.page.own"), v.demo.T(lang, "demo.page.own_short"), lang == v.Lang})
	}
	return list
}
