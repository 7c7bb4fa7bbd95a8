package auth

import (
	"net/http"

	"javab/webhook/page"

	"github.com/labstack/echo/v4"
)

// Door lets the sample people of the demo in by a link that names them. `javab demo` alone mounts it, beside a database
// that is stamped as a demo's and that `serve` refuses; and it opens for callers on this machine alone.
func (a *Auth) Door(e *echo.Echo) {
	e.GET("/demo/door/:login", func(c echo.Context) error {
		if !page.Here(c.Request()) {
			return echo.ErrForbidden
		}
		p := a.screen(c, "auth.door.title")
		p.Login = c.Param("login")
		return a.views.Render(c, http.StatusOK, "door", p)
	})
	e.POST("/demo/door/:login", func(c echo.Context) error {
		if !page.Here(c.Request()) {
			return echo.ErrForbidden
		}
		p := a.screen(c, "auth.door.title")
		entry, err := a.Gate.Admit(c.Request().Context(), c.Param("login"), a.from(c))
		if err != nil {
			return a.refused(c, "door", p, err)
		}
		a.keep(c, entry.Token)
		who, err := a.Gate.Who(c.Request().Context(), entry.Token)
		if err != nil {
			return a.away(c, err)
		}
		return a.on(c, a.home(who), "")
	})
}
