package contentweb

import (
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows"
	"javab/flows/studio"
	"javab/flows/texts"
	"javab/webhook/page"
)

// fresh is the id under which a new entry is written.
const fresh = "new"

// form is one entry, each of its fields with what is wrong with it.
type form struct {
	screen
	In       collection
	ID       string
	Fresh    bool
	NewID    string // as it was typed
	Sheet    studio.Sheet
	Kept     bool // it was saved just now
	Inputs   []*input
	Parts    []part
	Proposal *proposal // that the entry was opened for
	Put      bool      // it is filled with what members asked
	Notes    []note    // about the entry as a whole
	Tried    *tried
	Shown    []shown // as members see it
	Faults   []fault // the fields with which something is wrong
	Changed  bool    // it is otherwise than members have it
	entry    texts.Entry
	given    func(key string) (string, bool) // what was typed, by the key of its field
	folder   studio.Folder
}

// input is one field as a page shows it.
type input struct {
	field
	Name  string
	Title string
	About string
	Value string
	From  []page.Choice
	Cells []cell
	Notes []note
}

// cell is a text in one language.
type cell struct {
	Lang    bot.Lang
	Name    string // of its field
	Called  string // the language
	Text    string
	Size    int
	Limit   int
	Missing bool
	Long    bool
	Rows    int
	Fill    string // how much of the limit is used, in words
	Notes   []note
}

// Dir is the direction of the text's language.
func (c cell) Dir() string {
	if c.Lang.RTL() {
		return "rtl"
	}
	return "ltr"
}

// note is something that is wrong.
type note struct {
	Text string
	Bad  bool
}

// part is one list of texts inside the entry.
type part struct {
	ID    string
	Title string
	Rows  [][]cell
}

// URL is where the entry is.
func (f *form) URL() string { return f.In.URL() + "/" + f.ID }

// Head is what the entry is called.
func (f *form) Head() string { return f.titleOf(f.In, f.entry) }

// Edits reports whether the reader may change what he reads.
func (f *form) Edits() bool {
	return f.Allows(http.MethodPost, "/studio/answers/:id")
}

// Wrong is where the reader says that the entry is wrong in a language; empty when that is not his to say.
func (f *form) Wrong(lang bot.Lang) string {
	if told[f.In.ID] == "" || f.Fresh || !f.Allows(http.MethodGet, "/studio/propose") {
		return ""
	}
	return "/studio/propose?" + url.Values{"entry": {f.In.ID + "/" + f.ID}, "lang": {string(lang)}}.Encode()
}

// Said is what a field says, in words.
func (i *input) Said() string {
	var said []string
	for _, one := range i.From {
		if one.Current && one.ID != "" {
			said = append(said, one.Label)
		}
	}
	if len(i.From) == 0 {
		return i.Value
	}
	return strings.Join(said, " · ")
}

// key of a text in one language.
func in(key string, lang bot.Lang) string {
	if key == "" {
		return string(lang)
	}
	return key + "/" + string(lang)
}

// open reads an entry as its form shows it.
func (w *Web) open(c echo.Context, of collection) (*form, error) {
	f := &form{screen: w.screen(c, "forms."+of.ID), In: of, ID: c.Param("id")}
	f.Fresh = f.ID == fresh
	f.given = func(string) (string, bool) { return "", false }
	ctx, err := c.Request().Context(), error(nil)
	if f.Sheet, err = w.Sheets.Open(ctx, f.By.ID, of.File); err != nil {
		return nil, err
	}
	if f.folder, err = w.Sheets.Draft(ctx, f.By.ID); err != nil {
		return nil, err
	}
	if f.Fresh {
		f.entry = texts.Entry{Fields: map[string]string{}}
		return f, nil
	}
	entries, err := texts.Entries(f.Sheet.Body, of.List)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.ID == f.ID {
			f.entry = e
			now, err := w.live(ctx, f.Sheet, of)
			f.Changed = now.Changed(e)
			return f, err
		}
	}
	return nil, &bot.Error{Kind: bot.NotFound, Key: "entry_not_found", Params: map[string]string{"ID": f.ID}}
}

func (w *Web) showEntry(c echo.Context, of collection) error {
	f, err := w.open(c, of)
	if err != nil {
		return w.Refuse(c, err)
	}
	f.Kept = c.QueryParam("saved") != ""
	if err := f.fromProposal(c); err != nil {
		return w.Refuse(c, err)
	}
	if err := f.fromAsked(c); err != nil {
		return w.Refuse(c, err)
	}
	found, err := w.Sheets.Check(c.Request().Context(), f.By.ID, of.File, f.Sheet.Body)
	if err != nil {
		return w.Refuse(c, err)
	}
	return w.render(c, http.StatusOK, f, found)
}

