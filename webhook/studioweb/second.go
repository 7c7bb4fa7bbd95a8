package studioweb

import (
	"github.com/labstack/echo/v4"

	"javab/flows/studio"
	"javab/webhook/page"
)

// request is content that waits for a second person's yes.
type request struct {
	studio.Request
	screen
	Who  string
	When page.Moment
	Goes page.Moment // when it goes out by itself
	Mine bool
}

// waitsShown is how many requests are read to find those that wait.
const waitsShown = 50

// waiting are the requests that wait.
func (w *Web) waiting(c echo.Context, s screen, staff page.Staff) (list []request, err error) {
	all, err := w.Second.Waiting(c.Request().Context(), waitsShown)
	for _, r := range all {
		if r.State != studio.Open {
			continue
		}
		one := request{Request: r, screen: s, Who: staff.Name(r.By), When: s.When(r.At), Mine: r.By == s.By.ID}
		if !r.Due.IsZero() {
			one.Goes = s.When(r.Due)
		}
		list = append(list, one)
	}
	return list, err
}

// agree is the second person's yes, or no.
func (w *Web) agree(c echo.Context) error {
	ctx, id := c.Request().Context(), c.FormValue("id")
	var err error
	if c.FormValue("verdict") == "yes" {
		_, err = w.Second.Agree(ctx, w.who(c), id)
	} else {
		err = w.Second.Refuse(ctx, w.who(c), id, c.FormValue("reason"))
	}
	if err != nil {
		return w.Refuse(c, err)
	}
	return page.Lead(c, "/studio")
}
