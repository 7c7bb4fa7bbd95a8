package demoweb

import (
	"net"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// guard keeps the demo on this machine. The address of the caller must be this machine's, and so must the name by which
// he calls it: a page elsewhere that lets its own name point here (DNS rebinding) is refused, and so is a page elsewhere
// that posts to us.
func guard(next echo.HandlerFunc) echo.HandlerFunc {
	sameSite := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		r := c.Request()
		if !loopback(r.Host) || !loopback(r.RemoteAddr) || forwarded(r) || sameSite.Check(r) != nil {
			return echo.ErrForbidden
		}
		return next(c)
	}
}

// forwarded reports whether a proxy stands between: then "this machine" says nothing of who is calling.
func forwarded(r *http.Request) bool {
	return r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("X-Forwarded-Host") != ""
}

// loopback reports whether a host, with or without a port, is this machine.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
