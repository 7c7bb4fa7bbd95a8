package auth

import (
	"net"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Door lets the sample people of the demo in by a link that names them. `javab demo` alone mounts it, beside a database
// that is stamped as a demo's and that `serve` refuses; and it opens for callers on this machine alone.
func (a *Auth) Door(e *echo.Echo) {
	e.GET("/demo/door/:login", func(c echo.Context) error {
		if !here(c.Request()) {
			return echo.ErrForbidden
		}
		p := a.screen(c, "auth.door.title")
		p.Login = c.Param("login")
		return a.views.Render(c, http.StatusOK, "door", p)
	})
	e.POST("/demo/door/:login", func(c echo.Context) error {
		if !here(c.Request()) {
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

// here reports whether a request was made on this machine, by a name of this machine, and through no proxy.
func here(r *http.Request) bool {
	forwarded := r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("X-Forwarded-Host") != ""
	return loopback(r.Host) && loopback(r.RemoteAddr) && !forwarded
}

func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
