package deskweb

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
)

// Amending is what an officer does about a message that he has written.
type Amending interface {
	Edit(ctx context.Context, by bot.Staff, chat bot.ChatKey, c desk.Change) error
	Delete(ctx context.Context, by bot.Staff, chat bot.ChatKey, line int64) error
	Retry(ctx context.Context, by bot.Staff, chat bot.ChatKey, line int64) error
}

func (d *Desk) edit(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	words := given(c, "text")
	if words == "" {
		return "", &bot.Error{Kind: bot.Invalid, Key: "desk_empty"}
	}
	return "", d.Acts.Edit(c.Request().Context(), by, chat, desk.Change{Line: lineIn(c), Text: words, Sure: sure(c)})
}

func (d *Desk) delete(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.Delete(c.Request().Context(), by, chat, lineIn(c))
}

func (d *Desk) retry(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.Retry(c.Request().Context(), by, chat, lineIn(c))
}

// lineIn is the line that a form is about. Nonsense names none: there is no line 0.
func lineIn(c echo.Context) int64 {
	id, _ := strconv.ParseInt(c.FormValue("line"), 10, 64)
	return id
}

// amends says what the reader may do about a line: his own that are not gone, as far as their channel can.
func (t thread) amends(l desk.Line) (edit, remove bool) {
	if l.Direction != bot.Out || l.Author != t.By.Author() || !l.DeletedAt.IsZero() || byHand(l) {
		return false, false
	}
	caps := t.desk.Caps(t.Row.Chat.Channel())
	edit = caps.Edit && l.Text != "" && t.May("edit")
	return edit, t.May("delete") && t.desk.Now().Sub(l.At) < caps.Delete
}

// Hinted are the hints above the words of a change that was refused.
func (l line) Hinted() hints {
	if l.Typed == "" {
		return hints{screen: l.screen}
	}
	return hints{l.screen, l.desk.Acts.Hints(l.Typed)}
}

// Gone reports whether the line was deleted.
func (l line) Gone() bool { return !l.DeletedAt.IsZero() }

// Edited reports whether its words were changed.
func (l line) Edited() bool { return len(l.Earlier) > 0 }

// Change says how far the last change of the line has come, where that is not as it should be.
func (l line) Change() string {
	switch l.Amended {
	case desk.SentQueued:
		return l.T("desk.amend.queued")
	case desk.SentFailed:
		return l.T("desk.amend.failed")
	}
	return ""
}

// faults are those that have a sentence of their own.
var faults = map[bot.SendFault]bool{
	bot.FaultStale: true, bot.FaultNotFound: true, bot.FaultBlocked: true, bot.FaultTooLong: true, bot.FaultRejected: true,
}

// Why says why the line, or its change, did not get through.
func (l line) Why() string {
	switch {
	case l.Sent != desk.SentFailed && l.Amended != desk.SentFailed:
		return ""
	case faults[l.Fault]:
		return l.T("desk.fault." + string(l.Fault))
	}
	return l.T("desk.fault.other")
}