// render fills the form in and answers with it. The problems are those of the content with what the form says.
func (w *Web) render(c echo.Context, status int, f *form, found []flows.Problem) error {
	for _, one := range f.In.Fields {
		f.Inputs = append(f.Inputs, f.input(one))
	}
	for _, id := range f.In.Parts {
		f.Parts = append(f.Parts, f.part(id))
	}
	f.noted(f.spoken(found))
	f.Faults = f.faults()
	f.preview()
	return w.views.Render(c, status, "entry", f)
}

// said is what a field says: as it was typed, else as it is kept.
func (f *form) said(key string) string {
	if typed, ok := f.given(key); ok {
		return typed
	}
	return f.entry.Fields[key]
}

// input fills one field in.
func (f *form) input(one field) *input {
	key := one.Key
	if key == "" {
		key = "text"
	}
	i := &input{field: one, Name: "f/" + one.Key, Title: f.T("forms.field." + key)}
	if explained[one.Key] {
		i.About = f.T("forms.about." + key)
	}
	switch one.Kind {
	case label, sentence, phrasings:
		i.Cells = f.cells(one)
		return i
	case choice, choices:
		i.From = f.from(one, strings.Split(f.said(one.Key), "\n"))
	case flag:
		on := f.said(one.Key) == "true"
		i.From = []page.Choice{{ID: "false", Label: f.T("forms.word.no"), Current: !on}, {ID: "true", Label: f.T("forms.word.yes"), Current: on}}
	case numbers:
		i.Value = strings.ReplaceAll(f.said(one.Key), "\n", " ")
		return i
	case day:
		i.Notes = f.ends(one)
	}
	i.Value = f.said(one.Key)
	if one.Kind == day {
		i.Value = f.dated(i.Value)
	}
	return i
}

// dated is a day as the reader writes it.
func (f *form) dated(kept string) string {
	if at, err := time.ParseInLocation(time.DateOnly, kept, f.Format.Location()); err == nil {
		return f.Format.ShortDate(at)
	}
	return kept
}

// cells are a text in its languages.
func (f *form) cells(one field) (cells []cell) {
	langs := bot.Langs
	for _, lang := range langs {
		cells = append(cells, f.cell(one, lang, one.Limit))
	}
	if one.Romanic {
		cells = append(cells, f.cell(one, texts.Finglish, 0))
	}
	return cells
}

func (f *form) cell(one field, lang bot.Lang, limit int) cell {
	said := f.said(in(one.Key, lang))
	c := cell{
		Lang: lang, Name: "f/" + in(one.Key, lang), Called: f.called(lang), Text: said, Size: utf8.RuneCountInString(said), Limit: limit,
		Rows: 1 + strings.Count(said, "\n") + utf8.RuneCountInString(said)/44,
	}
	if one.Kind == phrasings {
		c.Rows = max(5, 1+strings.Count(said, "\n"))
	}
	c.Missing = said == "" && (one.Wanted || one.Kind == phrasings && lang != texts.Finglish || f.begun(one))
	c.Fill = f.N(c.Size) + " / " + f.N(limit)
	c.Long = limit > 0 && c.Size > limit
	return c
}

// called is what a column is called.
func (f *form) called(lang bot.Lang) string {
	if lang == texts.Finglish {
		return f.T("forms.finglish")
	}
	return f.T("lang." + string(lang))
}

// begun reports whether a text is written in any language: then it is wanted in all.
func (f *form) begun(one field) bool {
	for _, lang := range bot.Langs {
		if f.said(in(one.Key, lang)) != "" {
			return true
		}
	}
	return false
}

// spare is how many empty rows a list of texts offers.
const spare = 1

// part is a list of texts inside the entry, with an empty row at its end.
func (f *form) part(id string) part {
	p := part{ID: id, Title: f.T("forms.field." + id)}
	for n := 1; n <= f.partRows(id)+spare; n++ {
		row := field{Key: partKey(id, n), Kind: sentence, Limit: maxText}
		p.Rows = append(p.Rows, f.cells(row))
	}
	return p
}

// warnedAhead is how long before its last day an answer is warned about.
const warnedAhead = 14 * 24 * time.Hour

// ends says that the last day has passed, or will soon.
func (f *form) ends(one field) []note {
	switch left, dated := f.left(f.said(one.Key)); {
	case !dated:
		return nil
	case left < 0:
		return []note{{f.T("forms.expired"), true}}
	case left < warnedAhead:
		return []note{{f.Count("forms.expires", 1+int(left.Hours()/24)), false}}
	default:
		return nil
	}
}

// left is how long an entry may still be said; false when for ever.
func (s screen) left(until string) (time.Duration, bool) {
	last, err := time.ParseInLocation(time.DateOnly, until, s.Format.Location())
	if err != nil {
		return 0, false
	}
	return last.AddDate(0, 0, 1).Sub(s.Instant), true
}
