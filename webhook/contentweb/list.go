package contentweb

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows"
	"javab/flows/studio"
	"javab/flows/texts"
	"javab/locales/text"
	"javab/webhook/page"
)

// list is the entries of a collection.
type list struct {
	screen
	In      collection
	Sheet   studio.Sheet
	Words   string
	Filter  string
	Filters []page.Choice
	Rows    []row
	Found   int // how many there are like this; Rows are the first of them
	folder  studio.Folder
	live

	uses       map[string]Use
	confusable func(id string) bool
}

// row is one entry in a list.
type row struct {
	Entry     texts.Entry
	Title     string
	Topic     string
	Unit      string
	Missing   []string // languages in which something wanted is not said
	Phrasings []string // how many there are, by language
	Few       bool
	Until     page.Moment
	Ends      string // that it has ended, or will soon
	Ended     bool
	Risk      string
	Errors    int
	Warnings  int
	Served    served
	Confused  bool
}

// shownRows is how many entries a page has: who wants another one looks for it.
const shownRows = 200

// enough is how many phrasings an answer should have in a language: learning.Enough, as a test makes sure.
const enough = 5

// The filters of answers.
const (
	ending     = "ending"
	incomplete = "incomplete"
	fewWords   = "few"
	risky      = "risky"
	confusable = "confusable"
)

func (w *Web) showList(c echo.Context, of collection) error {
	l := &list{screen: w.screen(c, "forms."+of.ID), In: of, Words: c.QueryParam("words"), Filter: c.QueryParam("filter")}
	ctx, err := c.Request().Context(), error(nil)
	if l.Sheet, err = w.Sheets.Open(ctx, l.By.ID, of.File); err != nil {
		return w.Refuse(c, err)
	}
	if l.folder, err = w.Sheets.Draft(ctx, l.By.ID); err != nil {
		return w.Refuse(c, err)
	}
	entries, err := texts.Entries(l.Sheet.Body, of.List)
	if err != nil {
		return w.Refuse(c, err)
	}
	if l.live, err = w.live(ctx, l.Sheet, of); err != nil {
		return w.Refuse(c, err)
	}
	found, err := w.Sheets.Check(ctx, l.By.ID, of.File, l.Sheet.Body)
	if err != nil {
		return w.Refuse(c, err)
	}
	if err := l.used(ctx); err != nil {
		return w.Refuse(c, err)
	}
	l.fill(entries, found)
	return w.views.Render(c, http.StatusOK, "list", l)
}

func (l *list) fill(entries []texts.Entry, found []flows.Problem) {
	counts := map[string]int{}
	topics, units := l.called("topics"), l.called("units")
	for _, e := range entries {
		r := l.row(e, found)
		r.Topic, r.Unit = topics[e.Fields["topic"]], units[e.Fields["unit"]]
		for _, filter := range []string{ending, incomplete, fewWords, risky, confusable} {
			if r.passes(filter) {
				counts[filter]++
			}
		}
		if !r.passes(l.Filter) || !l.finds(r) {
			continue
		}
		if l.Found++; len(l.Rows) < shownRows {
			l.Rows = append(l.Rows, r)
		}
	}
	l.filters(len(entries), counts)
}

// called are the entries of a collection by their ids.
func (l *list) called(id string) map[string]string {
	of, _ := find(id)
	names := map[string]string{}
	for _, one := range l.entries(l.folder, of) {
		names[one.ID] = one.Label
	}
	return names
}

func (l *list) filters(all int, counts map[string]int) {
	filters := []string{"", incomplete}
	if l.In.ID == "answers" {
		filters = []string{"", ending, incomplete, fewWords, risky, confusable}
	}
	counts[""] = all
	for _, filter := range filters {
		said := "forms.filter.all"
		if filter != "" {
			said = "forms.filter." + filter
		}
		label := l.T(said)
		if filter != confusable || l.confusable != nil {
			label = fmt.Sprintf("%s (%s)", label, l.N(counts[filter]))
		}
		l.Filters = append(l.Filters, page.Choice{ID: filter, Label: label, Current: filter == l.Filter})
	}
}

// Waits reports whether what is asked for is being found out.
func (l *list) Waits() bool { return l.Filter == confusable && l.Answers() && l.confusable == nil }

