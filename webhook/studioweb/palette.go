package studioweb

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"javab/flows/fixes"
)

// piece is one block of the palette.
type piece struct {
	ID    fixes.Block
	Title string
}

// Blocks are the palette.
func (f *flow) Blocks() (all []piece) {
	for _, b := range fixes.Blocks {
		all = append(all, piece{b, f.T("block." + string(b))})
	}
	return all
}

// inserted is a text with a block in it, and the step that is new.
type inserted struct {
	Text string `json:"text"`
	Step string `json:"step"`
}

// insert puts a block into a text that nobody has saved, below the step of the cursor. Nothing is kept: the editor takes
// the answer as if its author had written it, and he can undo it.
func (w *Web) insert(c echo.Context) error {
	s := w.screen(c, "studio.title")
	body, step, err := w.Content.Insert(
		scriptOf(c.Param("id")), []byte(typed(c, "text")), c.FormValue("after"), fixes.Block(c.FormValue("block")),
	)
	if err != nil {
		return w.tell(c, s, err)
	}
	return c.JSON(http.StatusOK, inserted{string(body), step})
}
