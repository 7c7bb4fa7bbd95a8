package studioweb

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
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

func (s screen) request(r studio.Request, staff page.Staff) request {
	one := request{Request: r, screen: s, Who: staff.Name(r.By), When: s.When(r.At), Mine: r.By == s.By.ID}
	if !r.Due.IsZero() {
		one.Goes = s.When(r.Due)
	}
	return one
}

// waitsShown is how many requests are read to find those that wait.
const waitsShown = 50

// waiting are the requests that wait.
func (w *Web) waiting(c echo.Context, s screen, staff page.Staff) (list []request, err error) {
	all, err := w.Second.Waiting(c.Request().Context(), waitsShown)
	for _, r := range all {
		if r.State == studio.Open {
			list = append(list, s.request(r, staff))
		}
	}
	return list, err
}

// reading is a request on its page, with everything that it changes.
type reading struct {
	screen
	Asked request
	Files []difference
	Seen  studio.Hash // names what is shown
}

// showRequest shows what somebody asks a second person to agree to.
func (w *Web) showRequest(c echo.Context) error {
	ctx := c.Request().Context()
	r, live, next, err := w.Second.Requested(ctx, c.Param("id"))
	if err != nil {
		return w.Refuse(c, err)
	}
	staff, err := page.ReadStaff(ctx, w.People)
	if err != nil {
		return w.Refuse(c, err)
	}
	s, changes := w.screen(c, "studio.waits"), studio.Compare(live, next)
	shown := &reading{screen: s, Asked: s.request(r, staff), Seen: seen(changes)}
	for _, change := range changes {
		shown.Files = append(shown.Files, s.difference(change))
	}
	return w.views.Render(c, http.StatusOK, "request", shown)
}

// seen names what a reader is shown, so that nobody agrees to what he has not read.
func seen(changes []studio.Change) studio.Hash {
	var all strings.Builder
	for _, c := range changes {
		fmt.Fprintln(&all, c.Name, c.Before != nil, studio.HashOf(c.Before), c.After != nil, studio.HashOf(c.After))
	}
	return studio.HashOf([]byte(all.String()))
}

// agree is the second person's yes, or no.
func (w *Web) agree(c echo.Context) error {
	ctx, id := c.Request().Context(), c.FormValue("id")
	var err error
	if c.FormValue("verdict") == "yes" {
		err = w.release(ctx, w.who(c), id, studio.Hash(c.FormValue("seen")))
	} else {
		err = w.Second.Refuse(ctx, w.who(c), id, c.FormValue("reason"))
	}
	if err != nil {
		return w.Refuse(c, err)
	}
	return page.Lead(c, "/studio")
}

// release lets out a request that somebody has read.
func (w *Web) release(ctx context.Context, who bot.StaffID, id string, read studio.Hash) error {
	_, live, next, err := w.Second.Requested(ctx, id)
	switch {
	case err != nil:
		return err
	case read != seen(studio.Compare(live, next)):
		return &bot.Error{Kind: bot.Conflict, Key: "studio_unseen"}
	}
	_, err = w.Second.Agree(ctx, who, id)
	return err
}
