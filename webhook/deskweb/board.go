package deskweb

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page"
)

// picked is the queue that somebody looks into: its first chats, and to whom they can go.
type picked struct {
	floor
	queue
	First []row
}

const (
	firstRows = 5  // of a queue, by name
	mostMoved = 25 // chats by one form
)

// board is the floor with what was picked of it.
func (d *Desk) board(c echo.Context, s screen) (floor, error) {
	f, err := d.floor(c, s)
	if err != nil {
		return f, err
	}
	f.typed = func(string) string { return "" }
	if i := slices.IndexFunc(f.Officers, func(o officer) bool { return string(o.ID) == c.FormValue("officer") }); i >= 0 {
		f.Officer = &f.Officers[i]
	}
	i := slices.IndexFunc(f.Queues, func(q queue) bool { return string(q.Unit) == c.FormValue("unit") })
	if i < 0 {
		return f, nil
	}
	rows, err := d.Reads.Inbox(c.Request().Context(), s.waiting(f.Queues[i].Unit, firstRows))
	if err != nil {
		return f, fmt.Errorf("read the queue of %s: %w", f.Queues[i].Unit, err)
	}
	f.Queue = &picked{queue: f.Queues[i]}
	for _, r := range rows {
		f.Queue.First = append(f.Queue.First, row{screen: s, Row: r, Tab: desk.TabWaiting, Clock: s.clock(r)})
	}
	return f, nil
}

func (s screen) waiting(unit bot.UnitID, limit int) desk.Query {
	return desk.Query{By: s.By, Tab: desk.TabWaiting, Unit: unit, Now: s.Instant, Limit: limit}
}

// Pick is what stands in the picked queue's forms.
func (f floor) Pick() picked {
	p := *f.Queue
	p.floor = f
	return p
}

// Typed is what stood in a field of a form that was refused.
func (f floor) Typed(field string) string { return f.typed(field) }

// May reports whether the person may do an act of the board.
func (f floor) May(act string) bool { return f.Allows(http.MethodPost, "/board/live/"+act) }

// Colleague names somebody who has a column.
func (f floor) Colleague(id bot.StaffID) string {
	for _, o := range f.Officers {
		if o.ID == id {
			return o.Name
		}
	}
	return string(id)
}

// Rests are what the picked officer can be.
func (f floor) Rests() []bot.StaffStatus {
	return []bot.StaffStatus{bot.Available, bot.OnBreak, bot.Away}
}

// Next is the chat that is chosen already: the first that waits for nobody by name.
func (p picked) Next() bot.ChatKey {
	if chosen := p.Typed("chat"); chosen != "" {
		return bot.ChatKey(chosen)
	}
	for _, r := range p.First {
		if r.Named == "" {
			return r.Chat
		}
	}
	return ""
}

// Present are those who can be given a chat of the queue now.
func (p picked) Present() []option {
	var all []option
	for _, o := range p.Officers {
		if o.Status == bot.Available && o.Capacity > 0 && o.Serves(p.Unit) && (p.Stops == "" || desk.Supervises(o.Staff)) {
			all = append(all, option{string(o.ID), o.Name + " · " + p.Of(o.Held, o.Capacity)})
		}
	}
	return all
}

// Others are the units that the queue's chats can move to.
func (p picked) Others() []option {
	var all []option
	for _, id := range p.desk.Content.Units() {
		if id != p.Unit {
			all = append(all, option{string(id), p.desk.Content.Unit(id, p.Lang)})
		}
	}
	return all
}

// Firsts are how many chats can be moved at once.
func (p picked) Firsts() []option {
	var all []option
	for _, n := range []int{1, 5, 10, mostMoved} {
		if n == 1 || n <= p.Waiting {
			all = append(all, option{"first:" + strconv.Itoa(n), p.Count("desk.live.first", n)})
		}
	}
	return all
}

// leading is one act of the board, read from its form; done says what it has come to.
type leading func(c echo.Context, s screen) (done string, err error)

