package caseweb

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/cases"
	"javab/webhook/page"
)

// pageOfCases is how many rows a list shows at once, mostCases how many it is read again with.
const (
	pageOfCases = 50
	mostCases   = 4 * pageOfCases
)

// list is the cases of one view.
type list struct {
	screen
	casefile.Query
	Views   []view
	Rows    []row
	Next    string // address of the next rows; empty when there are none
	Q       string // a number that leads nowhere
	Notices []notice
	Done    int // how many were just given to somebody
}

// view is one of the saved views with its count.
type view struct {
	ID      casefile.View
	Label   string
	Count   string // empty: not counted
	Current bool
	URL     string
}

// row is one case in the list.
type row struct {
	*list
	casefile.Row
}

// Called names who filed the case.
func (r row) Called() string {
	if r.Name != "" {
		return r.Name
	}
	return r.T("cases.nameless")
}

// Asks reports whether a question of its own is what the row shows.
func (r row) Asks() bool { return r.View.Questions() }

// Due is how much of the promise is left; of a question, when its reply is due.
func (r row) Due() due {
	if r.Asks() {
		return r.asked(r.AskedDue)
	}
	return r.due(r.Case)
}

// Wait is whom the case waits for; empty: nobody.
func (r row) Wait() string {
	switch {
	case r.Row.Asked != "" && !r.Asks():
		return r.UnitName(r.Row.Asked)
	case r.State() == bot.WaitingExternal:
		return r.Waits
	}
	return ""
}

// State is that of the case.
func (r row) State() bot.CaseState { return r.Row.State }

// Stands names the state.
func (r row) Stands() string { return r.screen.State(r.Case) }

// Holds names the officer who works on it, else its unit.
func (r row) Holds() string {
	if r.Holder != "" {
		return r.screen.Called(r.Holder)
	}
	return r.UnitName(r.Row.Unit)
}

// Excerpt is how much of the member's words stands in a row.
func (r row) Excerpt() string { return short(r.Text) }

func short(words string) string {
	const most = 90
	if runes := []rune(words); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return words
}

func (p *Cases) showList(c echo.Context) error {
	if q := c.QueryParam("q"); q != "" {
		if number, err := readNumber(q); err == nil {
			return page.Lead(c, p.Way("/cases/")+number.String())
		}
	}
	return p.renderList(c, nil)
}

// renderList shows the list, with the reason why something was refused above it.
func (p *Cases) renderList(c echo.Context, refused error) error {
	s, err := p.screen(c, "cases.title")
	if err != nil {
		return p.Refuse(c, err)
	}
	l := &list{screen: s, Query: p.query(c, s), Q: c.QueryParam("q")}
	if err := l.read(c); err != nil {
		return p.Refuse(c, err)
	}
	status := http.StatusOK
	switch {
	case refused != nil:
		l.Said, status = s.Explain(refused), page.StatusOf(refused)
	case l.Q != "":
		_, err := readNumber(l.Q)
		l.Said, status = s.Explain(err), http.StatusNotFound
	}
	name := "cases"
	if page.Swapped(c) && l.After != "" {
		name = "case-rows"
	}
	return p.views.Render(c, status, name, l)
}

// query reads what a request asks for.
func (p *Cases) query(c echo.Context, s screen) casefile.Query {
	q := casefile.Query{
		By: s.By, View: casefile.View(c.FormValue("view")), Unit: bot.UnitID(c.FormValue("unit")), Category: c.FormValue("category"),
		Kind: bot.CaseKind(c.FormValue("kind")), After: c.QueryParam("after"), Limit: pageOfCases,
	}
	if views := casefile.ViewsOf(s.By); !slices.Contains(views, q.View) {
		q.View = views[0]
	}
	if n := 0; q.After == "" {
		if _, err := fmt.Sscan(c.QueryParam("rows"), &n); err == nil { // the list is read again as far as it is shown
			q.Limit = max(pageOfCases, min(n, mostCases))
		}
	}
	return q
}

func (l *list) read(c echo.Context) error {
	ctx := c.Request().Context()
	rows, err := l.cases.Reads.CaseRows(ctx, l.Query)
	if err != nil {
		return fmt.Errorf("read cases of view %s: %w", l.View, err)
	}
	l.Rows = each(rows, func(r casefile.Row) row { return row{l, r} })
	if len(rows) == l.Limit {
		l.Next = l.address(func(v url.Values) { v.Set("after", rows[len(rows)-1].Cursor) })
	}
	if page.Swapped(c) && l.After != "" {
		return nil // rows alone
	}
	if l.Notices, err = l.cases.notices(c, l.screen); err != nil {
		return fmt.Errorf("read what the reader has to hear of: %w", err)
	}
	return l.count(ctx)
}

