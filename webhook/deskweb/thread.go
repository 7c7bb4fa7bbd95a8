package deskweb

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page"
)

// pageOfLines is how many lines of a chat are shown at once.
const pageOfLines = 60

// thread is an open chat.
type thread struct {
	screen
	desk.Thread
	Tab   desk.Tab
	Head  row
	Said  string // why something was refused
	Reply string // what he has written and not sent
	Ready string // the ready reply that it is, "id@version"
	Hints []desk.Hint
	Note  string
	Mode  string // reply or note
	Form  string // id of the reply or note that is being written
	// Amending is the line whose change was refused, Amended what it should have read.
	Amending int64
	Amended  string
	Present  presence
	asked    map[string]bool // the approvals that are waited for, by their ids
	staff    page.Staff
}

// Mine reports whether the chat is held by the person who looks.
func (t thread) Mine() bool { return t.Held() && t.HandOver.Holder == t.By.ID }

// Held reports whether somebody holds the chat.
func (t thread) Held() bool { return t.HandOver.State == bot.HandOverHeld }

// Over reports whether the hand-over has ended: the bot answers again.
func (t thread) Over() bool { return t.HandOver.State == bot.HandOverEnded }

// Others reports whether somebody else holds it: then he may only be relieved, with a reason.
func (t thread) Others() bool { return t.Held() && !t.Mine() }

// Holder is the name of who holds the chat.
func (t thread) Holder() string { return t.staff.Name(t.HandOver.Holder) }

// Named is the name of the colleague for whom the chat waits.
func (t thread) Named() string { return t.staff.Name(t.HandOver.Named) }

// URL is the chat's address; with "/claim" behind it, that of an act.
func (t thread) URL() string { return t.desk.chatURL(t.Row.Chat) }

// May reports whether the person may do an act at all.
func (t thread) May(act string) bool {
	return t.Allows(http.MethodPost, "/desk/:chat/"+act)
}

// Unit names a department.
func (t thread) Unit(id bot.UnitID) string { return t.desk.Content.Unit(id, t.Lang) }

// Flow names a script.
func (t thread) Flow() string { return t.desk.Content.Flow(t.HandOver.Flow, t.Lang) }

// Speaks names the member's language.
func (t thread) Speaks() string { return t.T("lang." + string(t.spoken())) }

func (t thread) spoken() bot.Lang {
	if t.Thread.Chat.Lang.Valid() {
		return t.Thread.Chat.Lang
	}
	return bot.Fa
}

// Older is the address of the lines before those shown.
func (t thread) Older() string {
	if !t.More || len(t.Thread.Lines) == 0 {
		return ""
	}
	return fmt.Sprintf("%s?tab=%s&before=%d", t.URL(), t.Tab, t.Thread.Lines[0].ID)
}

// Last is the id of the newest line.
func (t thread) Last() int64 {
	if len(t.Thread.Lines) == 0 {
		return 0
	}
	return t.Thread.Lines[len(t.Thread.Lines)-1].ID
}

// Unheard is the id before the member's last line: read up to it, the chat counts as unread.
func (t thread) Unheard() int64 {
	for i := len(t.Thread.Lines) - 1; i >= 0; i-- {
		if t.Thread.Lines[i].Direction == bot.In && !byHand(t.Thread.Lines[i]) {
			return t.Thread.Lines[i].ID - 1
		}
	}
	return t.Last()
}

// open reads a chat as its page shows it.
func (d *Desk) open(c echo.Context, s screen, chat bot.ChatKey) (*thread, error) {
	ctx := c.Request().Context()
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	read, err := d.Reads.Thread(ctx, s.By, chat, before, pageOfLines)
	if err != nil {
		return nil, fmt.Errorf("read chat %s: %w", chat, err)
	}
	t := &thread{screen: s, Thread: read, Tab: tabOf(c), Mode: "reply", Form: d.ID()}
	if t.staff, err = d.names(ctx); err != nil {
		return nil, err
	}
	t.Title = s.called(read.Row) + " · " + s.T("desk.title")
	t.Head = row{screen: s, Row: read.Row, Tab: t.Tab, Current: true, Clock: s.clock(read.Row)}
	if read.Row.PausedBy != "" {
		t.Head.Stops = s.stopped(t.staff.Name(read.Row.PausedBy), read.Row.PausedWhy)
	}
	t.Present = d.hub.present(chat, s.By.ID, t.staff, s)
	if err := d.fill(ctx, t); err != nil {
		return nil, err
	}
	if t.asked, err = d.heldBack(ctx, chat); err != nil {
		return nil, err
	}
	t.choose(c.QueryParam("ready"))
	return t, nil
}

// fill puts back what the person had begun to write.
func (d *Desk) fill(ctx context.Context, t *thread) (err error) {
	if t.Reply, t.Note, err = d.Reads.Kept(ctx, t.By.ID, t.Row.Chat); err != nil {
		return fmt.Errorf("read drafts of chat %s: %w", t.Row.Chat, err)
	}
	if t.Reply == "" && t.Note != "" {
		t.Mode = "note"
	}
	return nil
}

// heldBack are the approvals that a chat waits for.
func (d *Desk) heldBack(ctx context.Context, chat bot.ChatKey) (map[string]bool, error) {
	list, err := d.Asked(ctx, chat)
	if err != nil {
		return nil, fmt.Errorf("read approvals of chat %s: %w", chat, err)
	}
	asked := map[string]bool{}
	for _, a := range list {
		asked[a.ID] = true
	}
	return asked, nil
}

// showChat is the whole page of a chat, or the piece of it that a link asks for.
func (d *Desk) showChat(c echo.Context) error {
	s := d.screen(c, "desk.title")
	t, err := d.open(c, s, chatOf(c))
	if err != nil {
		return d.Refuse(c, err)
	}
	switch {
	case page.Swapped(c) && c.QueryParam("part") == "older":
		return d.views.Render(c, http.StatusOK, "older", t)
	case page.Swapped(c):
		return d.views.Render(c, http.StatusOK, "work", t)
	default:
		return d.whole(c, http.StatusOK, t)
	}
}

// showPart is the piece of an open chat that the browser asks for by itself when a signal names the chat: its lines, or
// who else is there.
func (d *Desk) showPart(c echo.Context) error {
	t, err := d.open(c, d.screen(c, "desk.title"), chatOf(c))
	if err != nil {
		return d.Refuse(c, err)
	}
	if c.QueryParam("part") == "present" {
		return d.views.Render(c, http.StatusOK, "present", t.Present)
	}
	return d.views.Render(c, http.StatusOK, "talk", t)
}

// whole renders the desk around an open chat.
func (d *Desk) whole(c echo.Context, status int, t *thread) error {
	l, err := d.list(c, t.screen, t.Row.Chat)
	if err != nil {
		return d.Refuse(c, err)
	}
	return d.views.Render(c, status, "desk", inbox{screen: t.screen, List: l, Chat: t})
}
