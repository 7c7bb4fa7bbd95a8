package auth

import (
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
)

func (a *Auth) mountSignIn(e *echo.Echo) {
	e.GET("/login", func(c echo.Context) error {
		return a.views.Render(c, http.StatusOK, "login", a.screen(c, "auth.login.title"))
	})
	e.GET("/", a.begin)
	e.POST("/login", a.password)
	e.GET("/login/code", a.showCode("code", staff.StageCode))
	e.POST("/login/code", a.code("code"))
	e.GET("/login/setup", a.showSetup)
	e.POST("/login/setup", a.setup)
	e.GET("/lock", a.showCode("lock", staff.StageOpen, staff.StageChange))
	e.POST("/lock", a.code("lock"))
	e.POST("/lock/now", a.lock)
	e.POST("/logout", a.leave)
}

// begin leads whoever typed the bare address to where he begins.
func (a *Auth) begin(c echo.Context) error {
	s, who, err := a.Gate.Visit(c.Request().Context(), a.token(c), true)
	switch {
	case errors.Is(err, staff.ErrOver):
		return c.Redirect(http.StatusSeeOther, "/login")
	case err != nil:
		return a.away(c, err)
	case s.Stage != staff.StageOpen:
		return c.Redirect(http.StatusSeeOther, "/account") // from there he is sent to what he has to do first
	}
	return c.Redirect(http.StatusSeeOther, a.home(who))
}

// password is the first half of a sign-in.
func (a *Auth) password(c echo.Context) error {
	p := a.screen(c, "auth.login.title")
	if lang := bot.Lang(c.FormValue("lang")); lang.Valid() {
		a.keepLang(c, lang)
	}
	p.Login = c.FormValue("login")
	entry, err := a.Gate.Password(c.Request().Context(), p.Login, c.FormValue("password"), a.token(c), a.from(c))
	if err != nil {
		return a.refused(c, "login", p, err)
	}
	a.keep(c, entry.Token)
	if entry.Stage == staff.StageEnrol {
		return a.on(c, "/login/setup", p.Next)
	}
	return a.on(c, "/login/code", p.Next)
}

// on leads further, and remembers where the person wanted to go.
func (a *Auth) on(c echo.Context, to, next string) error {
	if next != "" {
		to += "?" + url.Values{"next": {next}}.Encode()
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// halfway is the session of a page that is asked for before the session opens anything; whoever has none, or is further,
// is led there.
func (a *Auth) halfway(c echo.Context, stages ...staff.Stage) (ok bool, err error) {
	s, who, err := a.Gate.Visit(c.Request().Context(), a.token(c), true)
	if errors.Is(err, staff.ErrOver) {
		return false, a.on(c, "/login", local(c.FormValue("next")))
	}
	if err != nil {
		return false, a.away(c, err)
	}
	c.Set(visitKey, visit{s, who, a.token(c), false})
	if slices.Contains(stages, s.Stage) {
		return true, nil
	}
	return false, a.on(c, a.home(who), "") // the guard leads on from there
}

// showCode asks for a code: after the password, or to open what is locked.
func (a *Auth) showCode(name string, stages ...staff.Stage) echo.HandlerFunc {
	return func(c echo.Context) error {
		if ok, err := a.halfway(c, stages...); !ok {
			return err
		}
		return a.views.Render(c, http.StatusOK, name, a.screen(c, "auth."+name+".title"))
	}
}

// code takes one.
func (a *Auth) code(name string) echo.HandlerFunc {
	return func(c echo.Context) error {
		if ok, err := a.halfway(c, staff.StageCode, staff.StageOpen, staff.StageChange); !ok {
			return err
		}
		p := a.screen(c, "auth."+name+".title")
		entry, err := a.Gate.Code(c.Request().Context(), a.token(c), c.FormValue("code"), a.from(c))
		if errors.Is(err, staff.ErrOver) {
			return a.on(c, "/login", p.Next)
		}
		if err != nil {
			return a.refused(c, name, p, err)
		}
		a.keep(c, entry.Token)
		return c.Redirect(http.StatusSeeOther, p.goal(entry.Session))
	}
}

// goal is where a person goes who is let in.
func (p screen) goal(s staff.Session) string {
	switch {
	case s.Stage == staff.StageChange:
		return "/account"
	case p.Next != "":
		return p.Next
	default:
		return p.Home
	}
}

// showSetup offers a second factor to somebody who has none yet.
func (a *Auth) showSetup(c echo.Context) error {
	if ok, err := a.halfway(c, staff.StageEnrol); !ok {
		return err
	}
	return a.offer(c, "setup", nil)
}

// offer shows the second factor that somebody is about to take over, and why the last try was refused.
func (a *Auth) offer(c echo.Context, name string, failed error) error {
	p := a.screen(c, "auth.setup.title")
	var err error
	if p.Offer, err = a.Gate.Offer(c.Request().Context(), a.token(c)); err != nil {
		return a.refused(c, "denied", p, err)
	}
	p.Image = base64.StdEncoding.EncodeToString(p.Offer.Image)
	if failed != nil {
		return a.refused(c, name, p, failed)
	}
	return a.views.Render(c, http.StatusOK, name, p)
}

// Picture is the offer's QR code. It is ours from end to end.
func (p screen) Picture() template.URL { return template.URL("data:image/png;base64," + p.Image) }

func (a *Auth) setup(c echo.Context) error {
	if ok, err := a.halfway(c, staff.StageEnrol); !ok {
		return err
	}
	return a.enrol(c, "setup")
}

// enrol takes the first code of a second factor, and shows the recovery codes.
func (a *Auth) enrol(c echo.Context, name string) error {
	entry, codes, err := a.Gate.Enrol(c.Request().Context(), a.token(c), c.FormValue("code"), a.from(c))
	if errors.Is(err, staff.ErrOver) {
		return a.on(c, "/login", local(c.FormValue("next")))
	}
	if err != nil {
		return a.offer(c, name, err)
	}
	a.keep(c, entry.Token)
	p := a.screen(c, "auth.recovery.title")
	p.Codes, p.Next = codes, p.goal(entry.Session)
	return a.views.Render(c, http.StatusOK, "recovery", p)
}

// lock makes the session wait for a code, for somebody who leaves his place.
func (a *Auth) lock(c echo.Context) error {
	if err := a.Gate.Lock(c.Request().Context(), a.token(c)); err != nil && !errors.Is(err, staff.ErrOver) {
		return a.away(c, err)
	}
	return a.on(c, "/lock", local(a.standing(c.Request())))
}

// leave signs out.
func (a *Auth) leave(c echo.Context) error {
	if err := a.Gate.Leave(c.Request().Context(), a.token(c), a.from(c)); err != nil && !errors.Is(err, staff.ErrOver) {
		return a.away(c, err)
	}
	a.keep(c, "")
	c.Response().Header().Set("Clear-Site-Data", `"cache"`)
	return a.on(c, "/login", "")
}
