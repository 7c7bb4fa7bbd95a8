package deskweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/locales/text"
	"javab/webhook/assets"
)

// screen is what every page of the desk is made of: the frame, the person, and how his language writes things.
type screen struct {
	assets.Frame
	desk   *Desk
	By     bot.Staff
	lang   bot.Lang
	format text.Format
	now    time.Time
	Said   string // why something was refused
}

// The cookies of somebody's own look. They hold no secret.
const (
	langCookie  = "javab_lang"
	themeCookie = "javab_theme"
)

func (d *Desk) screen(c echo.Context, title string) screen {
	by := d.Person(c)
	lang := bot.Lang(cookie(c, langCookie))
	if !lang.Valid() {
		lang = by.Lang
	}
	if !lang.Valid() {
		lang = bot.Fa
	}
	s := screen{desk: d, By: by, lang: lang, format: text.For(lang), now: d.Now()}
	s.Frame = assets.Frame{
		Set: d.Assets, Speak: s.say, Lang: string(lang), Dir: direction(lang), Nonce: d.Nonce(c), Title: s.say(title),
		Sheets: []string{"css/desk.css"}, Script: "js/desk/main.js", Name: by.Name,
	}
	if theme := cookie(c, themeCookie); theme == "light" || theme == "dark" {
		s.Theme = theme
	}
	s.Rail = s.places(c.Request().URL.Path)
	s.choices()
	return s
}

func (s *screen) choices() {
	if s.desk.May(s.By, http.MethodPost, "/desk/status") {
		s.Status = string(bot.Away)
		if s.By.Status.Valid() {
			s.Status = string(s.By.Status)
		}
		for _, one := range []bot.StaffStatus{bot.Available, bot.OnBreak, bot.Away} {
			s.Statuses = append(s.Statuses, assets.Choice{ID: string(one), Label: s.say("page.status." + string(one)), Current: string(one) == s.Status})
		}
	}
	for _, lang := range bot.Langs {
		s.Langs = append(s.Langs, assets.Choice{ID: string(lang), Label: s.desk.Words.T(lang, "page.own", nil), Current: lang == s.lang})
	}
	for _, theme := range []string{"auto", "light", "dark"} {
		current := theme == s.Theme || theme == "auto" && s.Theme == ""
		s.Themes = append(s.Themes, assets.Choice{ID: theme, Label: s.say("page.theme." + theme), Current: current})
	}
}

func (s *screen) places(path string) []assets.Link {
	var links []assets.Link
	for _, p := range s.desk.Rail {
		if s.desk.May(s.By, http.MethodGet, p.URL) {
			current := path == p.URL || strings.HasPrefix(path, p.URL+"/")
			links = append(links, assets.Link{URL: p.URL, Label: s.say(p.ID), Icon: p.Icon, Current: current})
		}
	}
	return links
}

func cookie(c echo.Context, name string) string {
	if kept, err := c.Cookie(name); err == nil {
		return kept.Value
	}
	return ""
}

// setLook keeps the language and the theme that somebody has chosen for his pages.
func (d *Desk) setLook(c echo.Context) error {
	if lang := bot.Lang(c.FormValue("lang")); lang.Valid() {
		setCookie(c, langCookie, string(lang))
	}
	if theme := c.FormValue("theme"); slices.Contains([]string{"auto", "light", "dark"}, theme) {
		setCookie(c, themeCookie, theme)
	}
	return back(c, "/desk")
}

func setCookie(c echo.Context, name, value string) {
	c.SetCookie(&http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: c.IsTLS() || c.Scheme() == "https",
	})
}

// back leads to the page that the form stood on, or to another one of ours.
func back(c echo.Context, otherwise string) error {
	from, err := url.Parse(c.Request().Referer())
	if err != nil || from.Host != c.Request().Host || from.Path == "" || strings.HasPrefix(from.Path, "//") {
		return c.Redirect(http.StatusSeeOther, otherwise)
	}
	return c.Redirect(http.StatusSeeOther, from.RequestURI())
}

func direction(lang bot.Lang) string {
	if lang.RTL() {
		return "rtl"
	}
	return "ltr"
}

func (s screen) say(id string) string { return s.desk.Words.T(s.lang, id, nil) }

// Say returns a string with one value in it.
func (s screen) Say(id, name string, value any) string {
	return s.desk.Words.T(s.lang, id, map[string]any{name: value})
}

// Count returns the string for n of a thing.
func (s screen) Count(id string, n int) string { return s.desk.Words.Count(s.lang, id, n, nil) }

// N writes a number.
func (s screen) N(n int) string { return s.format.Number(int64(n)) }

// Moment is an instant as a page shows it.
type Moment struct {
	Text  string
	Title string // day and hour in words, and the day in the other calendar
	ISO   string
}

// Clock shows the hour of an instant.
func (s screen) Clock(t time.Time) Moment { return s.moment(t, s.format.Time(t)) }

// Day shows the day of an instant.
func (s screen) Day(t time.Time) Moment { return s.moment(t, s.format.ShortDate(t)) }

// When shows day and hour of an instant in figures.
func (s screen) When(t time.Time) Moment {
	return s.moment(t, s.format.ShortDate(t)+" "+s.format.Time(t))
}

func (s screen) moment(t time.Time, shown string) Moment {
	other := text.Jalali
	if s.lang == bot.Fa {
		other = text.Gregorian
	}
	title := s.format.Moment(t)
	if date, ok := text.DateOf(other, t.In(s.format.Location())); ok {
		title += " · " + s.format.Short(date)
	}
	return Moment{Text: shown, Title: title, ISO: t.UTC().Format(time.RFC3339)}
}
