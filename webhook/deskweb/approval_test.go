package deskweb

import (
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/desk"
)

// holding makes one line of the room words that wait for approval.
func (h *house) holding(author bot.Author) {
	h.alter = func(lines []desk.Line) {
		lines[mine].Direction, lines[mine].Flow, lines[mine].Step = bot.Note, desk.NoteFlow, desk.ActHeldBack
		lines[mine].Text, lines[mine].Author, lines[mine].JobKey = "We will refund it.", author, "hr1"
	}
}

func TestWordsThatWaitForApprovalAreShownAndTheirAuthorMayTakeThemBack(t *testing.T) {
	h := open(t)
	for _, row := range []struct {
		author bot.Author
		asked  []bot.Approval
		said   string
		forms  int
	}{
		{"1", []bot.Approval{{ID: "hr1"}}, "desk.held_back", 1},
		{"2", []bot.Approval{{ID: "hr1"}}, "desk.held_back", 0},
		{"1", []bot.Approval{{ID: "hr2"}}, "desk.held_back.was", 0},
		{"1", nil, "desk.held_back.was", 0},
	} {
		h.holding(row.author)
		h.asked = row.asked
		html := h.get(t, "/desk/tg:b:1", false, "javab_lang=en").Body.String()
		if !strings.Contains(html, "We will refund it.") || !strings.Contains(html, "</svg>"+h.Words.T(bot.En, row.said, nil)+"</h3>") {
			t.Errorf("%+v: not shown", row)
		}
		if n := strings.Count(html, `action="/approvals/hr1/withdraw"`); n != row.forms {
			t.Errorf("%+v: taken back by %d forms", row, n)
		}
	}
}

func TestTheComposerOffersToAskForApproval(t *testing.T) {
	h := open(t)
	h.held["tg:b:1"] = "1"
	html := h.get(t, "/desk/tg:b:1", false, "javab_lang=en").Body.String()
	if !strings.Contains(html, `<span class="asks">Ask approval</span>`) {
		t.Error("it does not")
	}
}
