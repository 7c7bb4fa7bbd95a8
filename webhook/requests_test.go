package webhook

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

func TestRequestsOfTheDeskAreTimedByRouteAndClassOfStatus(t *testing.T) {
	h := open(t, nil)
	h.web.POST("/desk/:chat/claim", func(c echo.Context) error {
		switch c.Param("chat") {
		case "taken":
			return c.NoContent(http.StatusConflict)
		case "away":
			return errors.New("the database is away")
		case "hidden":
			return echo.ErrNotFound
		}
		return c.NoContent(http.StatusOK)
	})
	h.web.GET("/desk/events", func(c echo.Context) error { return c.NoContent(http.StatusOK) })
	for _, chat := range []string{"1", "2", "taken", "away", "hidden"} {
		h.post(t, "/desk/"+chat+"/claim", "", nil)
	}
	h.get(t, "/desk/events")
	h.get(t, "/desk/1/guessed")
	h.get(t, "/board/guessed")
	for _, line := range []string{`"2xx"} 2`, `"4xx"} 2`, `"5xx"} 1`} {
		if !h.counts(`javab_desk_seconds_count{method="POST",route="/desk/:chat/claim",status=` + line) {
			t.Errorf("no %s", line)
		}
	}
	answer := httptest.NewRecorder()
	h.metrics.Handler(Access{Open: true}).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if n := strings.Count(answer.Body.String(), "javab_desk_seconds_count{"); n != 3 {
		t.Errorf("%d kinds of requests are timed", n)
	}
}
