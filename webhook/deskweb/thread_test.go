package deskweb

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

func TestAListHasItsTabsWithCountsAndItsRows(t *testing.T) {
	h := open(t)
	page := h.get(t, "/desk?tab=waiting", false, "javab_lang=en").Body.String()
	if n := strings.Count(page, `<li class="row"`); n != len(h.room.Rows) {
		t.Errorf("%d rows", n)
	}
	for _, tab := range []string{"Waiting <b>9</b>", "Mine <b>3</b>", "All <b>12</b>", "Snoozed <b>1</b>"} {
		if !strings.Contains(page, tab) {
			t.Errorf("no tab %s", tab)
		}
	}
}

func TestOnlyTheRowOfTheOpenChatIsMarked(t *testing.T) {
	h := open(t)
	page := h.get(t, "/desk/tg:b:4", false).Body.String()
	marked := regexp.MustCompile(`href="/desk/([^?"]+)\?tab=waiting" aria-current="true"`).FindAllStringSubmatch(page, -1)
	if len(marked) != 1 || marked[0][1] != "tg:b:4" {
		t.Errorf("marked %v", marked)
	}
}

func TestARowIsRenderedOnceForAllWhoReadTheSame(t *testing.T) {
	h := open(t)
	h.get(t, "/desk", false)
	before := len(h.rows.html)
	h.Me.ID, h.Me.Name = "2", "another"
	h.get(t, "/desk", false)
	if before != len(h.room.Rows) || len(h.rows.html) != before+1 { // the one that he holds is another row for him
		t.Errorf("%d rows rendered, then %d", before, len(h.rows.html))
	}
}

func TestARowThatChangesIsRenderedAnew(t *testing.T) {
	h := open(t)
	row := func() string { return h.get(t, "/desk/row/tg:b:4?tab=all", true).Body.String() }
	h.room.Rows[3].Unread = 0
	first := row()
	h.held["tg:b:4"] = "2"
	if second := row(); first == second {
		t.Error("a claim does not show")
	}
	h.room.Rows[3].Unread = 7
	if third := row(); !strings.Contains(third, "\u06f7") {
		t.Error("an unread message does not show")
	}
	h.Opening = func(bot.UnitID, time.Time) (bool, time.Time) { return false, noon.Add(time.Hour) }
	if fourth := row(); !strings.Contains(fourth, `data-opens="`) {
		t.Error("outside hours the clock still runs")
	}
}

func TestAChatThatLeftTheTabHasNoRow(t *testing.T) {
	h := open(t)
	for path, code := range map[string]int{"tg:b:4?tab=waiting": 200, "tg:b:4?tab=mine": 204, "tg:b:2?tab=waiting": 204, "tg:b:2?tab=all": 200, "nobody?tab=all": 204} {
		if answer := h.get(t, "/desk/row/"+path, true); answer.Code != code {
			t.Errorf("%s: answered %d", path, answer.Code)
		}
	}
	h.hidden["tg:b:4"] = true
	if answer := h.get(t, "/desk/row/tg:b:4?tab=all", true); answer.Code != 204 || answer.Body.Len() != 0 {
		t.Error("a hidden chat has a row")
	}
}

func TestAnEscapedKeyNamesTheSameChat(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/desk/tg%3Ab%3A4", "/desk/part/tg%3Ab%3A4", "/desk/row/tg%3Ab%3A4?tab=all"} {
		if answer := h.get(t, path, true); answer.Code != 200 || !strings.Contains(answer.Body.String(), h.room.Rows[3].Name) {
			t.Errorf("%s: answered %d", path, answer.Code)
		}
	}
	h.post(t, "/desk/tg%3Ab%3A4/claim", nil, true)
	if len(h.done) != 1 || h.done[0] != "1 claims tg:b:4" {
		t.Errorf("did %q", h.done)
	}
}

func TestAMemberWithoutANameIsCalledSo(t *testing.T) {
	h := open(t)
	h.room.Rows[0].Name = ""
	for _, path := range []string{"/desk", "/desk/tg:b:1"} {
		if page := h.get(t, path, false, "javab_lang=en").Body.String(); !strings.Contains(page, "<bdi>Unnamed member</bdi>") {
			t.Errorf("%s: a row without a name", path)
		}
	}
}

func TestAHiddenChatIsNotThere(t *testing.T) {
	h := open(t)
	h.hidden["tg:b:3"] = true
	for _, path := range []string{"/desk/tg:b:3", "/desk/part/tg:b:3?part=talk", "/desk/part/tg:b:3?part=present"} {
		answer := h.get(t, path, true)
		if answer.Code != 404 || strings.Contains(answer.Body.String(), h.room.Rows[2].Name) {
			t.Errorf("%s: answered %d", path, answer.Code)
		}
	}
	if strings.Contains(h.get(t, "/desk", false).Body.String(), h.room.Rows[2].Name) {
		t.Error("its name is in the list")
	}
}

func TestAThreadShowsWhoSaidWhat(t *testing.T) {
	h := open(t)
	h.held["tg:b:1"] = "1"
	page := h.get(t, "/desk/tg:b:1", false, "javab_lang=en").Body.String()
	for class, n := range map[string]int{"member": 5, "bot": 2, "officer": 1, "note": 1, "officer failed": 1} {
		if got := strings.Count(page, `<article class="line `+class+`"`); got != n {
			t.Errorf("%d lines of class %s, want %d", got, class, n)
		}
	}
	for _, shown := range []string{"Handed over by the bot", ">v7<", `title="show_dues">`, ">Your membership fee is:<", "You claimed the chat", "not sent", "Send again", "screenshot-403.png", "208 KB"} {
		if !strings.Contains(page, shown) {
			t.Errorf("%q is not shown", shown)
		}
	}
}

