package deskweb

import (
	"fmt"
	"html/template"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page"
)

// rowKey is everything that a row's HTML depends on, also what changes without the chat: names of the content, and what
// the reader's rights let him see. Time is not in it: the browser counts it.
type rowKey struct {
	chat          bot.ChatKey
	rev           int64
	lang          bot.Lang
	tab           desk.Tab
	name          string
	topic, reason string // as the reader reads them
	last          string
	unread        int
	holds         string
	stops         string
	current       bool
	due           int64 // 0: nothing to count
	opening       int64 // when the unit opens; 0 while it is open
	key, hidden   bool
	upset         bool
}

// rowCache keeps the HTML of rows: at two hundred officers the same row is asked for two hundred times.
type rowCache struct {
	mu              sync.Mutex
	html            map[rowKey]template.HTML
	shown, rendered atomic.Uint64
}

// Rows is how many rows of lists were shown since the start, and how many of them had to be rendered for it.
func (d *Desk) Rows() (shown, rendered uint64) { return d.rows.shown.Load(), d.rows.rendered.Load() }

// maxRows bounds the cache; a full one is emptied, since old revisions are never asked for again.
const maxRows = 4096

func (c *rowCache) get(key rowKey) (template.HTML, bool) {
	c.shown.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	html, known := c.html[key]
	return html, known
}

func (c *rowCache) put(key rowKey, html template.HTML) {
	c.rendered.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.html == nil || len(c.html) >= maxRows {
		c.html = map[rowKey]template.HTML{}
	}
	c.html[key] = html
}

// row is one chat in the list.
type row struct {
	screen
	desk.Row
	Tab     desk.Tab
	Current bool
	Holds   string // who holds the chat, for others than him
	Stops   string // who has paused its queue, and why
	Clock   clock
}

// Called is the member's name, or what stands for it until he has given one.
func (r row) Called() string { return r.called(r.Row) }

func (s screen) called(r desk.Row) string {
	if r.Name == "" {
		return s.T("desk.nameless")
	}
	return r.Name
}

// Initial is the first letter of the member's name.
func (r row) Initial() string { return page.Initial(r.Row.Name) }

// Topic names what the member was about; without a topic, why the bot gave the chat away.
func (r row) Topic() string {
	if r.Row.Topic != "" {
		return r.desk.Content.Topic(r.Row.Topic, r.screen.Lang) // the row's own language is the member's
	}
	return r.Reason()
}

// Reason says why the bot gave the chat away.
func (r row) Reason() string { return r.reason(r.Row.Reason) }

// URL leads to the chat, and keeps the tab.
func (r row) URL() string { return r.desk.chatURL(r.Chat) + "?tab=" + string(r.Tab) }

// ID is the row's id in the page.
func (r row) ID() string { return "row-" + string(r.Chat) }

// chatOf is the chat that a request names. Browsers may escape the colons of its key; the router leaves them so.
func chatOf(c echo.Context) bot.ChatKey {
	key, err := url.PathUnescape(c.Param("chat"))
	if err != nil {
		return bot.ChatKey(c.Param("chat"))
	}
	return bot.ChatKey(key)
}

func (d *Desk) chatURL(chat bot.ChatKey) string { return d.Way("/desk/") + string(chat) }

// reasons are why a script gives a chat to people.
var reasons = map[string]bool{
	"asked": true, "guide_not_solved": true, "step_failed": true, "not_understood": true, "case_unavailable": true,
	"answer_not_enough": true, "case_closed": true, "data_conflict": true, "stuck": true, "about_case": true, "low_rating": true, "fault": true,
}

// reason names a reason; a script's own, which no catalog knows, is called by its id.
func (s screen) reason(id string) string {
	if reasons[id] {
		return s.T("desk.reason." + id)
	}
	return id
}

// clock is the time by which somebody should answer, as the browser counts it. It is the same HTML at any time.
type clock struct {
	screen
	Due     time.Time
	Opening time.Time // when the unit opens again; zero while it is open
}

// Shown reports whether there is anything to count.
func (c clock) Shown() bool { return !c.Due.IsZero() }

// Millis is the due time for the scripts.
func (c clock) Millis() int64 { return c.Due.UnixMilli() }

// Closed reports whether the unit does not answer now.
func (c clock) Closed() bool { return !c.Opening.IsZero() }

func (s screen) clock(r desk.Row) clock {
	c := clock{screen: s, Due: r.DueAt}
	if r.State == bot.HandOverEnded {
		c.Due = time.Time{}
	}
	if open, from := s.desk.Opening(r.Unit, s.Instant); !open {
		c.Opening = from
	}
	return c
}

// row renders one row, or finds it rendered.
func (s screen) row(r desk.Row, tab desk.Tab, current bool, staff page.Staff) (template.HTML, error) {
	shown := row{screen: s, Row: r, Tab: tab, Current: current, Clock: s.clock(r)}
	if r.Holder != "" && r.Holder != s.By.ID {
		shown.Holds = staff.Name(r.Holder)
	}
	if r.PausedBy != "" {
		shown.Stops = s.stopped(staff.Name(r.PausedBy), r.PausedWhy)
	}
	key := rowKey{
		chat: r.Chat, rev: r.Rev, lang: s.Lang, tab: tab, name: r.Name, topic: shown.Topic(), reason: shown.Reason(), last: r.LastText,
		unread: r.Unread, holds: shown.Holds, stops: shown.Stops, current: current, key: r.KeyAccount, hidden: r.Confidential, upset: r.Upset,
	}
	if shown.Clock.Shown() {
		key.due = shown.Clock.Due.UnixMilli()
	}
	if shown.Clock.Closed() {
		key.opening = shown.Clock.Opening.UnixMilli()
	}
	if html, known := s.desk.rows.get(key); known {
		return html, nil
	}
	html, err := s.desk.views.HTML("row", shown)
	if err != nil {
		return "", fmt.Errorf("chat %s: %w", r.Chat, err)
	}
	s.desk.rows.put(key, html)
	return html, nil
}
