package learnweb

import (
	"cmp"
	"embed"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/studio"
	"javab/flows/texts"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Web is the pages of what was not understood. All fields are needed.
type Web struct {
	*page.Shell
	Learning Learning
	Sheets   Sheets

	views *page.Views
}

// home is the address of the list; the others are below it.
const home = "/studio/answers/unanswered"

// Mount adds the pages.
func (w *Web) Mount(e *echo.Echo) error {
	views, err := page.Parse(pages)
	if err != nil {
		return err
	}
	w.views = views
	e.GET(home, w.showBoard)
	e.GET(home+"/weak", w.showWeak)
	e.POST(home+"/aside", w.putAside)
	e.POST(home+"/add", w.add)
	e.POST(home+"/effect", w.showEffect)
	return nil
}

// screen is what these pages are made of, over the answers as the reader has them.
type screen struct {
	page.Screen
	Sheet   studio.Sheet
	answers []texts.Entry
	flow    func(id string) string // what a flow is called; its id when nobody knows
}

// The answers in the content.
const (
	answersFile = "content/answers.yaml"
	answersList = "answers"
)

func (w *Web) screen(c echo.Context) (s screen, err error) {
	s = screen{Screen: w.Screen(c, "learning.unanswered")}
	s.Frame.Sheets = []string{"css/layout.css", "css/studio.css", "css/content.css"}
	s.Script = "js/studio/main.js"
	if s.Sheet, err = w.Sheets.Open(c.Request().Context(), s.By.ID, answersFile); err != nil {
		return s, err
	}
	s.flow = func(id string) string {
		script, err := w.Sheets.Open(c.Request().Context(), s.By.ID, id+".yaml")
		if err != nil {
			return id // a question may be older than the script that answered it
		}
		return cmp.Or(titled(script.Body, s.Lang), id)
	}
	s.answers, err = texts.Entries(s.Sheet.Body, answersList)
	return s, err
}

// titled is the title of a script; empty when it has none that can be read.
func titled(script []byte, lang bot.Lang) string {
	rows, err := texts.Read(script)
	if err != nil {
		return ""
	}
	for _, r := range rows {
		if r.Path == "title" {
			return r.Cells[lang].Text
		}
	}
	return ""
}

// Link is something that has a page of its own.
type Link struct{ URL, Title string }

// link leads to an answer or a flow, by what the matcher calls it.
func (s screen) link(ref string) Link {
	list, id, _ := strings.Cut(ref, "/")
	if list == "flow" {
		return Link{"/studio/flow/" + id, s.Told("learning.flow", map[string]string{"Flow": s.flow(id)})}
	}
	return Link{"/studio/answers/" + id, s.titleOf(ref)}
}

// titleOf is what an answer is called in the reader's language, else in any, else as the matcher calls it.
func (s screen) titleOf(ref string) string {
	e, there := s.answer(ref)
	if !there {
		return ref
	}
	return cmp.Or(e.Fields["title/"+string(s.Lang)], e.Fields["title/fa"], e.Fields["title/en"], e.ID)
}

// answer finds an answer as the reader has it.
func (s screen) answer(ref string) (texts.Entry, bool) {
	i := slices.IndexFunc(s.answers, func(e texts.Entry) bool { return answersList+"/"+e.ID == ref })
	if i < 0 {
		return texts.Entry{}, false
	}
	return s.answers[i], true
}

// classes are what questions are written in, as far as anything can be done about them.
var classes = []bot.Lang{bot.Fa, "fa-Latn", bot.Ar, "ar-Latn", bot.En}

// class names what a text is written in.
func (s screen) class(class bot.Lang) string {
	switch class {
	case "fa-Latn":
		return s.T("forms.finglish")
	case "ar-Latn":
		return s.T("learning.arabizi")
	default:
		return s.T("lang." + string(class))
	}
}

// column is where phrasings of a class stand, and what they are learnt as. Arabic in Latin letters has no column: the admin
// writes it in Arabic ones.
func column(class bot.Lang) (key string, as bot.Lang) {
	switch class {
	case "fa-Latn":
		return "alt/" + string(texts.Finglish), class
	case "ar-Latn":
		return "alt/ar", bot.Ar
	default:
		return "alt/" + string(class), class
	}
}

// reads is the direction of a class.
func reads(class bot.Lang) string {
	if class.RTL() {
		return "rtl"
	}
	return "ltr"
}