// lead does one and shows the board as it then is.
func (d *Desk) lead(do leading) echo.HandlerFunc {
	return func(c echo.Context) error {
		s := d.screen(c, "desk.live.title")
		done, refused := do(c, s)
		if refused == nil && !page.Swapped(c) {
			return c.Redirect(http.StatusSeeOther, "/board/live?"+url.Values{"unit": {c.FormValue("unit")}, "officer": {c.FormValue("officer")}}.Encode())
		}
		f, err := d.board(c, s)
		if err != nil {
			return d.Refuse(c, err)
		}
		f.Done = done
		if refused == nil {
			return d.views.Render(c, http.StatusOK, "board", f)
		}
		f.Said, f.typed = s.Explain(refused), c.FormValue
		view := "live"
		if page.Swapped(c) {
			view = "board"
		}
		return d.views.Render(c, page.StatusOf(refused), view, f)
	}
}

// assign gives one waiting chat to a colleague. The chat stands in the form: sent twice, it is given once.
func (d *Desk) assign(c echo.Context, s screen) (string, error) {
	chat, to := bot.ChatKey(c.FormValue("chat")), bot.StaffID(c.FormValue("staff"))
	if chat == "" || to == "" {
		return "", &bot.Error{Kind: bot.Invalid, Key: "desk.error.assign"}
	}
	staff, err := d.names(c.Request().Context())
	if err != nil {
		return "", err
	}
	if err := d.Acts.Assign(c.Request().Context(), s.By, chat, to, s.T("desk.live.assigned")); err != nil {
		return "", err
	}
	return s.Say("desk.live.assigned_to", "Who", staff.Name(to)), nil
}

// move gives "chat:<key>" or "first:<n>" of a queue to another unit. What has been claimed or has ended meanwhile stays.
func (d *Desk) move(c echo.Context, s screen) (string, error) {
	ctx, to := c.Request().Context(), desk.To{Unit: bot.UnitID(c.FormValue("to")), Reason: given(c, "reason")}
	chats, err := d.chosen(c, s)
	if err != nil {
		return "", err
	}
	moved, missed := 0, error(nil)
	for _, chat := range chats {
		err := d.Acts.Transfer(ctx, s.By, chat, to)
		switch kind := bot.KindOf(err); {
		case err == nil:
			moved++
		case kind == bot.NotFound, kind == bot.Conflict:
			missed = err
		default:
			return "", err
		}
	}
	if moved == 0 && missed != nil {
		return "", missed
	}
	return s.Count("desk.live.moved", moved), nil
}

// chosen are the chats that a form means. The first of a queue are those that wait for nobody by name.
func (d *Desk) chosen(c echo.Context, s screen) ([]bot.ChatKey, error) {
	kind, what, _ := strings.Cut(c.FormValue("what"), ":")
	n, _ := strconv.Atoi(what)
	switch {
	case kind == "chat" && what != "":
		return []bot.ChatKey{bot.ChatKey(what)}, nil
	case kind != "first" || n < 1 || n > mostMoved:
		return nil, &bot.Error{Kind: bot.Invalid, Key: "desk.error.what"}
	}
	rows, err := d.Reads.Inbox(c.Request().Context(), s.waiting(bot.UnitID(c.FormValue("unit")), 4*mostMoved))
	if err != nil {
		return nil, fmt.Errorf("read the queue of %s: %w", c.FormValue("unit"), err)
	}
	var chats []bot.ChatKey
	for _, r := range rows {
		if r.Named == "" && len(chats) < n {
			chats = append(chats, r.Chat)
		}
	}
	if len(chats) == 0 {
		return nil, &bot.Error{Kind: bot.Conflict, Key: "desk.error.nothing"}
	}
	return chats, nil
}

// rest says for an officer whether chats may be given to him.
func (d *Desk) rest(c echo.Context, s screen) (string, error) {
	who, status := bot.StaffID(c.FormValue("officer")), bot.StaffStatus(c.FormValue("status"))
	if err := d.Acts.StatusOf(c.Request().Context(), s.By, who, status, given(c, "reason")); err != nil {
		return "", err
	}
	return s.T("desk.live.rested"), nil
}
