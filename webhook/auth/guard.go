package auth

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
)

const visitKey = "javab.visit"

// visit is who asks.
type visit struct {
	session staff.Session
	who     bot.Staff
	token   string
	fresh   bool
}

// Person returns who is signed in, as he is at this request; nobody on the routes of visitors.
func Person(c echo.Context) bot.Staff { return visitOf(c).who }

// Fresh reports whether the person has proven his second factor in the last five minutes.
func Fresh(c echo.Context) bool { return visitOf(c).fresh }

func visitOf(c echo.Context) visit {
	v, _ := c.Get(visitKey).(visit)
	return v
}

// The bodies that are read from staff.
const (
	maxBody   = 1 << 20
	maxUpload = 21 << 20
)

// Guard lets a request through to whom roles.yaml says. What it does not name is refused to everybody. Mount puts it
// before all routes.
func (a *Auth) Guard(next echo.HandlerFunc) echo.HandlerFunc {
	visitors, missing := a.Page(next), a.Page(a.missing)
	persons := a.Page(func(c echo.Context) error { return a.admit(c, next) })
	return func(c echo.Context) error {
		if c.Path() == "" && wantsPage(c.Request()) {
			return missing(c)
		}
		if c.Path() == "" || c.Get(echo.ContextKeyHeaderAllow) != nil {
			return next(c) // there is no such route, or not by this method: it says so itself
		}
		r, known := a.rules.of(c.Request().Method, c.Path())
		if !known {
			return echo.ErrForbidden
		}
		if r.anyone {
			return next(c)
		}
		if a.cross.Check(c.Request()) != nil {
			return echo.ErrForbidden
		}
		c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, limitOf(r))
		if r.visitor {
			return visitors(c)
		}
		return persons(c)
	}
}

// wantsPage reports whether somebody goes to an address in a browser.
func wantsPage(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// missing is the page of an address that leads nowhere, the same for everybody.
func (a *Auth) missing(c echo.Context) error {
	return a.views.Render(c, http.StatusNotFound, "missing", a.screen(c, "auth.missing.title"))
}

func limitOf(r rule) int64 {
	if r.upload {
		return maxUpload
	}
	return maxBody
}

// admit asks who it is, and whether he may.
func (a *Auth) admit(c echo.Context, next echo.HandlerFunc) error {
	r, _ := a.rules.of(c.Request().Method, c.Path())
	token := a.token(c)
	s, who, err := a.Gate.Visit(c.Request().Context(), token, r.quiet)
	if errors.Is(err, staff.ErrOver) {
		return a.send(c, r, "/login")
	}
	if err != nil {
		return a.away(c, err)
	}
	now := a.Now()
	switch {
	case s.Stage == staff.StageCode:
		return a.send(c, r, "/login/code")
	case s.Stage == staff.StageEnrol:
		return a.send(c, r, "/login/setup")
	case s.Locked(now):
		return a.send(c, r, "/lock")
	case s.Stage == staff.StageChange && !r.change:
		return a.send(c, r, "/account")
	}
	c.Set(visitKey, visit{s, who, token, s.Fresh(now)})
	if !slices.Contains(r.roles, who.Role) {
		return a.views.Render(c, http.StatusForbidden, "denied", a.screen(c, "auth.denied.title"))
	}
	if r.fresh && !s.Fresh(now) {
		return a.send(c, r, "/lock")
	}
	return next(c)
}

// send leads a person to what he has to do first. What the browser asks for by itself, a stream above all, is told so
// and led nowhere.
func (a *Auth) send(c echo.Context, r rule, to string) error {
	request := c.Request()
	swapped := request.Header.Get("HX-Request") == "true"
	if r.quiet && !swapped {
		return echo.ErrUnauthorized
	}
	wanted := request.URL.RequestURI()
	if swapped || request.Method != http.MethodGet {
		wanted = a.standing(request)
	}
	to += "?" + url.Values{"next": {local(wanted)}}.Encode()
	if swapped {
		c.Response().Header().Set("HX-Redirect", to)
		return c.NoContent(http.StatusUnauthorized)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// standing is the page on which a form or a script of ours stands: there the person goes on.
func (a *Auth) standing(r *http.Request) string {
	for _, from := range []string{r.Header.Get("HX-Current-URL"), r.Referer()} {
		if u, err := url.Parse(from); err == nil && u.Host == r.Host && u.Path != "" {
			return u.RequestURI()
		}
	}
	return ""
}

// local is the address if it is one of ours, and nothing otherwise.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(address, "/") ||
		strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\t\r\n") {
		return ""
	}
	return address
}

// Alive reports whether the session of a stream still opens it: a stream asks from time to time, and ends with an error.
// It is no sign of life.
func (a *Auth) Alive(c echo.Context) error {
	s, who, err := a.Gate.Visit(c.Request().Context(), a.token(c), true)
	if err != nil {
		return err
	}
	if s.Stage != staff.StageOpen || s.Locked(a.Now()) || !a.rules.May(who.Role, c.Request().Method, c.Path()) {
		return staff.ErrOver
	}
	return nil
}