// Leads reports whether the reader has a digest.
func (l *list) Leads() bool { return l.By.Supervises() && l.Allows(http.MethodGet, "/cases/digest") }

// count counts the views, but what is over: nobody has to do anything about it.
func (l *list) count(ctx context.Context) error {
	for _, id := range casefile.ViewsOf(l.By) {
		v := view{ID: id, Label: l.T("cases.view." + string(id)), Current: id == l.View}
		v.URL = l.address(func(values url.Values) { values.Set("view", string(id)) })
		if !id.Newest() {
			q := l.Query
			q.View = id
			n, err := l.cases.Reads.CaseCount(ctx, q)
			if err != nil {
				return fmt.Errorf("count cases of view %s: %w", id, err)
			}
			v.Count = l.counted(n)
		}
		l.Views = append(l.Views, v)
	}
	return nil
}

// counted writes how many there are, as far as it is counted.
func (l *list) counted(n int) string {
	if n >= casefile.Enough {
		return l.Say("cases.over", "N", l.N(casefile.Enough-1))
	}
	return l.N(n)
}

// address is that of the list, changed.
func (l *list) address(change func(url.Values)) string {
	v := url.Values{"view": {string(l.View)}}
	for name, value := range map[string]string{"unit": string(l.Query.Unit), "category": l.Category, "kind": string(l.Kind)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	change(v)
	return l.Way("/cases") + "?" + v.Encode()
}

// Here is the list as it is shown, for who reads it again.
func (l *list) Here() string { return l.address(func(url.Values) {}) }

// Narrowed reports whether something was chosen.
func (l *list) Narrowed() bool { return l.Query.Unit != "" || l.Category != "" || l.Kind != "" }

// All leads to the view without what was chosen.
func (l *list) All() string {
	return l.Way("/cases") + "?" + url.Values{"view": {string(l.View)}}.Encode()
}

// Units are those that the reader serves: the list can be narrowed to one.
func (l *list) Units() []page.Choice { return l.served(l.Query.Unit) }

var kinds = [...]bot.CaseKind{bot.Complaint, bot.Request, bot.Question, bot.Suggestion}

// Kinds are the kinds of case.
func (l *list) Kinds() (list []page.Choice) {
	for _, kind := range kinds {
		list = append(list, page.Choice{ID: string(kind), Label: l.T("cases.kind." + string(kind)), Current: kind == l.Kind})
	}
	return list
}

// Categories are what cases of the chosen kind, or of all, can be about.
func (l *list) Categories() (list []page.Choice) {
	for _, kind := range kinds {
		if l.Kind != "" && kind != l.Kind {
			continue
		}
		for _, id := range l.cases.Content.Subjects(kind) {
			known := slices.ContainsFunc(list, func(one page.Choice) bool { return one.ID == id })
			if name := l.Subject(bot.Case{Kind: kind, Category: id}); !known {
				list = append(list, page.Choice{ID: id, Label: name, Current: id == l.Category})
			}
		}
	}
	return list
}

// Gives reports whether the reader may give several cases to somebody at once.
func (l *list) Gives() bool {
	return len(l.Rows) > 0 && !l.View.Questions() && !l.View.Newest() && l.Allows(http.MethodPost, "/cases/assign")
}

// Colleagues are those to whom cases can be given.
func (s screen) Colleagues(units ...bot.UnitID) (list []page.Choice) {
	for _, one := range s.staff {
		works := one.Looks() && one.Role != bot.RoleUnit
		if works && (len(units) == 0 && slices.ContainsFunc(s.cases.Content.Units(), func(u bot.UnitID) bool { return one.Serves(u) && s.By.Serves(u) }) ||
			slices.ContainsFunc(units, one.Serves)) {
			list = append(list, page.Choice{ID: string(one.ID), Label: one.Name})
		}
	}
	return list
}

// assign gives the cases that were ticked to a colleague, one after the other. It stops at the first that is refused.
func (p *Cases) assign(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return echo.ErrBadRequest
	}
	to := bot.StaffID(form.Get("to"))
	if len(form["case"]) == 0 || to == "" {
		return p.renderList(c, &bot.Error{Kind: bot.Invalid, Key: "case_none"})
	}
	for _, written := range form["case"][:min(len(form["case"]), mostCases)] {
		number, err := readNumber(written)
		if err == nil {
			err = p.Acts.Do(c.Request().Context(), p.Person(c), number, cases.Assign{To: to})
		}
		if err != nil {
			return p.renderList(c, err)
		}
	}
	return page.Back(c, p.Way("/cases"))
}
