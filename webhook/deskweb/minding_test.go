package deskweb

import (
	"net/url"
	"strings"
	"testing"

	"javab/bot"
)

func TestAHintHoldsAReplyBackOnce(t *testing.T) {
	h := open(t)
	fields := url.Values{"id": {"f1"}, "text": {"That is nonsense, I promise."}}
	answer := h.ask(t, "POST", "/desk/tg:b:5/reply", fields, true, "javab_lang=en")
	page := answer.Body.String()
	if answer.Code != 422 || len(h.done) != 0 {
		t.Fatalf("answered %d, did %q", answer.Code, h.done)
	}
	for _, part := range []string{`name="sure" value="rude commitment"`, "This may sound rude", "This may bind the chamber", "Send anyway", `name="id" value="f1"`, ">That is nonsense, I promise.</textarea>"} {
		if !strings.Contains(page, part) {
			t.Errorf("no %q", part)
		}
	}
	fields.Set("sure", "rude")
	if h.post(t, "/desk/tg:b:5/reply", fields, true); len(h.done) != 0 {
		t.Error("a hint that he has not seen held nothing back")
	}
	fields.Set("sure", "rude commitment")
	if h.post(t, "/desk/tg:b:5/reply", fields, true); len(h.done) != 1 {
		t.Errorf("sent anyway: did %q", h.done)
	}
}

func TestAnOrdinaryReplyIsSentAtOnce(t *testing.T) {
	h := open(t)
	if answer := h.post(t, "/desk/tg:b:5/reply", url.Values{"id": {"f1"}, "text": {"Good morning."}}, true); answer.Code != 200 || len(h.done) != 1 {
		t.Errorf("answered %d, did %q", answer.Code, h.done)
	}
	if page := h.get(t, "/desk/tg:b:5", false, "javab_lang=en").Body.String(); strings.Contains(page, "Send anyway") || strings.Contains(page, `name="sure"`) {
		t.Error("there is a hint about nothing")
	}
}

func TestADraftThatIsKeptAnswersWithItsHints(t *testing.T) {
	h := open(t)
	for _, draft := range []struct {
		mode, text string
		code       int
	}{
		{"reply", "nonsense", 200},
		{"reply", "Good morning", 204},
		{"note", "nonsense", 204}, // colleagues speak as they like
	} {
		answer := h.post(t, "/desk/tg:b:5/draft", url.Values{"mode": {draft.mode}, "text": {draft.text}}, true)
		if answer.Code != draft.code || draft.code == 200 && strings.Contains(answer.Body.String(), `name="sure"`) {
			t.Errorf("%s %q: answered %d %s", draft.mode, draft.text, answer.Code, answer.Body)
		}
	}
}

func TestWhatIsDoneAboutAMembersToneHasItsReason(t *testing.T) {
	for act, did := range map[string]string{
		"warn":      "1 warns tg:b:5: so",
		"manager":   "1 calls a manager to tg:b:5: so",
		"mute":      "1 mutes tg:b:5 until 2026-11-21 10:19:00: so",
		"unmute":    "1 unmutes tg:b:5: so",
		"legalhold": "1 holds tg:b:5 legally: true: so",
	} {
		h := open(t)
		fields := url.Values{"reason": {" so "}, "until": {"3h"}, "on": {"1"}}
		if answer := h.post(t, "/desk/tg:b:5/"+act, fields, false); answer.Code != 303 || len(h.done) != 1 || h.done[0] != did {
			t.Errorf("%s: answered %d, did %q", act, answer.Code, h.done)
		}
	}
}

