package demoweb

import (
	"net/http"

	"javab/webhook/page"

	"github.com/labstack/echo/v4"
)

// guard keeps the demo on this machine; a page elsewhere that posts to us is refused too.
func guard(next echo.HandlerFunc) echo.HandlerFunc {
	sameSite := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		r := c.Request()
		if !page.Here(r) || sameSite.Check(r) != nil {
			return echo.ErrForbidden
		}
		return next(c)
	}
}
