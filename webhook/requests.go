package webhook

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
)

// requestBuckets are seconds. A claim is to answer within .05 of them: around there they are close.
var requestBuckets = []float64{.002, .005, .01, .015, .02, .03, .04, .05, .075, .1, .15, .25, .5, 1, 2.5}

// newRequests times what officers ask for. Its labels are patterns of routes and classes of statuses: few, whatever is
// asked for.
func newRequests() *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "javab_desk_seconds", Help: "Time that requests of officers take in the server, with session and page.", Buckets: requestBuckets,
	}, []string{"method", "route", "status"})
}

// timed times the requests of the desk and the board, but not streams, which stay open.
func (m *Metrics) timed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		route := c.Path()
		if !strings.HasPrefix(route, "/desk") && !strings.HasPrefix(route, "/board") || route == "/desk/events" {
			return next(c)
		}
		timer := prometheus.NewTimer(prometheus.ObserverFunc(func(seconds float64) {
			m.requests.WithLabelValues(c.Request().Method, route, class(c, err)).Observe(seconds)
		}))
		defer timer.ObserveDuration()
		return next(c)
	}
}

// class is that of the status with which a request is answered: an error is answered behind us.
func class(c echo.Context, err error) string {
	status := c.Response().Status
	if err != nil && !c.Response().Committed {
		status = http.StatusInternalServerError
		if he, ok := errors.AsType[*echo.HTTPError](err); ok {
			status = he.Code
		}
	}
	return strconv.Itoa(status/100) + "xx"
}