func TestTheMenuOffersWhatCanBeDoneNow(t *testing.T) {
	h := open(t)
	shown := func() string { return h.get(t, "/desk/tg:b:5", true).Body.String() }
	has := func(page string, yes, no []string) {
		t.Helper()
		for _, id := range yes {
			if !strings.Contains(page, `id="box-`+id+`"`) || !strings.Contains(page, `popovertarget="box-`+id+`"`) {
				t.Errorf("no %s", id)
			}
		}
		for _, id := range no {
			if strings.Contains(page, `box-`+id+`"`) {
				t.Errorf("%s is offered", id)
			}
		}
	}
	has(shown(), []string{"warn", "manager", "mute", "hold"}, []string{"unmute", "lift"})
	h.muted, h.legal = noon.AddDate(0, 0, 1), true
	has(shown(), []string{"unmute", "lift"}, []string{"mute", "hold"})
	h.muted, h.legal = noon.AddDate(0, 0, -1), false
	has(shown(), []string{"mute"}, []string{"unmute"})
	for _, act := range []string{"warn", "manager", "mute", "legalhold"} {
		h.No["POST /desk/:chat/"+act] = true
	}
	has(shown(), nil, []string{"warn", "manager", "mute", "hold"})
	h = open(t)
	h.held["tg:b:5"] = "2"
	has(shown(), []string{"hold"}, []string{"warn", "manager", "mute"})
}

func TestAChatThatIsAboutAColleagueIsMarkedAndCanBeAbsolved(t *testing.T) {
	h := open(t)
	shown := func() string { return h.get(t, "/desk/tg:b:5", true, en).Body.String() }
	if page := shown(); !strings.Contains(page, `id="box-accuse"`) || strings.Contains(page, `id="box-absolve"`) || strings.Contains(page, "About a colleague") {
		t.Error("before: what is offered")
	}
	h.about = []bot.StaffID{"2"}
	page := shown()
	if !strings.Contains(page, "About a colleague") {
		t.Error("no mark")
	}
	_, absolve, found := strings.Cut(page, `id="box-absolve"`)
	if absolve, _, _ = strings.Cut(absolve, "</form>"); !found || !strings.Contains(absolve, `<option value="2">`) || strings.Count(absolve, "<option") != 2 {
		t.Errorf("to absolve: %s", absolve)
	}
	_, accuse, _ := strings.Cut(page, `id="box-accuse"`)
	if accuse, _, _ = strings.Cut(accuse, "</form>"); strings.Contains(accuse, `<option value="2">`) || !strings.Contains(accuse, `<option value="1">`) {
		t.Errorf("to accuse: %s", accuse)
	}
	for act, did := range map[string]string{"accuse": "1 says that tg:b:5 is about 2: so", "absolve": "1 says that tg:b:5 is not about 2: so"} {
		h.done = nil
		if answer := h.post(t, "/desk/tg:b:5/"+act, url.Values{"who": {"2"}, "reason": {" so "}}, false); answer.Code != 303 || len(h.done) != 1 || h.done[0] != did {
			t.Errorf("%s: answered %d, did %q", act, answer.Code, h.done)
		}
	}
	h.Me.Role, h.held["tg:b:5"] = bot.RoleOfficer, "2"
	if page := shown(); strings.Contains(page, `id="box-accuse"`) {
		t.Error("an officer may say so of a colleague's chat")
	}
	h.held["tg:b:5"] = "1"
	if page := shown(); !strings.Contains(page, `id="box-accuse"`) {
		t.Error("an officer may not say so of his own chat")
	}
}

func TestAnAngryMemberIsMarkedInHisRowAndHisThread(t *testing.T) {
	h := open(t)
	mark := `title="` + h.Words.T(bot.En, "desk.upset.about", nil) + `"`
	calm := h.get(t, "/desk/tg:b:5", false, "javab_lang=en").Body.String()
	h.upset = true
	angry := h.get(t, "/desk/tg:b:5", false, "javab_lang=en").Body.String()
	if strings.Contains(calm, mark) || !strings.Contains(angry, mark) || strings.Count(angry, "Upset?") != strings.Count(calm, "Upset?")+len(h.room.Rows)+1 {
		t.Errorf("calm %d, angry %d", strings.Count(calm, "Upset?"), strings.Count(angry, "Upset?"))
	}
}
