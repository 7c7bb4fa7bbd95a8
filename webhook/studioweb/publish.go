package studioweb

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows"
	"javab/flows/studio"
	"javab/webhook/page"
)

// A stream is lines of JSON: how far the rehearsal has come, and at the end a piece of the page or where to go.
type progress struct {
	Done int    `json:"done"`
	All  int    `json:"all"`
	HTML string `json:"html,omitempty"`
	URL  string `json:"url,omitempty"`
}

// stream writes them as they come.
type stream struct {
	c     echo.Context
	lines *json.Encoder
	told  int // percent
}

func begun(c echo.Context) *stream {
	h := c.Response().Header()
	h.Set("Content-Type", "application/x-ndjson")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	return &stream{c: c, lines: json.NewEncoder(c.Response()), told: -1}
}

// progress tells each percent once; a browser that is gone is noticed by the request's context.
func (s *stream) progress(done, all int) {
	percent := 100 * done / max(all, 1)
	if percent == s.told {
		return
	}
	s.told = percent
	s.send(progress{Done: done, All: all})
}

func (s *stream) send(p progress) {
	if s.lines.Encode(p) == nil {
		s.c.Response().Flush()
	}
}

// proof is the content of the box in which somebody publishes: what goes out, what is wrong, what the dialogues say.
type proof struct {
	screen
	Said     string
	Note     string
	Drafts   []entry
	Errors   []problem
	Warnings []problem
	Same     int
	Words    []spokenAnew
	Broken   []studio.Played
	Ready    bool // nothing keeps it back but ticks
	Waiting  bool // for a second person
	Due      page.Moment
}

// spokenAnew is a dialogue that says something else.
type spokenAnew struct {
	File  string
	Lines []change
}

// rehearse plays the dialogues of what the reader would publish, and answers with the content of the box.
func (w *Web) rehearse(c echo.Context) error {
	p := &proof{screen: w.screen(c, "studio.publish")}
	if err := w.prepare(c, p); err != nil {
		return w.tell(c, p.screen, err)
	}
	out := begun(c)
	if len(p.Errors) == 0 && len(p.Drafts) > 0 {
		played, err := w.Press.Rehearse(c.Request().Context(), p.By.ID, out.progress)
		if err != nil {
			p.Said = p.Explain(err)
		} else if err := w.hear(c, p, played); err != nil {
			p.Said = p.Explain(err)
		}
	}
	p.Ready = p.Said == "" && len(p.Drafts) > 0 && len(p.Errors)+len(p.Broken) == 0
	return w.answer(out, p)
}

// prepare finds out what would go out and what is wrong with it.
func (w *Web) prepare(c echo.Context, p *proof) error {
	ctx := c.Request().Context()
	sheets, err := w.Sheets.Files(ctx, p.By.ID)
	if err != nil {
		return err
	}
	bodies, err := w.Content.Draft(ctx, p.By.ID)
	if err != nil {
		return err
	}
	for _, sheet := range sheets {
		if sheet.Drafted {
			p.Drafts = append(p.Drafts, entry{Sheet: sheet, screen: p.screen, Flow: flowOf(sheet.Name), Title: cmp.Or(w.titleOf(sheet.Name, bodies[sheet.Name], p.Lang), sheet.Name)})
		}
	}
	found, err := w.Press.Problems(ctx, p.By.ID)
	p.judge(found)
	return err
}

func (p *proof) judge(found []flows.Problem) {
	p.Errors, p.Warnings = nil, nil
	for _, one := range p.problems(found, "") {
		if one.Severity == flows.Error {
			p.Errors = append(p.Errors, one)
		} else {
			p.Warnings = append(p.Warnings, one)
		}
	}
}

// hear notes what the dialogues said.
func (w *Web) hear(c echo.Context, p *proof, played studio.Rehearsal) error {
	p.Same, p.Words, p.Broken = len(played.Of(studio.Same)), nil, played.Of(studio.Path, studio.Broken)
	for _, d := range played.Of(studio.Words) {
		before, err := w.Sheets.Open(c.Request().Context(), p.By.ID, d.File)
		if err != nil {
			return err
		}
		p.Words = append(p.Words, spokenAnew{d.File, compare(string(before.Body), string(d.Body))})
	}
	return nil
}

// answer ends a stream with the box.
func (w *Web) answer(out *stream, p *proof) error {
	html, err := w.views.HTML("proof", p)
	if err != nil {
		return err
	}
	out.send(progress{HTML: string(html)})
	return nil
}

// publish makes the reader's drafts live, or says what keeps them back.
func (w *Web) publish(c echo.Context) error {
	p := &proof{screen: w.screen(c, "studio.publish"), Note: c.FormValue("note")}
	if err := w.prepare(c, p); err != nil {
		return w.tell(c, p.screen, err)
	}
	out := begun(c)
	made, err := w.Press.Publish(c.Request().Context(), p.By.ID, studio.Publishing{
		Note: p.Note, Warnings: c.FormValue("warnings") != "", Words: c.FormValue("words") != "",
	}, out.progress)
	if err == nil && made.Version > 0 {
		out.send(progress{URL: cmp.Or(ours(c.FormValue("back")), "/studio") + "?published=" + strconv.Itoa(made.Version)})
		return nil
	}
	if err == nil {
		p.Waiting = true
		if !made.Due.IsZero() {
			p.Due = p.When(made.Due)
		}
		return w.answer(out, p)
	}
	if made.Problems != nil {
		p.judge(made.Problems)
	}
	if unheard := w.hear(c, p, made.Rehearsal); unheard != nil {
		err = unheard
	}
	p.Said = p.Explain(err)
	p.Ready = bot.KindOf(err) == bot.Invalid && len(p.Drafts) > 0 && len(p.Errors)+len(p.Broken) == 0
	return w.answer(out, p)
}

// justPublished is the version that the reader comes from publishing, 0 when he does not, or when another one is live again.
func justPublished(c echo.Context, live int) int {
	if n, err := strconv.Atoi(c.QueryParam("published")); err == nil && n == live {
		return n
	}
	return 0
}

// ours is an address of the studio, empty when it is any other.
func ours(url string) string {
	if url == "/studio" || strings.HasPrefix(url, "/studio/") {
		return url
	}
	return ""
}

// rollBack makes an earlier version live again.
func (w *Web) rollBack(c echo.Context) error {
	number, _ := strconv.Atoi(c.FormValue("number"))
	if err := w.Press.RollBack(c.Request().Context(), w.who(c), number, c.FormValue("note")); err != nil {
		return w.Refuse(c, err)
	}
	return page.Lead(c, cmp.Or(ours(c.FormValue("back")), "/studio"))
}
