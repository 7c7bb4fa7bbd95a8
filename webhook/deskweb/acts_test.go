package deskweb

import (
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// deeds are the forms of the pages and what each makes the desk do.
var deeds = []struct {
	path   string
	fields url.Values
	done   string
}{
	{"claim", nil, "1 claims tg:b:4"},
	{"takeover", url.Values{"reason": {" she is on leave "}}, "1 takes tg:b:4 over: she is on leave"},
	{"release", nil, "1 releases tg:b:4"},
	{"transfer", url.Values{"to": {"unit:finance"}, "reason": {"money"}}, `1 transfers tg:b:4 to "finance" "": money`},
	{"transfer", url.Values{"to": {"staff:2"}, "reason": {"asked"}}, `1 transfers tg:b:4 to "" "2": asked`},
	{"reply", url.Values{"id": {"r1"}, "text": {" hello\nyou "}}, "1 replies in tg:b:4: r1 hello\nyou"},
	{"edit", url.Values{"line": {"107"}, "text": {" better words "}}, "1 edits 107 of tg:b:4: better words"},
	{"delete", url.Values{"line": {"107"}}, "1 deletes 107 of tg:b:4"},
	{"retry", url.Values{"line": {"107"}}, "1 sends 107 of tg:b:4 again"},
	{"note", url.Values{"id": {"n1"}, "text": {"ask @Sara Novak"}}, "1 notes in tg:b:4: n1 ask @Sara Novak [3]"},
	{"snooze", url.Values{"until": {"3h"}}, "1 snoozes tg:b:4 until 2026-11-21 10:19:00"},
	{"close", url.Values{"outcome": {"passed_on"}}, "1 closes tg:b:4: passed_on false"},
	{"close", url.Values{"outcome": {"solved"}, "greet": {"1"}}, "1 closes tg:b:4: solved true"},
}

func TestAFormDoesWhatItSaysWithoutScripts(t *testing.T) {
	for _, deed := range deeds {
		h := open(t)
		answer := h.post(t, "/desk/tg:b:4/"+deed.path, deed.fields, false)
		if answer.Code != 303 || !strings.HasPrefix(answer.Header().Get("Location"), "/desk") {
			t.Errorf("%s: answered %d to %q", deed.path, answer.Code, answer.Header().Get("Location"))
		}
		if !slices.Equal(h.done, []string{deed.done}) {
			t.Errorf("%s did %q, want %q", deed.path, h.done, deed.done)
		}
	}
}

func TestAFormDoesTheSameWithScriptsAndShowsTheChat(t *testing.T) {
	for _, deed := range deeds {
		h := open(t)
		answer := h.post(t, "/desk/tg:b:4/"+deed.path, deed.fields, true)
		if leads := answer.Header().Get("HX-Redirect") != ""; answer.Code != 200 || leads != (deed.path == "close") {
			t.Errorf("%s: answered %d, leads away: %v", deed.path, answer.Code, leads)
		}
		if page := answer.Body.String(); deed.path != "close" && (!strings.Contains(page, `id="work"`) || strings.Contains(page, "<html")) {
			t.Errorf("%s: answered with %.80s", deed.path, page)
		}
		if !slices.Equal(h.done, []string{deed.done}) {
			t.Errorf("%s did %q", deed.path, h.done)
		}
	}
}

func TestARefusedReplyKeepsItsWordsItsIdAndItsReason(t *testing.T) {
	for _, swap := range []bool{false, true} {
		h := open(t)
		h.deny = &bot.Error{Kind: bot.Conflict, Key: "desk.error.to"}
		answer := h.post(t, "/desk/tg:b:4/reply", url.Values{"id": {"r1"}, "text": {"my long words"}}, swap)
		page := answer.Body.String()
		for _, kept := range []string{">my long words</textarea>", `name="id" value="r1"`, h.Words.T(bot.Fa, "desk.error.to", nil)} {
			if !strings.Contains(page, kept) {
				t.Errorf("scripts %v: %s is lost", swap, kept)
			}
		}
		if answer.Code != 409 || strings.Contains(page, "<html") == swap {
			t.Errorf("scripts %v: answered %d", swap, answer.Code)
		}
	}
}

func TestARefusedNoteStaysANote(t *testing.T) {
	h := open(t)
	h.deny = errAway
	answer := h.post(t, "/desk/tg:b:4/note", url.Values{"id": {"n1"}, "text": {"for us alone"}}, true)
	page := answer.Body.String()
	if answer.Code != 503 || !strings.Contains(page, `id="mode-note" value="note" checked`) || strings.Contains(page, `id="mode-reply" value="reply" checked`) {
		t.Errorf("answered %d: a note could become a reply", answer.Code)
	}
}

func TestAFormWithoutItsWordsDoesNothing(t *testing.T) {
	h := open(t)
	for path, fields := range map[string]url.Values{
		"tg:b:4/reply": {"text": {" \n"}}, "tg:b:4/note": {}, "tg:b:4/transfer": {"to": {"nobody"}}, "tg:b:4/snooze": {"until": {"date"}, "date": {"soon"}},
		"tg:b:4/draft": {"mode": {"letter"}}, "tg:b:4/seen": {"up_to": {"x"}}, "tg:b:4/reveal": {"what": {"everything"}}, "status": {"status": {"asleep"}},
	} {
		if answer := h.post(t, "/desk/"+path, fields, false); answer.Code < 400 || answer.Code >= 500 {
			t.Errorf("%s: answered %d", path, answer.Code)
		}
	}
	if len(h.done) != 0 {
		t.Errorf("did %q", h.done)
	}
}

func TestClosingLeadsToTheNextChatOfTheTab(t *testing.T) {
	h := open(t)
	fields := url.Values{"outcome": {"solved"}, "then": {"next"}, "tab": {"waiting"}}
	if to := h.post(t, "/desk/tg:b:1/close", fields, true).Header().Get("HX-Redirect"); to != "/desk/tg:b:2?tab=waiting" {
		t.Errorf("leads to %q", to)
	}
	fields.Set("tab", "snoozed")
	if to := h.post(t, "/desk/tg:b:1/close", fields, false).Header().Get("Location"); to != "/desk?tab=snoozed" {
		t.Errorf("without a next one it leads to %q", to)
	}
}

func TestAnActOnAChatThatIsThenHiddenLeadsToTheList(t *testing.T) {
	h := open(t)
	h.hidden["tg:b:4"] = true
	if to := h.post(t, "/desk/tg:b:4/transfer", url.Values{"to": {"unit:finance"}, "tab": {"mine"}}, false).Header().Get("Location"); !strings.HasPrefix(to, "/desk") {
		t.Errorf("leads to %q", to)
	}
	if to := h.post(t, "/desk/tg:b:4/transfer", url.Values{"to": {"unit:finance"}, "tab": {"mine"}}, true).Header().Get("HX-Redirect"); to != "/desk?tab=mine" {
		t.Errorf("with scripts it leads to %q", to)
	}
	h.deny = &bot.Error{Kind: bot.NotFound, Key: "desk.error.to"}
	if answer := h.post(t, "/desk/tg:b:4/claim", nil, false); answer.Code != 404 {
		t.Errorf("a hidden chat answers %d", answer.Code)
	}
}

func TestDraftsReadMarksStatusAndRevealsReachTheDesk(t *testing.T) {
	h := open(t)
	h.post(t, "/desk/tg:b:4/draft", url.Values{"mode": {"note"}, "text": {"half a th"}}, true)
	h.post(t, "/desk/tg:b:4/seen", url.Values{"up_to": {"107"}}, true)
	h.post(t, "/desk/status", url.Values{"status": {"break"}}, false)
	shown := h.post(t, "/desk/tg:b:4/reveal", url.Values{"what": {"phone"}}, true).Body.String()
	want := []string{"1 keeps a note in tg:b:4: half a th", "1 has read tg:b:4 up to 107", "1 is break", "1 is shown the phone of tg:b:4"}
	if !slices.Equal(h.done, want) {
		t.Errorf("did %q", h.done)
	}
	if !strings.Contains(shown, "989121234567") || strings.Contains(shown, "<html") {
		t.Errorf("revealed as %s", shown)
	}
}

func TestWhatIsNotRevealedIsNotInThePage(t *testing.T) {
	h := open(t)
	page := h.get(t, "/desk/tg:b:4", false).Body.String()
	for _, hidden := range []string{"9121234567", "0012345679"} {
		if strings.Contains(page, hidden) {
			t.Errorf("%s is in the page", hidden)
		}
	}
	h.deny = errAway
	if answer := h.post(t, "/desk/tg:b:4/reveal", url.Values{"what": {"phone"}}, true); answer.Code != 503 || strings.Contains(answer.Body.String(), "98912") {
		t.Errorf("shown without its line in the audit: %d", answer.Code)
	}
}

func TestALookIsKeptInCookiesAndLeadsBackToOurPagesAlone(t *testing.T) {
	h := open(t)
	answer := h.post(t, "/desk/look", url.Values{"lang": {"ar"}, "theme": {"dark"}}, false)
	if set := strings.Join(answer.Header().Values("Set-Cookie"), "\n"); !strings.Contains(set, "javab_lang=ar;") || !strings.Contains(set, "javab_theme=dark;") {
		t.Errorf("cookies %q", set)
	}
	if to := answer.Header().Get("Location"); to != "/desk" {
		t.Errorf("leads to %q", to)
	}
	for referer, want := range map[string]string{
		"http://example.com/audit?what=chat.": "/audit?what=chat.", "http://evil.example/audit": "/desk", "http://example.com//evil.example": "/desk",
		"http://evil.example/?://example.com//x": "/desk", "::": "/desk",
	} {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "http://example.com/desk/look", nil)
		r.Header.Set("Referer", referer)
		answer := httptest.NewRecorder()
		h.Web.ServeHTTP(answer, r)
		if to := answer.Header().Get("Location"); to != want {
			t.Errorf("from %s it leads to %q", referer, to)
		}
	}
	if set := h.post(t, "/desk/look", url.Values{"lang": {"xx"}, "theme": {"pink"}}, false).Header().Values("Set-Cookie"); len(set) != 0 {
		t.Errorf("nonsense is kept: %q", set)
	}
}

