package deskweb

import (
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/locales/text"
	"javab/webhook/page"
)

// doing is one act on a chat, read from its form. next says where the page goes afterwards; empty: it stays.
type doing func(d *Desk, c echo.Context, by bot.Staff, chat bot.ChatKey) (next string, err error)

var acts = map[string]doing{
	"claim": (*Desk).claim, "takeover": (*Desk).takeOver, "release": (*Desk).release, "transfer": (*Desk).transfer,
	"close": (*Desk).close, "snooze": (*Desk).snooze, "reply": (*Desk).reply, "note": (*Desk).note,
	"edit": (*Desk).edit, "delete": (*Desk).delete, "retry": (*Desk).retry,
	"warn": (*Desk).warn, "mute": (*Desk).mute, "unmute": (*Desk).unmute, "legalhold": (*Desk).legalHold,
	"manager": (*Desk).callManager, "accuse": (*Desk).accuse, "absolve": (*Desk).absolve,
}

// act does one and shows what came of it. What was refused shows the chat as it is now, with the reason above it and
// the words that were typed still in their box.
func act(name string, do doing) func(*Desk, echo.Context) error {
	return func(d *Desk, c echo.Context) error {
		s, chat := d.screen(c, "desk.title"), chatOf(c)
		next, refused := do(d, c, s.By, chat)
		if refused == nil && next != "" {
			return page.Lead(c, next)
		}
		if refused == nil && !page.Swapped(c) {
			return c.Redirect(http.StatusSeeOther, d.chatURL(chat)+"?tab="+string(tabOf(c)))
		}
		t, err := d.open(c, s, chat)
		switch {
		case err != nil && refused != nil:
			d.Tell(c, err)
			return d.Refuse(c, refused)
		case err != nil:
			d.Tell(c, err)
			return page.Lead(c, d.Way("/desk")+"?tab="+string(tabOf(c))) // done, and no longer for his eyes
		case refused == nil:
			return d.views.Render(c, http.StatusOK, "work", t)
		}
		t.Said = t.Explain(refused)
		t.typed(c, name)
		if page.Swapped(c) {
			return d.views.Render(c, page.StatusOf(refused), "work", t)
		}
		return d.whole(c, page.StatusOf(refused), t)
	}
}

// typed puts the words of a refused form back into its box. The form keeps its id: sent again, it acts once.
func (t *thread) typed(c echo.Context, name string) {
	words := c.FormValue("text")
	form, err := c.MultipartForm()
	switch name {
	case "reply":
		t.Mode = "reply"
		if err != nil && !errors.Is(err, http.ErrNotMultipart) {
			return // it could not be read: what was kept of it last stands in the box
		}
		t.Reply, t.Ready = words, c.FormValue("ready")
		t.Hints = t.desk.Acts.Hints(words)
		t.chooseAgain(form, page.Swapped(c))
	case "note":
		t.Note, t.Mode = words, "note"
	case "edit":
		t.Amending, t.Amended = lineIn(c), words
		return
	default:
		return
	}
	if id := c.FormValue("id"); id != "" {
		t.Form = id
	}
}

// chooseAgain names the files of a refused reply that have to be chosen once more: no page may fill such a field. A page
// that is only swapped keeps the field as it is, as long as its form is there.
func (t *thread) chooseAgain(form *multipart.Form, swapped bool) {
	if form == nil || swapped && !t.Others() && !t.Over() {
		return
	}
	var files []string
	for _, part := range form.File["file"] {
		if name := text.FileName(part.Filename); name != "" {
			files = append(files, text.Isolate(name))
		}
	}
	if len(files) > 0 {
		t.Said += " " + t.Say("desk.attach.again", "Files", strings.Join(files, " · "))
	}
}

func (d *Desk) claim(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.Claim(c.Request().Context(), by, chat)
}

func (d *Desk) takeOver(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.TakeOver(c.Request().Context(), by, chat, given(c, "reason"))
}

func (d *Desk) release(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.Release(c.Request().Context(), by, chat, given(c, "reason"))
}

// transfer gives the chat to "unit:<id>" or "staff:<id>".
func (d *Desk) transfer(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	to := desk.To{Reason: given(c, "reason")}
	kind, id, _ := strings.Cut(c.FormValue("to"), ":")
	switch kind {
	case "unit":
		to.Unit = bot.UnitID(id)
	case "staff":
		to.Staff = bot.StaffID(id)
	default:
		return "", &bot.Error{Kind: bot.Invalid, Key: "desk.error.to"}
	}
	return "", d.Acts.Transfer(c.Request().Context(), by, chat, to)
}

