package deskweb

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

// mine is the line of the room that its reader has sent.
const mine = 9

// offers counts the forms of a line's acts in the page.
func (h *house) offers(t *testing.T, edit, remove, retry int) string {
	t.Helper()
	page := h.get(t, "/desk/tg:b:1", false, "javab_lang=en").Body.String()
	for act, want := range map[string]int{"edit": edit, "delete": remove, "retry": retry} {
		if got := strings.Count(page, `action="/desk/tg:b:1/`+act+`"`); got != want {
			t.Errorf("%d times %s, want %d", got, act, want)
		}
	}
	return page
}

func TestOnesOwnLinesCanBeChangedAndWhatFailedSentAgain(t *testing.T) {
	h := open(t)
	h.held["tg:b:1"] = "1"
	h.offers(t, 2, 2, 1)
	h.alter = func(lines []desk.Line) { lines[mine].At = noon.Add(-49 * time.Hour) }
	h.offers(t, 2, 1, 1)
	h.alter = func(lines []desk.Line) { lines[mine].Author = "2" }
	h.offers(t, 1, 1, 1)
	h.alter = nil
	h.No["POST /desk/:chat/delete"] = true
	h.offers(t, 2, 0, 1)
	h.held["tg:b:1"] = "2"
	h.offers(t, 2, 0, 0)
}

func TestAnEditedLineShowsWhatItOnceSaidAndWhyItsChangeFailed(t *testing.T) {
	h := open(t)
	h.held["tg:b:1"] = "1"
	h.alter = func(lines []desk.Line) {
		l := &lines[mine]
		l.EditedAt, l.Earlier = noon, []bot.Wording{{Text: "what I said first", Until: noon}}
		l.Amended, l.Fault = desk.SentFailed, bot.FaultStale
	}
	page := h.offers(t, 2, 2, 2)
	if !strings.Contains(page, "what I said first") {
		t.Error("the old words are not shown")
	}
	for _, id := range []string{"desk.amend.edited", "desk.amend.failed", "desk.fault.stale"} {
		if !strings.Contains(page, h.Words.T(bot.En, id, nil)) {
			t.Errorf("%s is not shown", id)
		}
	}
}

func TestADeletedLineStandsCrossedOutAndStaysSo(t *testing.T) {
	h := open(t)
	h.held["tg:b:1"] = "1"
	h.alter = func(lines []desk.Line) { lines[mine].DeletedAt, lines[mine].Sent = noon, desk.SentNot }
	if page := h.offers(t, 1, 1, 1); !strings.Contains(page, "<del>") || !strings.Contains(page, h.Words.T(bot.En, "desk.amend.deleted", nil)) {
		t.Error("it looks as before")
	}
}

func TestAHintHoldsAChangeBackOnce(t *testing.T) {
	h := open(t)
	h.held["tg:b:4"] = "1"
	fields := url.Values{"line": {"109"}, "text": {"That is nonsense, I promise."}}
	answer := h.ask(t, "POST", "/desk/tg:b:4/edit", fields, true, "javab_lang=en")
	page := answer.Body.String()
	if answer.Code != 422 || len(h.done) != 0 {
		t.Fatalf("answered %d, did %q", answer.Code, h.done)
	}
	for part, times := range map[string]int{`name="sure" value="rude commitment"`: 1, "This may sound rude": 1, "This may bind the chamber": 1, "Send anyway": 1, `id="amend-109" open`: 1} {
		if got := strings.Count(page, part); got != times {
			t.Errorf("%d times %q", got, part)
		}
	}
	fields.Set("sure", "rude commitment")
	if h.post(t, "/desk/tg:b:4/edit", fields, true); !slices.Equal(h.done, []string{"1 edits 109 of tg:b:4: That is nonsense, I promise."}) {
		t.Errorf("sent anyway: did %q", h.done)
	}
}

func TestAChangeThatIsRefusedKeepsItsWords(t *testing.T) {
	h := open(t)
	h.held["tg:b:4"] = "1"
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "desk_amend_deleted"}
	answer := h.post(t, "/desk/tg:b:4/edit", map[string][]string{"line": {"109"}, "text": {"my new words"}}, true)
	if page := answer.Body.String(); answer.Code != 409 || !strings.Contains(page, `id="amend-109" open`) || !strings.Contains(page, ">my new words</textarea>") {
		t.Errorf("%d, and the words are lost", answer.Code)
	}
}
