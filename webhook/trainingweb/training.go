package trainingweb

import (
	"embed"
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

//go:embed pages/*.html
var pages embed.FS

// Training is the pages. All fields are needed.
type Training struct {
	*page.Shell
	Practice Practice
	Results  Results

	views *page.Views
}

// base is where the pages stand; below it lies the desk of whoever practises.
const base = "/training"

// Mount adds the pages.
func (t *Training) Mount(e *echo.Echo) (err error) {
	if t.views, err = page.Parse(pages); err != nil {
		return err
	}
	e.GET(base, t.showIndex)
	e.GET(base+"/result", t.showResult)
	e.POST(base+"/start", t.start)
	e.POST(base+"/finish", t.finish)
	e.POST(base+"/leave", t.leave)
	return nil
}

func (t *Training) screen(c echo.Context, title string) page.Screen {
	s := t.Screen(c, title)
	s.Sheets = append(s.Sheets, "css/training.css")
	return s
}

func (t *Training) showIndex(c echo.Context) error { return t.index(c, nil) }

// index shows the exercises and what was practised, with the reason why something was refused above it.
func (t *Training) index(c echo.Context, refused error) error {
	s := t.screen(c, "training.title")
	list, staff, err := t.Results.Done(c.Request().Context(), s.By)
	if err != nil {
		return t.Refuse(c, err)
	}
	v := index{Screen: s, staff: staff, Personas: t.personas(s), done: list}
	if now, is := t.Practice.Running(s.By.ID); is {
		v.Now = &now
	}
	status := http.StatusOK
	if refused != nil {
		v.Said, status = s.Explain(refused), page.StatusOf(refused)
	}
	return t.views.Render(c, status, "training", v)
}

// start begins an exercise and leads to its desk.
func (t *Training) start(c echo.Context) error {
	err := t.Practice.Start(c.Request().Context(), t.Person(c), c.FormValue("persona"), bot.Lang(c.FormValue("lang")))
	if err != nil {
		return t.index(c, err)
	}
	return page.Lead(c, base+"/desk")
}

// finish ends the exercise and leads to its checklist.
func (t *Training) finish(c echo.Context) error {
	if err := t.Practice.Finish(c.Request().Context(), t.Person(c).ID); err != nil {
		return t.index(c, err)
	}
	return page.Lead(c, base+"/result")
}

func (t *Training) leave(c echo.Context) error {
	t.Practice.Leave(t.Person(c).ID)
	return page.Lead(c, base)
}

// showResult is the checklist. Where nothing is finished there is none.
func (t *Training) showResult(c echo.Context) error {
	s := t.screen(c, "training.result")
	now, is := t.Practice.Running(s.By.ID)
	if !is || len(now.Found) == 0 {
		return page.Lead(c, base)
	}
	return t.views.Render(c, http.StatusOK, "result", result{Screen: s, Running: now})
}
