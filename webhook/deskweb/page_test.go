package deskweb

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page/pagetest"
)

// all are the pages and the pieces of pages. What begins with a + is asked for as a piece.
var all = []string{
	"/desk", "/desk?tab=mine", "/desk?tab=all", "/desk?tab=snoozed", "/desk/tg:b:1", "/desk/tg:b:2", "/desk/tg:b:5", "/desk/nobody",
	"/desk/list?tab=waiting", "/board/live", "/board/live?unit=member_relations", "/board/live?officer=2", "/board/live?unit=ghost&officer=ghost",
	"+/desk/tg:b:1", "+/desk/part/tg:b:1?part=talk", "+/desk/part/tg:b:1?part=present", "+/desk/tg:b:5?part=older", "+/desk/list?tab=mine",
	"+/desk/row/tg:b:1", "+/board/live/part", "+/board/live?unit=member_relations", "+/desk/nobody",
}

func (h *house) fill() {
	h.about = []bot.StaffID{"2"}
	h.held["tg:b:1"], h.held["tg:b:5"] = "1", "1"
	h.hub.take(Signal{Kind: ChatViewed, Chat: "tg:b:1", By: "2", Tab: "x", Writing: "reply"}, noon)
}

func TestEveryPageIsWholeInThreeLanguages(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		h.fill()
		for _, path := range all {
			answer := h.get(t, strings.TrimPrefix(path, "+"), strings.HasPrefix(path, "+"), "javab_lang="+string(lang))
			pagetest.Look(t, string(lang)+" "+path, answer.Body.String(), lang)
		}
		if len(h.Missed()) != 0 {
			t.Errorf("%s: no such strings: %v", lang, h.Missed())
		}
	}
}

func TestEverythingThatThePagesAskForIsThere(t *testing.T) {
	h := open(t)
	h.fill()
	for _, path := range all {
		piece := strings.HasPrefix(path, "+")
		page := h.get(t, strings.TrimPrefix(path, "+"), piece).Body.String()
		if named := pagetest.Files(t, page, h.Assets); !piece && named < 12 {
			t.Errorf("%s names only %d files", path, named)
		}
	}
}

func TestTheScriptsGetExactlyTheStringsThatTheySay(t *testing.T) {
	said := map[string]bool{}
	files, err := filepath.Glob("../assets/js/desk/*.js")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"(desk\.[a-z_.]+)"`).FindAllStringSubmatch(string(raw), -1) {
			said[m[1]] = true
		}
		if strings.ContainsFunc(string(raw), func(r rune) bool { return r >= 0x0600 && r < 0x0700 }) {
			t.Errorf("%s speaks by itself", file)
		}
	}
	sent := slices.Concat(spoken, counted)
	for id := range said {
		if !slices.Contains(sent, id) {
			t.Errorf("%s is said and not sent", id)
		}
	}
	for _, id := range sent {
		if !said[id] {
			t.Errorf("%s is sent and never said", id)
		}
	}
}

func TestWhatAMemberWritesIsNeverMarkup(t *testing.T) {
	h := open(t)
	const evil = `<script>alert(1)</script>"><img src=x onerror=alert(1)>`
	h.room.Rows[0].Name, h.room.Rows[0].Last, h.room.Lines[0].Text, h.room.Company = evil, evil, evil, evil
	h.room.Facts = map[string]string{"x": evil}
	h.kept = [2]string{`</textarea>` + evil, evil}
	for _, path := range []string{"/desk", "/desk/tg:b:1"} {
		if page := h.get(t, path, false).Body.String(); strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") {
			t.Errorf("%s: a member's words became markup", path)
		}
	}
}

func TestSomebodyReadsThePagesInHisLanguageUnlessHeChoseAnother(t *testing.T) {
	h := open(t)
	h.Me.Lang = bot.Ar
	for _, row := range [][2]string{{"", "ar"}, {"javab_lang=en", "en"}, {"javab_lang=xx", "ar"}} {
		if page := h.get(t, "/desk", false, row[0]).Body.String(); !strings.Contains(page, `<html lang="`+row[1]+`"`) {
			t.Errorf("with cookie %q: %.80s", row[0], page)
		}
	}
	h.Me.Lang = ""
	if page := h.get(t, "/desk", false, "javab_theme=dark").Body.String(); !strings.Contains(page, `<html lang="fa" dir="rtl" data-theme="dark"`) {
		t.Errorf("without a language: %.80s", page)
	}
}

func TestTheRailLeadsOnlyWhereSomebodyMayGo(t *testing.T) {
	h := open(t)
	h.No["GET /board/live"], h.No["POST /desk/status"], h.No["POST /desk/:chat/reveal"], h.No["POST /desk/:chat/transfer"] = true, true, true, true
	page := h.get(t, "/desk/tg:b:4", false).Body.String()
	for _, hidden := range []string{`href="/board/live"`, `name="status"`, `/reveal"`, `data-key="transfer"`} {
		if strings.Contains(page, hidden) {
			t.Errorf("%s is shown to whom it is refused", hidden)
		}
	}
	if !strings.Contains(page, `href="/desk" aria-current="page"`) {
		t.Error("the rail does not say where one is")
	}
}
