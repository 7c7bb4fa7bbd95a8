package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

//go:embed layout/frame.html
var layout embed.FS

// frame are the templates that all pages share: "top", "head", "rail", "icon", "words", "said", "refused". It is cloned,
// never executed.
var frame = template.Must(template.ParseFS(layout, "layout/frame.html"))

// Views are the templates of one kind of pages. What they are executed with embeds a Frame.
type Views struct{ templates *template.Template }

// Parse parses templates with those of the frame beside them.
func Parse(own embed.FS) (*Views, error) {
	views := template.Must(frame.Clone())
	if _, err := views.ParseFS(own, "pages/*.html"); err != nil {
		return nil, fmt.Errorf("parse pages: %w", err)
	}
	return &Views{views}, nil
}

// HTML executes one template whole.
func (v *Views) HTML(name string, data any) (template.HTML, error) {
	var out bytes.Buffer
	if err := v.templates.ExecuteTemplate(&out, name, data); err != nil {
		return "", fmt.Errorf("render %s: %w", name, err)
	}
	return template.HTML(out.String()), nil
}

// Render answers with one template. A page that breaks half way is not sent at all.
func (v *Views) Render(c echo.Context, status int, name string, data any) error {
	html, err := v.HTML(name, data)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Vary", "HX-Request")
	return c.HTML(status, string(html))
}

var refusals = Views{template.Must(frame.Clone())}

// Refuse tells a person why something was not done, and the log when that is the program's own fault.
func (s *Shell) Refuse(c echo.Context, err error) error {
	screen := s.Screen(c, "page.refused")
	screen.Said = screen.Explain(err)
	if Swapped(c) {
		c.Response().Header().Set("HX-Retarget", "#said")
		c.Response().Header().Set("HX-Reswap", "innerHTML")
		return refusals.Render(c, StatusOf(err), "said", screen)
	}
	return refusals.Render(c, StatusOf(err), "refused", screen)
}

// Swapped reports whether the request asks for a piece of the page that stands in the browser already.
func Swapped(c echo.Context) bool { return c.Request().Header.Get("HX-Request") == "true" }

// Lead sends the browser to another page.
func Lead(c echo.Context, to string) error {
	if Swapped(c) {
		c.Response().Header().Set("HX-Redirect", to)
		return c.NoContent(http.StatusOK)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// StatusOf is the answer's status for an error.
func StatusOf(err error) int {
	switch bot.KindOf(err) {
	case bot.NotFound:
		return http.StatusNotFound
	case bot.Conflict:
		return http.StatusConflict
	case bot.Invalid:
		return http.StatusUnprocessableEntity
	case bot.Forbidden:
		return http.StatusForbidden
	case bot.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}
