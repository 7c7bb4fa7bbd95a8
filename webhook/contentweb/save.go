package contentweb

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows"
	"javab/flows/texts"
	"javab/locales/text"
	"javab/webhook/page"
)

// saveEntry does what a button of the form says: keep it in the reader's draft, look at it, try a sentence, or take the
// entry away.
func (w *Web) saveEntry(c echo.Context, of collection) error {
	f, err := w.open(c, of)
	if err != nil {
		return w.Refuse(c, err)
	}
	typed, err := c.FormParams()
	if err != nil {
		return w.Refuse(c, &bot.Error{Kind: bot.Invalid, Key: "content_unreadable", Err: err})
	}
	f.given, f.NewID = func(key string) (string, bool) { return f.typed(typed, key) }, strings.TrimSpace(typed.Get("id"))
	rev, _ := strconv.Atoi(c.FormValue("rev"))
	if c.FormValue("do") == "remove" {
		return w.remove(c, f, rev)
	}
	body, err := f.body(typed)
	if err != nil {
		return w.again(c, f, err)
	}
	if do := c.FormValue("do"); do == "look" || do == "try" {
		return w.look(c, f, body)
	}
	if _, _, err := w.Sheets.Save(c.Request().Context(), f.By.ID, of.File, rev, body); err != nil {
		return w.again(c, f, err)
	}
	if err := w.answered(c, f); err != nil {
		return w.Refuse(c, err)
	}
	return page.Lead(c, of.URL()+"/"+f.name()+"?saved=1")
}

// again shows the form with what was typed, and why it was not kept.
func (w *Web) again(c echo.Context, f *form, why error) error {
	f.Said = f.Explain(why)
	found, err := w.Sheets.Check(c.Request().Context(), f.By.ID, f.In.File, f.Sheet.Body)
	if err != nil {
		return w.Refuse(c, err)
	}
	return w.render(c, page.StatusOf(why), f, found)
}

// look shows the form with what was typed and what is wrong with it, and keeps nothing.
func (w *Web) look(c echo.Context, f *form, body []byte) error {
	found, err := w.Sheets.Check(c.Request().Context(), f.By.ID, f.In.File, body)
	if err != nil {
		return w.Refuse(c, err)
	}
	entries, err := texts.Entries(body, f.In.List)
	if err != nil {
		return w.Refuse(c, err)
	}
	for _, e := range entries {
		if e.ID == f.name() {
			f.entry.Line, f.entry.End, f.entry.Keys = e.Line, e.End, e.Keys
		}
	}
	if c.FormValue("do") == "try" && f.In.ID == "answers" {
		if err := w.try(c, f, body); err != nil {
			return w.Refuse(c, err)
		}
	}
	return w.render(c, http.StatusOK, f, found)
}

// remove takes the entry away, in the reader's draft.
func (w *Web) remove(c echo.Context, f *form, rev int) error {
	if f.In.Fixed || f.Fresh {
		return w.again(c, f, &bot.Error{Kind: bot.Invalid, Key: "entry_fixed"})
	}
	body, err := texts.Remove(f.Sheet.Body, f.entry.Path)
	if err == nil {
		_, _, err = w.Sheets.Save(c.Request().Context(), f.By.ID, f.In.File, rev, body)
	}
	if err != nil {
		return w.again(c, f, err)
	}
	return page.Lead(c, f.In.URL())
}

