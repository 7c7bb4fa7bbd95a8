// Package authtest walks over all routes of an assembled program and all roles, and finds what roles.yaml does not say.
//
// It knows the table and the guard. It never calls a page of the program: what a role may do is asked of twins, with the
// same routes and nothing behind them.
package authtest

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/auth"
)

// SignIn opens a session of somebody of the role, with a second factor proven just now, and returns its cookie.
type SignIn func(t *testing.T, role bot.Role) *http.Cookie

// Walk fails for every route of e that roles.yaml does not name, for each that it names and e has not (but those that
// optional names, by their beginning), for each that lets in somebody who has not signed in, and for each role that
// comes further than the table says, or less far.
func Walk(t *testing.T, e *echo.Echo, a *auth.Auth, signIn SignIn, optional ...string) {
	t.Helper()
	rules := a.Rules()
	for _, route := range rules.Missing(e) {
		t.Errorf("%s is not in roles.yaml", route)
	}
	for _, route := range rules.Stale(e) {
		if !begins(route, optional) {
			t.Errorf("%s is in roles.yaml and is no route", route)
		}
	}
	twins := twin(e, a)
	for _, route := range e.Routes() {
		if rules.Open(route.Method, route.Path) || route.Method == echo.RouteNotFound {
			continue
		}
		if code := ask(e, route, nil); code != http.StatusSeeOther && code != http.StatusUnauthorized {
			t.Errorf("%s %s answers a stranger with %d", route.Method, route.Path, code)
		}
		for _, role := range bot.Roles {
			want := http.StatusForbidden
			if rules.May(role, route.Method, route.Path) {
				want = http.StatusNoContent
			}
			if code := ask(twins, route, signIn(t, role)); code != want {
				t.Errorf("%s %s answers a %s with %d, want %d", route.Method, route.Path, role, code, want)
			}
		}
	}
}

func begins(route string, with []string) bool {
	for _, beginning := range with {
		if strings.HasPrefix(route, beginning) {
			return true
		}
	}
	return false
}

// twin has the same routes behind the same guard, and nothing behind them.
func twin(e *echo.Echo, a *auth.Auth) *echo.Echo {
	empty := echo.New()
	empty.Use(a.Guard)
	for _, route := range e.Routes() {
		empty.Add(route.Method, route.Path, func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	}
	return empty
}

var param = regexp.MustCompile(`:\w+|\*`)

func ask(e *echo.Echo, route *echo.Route, cookie *http.Cookie) int {
	request := httptest.NewRequest(route.Method, param.ReplaceAllString(route.Path, "x"), nil)
	if cookie != nil {
		request.AddCookie(cookie)
	}
	answer := httptest.NewRecorder()
	e.ServeHTTP(answer, request)
	return answer.Code
}
