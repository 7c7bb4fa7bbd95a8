package reportweb

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/report"
)

// pageOfItems is how many items a list shows at once.
const pageOfItems = 50

// list is the page of what a number counts.
type list struct {
	screen
	ID     string // of the list: an indicator, a grouping, "disputes"
	Title  string
	Of     report.Figure // of an indicator
	Only   report.Standing
	Items  []row
	Total  int
	More   string // address of the next items; empty when there are none
	Cases  bool   // its items are cases
	Timed  bool   // with how long the answer took
	Paused bool   // with when their clocks stood
}

// showList shows exactly what a number counts.
func (r *Reports) showList(c echo.Context) error {
	s, err := r.screen(c)
	if err != nil {
		return r.Refuse(c, err)
	}
	id := c.Param("list")
	if id == trend {
		return r.showTrend(c, s)
	}
	l := list{screen: s, ID: id, Only: report.Standing(c.QueryParam("only"))}
	items, err := r.items(c, &l)
	if err != nil {
		return r.Refuse(c, err)
	}
	from, _ := strconv.Atoi(c.QueryParam("from"))
	from = min(max(0, from), len(items))
	to := min(from+pageOfItems, len(items))
	if l.Total = len(items); to < l.Total {
		l.More = s.At(id, "only", string(l.Only), "key", c.QueryParam("key"), "from", strconv.Itoa(to))
	}
	items = items[from:to]
	if l.Paused {
		if err := r.Office.WithPauses(c.Request().Context(), items); err != nil {
			return r.Refuse(c, err)
		}
	}
	for _, item := range items {
		l.Items = append(l.Items, row{s, item})
	}
	return r.views.Render(c, http.StatusOK, "list", l)
}

// items are those of a list; what it is about is written into l.
func (r *Reports) items(c echo.Context, l *list) (items []report.Item, err error) {
	ctx, id, by := c.Request().Context(), report.Indicator(l.ID), report.Grouping(l.ID)
	switch {
	case id.Valid():
		l.Title = l.T("report." + l.ID)
		l.Cases = id == report.InTime || id == report.Response || id == report.Renewed
		l.Timed, l.Paused = id == report.Response, id == report.InTime
		l.Of, items, err = r.Office.List(ctx, l.ask, id, l.Only)
		return items, err
	case l.ID == disputes:
		l.Title, l.Cases = l.T("report.disputes"), true
		return r.Topics.Disputed(ctx, l.ask)
	case by == report.ByCategory, by == report.ByUnit, by == report.ByCause:
		l.Title, l.Cases = table{l.screen, by, nil}.Label(report.Topic{Key: c.QueryParam("key")}), true
		return r.Topics.Filed(ctx, l.ask, by, c.QueryParam("key"))
	default:
		return nil, &bot.Error{Kind: bot.NotFound, Key: "indicator_not_found"}
	}
}

// disputes is the list of contested cases.
const disputes = "disputes"

// Parts are the standings that the list can be narrowed to.
func (l list) Parts() []part {
	var parts []part
	for _, p := range l.Of.Parts {
		parts = append(parts, part{l.screen, l.ID, p, p.Standing == l.Only})
	}
	return parts
}

// part is how many items have a standing, and the way to them.
type part struct {
	screen
	list string
	report.Part
	Current bool
}

// Name is the standing's.
func (p part) Name() string { return p.T("report.standing." + string(p.Standing)) }

// Many is how many they are.
func (p part) Many() string { return p.tell.N(p.Part.N) }

// Link leads to the items.
func (p part) Link() string { return p.At(p.list, "only", string(p.Standing)) }
