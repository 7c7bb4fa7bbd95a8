package officeweb

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/webhook/page"
)

// maxStopped is how many deliveries and jobs the page shows.
const maxStopped = 100

// works is the state of the machine as a page shows it.
type works struct {
	page.Screen
	Stuck
}

// Waits tells how long the first job has been due.
func (w works) Waits() string {
	if w.Backlog == 0 || w.Oldest.IsZero() {
		return w.T("page.none")
	}
	return w.Lasted(w.Instant.Sub(w.Oldest))
}

// May reports whether the person may hand anything to the program again.
func (w works) May() bool { return w.Allows(http.MethodPost, "/ops/replay") }

func (o *Office) showOps(c echo.Context) error {
	s := o.Screen(c, "office.ops.title")
	stuck, err := o.Ops.Stuck(c.Request().Context(), maxStopped)
	if err != nil {
		return o.Refuse(c, fmt.Errorf("read what is stuck: %w", err))
	}
	return o.views.Render(c, http.StatusOK, "ops", works{s, stuck})
}

func (o *Office) replay(c echo.Context) error {
	kind, id := c.FormValue("kind"), c.FormValue("id")
	if kind != "delivery" && kind != "job" || id == "" {
		return echo.ErrBadRequest
	}
	if err := o.Ops.Replay(c.Request().Context(), o.Person(c), kind, id); err != nil {
		return o.Refuse(c, fmt.Errorf("replay %s %s: %w", kind, id, err))
	}
	return page.Lead(c, "/ops")
}

// table is one table of the page.
type table struct {
	works
	Kind string
	List []Stopped
}

// Table is what stopped, with its kind: "delivery" or "job".
func (w works) Table(kind string, list []Stopped) table { return table{w, kind, list} }
