package auth

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
	"javab/locales/text"
	"javab/webhook/page"
)

// screen is what the templates show.
type screen struct {
	page.Frame
	auth   *Auth
	Here   string // the page itself, to read it in another language
	Next   string // where the person wanted to go
	Home   string // where he may go
	Login  string
	Failed string // why it was refused
	Done   string // what was done

	Offer    staff.Offer
	Image    string   // of the offer
	Codes    []string // recovery codes, shown this once
	Left     int      // recovery codes that are left
	Forced   bool     // a new password has to be chosen first
	Sessions []browser
	Chats    []ownChat
	LinkCode string // shown this once
}

// browser is one session of the person.
type browser struct {
	ID, Agent, From, Since, Seen string
	Current                      bool
}

func (a *Auth) screen(c echo.Context, title string) screen {
	who := Person(c)
	lang := a.lang(c, who)
	p := screen{auth: a, Login: who.Login, Home: a.home(who), Next: local(c.FormValue("next")), Here: "/account"}
	p.Frame = page.Frame{
		Set: a.Assets, Speak: func(id string) string { return a.Words.T(lang, id, nil) }, Lang: lang, Theme: page.Theme(c),
		Nonce: a.Nonce(c), Sheets: []string{"css/auth.css"}, Name: who.Name,
	}
	p.Title = p.T(title)
	for _, one := range bot.Langs {
		p.Langs = append(p.Langs, page.Choice{ID: string(one), Label: a.Words.T(one, "page.own", nil), Current: one == lang})
	}
	if _, shown := a.rules.of(http.MethodGet, c.Path()); shown {
		p.Here = c.Request().URL.Path
	}
	if lang := bot.Lang(c.QueryParam("lang")); lang.Valid() {
		a.keepLang(c, lang)
	}
	return p
}

// lang is the language of a page: the one that is asked for, the one that was chosen, the person's, the browser's.
func (a *Auth) lang(c echo.Context, who bot.Staff) bot.Lang {
	candidates := []string{c.FormValue("lang"), page.Cookie(c, page.LangCookie), string(who.Lang)}
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

// home is where a person goes who asked for nothing else: the first page that his role may ask for.
func (a *Auth) home(who bot.Staff) string {
	for _, page := range a.Homes {
		if a.rules.May(who.Role, http.MethodGet, page) {
			return page
		}
	}
	return "/account"
}

// refused shows a page again with the reason. An error that is nobody's business is told as such, and logged by the
// caller of all.
func (a *Auth) refused(c echo.Context, name string, p screen, err error) error {
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
	return a.views.Render(c, status, name, p)
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
	page.Tell(a.Log, c, err)
	c.Response().Header().Set("Retry-After", "5")
	return a.views.Render(c, http.StatusServiceUnavailable, "away", a.screen(c, "auth.away.title"))
}

// N returns a string for a number of things.
func (p screen) N(id string, n int) string { return p.auth.Words.Count(p.Lang, id, n, nil) }

func (p screen) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return text.For(p.Lang).Moment(t)
}