// row is an entry with what wants somebody's attention.
func (l *list) row(e texts.Entry, found []flows.Problem) row {
	r := row{Entry: e, Title: l.titleOf(l.In, e)}
	for _, lang := range bot.Langs {
		if !l.complete(e, lang) {
			r.Missing = append(r.Missing, l.T("lang."+string(lang)))
		}
		if l.In.ID == "answers" {
			n := strings.Count(strings.TrimSpace(e.Fields["alt/"+string(lang)])+"\n", "\n")
			if e.Fields["alt/"+string(lang)] == "" {
				n = 0
			}
			r.Phrasings = append(r.Phrasings, l.N(n))
			r.Few = r.Few || n < enough
		}
	}
	if l.Answers() {
		r.Served, r.Confused = l.serves(e.ID), l.confusable != nil && l.confusable("answers/"+e.ID)
	}
	if risk := e.Fields["risk"]; risk != "" {
		r.Risk = l.T("forms.word." + risk)
	}
	if left, dated := l.left(e.Fields["valid_until"]); dated {
		r.Until = l.Day(l.Instant.Add(left).AddDate(0, 0, -1))
		switch r.Ended = left < 0; {
		case r.Ended:
			r.Ends = l.T("forms.ended")
		case left < warnedAhead:
			r.Ends = l.Count("forms.days_left", 1+int(left.Hours()/24))
		}
	}
	for _, p := range found {
		switch {
		case p.File != l.In.File || !e.Within(p.Line):
		case p.Severity == flows.Error:
			r.Errors++
		default:
			r.Warnings++
		}
	}
	return r
}

// complete reports whether an entry says in a language what it must.
func (l *list) complete(e texts.Entry, lang bot.Lang) bool {
	for _, f := range l.In.Fields {
		text := f.Kind == label || f.Kind == sentence
		if text && f.Wanted && e.Fields[in(f.Key, lang)] == "" {
			return false
		}
	}
	return true
}

func (r row) passes(filter string) bool {
	switch filter {
	case ending:
		return r.Ends != ""
	case incomplete:
		return len(r.Missing) > 0
	case fewWords:
		return r.Few
	case risky:
		return r.Risk != ""
	case confusable:
		return r.Confused
	default:
		return true
	}
}

// finds reports whether every word that is looked for stands in the entry, as search compares words.
func (l *list) finds(r row) bool {
	var said strings.Builder
	said.WriteString(r.Entry.ID)
	for _, value := range r.Entry.Fields {
		said.WriteString(" " + value)
	}
	folded := text.Fold(said.String())
	for word := range strings.FieldsSeq(text.Fold(l.Words)) {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}

// Answers reports whether these are the answers: they have topics, phrasings and last days.
func (l *list) Answers() bool { return l.In.ID == "answers" }

// Units reports whether the entries belong to units.
func (l *list) Units() bool {
	for _, f := range l.In.Fields {
		if f.Key == "unit" {
			return true
		}
	}
	return false
}

// Adds reports whether the reader may add an entry.
func (l *list) Adds() bool { return !l.In.Fixed && l.Allows(http.MethodPost, "/studio/answers/:id") }

// AsText is where the file of the list can be read and written as text; empty when that is not for the reader.
func (l *list) AsText() string {
	if !l.Allows(http.MethodGet, "/studio/text/content/:id") {
		return ""
	}
	return "/studio/text/" + l.In.File
}

// Part is the page that the list belongs to.
func (l *list) Part() string {
	if own := l.In.URL(); own == "/studio/"+l.In.ID {
		return own
	}
	return "/studio/lists"
}

// Asks is the address of the list with another filter.
func (l *list) Asks(filter string) string {
	return l.In.URL() + "?" + url.Values{"filter": {filter}, "words": {l.Words}}.Encode()
}

// lists are all collections.
type lists struct {
	screen
	Lists []listed
}

type listed struct {
	collection
	Title, About string
	Entries      int
}

// showLists shows which lists there are. Answers and services have pages of their own.
func (w *Web) showLists(c echo.Context) error {
	l := lists{screen: w.screen(c, "forms.lists")}
	folder, err := w.Sheets.Draft(c.Request().Context(), l.By.ID)
	if err != nil {
		return w.Refuse(c, err)
	}
	for _, of := range collections {
		if of.URL() == "/studio/"+of.ID {
			continue
		}
		l.Lists = append(l.Lists, listed{of, l.T("forms." + of.ID), l.T("forms.list." + of.ID), len(l.entries(folder, of))})
	}
	return w.views.Render(c, http.StatusOK, "lists", l)
}
