package page

import "github.com/labstack/echo/v4"

// Route is one page or act of a site S: how it is asked for, and what answers.
type Route[S any] struct {
	Method, Path string
	Do           func(S, echo.Context) error
}

// MountOn adds routes under the address of a site. enter finds the site that a request is for and lets it answer: always
// the same one, or that of the person who asks; where there is none, it answers itself.
func MountOn[S any](g *echo.Group, routes []Route[S], enter func(c echo.Context, answer func(S) error) error) {
	for _, r := range routes {
		g.Add(r.Method, r.Path, func(c echo.Context) error {
			return enter(c, func(site S) error { return r.Do(site, c) })
		})
	}
}

// Always enters the same site for every request.
func Always[S any](site S) func(echo.Context, func(S) error) error {
	return func(_ echo.Context, answer func(S) error) error { return answer(site) }
}
