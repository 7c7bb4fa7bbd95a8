package studioweb

import (
	"net/http"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/texts"
	"javab/webhook/page"
)

// sheet is the texts of a script, a step a block, its languages side by side.
type sheet struct {
	*flow
	Blocks  []block
	Missing int
	Kept    int // the texts that were saved just now
	Errors  int
	First   string    // the id of the first cell with an error
	Notes   []problem // what is wrong with the script, and with none of its texts
}

// block is the texts of one step, or of the head of the script.
type block struct {
	Entry  string
	Called string // its first line, in the reader's language
	Rows   []row
}

// row is one text in its languages.
type row struct {
	Path, Kind string
	Called     string // what it is, in words
	Many       bool
	Limit      int // UTF-16 units that a messenger takes; 0: none
	Cells      []cell
}

// cell is a text in one language.
type cell struct {
	Lang    bot.Lang
	Name    string // of the field
	Text    string
	Size    int
	Missing bool
	Long    bool
	Rows    int
	ID      string // of the cell on the page, when something is wrong with it
	Notes   []problem
	Line    int // of the file
	Column  int
}

// Dir is the direction of the text's language.
func (c cell) Dir() string {
	if c.Lang.RTL() {
		return "rtl"
	}
	return "ltr"
}

// The limits of the strictest messenger, in UTF-16 units.
const (
	maxText  = 4096
	maxLabel = 80
)

func (w *Web) showTexts(c echo.Context) error {
	s, err := w.sheet(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	found, err := w.Content.Check(c.Request().Context(), s.By.ID, s.File.Name, s.File.Body)
	if err != nil {
		return w.Refuse(c, err)
	}
	s.Kept, _ = strconv.Atoi(c.QueryParam("saved"))
	s.noted(found)
	return w.views.Render(c, http.StatusOK, "texts", s)
}

func (w *Web) sheet(c echo.Context) (*sheet, error) {
	f, err := w.flow(c, "studio.texts")
	if err != nil {
		return nil, err
	}
	f.Sheets = append(f.Sheets, "css/content.css")
	s := &sheet{flow: f}
	rows, err := texts.Read(f.File.Body)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		s.add(r)
	}
	return s, nil
}

func (s *sheet) add(r texts.Row) {
	if len(s.Blocks) == 0 || s.Blocks[len(s.Blocks)-1].Entry != r.Entry {
		s.Blocks = append(s.Blocks, block{Entry: r.Entry})
	}
	last := &s.Blocks[len(s.Blocks)-1]
	if last.Called == "" && r.Entry != "" && !r.Many {
		last.Called, _, _ = strings.Cut(strings.TrimSpace(r.Cells[s.Lang].Text), "\n")
	}
	shown := row{Path: r.Path, Kind: r.Kind, Called: s.kind(r.Kind, last), Many: r.Many}
	switch {
	case r.Many:
	case r.Kind == "label", r.Kind == "title": // a button says it, and Check measures it so
		shown.Limit = maxLabel
	default:
		shown.Limit = maxText
	}
	for _, lang := range bot.Langs {
		one := r.Cells[lang]
		size := len(utf16.Encode([]rune(one.Text)))
		shown.Cells = append(shown.Cells, cell{
			Lang: lang, Name: "t/" + string(lang) + "/" + r.Path, Text: one.Text, Size: size, Missing: one.Missing,
			Long: shown.Limit > 0 && size > shown.Limit, Rows: 1 + strings.Count(one.Text, "\n") + size/38, Line: one.Line, Column: one.Column,
		})
		if one.Missing {
			s.Missing++
		}
	}
	last.Rows = append(last.Rows, shown)
}

// kind is what a text is, in words; buttons are counted in their step.
func (s *sheet) kind(key string, of *block) string {
	switch key {
	case "label":
		n := 1
		for _, r := range of.Rows {
			if r.Kind == key {
				n++
			}
		}
		return s.Say("studio.key.button", "N", s.N(n))
	case "title", "say", "ask", "phrasings":
		return s.T("studio.key." + key)
	default:
		return key
	}
}

// saveTexts writes the texts that were changed back into the file; nothing else of it changes.
func (w *Web) saveTexts(c echo.Context) error {
	s, err := w.sheet(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	edits, err := s.edits(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	if len(edits) == 0 {
		return page.Lead(c, s.URL()+"/texts")
	}
	body, err := texts.Set(s.File.Body, edits)
	if err == nil {
		rev, _ := strconv.Atoi(c.FormValue("rev"))
		_, _, err = w.Sheets.Save(c.Request().Context(), s.By.ID, scriptOf(s.Flow), rev, body)
	}
	if err != nil {
		s.Said = s.Explain(err)
		s.typed(c)
		return w.views.Render(c, page.StatusOf(err), "texts", s)
	}
	return page.Lead(c, s.URL()+"/texts?saved="+strconv.Itoa(len(edits)))
}

// edits are the texts that came back otherwise than they were.
func (s *sheet) edits(c echo.Context) (list []texts.Edit, err error) {
	form, err := c.FormParams()
	if err != nil {
		return nil, &bot.Error{Kind: bot.Invalid, Key: "content_unreadable", Err: err}
	}
	for _, b := range s.Blocks {
		for _, r := range b.Rows {
			for _, one := range r.Cells {
				if form.Has(one.Name) && typed(c, one.Name) != one.Text {
					list = append(list, texts.Edit{Path: r.Path, Lang: one.Lang, Text: typed(c, one.Name)})
				}
			}
		}
	}
	return list, nil
}

// typed puts what was typed back into the fields of a refused form.
func (s *sheet) typed(c echo.Context) {
	for _, one := range s.each {
		if form, err := c.FormParams(); err == nil && form.Has(one.Name) {
			one.Text = typed(c, one.Name)
		}
	}
}
