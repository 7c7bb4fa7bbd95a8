package auth

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
	"javab/locales/text"
)

// page is what the templates show.
type page struct {
	auth   *Auth
	Lang   bot.Lang
	Theme  string
	Nonce  string
	Title  string
	Here   string // the page itself, to read it in another language
	Next   string // where the person wanted to go
	Home   string // where he may go
	Name   string
	Login  string
	Failed string // why it was refused
	Done   string // what was done

	Offer    staff.Offer
	Image    string   // of the offer
	Codes    []string // recovery codes, shown this once
	Left     int      // recovery codes that are left
	Forced   bool     // a new password has to be chosen first
	Sessions []browser
}

// browser is one session of the person.
type browser struct {
	ID, Agent, From, Since, Seen string
	Current                      bool
}

func (a *Auth) page(c echo.Context, title string) page {
	who := Person(c)
	p := page{auth: a, Lang: a.lang(c, who), Nonce: a.Nonce(c), Name: who.Name, Login: who.Login, Home: a.home(who)}
	p.Title, p.Next, p.Here = p.T(title), local(c.FormValue("next")), "/account"
	if _, shown := a.rules.of(http.MethodGet, c.Path()); shown {
		p.Here = c.Request().URL.Path
	}
	if lang := bot.Lang(c.QueryParam("lang")); lang.Valid() {
		a.keepLang(c, lang)
	}
	if theme := cookie(c, themeCookie); theme == "light" || theme == "dark" {
		p.Theme = theme
	}
	return p
}

// lang is the language of a page: the one that is asked for, the one that was chosen, the person's, the browser's.
func (a *Auth) lang(c echo.Context, who bot.Staff) bot.Lang {
	candidates := []string{c.FormValue("lang"), cookie(c, langCookie), string(who.Lang)}
	for wish := range strings.SplitSeq(c.Request().Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(wish), ";")
		tag, _, _ = strings.Cut(tag, "-")
		candidates = append(candidates, strings.ToLower(tag))
	}
	for _, lang := range candidates {
		if bot.Lang(lang).Valid() {
			return bot.Lang(lang)
		}
	}
	return bot.Fa
}

// home is where a person goes who asked for nothing else.
func (a *Auth) home(who bot.Staff) string {
	switch {
	case a.Home != "":
		return a.Home
	case a.rules.May(who.Role, http.MethodGet, "/desk"):
		return "/desk"
	default:
		return "/account"
	}
}

// show writes a page. One that breaks half way is not sent at all.
func (a *Auth) show(c echo.Context, status int, name string, p page) error {
	var out bytes.Buffer
	if err := a.view.ExecuteTemplate(&out, name, p); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	return c.HTMLBlob(status, out.Bytes())
}

// refused shows a page again with the reason. An error that is nobody's business is told as such, and logged by the
// caller of all.
func (a *Auth) refused(c echo.Context, name string, p page, err error) error {
	told, is := errors.AsType[*bot.Error](err)
	if !is {
		return err
	}
	status := http.StatusForbidden
	switch told.Kind {
	case bot.Invalid:
		status = http.StatusUnprocessableEntity
	case bot.Unavailable:
		return a.away(c, err)
	}
	p.Failed = a.sentence(p.Lang, told)
	if told.Key == "auth.wait" {
		status = http.StatusTooManyRequests
		c.Response().Header().Set("Retry-After", told.Params["N"])
	}
	return a.show(c, status, name, p)
}

// sentence is an error in words; one with a count in the form that the language has for it.
func (a *Auth) sentence(lang bot.Lang, err *bot.Error) string {
	if n, isCount := strconv.Atoi(err.Params["N"]); isCount == nil {
		return a.Words.Count(lang, err.Key, n, nil)
	}
	return a.Words.Error(lang, err)
}

// away says that nobody can sign in now: without the database nobody is let in.
func (a *Auth) away(c echo.Context, err error) error {
	if bot.KindOf(err) != bot.Unavailable {
		return err
	}
	c.Response().Header().Set("Retry-After", "5")
	return a.show(c, http.StatusServiceUnavailable, "away", a.page(c, "auth.away.title"))
}

// T returns a string in the page's language.
func (p page) T(id string) string { return p.auth.Words.T(p.Lang, id, nil) }

// N returns a string for a number of things.
func (p page) N(id string, n int) string { return p.auth.Words.Count(p.Lang, id, n, nil) }

// Dir is the page's direction.
func (p page) Dir() string {
	if p.Lang.RTL() {
		return "rtl"
	}
	return "ltr"
}

// Asset returns the address of a file.
func (p page) Asset(name string) string { return p.auth.Assets.URL(name) }

// Icon returns the address of a sign.
func (p page) Icon(name string) string { return p.auth.Assets.URL("icons/lucide.svg") + "#" + name }

// tongue is a language to read the page in.
type tongue struct {
	ID      bot.Lang
	Name    string
	Current bool
}

// Langs are the languages of the page, each named in itself.
func (p page) Langs() []tongue {
	var list []tongue
	for _, lang := range bot.Langs {
		list = append(list, tongue{lang, p.auth.Words.T(lang, "auth.own", nil), lang == p.Lang})
	}
	return list
}

func (p page) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return text.For(p.Lang).Moment(t)
}
