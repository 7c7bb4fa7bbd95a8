package studioweb

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows"
	"javab/flows/graph"
)

// problem is one problem as the page shows it.
type problem struct {
	File     string         `json:"file,omitempty"` // of another one than that which is looked at
	URL      string         `json:"url,omitempty"`  // and where that is
	Line     int            `json:"line"`
	Column   int            `json:"column"`
	Severity flows.Severity `json:"severity"`
	Message  string         `json:"message"`
	Fix      *fix           `json:"fix,omitempty"`
}

// fix is what mends a problem, in one click.
type fix struct {
	Title string       `json:"title"`
	Edits []flows.Edit `json:"edits"`
}

// checked is what the server says of a text: everything that is wrong with the content when it stands there, and the
// picture of the script, empty while it cannot be read.
type checked struct {
	Problems []problem `json:"problems"`
	Graph    string    `json:"graph"`
}

// check looks at a text that nobody has saved: the editor asks a moment after the last key.
func (w *Web) check(c echo.Context) error {
	s, name, body := w.screen(c, "studio.title"), fileOf(c), []byte(c.FormValue("text"))
	found, err := w.Content.Check(c.Request().Context(), s.By.ID, name, body)
	if err != nil {
		return w.tell(c, s, err)
	}
	return c.JSON(http.StatusOK, w.checked(c, s, name, body, found))
}

// checked is what is said of a text, with what mends it.
func (w *Web) checked(c echo.Context, s screen, name string, body []byte, found []flows.Problem) checked {
	if flowOf(name) == "" {
		return checked{Problems: s.problems(found, name)}
	}
	found = w.Content.Fix(name, body, found)
	return checked{s.problems(found, name), s.graph(name, body, found, bot.Lang(c.FormValue("lang")))}
}

// graph draws a script.
func (s screen) graph(name string, body []byte, found []flows.Problem, lang bot.Lang) string {
	script := s.web.Content.Script(name, body)
	if script == nil || len(script.Steps) == 0 {
		return ""
	}
	if !lang.Valid() {
		lang = s.Lang
	}
	own := slices.DeleteFunc(slices.Clone(found), func(p flows.Problem) bool { return p.File != name })
	return string(graph.Draw(script, graph.Options{Lang: lang, Problems: own, Words: s.T}))
}

// problems tells what is wrong in words of the reader: what is in the file itself first, errors before warnings.
func (s screen) problems(found []flows.Problem, name string) []problem {
	list := []problem{}
	for _, p := range found {
		one := problem{Line: p.Line, Column: p.Column, Severity: p.Severity, Message: p.Message(s.Told)}
		if p.Fix != nil {
			one.Fix = &fix{p.Fix.Title(s.Told), p.Fix.Edits}
		}
		if p.File != name {
			one.File, one.URL = p.File, urlOf(p.File)
		}
		list = append(list, one)
	}
	rank := func(p problem) int {
		n := 0
		if p.File != "" {
			n += 2
		}
		if p.Severity == flows.Warning {
			n++
		}
		return n
	}
	slices.SortStableFunc(list, func(a, b problem) int { return rank(a) - rank(b) })
	return list
}

// told is why something was not done, for the scripts of the page.
type told struct {
	Said string `json:"said"`
}

// tell answers a script of the page with an error.
func (w *Web) tell(c echo.Context, s screen, err error) error {
	return c.JSON(statusOf(err), told{s.Explain(err)})
}
