package deskweb

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page"
)

// pageOfRows is how many rows a list shows at once: morphing three hundred would be felt.
const pageOfRows = 50

// list is the inbox: tabs with their counts and the rows of one of them.
type list struct {
	screen
	Tab  desk.Tab
	Tabs []tab
	Rows []template.HTML
	Next string // address of the next rows; empty when there are none
	// Waiting is how many wait, Closed how many were closed today: what an empty queue says beside its emptiness.
	Waiting, Closed int
	Stops           []stop // the queues that are paused
	Chat            bot.ChatKey
}

type tab struct {
	ID      desk.Tab
	Label   string
	Count   int
	Current bool
}

// Shown is how many rows the chosen tab has.
func (l list) Shown() int {
	for _, t := range l.Tabs {
		if t.Current {
			return t.Count
		}
	}
	return 0
}

func tabOf(c echo.Context) desk.Tab {
	switch asked := desk.Tab(c.FormValue("tab")); asked {
	case desk.TabMine, desk.TabAll, desk.TabSnoozed:
		return asked
	default:
		return desk.TabWaiting
	}
}

// list reads one page of a tab. chat is the one that is open beside it.
func (d *Desk) list(c echo.Context, s screen, chat bot.ChatKey) (list, error) {
	l := list{screen: s, Tab: tabOf(c), Chat: chat}
	ctx := c.Request().Context()
	staff, err := d.names(ctx)
	if err != nil {
		return l, err
	}
	limit := shownRows(c)
	rows, err := d.Reads.Inbox(ctx, desk.Query{By: s.By, Tab: l.Tab, Now: s.Instant, After: c.QueryParam("after"), Limit: limit})
	if err != nil {
		return l, fmt.Errorf("read tab %s: %w", l.Tab, err)
	}
	for _, r := range rows {
		html, err := s.row(r, l.Tab, r.Chat == chat, staff)
		if err != nil {
			return l, err
		}
		l.Rows = append(l.Rows, html)
	}
	if len(rows) == limit {
		l.Next = s.Way("/desk/list") + "?" + url.Values{"tab": {string(l.Tab)}, "after": {rows[len(rows)-1].Cursor}}.Encode()
	}
	if l.Stops, err = d.stops(c, s); err != nil {
		return l, fmt.Errorf("read which queues are paused: %w", err)
	}
	counts, err := d.Reads.Tabs(ctx, s.By, s.Instant)
	if err != nil {
		return l, fmt.Errorf("count the tabs: %w", err)
	}
	l.Tabs, l.Waiting = s.tabs(counts, l.Tab), counts.Waiting
	if l.Tab == desk.TabWaiting {
		l.Closed = counts.ClosedToday
	}
	return l, nil
}

// mostRows is how many rows a list is read again with; who has scrolled further down scrolls again.
const mostRows = 4 * pageOfRows

// shownRows is how many rows are asked for: a list that was scrolled is read again whole.
func shownRows(c echo.Context) int {
	n, _ := strconv.Atoi(c.QueryParam("rows"))
	return max(pageOfRows, min(n, mostRows))
}

func (s screen) tabs(n desk.Tabs, current desk.Tab) []tab {
	counts := map[desk.Tab]int{desk.TabWaiting: n.Waiting, desk.TabMine: n.Mine, desk.TabAll: n.All, desk.TabSnoozed: n.Snoozed}
	var tabs []tab
	for _, id := range []desk.Tab{desk.TabWaiting, desk.TabMine, desk.TabAll, desk.TabSnoozed} {
		tabs = append(tabs, tab{ID: id, Label: s.T("desk.tab." + string(id)), Count: counts[id], Current: id == current})
	}
	return tabs
}

// showList is the list alone, or with after the rows that come next. Without scripts the next rows are a page.
func (d *Desk) showList(c echo.Context) error {
	l, err := d.list(c, d.screen(c, "desk.title"), bot.ChatKey(c.QueryParam("chat")))
	if err != nil {
		return d.Refuse(c, err)
	}
	switch {
	case !page.Swapped(c):
		return d.views.Render(c, http.StatusOK, "desk", inbox{screen: l.screen, List: l})
	case c.QueryParam("after") != "":
		return d.views.Render(c, http.StatusOK, "rows", l)
	default:
		return d.views.Render(c, http.StatusOK, "list", l)
	}
}

// showRow is one row, which the browser puts in the place of the one it has. A chat that has left the tab has no row.
func (d *Desk) showRow(c echo.Context) error {
	s, ctx := d.screen(c, "desk.title"), c.Request().Context()
	r, err := d.Reads.Row(ctx, s.By, chatOf(c))
	if bot.KindOf(err) == bot.NotFound || err == nil && !stands(r, s.By, tabOf(c)) {
		return c.NoContent(http.StatusNoContent)
	}
	if err != nil {
		return d.Refuse(c, err)
	}
	staff, err := d.names(ctx)
	if err != nil {
		return d.Refuse(c, err)
	}
	html, err := s.row(r, tabOf(c), c.QueryParam("current") != "", staff)
	if err != nil {
		return err
	}
	return c.HTML(http.StatusOK, string(html))
}

// stands reports whether a row belongs to a tab.
func stands(r desk.Row, by bot.Staff, tab desk.Tab) bool {
	switch tab {
	case desk.TabMine:
		return r.State == bot.HandOverHeld && r.Holder == by.ID
	case desk.TabSnoozed:
		return r.State == bot.HandOverSnoozed
	case desk.TabAll:
		return r.State != bot.HandOverEnded
	default:
		return r.State == bot.HandOverWaiting
	}
}

// inbox is the whole desk: the list, and the chat that is open.
type inbox struct {
	screen
	List list
	Chat *thread // nil: none is open
}

func (d *Desk) showInbox(c echo.Context) error {
	l, err := d.list(c, d.screen(c, "desk.title"), "")
	if err != nil {
		return d.Refuse(c, err)
	}
	return d.views.Render(c, http.StatusOK, "desk", inbox{screen: l.screen, List: l})
}