func (d *Desk) close(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	ending := desk.Ending{Outcome: c.FormValue("outcome"), Greet: c.FormValue("greet") != ""}
	if err := d.Acts.Close(c.Request().Context(), by, chat, ending); err != nil {
		return "", err
	}
	tab := "?tab=" + string(tabOf(c))
	if c.FormValue("then") != "next" {
		return d.Way("/desk") + tab, nil
	}
	next, err := d.next(c, by, chat)
	d.Tell(c, err)
	if err != nil || next == "" {
		return d.Way("/desk") + tab, nil // it is closed; that there is no next one is no reason to say otherwise
	}
	return d.chatURL(next) + tab, nil
}

// next is the first other chat of the tab.
func (d *Desk) next(c echo.Context, by bot.Staff, chat bot.ChatKey) (bot.ChatKey, error) {
	rows, err := d.Reads.Inbox(c.Request().Context(), desk.Query{By: by, Tab: tabOf(c), Now: d.Now(), Limit: 2})
	for _, r := range rows {
		if r.Chat != chat {
			return r.Chat, err
		}
	}
	return "", err
}

func (d *Desk) snooze(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	until, err := wake(c.FormValue("until"), c.FormValue("date"), by.Lang, d.Now())
	if err != nil {
		return "", err
	}
	return "", d.Acts.Snooze(c.Request().Context(), by, chat, until)
}

func (d *Desk) reply(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	words := given(c, "text")
	files, err := d.uploads(c, by)
	if err != nil {
		return "", err
	}
	if words == "" && len(files) == 0 {
		return "", &bot.Error{Kind: bot.Invalid, Key: "desk_empty"}
	}
	r := desk.Reply{ID: c.FormValue("id"), Text: words, Files: files, Ready: d.sent(c.FormValue("ready"), words), Sure: sure(c)}
	return "", d.Acts.Reply(c.Request().Context(), by, chat, r)
}

func (d *Desk) note(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	words := given(c, "text")
	if words == "" {
		return "", &bot.Error{Kind: bot.Invalid, Key: "desk_empty"}
	}
	staff, err := d.names(c.Request().Context())
	if err != nil {
		return "", err
	}
	n := desk.Note{ID: c.FormValue("id"), Text: words, Mentions: mentioned(staff, words)}
	return "", d.Acts.Note(c.Request().Context(), by, chat, n)
}

// mentioned are the colleagues whose names stand behind an @.
func mentioned(staff page.Staff, words string) []bot.StaffID {
	var found []bot.StaffID
	for _, one := range staff {
		if one.Name != "" && strings.Contains(words, "@"+one.Name) {
			found = append(found, one.ID)
		}
	}
	return found
}

func given(c echo.Context, field string) string { return strings.TrimSpace(c.FormValue(field)) }

// keep keeps what somebody is writing, while he writes.
func (d *Desk) keep(c echo.Context) error {
	mode := c.FormValue("mode")
	if mode != "reply" && mode != "note" {
		return echo.ErrBadRequest
	}
	err := d.Acts.Keep(c.Request().Context(), d.Person(c), chatOf(c), mode, c.FormValue("text"))
	if err != nil {
		return d.Refuse(c, err)
	}
	return d.drafted(c, mode, c.FormValue("text"))
}

// seen marks how far somebody has read.
func (d *Desk) seen(c echo.Context) error {
	upTo, err := strconv.ParseInt(c.FormValue("up_to"), 10, 64)
	if err != nil {
		return echo.ErrBadRequest
	}
	chat := chatOf(c)
	if err := d.Acts.Seen(c.Request().Context(), d.Person(c), chat, upTo); err != nil {
		return d.Refuse(c, err)
	}
	if c.FormValue("leave") != "" {
		return page.Lead(c, d.Way("/desk")+"?tab="+string(tabOf(c)))
	}
	return c.NoContent(http.StatusNoContent)
}

func (d *Desk) setStatus(c echo.Context) error {
	status := bot.StaffStatus(c.FormValue("status"))
	if !status.Valid() {
		return echo.ErrBadRequest
	}
	if err := d.Acts.Status(c.Request().Context(), d.Person(c), status); err != nil {
		return d.Refuse(c, fmt.Errorf("set status: %w", err))
	}
	return page.Back(c, d.Way("/desk"))
}
