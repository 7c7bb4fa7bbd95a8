package officeweb

import (
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page/pagetest"
)

// all are the pages.
var all = []string{
	"/settings", "/settings?words=zz", "/settings?role=officer&unit=finance", "/settings/new", "/settings/staff/sara", "/settings/staff/layla",
	"/settings/staff/reza", "/settings/staff/nobody", "/settings/units", "/settings/hours", "/settings/hours?unit=finance&month=2027-01", "/settings/hours?month=1405-12",
	"/settings/hours/why", "/settings/hours/why?day=2026-11-22&time=8:30&hours=20&unit=finance", "/settings/hours/why?day=x&time=8&hours=1",
	"/settings/hours/day?day=2026-12-01", "/settings/hours/day?kind=open&unit=finance", "/settings/hours/week", "/settings/hours/week?kind=overlay",
	"/settings/hours/closure", "/settings/hours/import", "/settings/hours/import?lunar=1", "/replies", "/replies?words=zz", "/replies?unit=finance",
	"/audit", "/audit?check=1", "/ops",
}

func TestEveryPageIsWholeInThreeLanguages(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		for _, stale := range []bool{false, true} {
			h.stale = stale
			for _, path := range all {
				pagetest.Look(t, string(lang)+" "+path, h.get(t, path, "javab_lang="+string(lang)).Body.String(), lang)
			}
		}
		for _, path := range []string{"/settings/new", "/settings/staff/sara", "/settings/staff/sara/password", "/settings/hours/day", "/settings/hours/week", "/settings/hours/closure", "/settings/hours/import"} {
			pagetest.Look(t, string(lang)+" POST "+path, h.Serve(pagetest.Request(t, "POST", path, nil, "javab_lang="+string(lang))).Body.String(), lang)
		}
		if len(h.Missed()) != 0 {
			t.Errorf("%s: no such strings: %v", lang, h.Missed())
		}
	}
}

func TestEverythingThatThePagesAskForIsThere(t *testing.T) {
	h := open(t)
	for _, path := range all {
		if n := pagetest.Files(t, h.get(t, path).Body.String(), h.Assets); n < 10 {
			t.Errorf("%s names only %d files", path, n)
		}
	}
}

func TestTheRailLeadsOnlyWhereSomebodyMayGo(t *testing.T) {
	h := open(t)
	h.No["GET /ops"] = true
	html := h.get(t, "/settings/staff/sara").Body.String()
	if strings.Contains(html, `href="/ops"`) || !strings.Contains(html, `href="/settings" aria-current="page"`) {
		t.Error("the rail leads elsewhere, or does not say where one is")
	}
}

func TestWhatCannotBeReadIsToldAndNothingOfTheMachine(t *testing.T) {
	h := open(t)
	h.reads = errAway
	for _, path := range []string{"/settings", "/settings/new", "/settings/staff/sara", "/settings/units", "/settings/hours", "/replies", "/audit", "/ops"} {
		if answer := h.get(t, path); answer.Code != 503 || strings.Contains(answer.Body.String(), "secret@db") {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}

func TestWhatPeopleWriteIsNeverMarkup(t *testing.T) {
	h := open(t)
	for i := range h.room.Staff {
		h.room.Staff[i].Name, h.room.Staff[i].Display = h.room.Evil, bot.Text{Fa: h.room.Evil, Ar: h.room.Evil, En: h.room.Evil}
	}
	h.room.Replies[0].Text = bot.Text{Fa: h.room.Evil, Ar: h.room.Evil, En: h.room.Evil}
	h.entries[1].Reason = h.room.Evil
	for _, path := range all {
		if html := h.get(t, path).Body.String(); strings.Contains(html, "<script>alert") || strings.Contains(html, "<img") {
			t.Errorf("%s: words became markup", path)
		}
	}
}
