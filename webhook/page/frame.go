package page

import (
	"html/template"

	"javab/bot"
	"javab/webhook/assets"
)

// Frame is what stands around the content of a page: head, rail, language, theme. Its words come from the page.
type Frame struct {
	Set *assets.Set
	// Speak returns a string in the page's language.
	Speak  func(id string) string
	Lang   bot.Lang
	Base   string // where the site stands; empty: at the root
	Millis int64  // what time it is there, in Unix ms; 0 where nothing is counted
	Theme  string // light, dark or empty: as the machine has it
	Nonce  string
	Title  string
	Sheets []string // its style sheets beside those of all pages: "css/desk.css"
	Script string   // its first module, "js/desk/main.js"; empty where none is needed
	Swap   bool     // pieces of it are swapped by htmx
	Strip  *Strip   // over the page; nil: none
	Rail   []Link
	Name   string // of the person who is signed in
	Status string // his status on duty; empty for whom chats are never given to
	// Statuses, Langs and Themes are what he may choose from.
	Statuses, Langs, Themes []Choice
}

// Strip tells over every page of a site that it is not the real one: the ids of its words and of the button beside them,
// and the place that the button posts to.
type Strip struct{ Says, Act, Path string }

// Link is one place in the rail. Icon is one of icons/lucide.svg.
type Link struct {
	URL, Label, Icon string
	Current          bool
	Count            string // of what waits there; empty: nothing
}

// Choice is one of several.
type Choice struct {
	ID, Label string
	Current   bool
}

// Dir is the direction of the page's language.
func (f Frame) Dir() string {
	if f.Lang.RTL() {
		return "rtl"
	}
	return "ltr"
}

// Way is the address of a page of this site, by its place in it: "/desk".
func (f Frame) Way(path string) string { return f.Base + path }

// T returns a string in the page's language.
func (f Frame) T(id string) string { return f.Speak(id) }

// Asset returns the address of a file.
func (f Frame) Asset(name string) string { return f.Set.URL(name) }

// Initial is the first letter of the person's name.
func (f Frame) Initial() string { return Initial(f.Name) }

// Initial returns the first letter of a name, for the round sign beside it.
func Initial(name string) string {
	for _, letter := range name {
		return string(letter)
	}
	return "?"
}

// Imports is the import map with its element: inside one of that kind the template would escape the quotes of the JSON.
// Nothing in it comes from a request; encoding/json has escaped what could end the element.
func (f Frame) Imports() template.HTML {
	return template.HTML(`<script type="importmap" nonce="` + template.HTMLEscapeString(f.Nonce) + `">` + f.Set.ImportMap() + `</script>`)
}

// Swaps is the configuration of htmx: nothing evaluated, nothing injected, no page kept in the browser's storage, the
// sentence of a refused request shown like any other answer. What a swap brings acts at once: with a settling delay, a
// form sent by a quick hand would leave as the browser sends it, with a new page, and what is typed meanwhile lost.
func (f Frame) Swaps() string {
	return `{"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,"selfRequestsOnly":true,` +
		`"defaultSettleDelay":0,"historyCacheSize":0,"refreshOnHistoryMiss":true,"scrollIntoViewOnBoost":false,"globalViewTransitions":false,` +
		`"responseHandling":[{"code":"204","swap":false},{"code":"...","swap":true}]}`
}

// Glyph is a sign of the sprite.
type Glyph struct {
	URL    string
	Mirror bool // points with the direction of reading
}

// Sprite is the file of all signs.
const Sprite = "icons/lucide.svg"

// Icon returns a sign.
func (f Frame) Icon(name string) Glyph { return Glyph{URL: f.Set.URL(Sprite) + "#" + name} }

// Mirrored returns a sign that points the other way in right-to-left pages.
func (f Frame) Mirrored(name string) Glyph {
	g := f.Icon(name)
	g.Mirror = true
	return g
}
