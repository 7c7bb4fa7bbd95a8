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
	s, flow, body := w.screen(c, "studio.title"), c.Param("id"), []byte(c.FormValue("text"))
	found, err := w.Content.Check(c.Request().Context(), s.By.ID, scriptOf(flow), body)
	if err != nil {
		return w.tell(c, s, err)
	}
	found = w.Content.Fix(scriptOf(flow), body, found)
	return c.JSON(http.StatusOK, checked{s.problems(found, flow), s.graph(flow, body, found, bot.Lang(c.FormValue("lang")))})
}

// graph draws a script.
func (s screen) graph(flow string, body []byte, found []flows.Problem, lang bot.Lang) string {
	script, _ := flows.Parse(scriptOf(flow), body)
	if script == nil || len(script.Steps) == 0 {
		return ""
	}
	if !lang.Valid() {
		lang = s.Lang
	}
	own := slices.DeleteFunc(slices.Clone(found), func(p flows.Problem) bool { return p.File != scriptOf(flow) })
	return string(graph.Draw(script, graph.Options{Lang: lang, Problems: own, Words: s.T}))
}

// problems tells what is wrong in words of the reader: what is in the file itself first, errors before warnings.
func (s screen) problems(found []flows.Problem, flow string) []problem {
	list := []problem{}
	for _, p := range found {
		one := problem{Line: p.Line, Column: p.Column, Severity: p.Severity, Message: s.message(p)}
		if p.Fix != nil {
			one.Fix = &fix{s.sentence("fix."+p.Fix.Code, p.Fix.Params), p.Fix.Edits}
		}
		if p.File != scriptOf(flow) {
			one.File = p.File
			if other := flowOf(p.File); other != "" {
				one.URL = "/studio/flow/" + other
			}
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

// message is what a problem says in the language of the page.
func (s screen) message(p flows.Problem) string { return p.Message(s.sentence) }

// sentence is a string of the catalogs, filled in.
func (s screen) sentence(id string, params map[string]string) string {
	data := make(map[string]any, len(params))
	for name, value := range params {
		data[name] = value
	}
	return s.web.Shell.Words.T(s.Lang, id, data)
}

// told is why something was not done, for the scripts of the page.
type told struct {
	Said string `json:"said"`
}

// tell answers a script of the page with an error.
func (w *Web) tell(c echo.Context, s screen, err error) error {
	status := statusOf(err)
	if status == http.StatusInternalServerError {
		c.Logger().Error(err)
	}
	return c.JSON(status, told{s.why(err)})
}
