package deskweb

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

// all are the pages and the pieces of pages. What begins with a + is asked for as a piece.
var all = []string{
	"/desk", "/desk?tab=mine", "/desk?tab=all", "/desk?tab=snoozed", "/desk/tg:b:1", "/desk/tg:b:2", "/desk/tg:b:5", "/desk/nobody",
	"/desk/list?tab=waiting", "/board/live", "/audit", "/audit?check=1", "/ops",
	"+/desk/tg:b:1", "+/desk/part/tg:b:1?part=talk", "+/desk/part/tg:b:1?part=present", "+/desk/tg:b:5?part=older", "+/desk/list?tab=mine",
	"+/desk/row/tg:b:1", "+/board/live/part", "+/desk/nobody",
}

func (h *house) fill() {
	h.held["tg:b:1"], h.held["tg:b:5"] = "1", "1"
	h.entries = []bot.AuditEntry{
		{At: noon, By: "1", What: "chat.claimed", Subject: "chat tg:b:1", After: "1", From: "192.0.2.7"}, {At: noon, What: "chat.closed", Reason: h.room.Company},
	}
	h.stopped = Stuck{Deliveries: []Stopped{{ID: "12", What: "tg:8841", Chat: "tg:b:3", Reason: "panic", At: noon}}, Backlog: 3, Oldest: noon}
	h.hub.take(Signal{Kind: ChatViewed, Chat: "tg:b:1", By: "2", Tab: "x", Writing: "reply"}, noon)
}

func TestEveryPageIsWholeInThreeLanguages(t *testing.T) {
	for lang, dir := range map[string]string{"fa": "rtl", "ar": "rtl", "en": "ltr"} {
		h := open(t)
		h.fill()
		for _, path := range all {
			piece := strings.HasPrefix(path, "+")
			page := h.get(t, strings.TrimPrefix(path, "+"), piece, "javab_lang="+lang).Body.String()
			if err := wellFormed(page); err != nil {
				t.Errorf("%s %s: %v", lang, path, err)
			}
			if want := `<html lang="` + lang + `" dir="` + dir + `"`; !piece && !strings.Contains(page, want) {
				t.Errorf("%s %s: %.120s", lang, path, page)
			}
			if strings.Contains(page, "ZgotmplZ") || strings.Contains(page, "no value") || strings.Contains(page, ">desk.") || strings.Contains(page, ">page.") {
				t.Errorf("%s %s: a value was refused by the template, or a string is missing", lang, path)
			}
		}
		if len(h.missed.ids) != 0 {
			t.Errorf("%s: no such strings: %v", lang, h.missed.ids)
		}
	}
}

// void are the elements of HTML that have no end.
var void = []string{"meta", "link", "input", "br"}

// wellFormed reports whether every element of a page ends where it must. The reader knows XML, so void elements are
// closed for it, and attributes without a value are allowed.
func wellFormed(page string) error {
	reader := xml.NewDecoder(strings.NewReader(strings.Replace(page, "<!doctype html>", "", 1)))
	reader.Strict, reader.Entity, reader.AutoClose = false, xml.HTMLEntity, void
	var open []string
	for {
		token, err := reader.Token()
		if err == io.EOF && len(open) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("inside %v: %w", open, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			open = append(open, e.Name.Local)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != e.Name.Local {
				return fmt.Errorf("</%s> inside %v", e.Name.Local, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func TestThePagesNeedNothingThatTheirPolicyForbids(t *testing.T) {
	h := open(t)
	h.fill()
	for _, path := range all {
		page := h.get(t, strings.TrimPrefix(path, "+"), strings.HasPrefix(path, "+")).Body.String()
		if found := regexp.MustCompile(`<[^>]+\s(style|on[a-z]+|hx-on[a-z:-]*)=`).FindString(page); found != "" {
			t.Errorf("%s: inline style or handler: %s", path, found)
		}
		if strings.Contains(page, "<style") || regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//`).MatchString(page) {
			t.Errorf("%s: a style element, or something from elsewhere", path)
		}
		for _, tag := range regexp.MustCompile(`<script[^>]*>`).FindAllString(page, -1) {
			if !strings.Contains(tag, `nonce="n0nce"`) {
				t.Errorf("%s: no nonce: %s", path, tag)
			}
		}
	}
}

func TestEverythingThatThePagesAskForIsThere(t *testing.T) {
	h := open(t)
	h.fill()
	found := map[string]bool{}
	for _, path := range all {
		page := h.get(t, strings.TrimPrefix(path, "+"), strings.HasPrefix(path, "+")).Body.String()
		for _, m := range regexp.MustCompile(`(?:src|href)="(/assets/[^"]+)"`).FindAllStringSubmatch(page, -1) {
			found[m[1]] = true
		}
	}
	for url := range found {
		file, part, _ := strings.Cut(url, "#")
		answer := httptest.NewRecorder()
		h.Assets.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, file, nil))
		if answer.Code != 200 || part != "" && !strings.Contains(answer.Body.String(), `id="`+part+`"`) {
			t.Errorf("%s is not there", url)
		}
	}
	if len(found) < 20 {
		t.Errorf("only %d addresses found", len(found))
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
	h.me.Lang = bot.Ar
	for _, row := range [][2]string{{"", "ar"}, {"javab_lang=en", "en"}, {"javab_lang=xx", "ar"}} {
		if page := h.get(t, "/desk", false, row[0]).Body.String(); !strings.Contains(page, `<html lang="`+row[1]+`"`) {
			t.Errorf("with cookie %q: %.80s", row[0], page)
		}
	}
	h.me.Lang = ""
	if page := h.get(t, "/desk", false, "javab_theme=dark").Body.String(); !strings.Contains(page, `<html lang="fa" dir="rtl" data-theme="dark"`) {
		t.Errorf("without a language: %.80s", page)
	}
}

func TestTheRailLeadsOnlyWhereSomebodyMayGo(t *testing.T) {
	h := open(t)
	h.no["GET /ops"], h.no["POST /desk/status"], h.no["POST /desk/:chat/reveal"], h.no["POST /desk/:chat/transfer"] = true, true, true, true
	page := h.get(t, "/desk/tg:b:4", false).Body.String()
	for _, hidden := range []string{`href="/ops"`, `name="status"`, `/reveal"`, `data-key="transfer"`} {
		if strings.Contains(page, hidden) {
			t.Errorf("%s is shown to whom it is refused", hidden)
		}
	}
	if !strings.Contains(page, `href="/desk" aria-current="page"`) {
		t.Error("the rail does not say where one is")
	}
}
