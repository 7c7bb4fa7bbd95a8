package studioweb

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/flows/studio"
	"javab/flows/texts"
)

// merging is a draft and what was published meanwhile, where the two cannot be put together without somebody's choice.
type merging struct {
	*flow
	Clashes []clashing
	Whole   []change // when the two files as such clash: from the published one to the draft
}

// clashing is one text that both have changed.
type clashing struct {
	texts.Clash
	Key   string
	Field string
}

// choiceOf begins the name of the field in which somebody chooses: a field without a name is not sent.
const choiceOf = "of:"

// merge puts what was published meanwhile into the reader's draft; where both have changed the same text it asks.
func (w *Web) merge(c echo.Context) error {
	f, err := w.flow(c, "studio.merge")
	if err != nil {
		return w.Refuse(c, err)
	}
	form, err := c.FormParams()
	if err != nil {
		return w.Refuse(c, err)
	}
	choices := map[string]studio.Choice{}
	for name := range form {
		choices[strings.TrimPrefix(name, choiceOf)] = studio.Choice(form.Get(name))
	}
	_, clashes, err := w.Sheets.Merge(c.Request().Context(), f.By.ID, f.File.Name, choices)
	if err != nil {
		return w.Refuse(c, err)
	}
	if len(clashes) == 0 {
		return w.onward(c, f.File.Name)
	}
	m := &merging{flow: f}
	for _, one := range clashes {
		m.Clashes = append(m.Clashes, clashing{one, studio.Key(one), choiceOf + studio.Key(one)})
		if one.Whole() {
			m.Whole = compare(one.Theirs, one.Mine)
		}
	}
	return w.views.Render(c, http.StatusConflict, "merge", m)
}
