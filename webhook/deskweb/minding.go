package deskweb

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page"
)

func (d *Desk) warn(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.Warn(c.Request().Context(), by, chat, given(c, "reason"))
}

func (d *Desk) mute(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	until, err := wake(c.FormValue("until"), c.FormValue("date"), by.Lang, d.Now())
	if err != nil {
		return "", err
	}
	return "", d.Acts.Mute(c.Request().Context(), by, chat, until, given(c, "reason"))
}

func (d *Desk) unmute(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.Unmute(c.Request().Context(), by, chat, given(c, "reason"))
}

func (d *Desk) legalHold(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.LegalHold(c.Request().Context(), by, chat, c.FormValue("on") != "", given(c, "reason"))
}

func (d *Desk) callManager(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.CallManager(c.Request().Context(), by, chat, given(c, "reason"))
}

func (d *Desk) accuse(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.Accuse(c.Request().Context(), by, chat, bot.StaffID(c.FormValue("who")), given(c, "reason"))
}

func (d *Desk) absolve(c echo.Context, by bot.Staff, chat bot.ChatKey) (string, error) {
	return "", d.Acts.Absolve(c.Request().Context(), by, chat, bot.StaffID(c.FormValue("who")), given(c, "reason"))
}

// Muted is until when the chat comes before no officer; empty when it is not muted.
func (t thread) Muted() string {
	if until := t.Thread.Chat.MutedUntil; until.After(t.Instant) {
		return t.When(until).Text
	}
	return ""
}

// minding is one act of the menu that asks for a reason, and of some for a colleague, with its box.
type minding struct {
	thread
	Act, Sign, ID string
	On            string   // value of the field "on"
	Who           []option // whom it can be about
}

// Mindings are those that the person may do now.
func (t thread) Mindings() (all []minding) {
	add := func(may bool, act, sign, id, on string) {
		if may && t.May(act) {
			all = append(all, minding{thread: t, Act: act, Sign: sign, ID: id, On: on})
		}
	}
	about := func(may bool, act, sign string, who []option) {
		if may && t.May(act) && len(who) > 0 {
			all = append(all, minding{thread: t, Act: act, Sign: sign, ID: act, Who: who})
		}
	}
	add(!t.Over() && !t.Others(), "manager", "user-round-plus", "manager", "")
	add(!t.Over() && !t.Others(), "warn", "circle-alert", "warn", "")
	add(t.Muted() != "", "unmute", "bell", "unmute", "")
	add(!t.LegalHold, "legalhold", "lock", "hold", "1")
	add(t.LegalHold, "legalhold", "lock", "lift", "")
	about(t.Mine() || desk.Leads(t.By), "accuse", "shield-check", t.accusable(false))
	about(true, "absolve", "undo-2", t.accusable(true))
	return all
}

// TakingOver is the act that has a button of its own in the head of the chat.
func (t thread) TakingOver() minding {
	return minding{thread: t, Act: "takeover", Sign: "hand", ID: "takeover"}
}

// accusable are the colleagues whom the chat complains about, or all others. One may be complained about oneself.
func (t thread) accusable(already bool) []option {
	var all []option
	for _, one := range t.staff {
		if (already || desk.Looks(one)) && slices.Contains(t.HandOver.About, one.ID) == already {
			all = append(all, option{string(one.ID), one.Name})
		}
	}
	return all
}

// MayMute reports whether the person may mute the chat now.
func (t thread) MayMute() bool { return !t.Over() && !t.Others() && t.Muted() == "" && t.May("mute") }

// sure are the hints that somebody had before him when he sent his words.
func sure(c echo.Context) (seen []desk.Hint) {
	for h := range strings.FieldsSeq(c.FormValue("sure")) {
		seen = append(seen, desk.Hint(h))
	}
	return seen
}

// hints are what an officer is asked to look at again.
type hints struct {
	screen
	Hints []desk.Hint
}

// Sure is what he has seen when he sends again.
func (h hints) Sure() string {
	seen := make([]string, len(h.Hints))
	for i, one := range h.Hints {
		seen[i] = string(one)
	}
	return strings.Join(seen, " ")
}

// Rude reports whether words may sound rude: they are sent only when they are sent again.
func (t thread) Rude() bool { return slices.Contains(t.Hints, desk.HintRude) }

// Hinted are the hints above the box.
func (t thread) Hinted() hints { return hints{t.screen, t.Hints} }

// drafted answers a draft that was kept: with the hints of what it says, when it has any.
func (d *Desk) drafted(c echo.Context, mode, words string) error {
	if mode != desk.ModeReply || !page.Swapped(c) {
		return c.NoContent(http.StatusNoContent)
	}
	found := d.Acts.Hints(words)
	if len(found) == 0 {
		return c.NoContent(http.StatusNoContent)
	}
	return d.views.Render(c, http.StatusOK, "hints", hints{d.screen(c, "desk.title"), found})
}
