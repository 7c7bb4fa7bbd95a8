package page

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

// The cookies of somebody's own look. They hold no secret.
const (
	LangCookie  = "javab_lang"
	ThemeCookie = "javab_theme"
)

// auto is the theme of the machine.
const auto = "auto"

// Theme is what the browser has chosen: light, dark, or empty for that of the machine.
func Theme(c echo.Context) string {
	if theme := Cookie(c, ThemeCookie); theme == "light" || theme == "dark" {
		return theme
	}
	return ""
}

// Cookie is the value of a cookie, empty when there is none.
func Cookie(c echo.Context, name string) string {
	if kept, err := c.Cookie(name); err == nil {
		return kept.Value
	}
	return ""
}

// SetLook keeps the language and the theme that somebody has chosen for his pages.
func (s *Shell) SetLook(c echo.Context) error {
	if lang := bot.Lang(c.FormValue("lang")); lang.Valid() {
		setCookie(c, LangCookie, string(lang))
	}
	if theme := c.FormValue("theme"); slices.Contains([]string{auto, "light", "dark"}, theme) {
		setCookie(c, ThemeCookie, theme)
	}
	return Back(c, "/desk")
}

func setCookie(c echo.Context, name, value string) {
	c.SetCookie(&http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: c.IsTLS() || c.Scheme() == "https",
	})
}

// Back leads to the page that the form stood on, or to another one of ours.
func Back(c echo.Context, otherwise string) error {
	from, err := url.Parse(c.Request().Referer())
	if err != nil || from.Host != c.Request().Host || from.Path == "" || from.Path[0] != '/' || len(from.Path) > 1 && from.Path[1] == '/' {
		return c.Redirect(http.StatusSeeOther, otherwise)
	}
	return c.Redirect(http.StatusSeeOther, from.RequestURI())
}
