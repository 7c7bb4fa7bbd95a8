package studioweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/studio"
	"javab/webhook/page"
)

// saved is where a draft stands after it was kept.
type saved struct {
	Rev      int    `json:"rev"`
	Drafted  bool   `json:"drafted"`
	Standing string `json:"standing"` // in words
	Moved    bool   `json:"moved"`
	checked
}

// clash is a draft that was changed elsewhere meanwhile.
type clash struct {
	Said     string `json:"said"`
	Rev      int    `json:"rev"`
	Drafted  bool   `json:"drafted"`
	Standing string `json:"standing"` // in words
	Text     string `json:"text"`     // as it is kept
	Diff     string `json:"diff"`     // from that to what was sent, as a piece of the page
}

// save keeps the draft.
func (w *Web) save(c echo.Context) error {
	s, name, ctx := w.screen(c, "studio.title"), fileOf(c), c.Request().Context()
	body := typed(c, "text")
	rev, _ := strconv.Atoi(c.FormValue("rev"))
	sheet, found, err := w.Sheets.Save(ctx, s.By.ID, name, rev, []byte(body))
	if c.FormValue("plain") != "" { // without JavaScript
		if err != nil {
			return w.Refuse(c, err)
		}
		return page.Lead(c, urlOf(name))
	}
	if bot.KindOf(err) == bot.Conflict {
		return w.clashed(c, s, name, body, err)
	}
	if err != nil {
		return w.tell(c, s, err)
	}
	return c.JSON(http.StatusOK, saved{
		Rev: sheet.Rev, Drafted: sheet.Drafted, Standing: s.Standing(sheet), Moved: sheet.Moved, checked: w.checked(c, s, name, []byte(body), found),
	})
}

// clashed answers with both texts.
func (w *Web) clashed(c echo.Context, s screen, name, body string, why error) error {
	sheet, err := w.Sheets.Open(c.Request().Context(), s.By.ID, name)
	if err != nil {
		w.Tell(c, err)
		return w.tell(c, s, why)
	}
	diff, err := w.views.HTML("lines", compare(string(sheet.Body), body))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusConflict, clash{
		Said: s.Explain(why), Rev: sheet.Rev, Drafted: sheet.Drafted, Standing: s.Standing(sheet), Text: string(sheet.Body), Diff: string(diff),
	})
}

// Standing says what a file is, in a word: a draft over a version, or the live version.
func (s screen) Standing(sheet studio.Sheet) string {
	switch {
	case sheet.New:
		return s.T("studio.standing.new")
	case sheet.Gone:
		return s.T("studio.standing.gone")
	case sheet.Drafted:
		return s.Say("studio.standing.draft", "Version", s.Edition(sheet.Base))
	default:
		return s.T("studio.standing.live")
	}
}

// discard takes the draft away. With a script that nobody has published go its dialogues: nothing could play them.
func (w *Web) discard(c echo.Context) error {
	ctx, name := c.Request().Context(), fileOf(c)
	sheets, err := w.Sheets.Files(ctx, w.who(c))
	if err != nil {
		return w.Refuse(c, err)
	}
	names := []string{name}
	if slices.ContainsFunc(sheets, func(s studio.Sheet) bool { return s.Name == name && s.New && flowOf(name) != "" }) {
		for _, s := range sheets {
			if s.New && strings.HasPrefix(s.Name, flowOf(name)+".") && strings.HasSuffix(s.Name, ".chat") {
				names = append(names, s.Name)
			}
		}
	}
	if err := w.Sheets.Discard(ctx, w.who(c), names...); err != nil {
		return w.Refuse(c, err)
	}
	if back := ours(c.FormValue("back")); back != "" && back != urlOf(name) {
		return page.Lead(c, back)
	}
	return w.onward(c, name)
}

// onward leads to a file, or to the list when the file is no more.
func (w *Web) onward(c echo.Context, name string) error {
	if _, err := w.Sheets.Open(c.Request().Context(), w.who(c), name); bot.KindOf(err) == bot.NotFound {
		return page.Lead(c, "/studio")
	}
	return page.Lead(c, urlOf(name))
}

// typed is a text as it was typed: browsers send forms with line ends of their own.
func typed(c echo.Context, name string) string {
	return strings.ReplaceAll(c.FormValue(name), "\r\n", "\n")
}

func statusOf(err error) int { return page.StatusOf(err) }