func TestAChatIsPutOffUntilAMorningInTehran(t *testing.T) {
	for _, row := range [][4]string{
		{"2026-11-21 07:19", "1h", "", "2026-11-21 08:19"},
		{"2026-11-21 07:19", "tomorrow", "", "2026-11-22 04:30"},
		{"2026-11-21 21:00", "tomorrow", "", "2026-11-23 04:30"}, // half past midnight there
		{"2026-11-21 07:19", "saturday", "", "2026-11-28 04:30"}, // today is one
		{"2026-11-24 07:19", "saturday", "", "2026-11-28 04:30"},
		{"2026-11-21 07:19", "date", "2026-12-01", "2026-12-01 04:30"},
		{"2026-11-21 07:19", "date", "1405/09/10", "2026-12-01 04:30"},
		{"2026-11-21 07:19", "date", "2026-11-21", ""}, // this morning has been
		{"2026-11-21 07:19", "date", "never", ""},
		{"2026-11-21 07:19", "", "", ""},
	} {
		now, err := time.Parse("2006-01-02 15:04", row[0])
		if err != nil {
			t.Fatal(err)
		}
		until, err := wake(row[1], row[2], bot.Fa, now)
		if got := until.UTC().Format("2006-01-02 15:04"); row[3] == "" && bot.KindOf(err) != bot.Invalid || row[3] != "" && got != row[3] {
			t.Errorf("%s, %s %s: until %s (%v)", row[0], row[1], row[2], got, err)
		}
	}
}