// ids are what an entry can be called.
var ids = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$`)

// name is the id of the entry: its own, or the one that is written for it.
func (f *form) name() string {
	if f.Fresh {
		return f.NewID
	}
	return f.ID
}

// body is the file with what was typed.
func (f *form) body(typed url.Values) ([]byte, error) {
	fields, err := f.fields(typed)
	if err != nil {
		return nil, err
	}
	body := f.Sheet.Body
	if !f.Fresh {
		if body, err = texts.Change(body, f.entry.Path, f.In.order(), fields); err != nil {
			return nil, err
		}
		return f.parts(body, f.entry.Path, typed)
	}
	id := f.name()
	if f.In.Fixed || !ids.MatchString(id) || len(id) > 60 || id == fresh {
		return nil, &bot.Error{Kind: bot.Invalid, Key: "entry_id"}
	}
	if body, err = texts.Add(body, f.In.List, append([]texts.Field{{Key: "id", Text: id}}, fields...)); err != nil {
		return nil, err
	}
	return f.parts(body, f.In.List+"/"+id, typed)
}

// fields are what was typed, as the file has it.
func (f *form) fields(typed url.Values) (fields []texts.Field, err error) {
	for _, one := range f.In.Fields {
		if one.Kind == label || one.Kind == sentence || one.Kind == phrasings {
			for _, lang := range []bot.Lang{bot.Fa, texts.Finglish, bot.Ar, bot.En} {
				if key := in(one.Key, lang); typed.Has("f/" + key) {
					fields = append(fields, texts.Field{Key: key, Text: f.said(key), Many: one.Kind == phrasings})
				}
			}
			continue
		}
		if !typed.Has("f/"+one.Key) && !typed.Has("has/"+one.Key) {
			continue
		}
		kept, err := f.plain(one, f.said(one.Key))
		if err != nil {
			return nil, err
		}
		fields = append(fields, kept)
	}
	return fields, nil
}

// typed is what was typed in a field, as the form shows it.
func (f *form) typed(values url.Values, key string) (string, bool) {
	switch {
	case values.Has("has/" + key): // of several, those that are ticked
		return strings.Join(inOrder(strings.Split(f.entry.Fields[key], "\n"), values["f/"+key]), "\n"), true
	case !values.Has("f/" + key):
		return "", false
	}
	return strings.TrimSpace(strings.ReplaceAll(values.Get("f/"+key), "\r\n", "\n")), true
}

// inOrder leaves what was chosen before in its order, which says something, and puts what is new behind it.
func inOrder(before, chosen []string) (list []string) {
	for _, id := range before {
		if slices.Contains(chosen, id) {
			list = append(list, id)
		}
	}
	for _, id := range chosen {
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// whole is a number as the files have it.
var whole = regexp.MustCompile(`^[0-9]{1,6}$`)

// plain is a field that is no text, as the file has it.
func (f *form) plain(one field, said string) (texts.Field, error) {
	kept := texts.Field{Key: one.Key, Text: said}
	refuse := func(key string) (texts.Field, error) {
		return texts.Field{}, &bot.Error{Kind: bot.Invalid, Key: key, Params: map[string]string{"Field": f.T("forms.field." + one.Key)}}
	}
	switch one.Kind {
	case number, numbers:
		words := strings.FieldsFunc(text.Digits(said), func(r rune) bool { return strings.ContainsRune(" ,\n\u060c", r) })
		for i, word := range words {
			if !whole.MatchString(word) || one.Kind == number && len(words) > 1 {
				return refuse("entry_number")
			}
			words[i] = cmp.Or(strings.TrimLeft(word, "0"), "0") // in YAML, 010 is eight
		}
		kept.Text, kept.Many, kept.Bare = strings.Join(words, "\n"), one.Kind == numbers, true
	case flag:
		if said != "true" && said != "false" {
			return refuse("entry_word")
		}
		if kept.Bare = true; said == "false" && f.entry.Fields[one.Key] == "" && !one.Wanted {
			kept.Text = "" // not said is no
		}
	case day:
		at, err := f.Midnight(said, 0)
		if err != nil {
			return texts.Field{}, err
		}
		if !at.IsZero() {
			kept.Text = at.Format(time.DateOnly)
		}
	case choices:
		kept.Many = true
	case line:
		if one.Limit > 0 && len([]rune(said)) > one.Limit || strings.Contains(said, "\n") {
			return refuse("entry_long")
		}
	}
	return kept, nil
}

// partKey is the path of one text in a list of them.
func partKey(id string, n int) string { return id + "/#" + strconv.Itoa(n) }

// partRows is how many texts a list in the entry has.
func (f *form) partRows(id string) int {
	n := 0
	for key := range f.entry.Fields {
		rest, of := strings.CutPrefix(key, id+"/#")
		number, _, _ := strings.Cut(rest, "/")
		if at, err := strconv.Atoi(number); of && err == nil {
			n = max(n, at)
		}
	}
	return n
}

// parts changes the lists of texts inside an entry: a text that is empty in every language goes, the one below them all
// is added.
func (f *form) parts(body []byte, path string, typed url.Values) (_ []byte, err error) {
	for _, id := range f.In.Parts {
		rows := f.partRows(id)
		for n := rows + spare; n > 0; n-- {
			var fields []texts.Field
			empty := true
			for _, lang := range bot.Langs {
				if key := in(partKey(id, n), lang); typed.Has("f/" + key) {
					fields = append(fields, texts.Field{Key: string(lang), Text: f.said(key)})
					empty = empty && f.said(key) == ""
				}
			}
			switch {
			case len(fields) == 0, n > rows && empty:
			case n > rows:
				body, err = texts.Add(body, path+"/"+id, fields)
			case empty:
				body, err = texts.Remove(body, path+"/"+partKey(id, n))
			default:
				body, err = texts.Change(body, path+"/"+partKey(id, n), []string{"when", "fa", "ar", "en"}, fields)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return body, nil
}

// noted puts what is wrong beside the field that it is about.
func (f *form) noted(found []flows.Problem) {
	for _, p := range found {
		if p.File != f.In.File || !f.entry.Within(p.Line) {
			continue
		}
		one := note{p.Message(f.Told), p.Severity == flows.Error}
		if !f.beside(f.entry.Key(texts.Place{Line: p.Line, Column: p.Column}), one) {
			f.Notes = append(f.Notes, one)
		}
	}
}

// beside adds a note to the field under a key; false when the form has none.
func (f *form) beside(key string, one note) bool {
	for _, p := range f.Parts {
		for i := range p.Rows {
			for j := range p.Rows[i] {
				if p.Rows[i][j].Name == "f/"+key {
					p.Rows[i][j].Notes = append(p.Rows[i][j].Notes, one)
					return true
				}
			}
		}
	}
	for _, i := range f.Inputs {
		for j := range i.Cells {
			if i.Cells[j].Name == "f/"+key {
				i.Cells[j].Notes = append(i.Cells[j].Notes, one)
				return true
			}
		}
		if i.Key != "" && (key == i.Key || strings.HasPrefix(key, i.Key+"/")) {
			i.Notes = append(i.Notes, one)
			return true
		}
	}
	return false
}
