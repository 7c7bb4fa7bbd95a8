package page

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/locales"
	"javab/locales/text"
	"javab/webhook/assets"
)

// Shell makes the screens of one site. All fields are needed but Base, Strip, Waits and Log.
type Shell struct {
	Assets *assets.Set
	Words  *locales.Localizer
	// Person is who is signed in, Nonce the answer's nonce; both are set by middleware before the page.
	Person func(echo.Context) bot.Staff
	Nonce  func(echo.Context) string
	// Rail leads to the pages; Allows tells whether somebody may ask for a route.
	Rail   []Place
	Allows func(by bot.Staff, method, path string) bool
	Now    func() time.Time
	// Base is where the site stands, "/training"; empty: at the root. Routes and places are named without it.
	Base string
	// Strip stands over all pages of a site that is not the real one; nil: it is.
	Strip *Strip
	// Waits counts what waits for somebody behind a place of the rail; nil: nothing is counted.
	Waits func(c echo.Context, by bot.Staff, place string) int
	// Log is told of errors that are the program's own fault; nil: they are lost.
	Log *slog.Logger
}

// Way is the address of a page of this site, by its place in it: "/desk".
func (s *Shell) Way(path string) string { return s.Base + path }

// Place is one entry of the rail: its address, the id of its name, its icon.
type Place struct{ URL, ID, Icon string }

// Screen is what every page is made of: the frame, the person, and how his language writes things.
type Screen struct {
	Frame
	By      bot.Staff
	Format  text.Format
	Instant time.Time // of the page
	Said    string    // why something was refused

	shell *Shell
	tell  func(error) // the log of the site, of an error of this request
}

// Screen begins a page; title is the id of its name.
func (s *Shell) Screen(c echo.Context, title string) Screen {
	by, lang := s.Person(c), bot.Lang(Cookie(c, LangCookie))
	if !lang.Valid() {
		lang = by.Lang
	}
	if !lang.Valid() {
		lang = bot.Fa
	}
	screen := Screen{shell: s, tell: func(err error) { s.Tell(c, err) }, By: by, Format: text.For(lang), Instant: s.Now()}
	screen.Frame = Frame{
		Set: s.Assets, Speak: func(id string) string { return s.Words.T(lang, id, nil) }, Lang: lang, Nonce: s.Nonce(c),
		Base: s.Base, Millis: screen.Instant.UnixMilli(), Strip: s.Strip, Theme: Theme(c), Sheets: []string{"css/layout.css", "css/desk.css"}, Script: "js/desk/main.js", Swap: true, Name: by.Name,
	}
	screen.Title = screen.T(title)
	screen.Rail = screen.places(c)
	screen.choices()
	return screen
}

// Allows reports whether the person may ask for a route of this site.
func (s Screen) Allows(method, path string) bool { return s.shell.Allows(s.By, method, s.Way(path)) }

func (s *Screen) choices() {
	if s.Allows(http.MethodPost, "/desk/status") {
		s.Status = string(bot.Away)
		if s.By.Status.Valid() {
			s.Status = string(s.By.Status)
		}
		for _, one := range []bot.StaffStatus{bot.Available, bot.OnBreak, bot.Away} {
			s.Statuses = append(s.Statuses, Choice{ID: string(one), Label: s.T("page.status." + string(one)), Current: string(one) == s.Status})
		}
	}
	for _, lang := range bot.Langs {
		s.Langs = append(s.Langs, Choice{ID: string(lang), Label: s.shell.Words.T(lang, "page.own", nil), Current: lang == s.Lang})
	}
	for _, theme := range []string{auto, "light", "dark"} {
		current := theme == s.Theme || theme == auto && s.Theme == ""
		s.Themes = append(s.Themes, Choice{ID: theme, Label: s.T("page.theme." + theme), Current: current})
	}
}

func (s *Screen) places(c echo.Context) []Link {
	var links []Link
	path := c.Request().URL.Path
	for _, p := range s.shell.Rail {
		shown, may := s.Way(p.URL), s.Allows(http.MethodGet, p.URL)
		within := slices.ContainsFunc(links, func(l Link) bool { return strings.HasPrefix(shown, l.URL+"/") })
		if !within && may { // a part of a place is for those who may not enter the whole
			nearer := slices.ContainsFunc(links, func(l Link) bool { return l.Current && strings.HasPrefix(l.URL, shown+"/") })
			current := path == shown || strings.HasPrefix(path, shown+"/") && !nearer
			links = append(links, Link{URL: shown, Label: s.T(p.ID), Icon: p.Icon, Current: current, Count: s.waits(c, p.URL)})
		}
	}
	return links
}

// waits writes how much waits behind a place.
func (s *Screen) waits(c echo.Context, place string) string {
	if s.shell.Waits == nil {
		return ""
	}
	if n := s.shell.Waits(c, s.By, place); n > 0 {
		return s.N(n)
	}
	return ""
}

// Say returns a string with one value in it.
func (s Screen) Say(id, name string, value any) string {
	return s.shell.Words.T(s.Lang, id, map[string]any{name: value})
}

// Explain is what an error says to a person in the language of the page. One that is the program's own fault says no more
// than that there was one: the log gets it whole.
func (s Screen) Explain(err error) string {
	s.tell(err)
	return s.shell.Words.Error(s.Lang, err)
}

// Told is a string of the catalogs, filled in.
func (s Screen) Told(id string, params map[string]string) string {
	data := make(map[string]any, len(params))
	for name, value := range params {
		data[name] = value
	}
	return s.shell.Words.T(s.Lang, id, data)
}

// Count returns the string for n of a thing.
func (s Screen) Count(id string, n int) string { return s.shell.Words.Count(s.Lang, id, n, nil) }

// N writes a number.
func (s Screen) N(n int) string { return s.Format.Number(int64(n)) }