func TestWhatCanBeDoneDependsOnWhoHoldsTheChat(t *testing.T) {
	for _, row := range []struct {
		who      string
		holder   bot.StaffID
		yes, not []string
	}{
		{"nobody", "", []string{`data-key="claim"`, `data-key="close"`, `data-key="snooze"`, `class="reply"`}, []string{`data-key="takeover"`, `data-key="release"`}},
		{"me", "1", []string{`data-key="close"`, `data-key="transfer"`, `data-key="release"`, `class="reply"`}, []string{`data-key="claim"`, `data-key="takeover"`}},
		{"another", "2", []string{`data-key="takeover"`, `class="note"`, `class="locked"`}, []string{`data-key="claim"`, `class="reply"`, `data-key="close"`, `data-key="snooze"`}},
	} {
		h := open(t)
		h.held["tg:b:4"] = row.holder
		page := h.get(t, "/desk/tg:b:4", true).Body.String()
		for _, part := range row.yes {
			if !strings.Contains(page, part) {
				t.Errorf("held by %s: no %s", row.who, part)
			}
		}
		for _, part := range row.not {
			if strings.Contains(page, part) {
				t.Errorf("held by %s: %s", row.who, part)
			}
		}
	}
}

func TestDraftsComeBackIntoTheirBoxes(t *testing.T) {
	h := open(t)
	h.kept = [2]string{"", "half a note"}
	page := h.get(t, "/desk/tg:b:4", false).Body.String()
	if !strings.Contains(page, ">half a note</textarea>") || !strings.Contains(page, `data-mode="note"`) {
		t.Error("the note is lost")
	}
}

func TestOlderLinesAreALinkAndAPiece(t *testing.T) {
	h := open(t)
	page := h.get(t, "/desk/tg:b:5", false).Body.String()
	if !strings.Contains(page, `href="/desk/tg:b:5?tab=waiting&amp;before=100"`) || strings.Contains(page, `class="system first"`) {
		t.Error("no way to the older lines")
	}
	piece := h.get(t, "/desk/tg:b:5?before=100&part=older", true).Body.String()
	if strings.Contains(piece, "<form class=") || !strings.Contains(piece, `<article class="line member"`) {
		t.Errorf("the piece is %.200s", piece)
	}
}

func TestADatabaseThatIsAwayIsSaidKindly(t *testing.T) {
	h := open(t)
	h.reads = errAway
	for _, path := range []string{"/desk", "/desk/tg:b:1", "/desk/list", "/desk/row/tg:b:1", "/board/live"} {
		answer := h.get(t, path, false)
		if answer.Code != 503 || !strings.Contains(answer.Body.String(), h.Words.T(bot.Fa, "error.internal", nil)) || strings.Contains(answer.Body.String(), "database is away") {
			t.Errorf("%s: answered %d", path, answer.Code)
		}
	}
	if swapped := h.get(t, "/desk/tg:b:1", true); swapped.Header().Get("HX-Retarget") != "#said" {
		t.Error("a piece does not say where the sentence belongs")
	}
}

func TestEveryActOfTheDeskHasItsWords(t *testing.T) {
	h := open(t)
	for act := range noted {
		for _, lang := range bot.Langs {
			h.Words.T(lang, "desk.noted."+act, map[string]any{"Who": "x"})
		}
	}
	for reason := range reasons {
		h.Words.T(bot.En, "desk.reason."+reason, nil)
	}
	for _, kind := range []bot.Kind{bot.KindPress, bot.KindContact, bot.KindFile, bot.KindLocation, bot.KindEdit, bot.KindBlocked, bot.KindUnblocked, bot.KindOther, bot.KindIgnored, bot.KindEvent} {
		h.Words.T(bot.En, "desk.heard."+string(kind), nil)
	}
	for _, state := range []desk.SentState{desk.SentQueued, desk.SentDone, desk.SentFailed} {
		h.Words.T(bot.En, "desk.sent."+string(state), nil)
	}
	for _, outcome := range append(desk.Outcomes, desk.TakenBack) {
		h.Words.T(bot.En, "desk.outcome."+outcome, nil)
	}
	for _, state := range []bot.CaseState{bot.Received, bot.InWork, bot.Referred, bot.WaitingMember, bot.WaitingExternal, bot.Proposed, bot.Closed, bot.Reopened, bot.Withdrawn} {
		h.Words.T(bot.En, "desk.case."+string(state), nil)
	}
	if len(h.Missed()) != 0 {
		t.Errorf("no such strings: %v", h.Missed())
	}
}

func TestACommandReadsFromLeftToRightInAThreadAndInTheList(t *testing.T) {
	h := open(t)
	said := "\u062f\u0633\u062a\u0648\u0631 /officer \u0631\u0627"
	shown := strings.Replace(said, "/officer", `<bdi dir="ltr">/officer</bdi>`, 1)
	h.alter = func(lines []desk.Line) {
		lines[5].Text, lines[5].Earlier = said, []bot.Wording{{Text: said, Until: noon}}
	}
	h.change = func(r *desk.Row) { r.LastText = said }
	page := h.get(t, "/desk/tg:b:1", false).Body.String()
	for _, around := range []string{`<p class="words plain" dir="auto">@</p>`, `<li><span class="plain" dir="auto">@</span>`, `<span class="last plain" dir="auto">@</span>`} {
		if !strings.Contains(page, strings.Replace(around, "@", shown, 1)) {
			t.Errorf("no %s", around)
		}
	}
}
