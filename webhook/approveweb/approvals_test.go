package approveweb

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/approve"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// noon is Saturday 2026-11-21, 10:49 in Tehran.
var noon = time.Date(2026, time.November, 21, 7, 19, 0, 0, time.UTC)

var (
	mona = bot.Staff{ID: "1", Name: "Mona", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}}
	sara = bot.Staff{ID: "2", Name: "Sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}}
	head = bot.Staff{ID: "3", Name: "Head", Role: bot.RoleHead}
)

// house is the page before mona. It notes what it is asked to do.
type house struct {
	*Approvals
	*pagetest.Site
	his, own []bot.Approval
	staff    []bot.Staff
	stale    bool
	deny     error
	reads    error
	done     []string
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{
		staff: []bot.Staff{mona, sara, head},
		his: []bot.Approval{{
			ID: "hr/1", Kind: bot.ApproveFile, Chat: "tg:b:1", Case: bot.CaseNumber{Year: 1405, Seq: 123}, Unit: "trade", Author: "2", Confidential: true,
			Text: "Dear Ann, we will refund 20 dollars at once.", Files: []bot.File{{ID: "f", Kind: "photo", Name: "the bill"}}, Hash: "abc",
			Why: []bot.Concern{bot.ConcernCompensation, bot.ConcernAmount}, State: bot.ApprovalAsked, Level: bot.LevelManager,
			AskedAt: noon.Add(-3 * time.Hour), DueAt: noon.Add(time.Hour),
		}},
	}
	for _, kind := range []bot.ApprovalKind{bot.ApproveReply, bot.ApproveEdit, bot.ApproveNotice, bot.ApproveClosure, bot.ApproveDecision, bot.ApproveLetter} {
		h.own = append(h.own, bot.Approval{
			ID: string(kind), Kind: kind, Chat: "tg:b:2", Unit: "trade", Author: "1", Text: "5% off", State: bot.ApprovalAsked, Level: bot.LevelHead, AskedAt: noon,
			Why: []bot.Concern{bot.ConcernDiscount, bot.ConcernPromise, bot.ConcernWaiver, bot.ConcernKind},
		})
	}
	h.Site = pagetest.Open(t, mona, func() time.Time { return noon }, page.Place{URL: "/approvals", ID: "approvals.rail", Icon: "circle-check"})
	h.Approvals = &Approvals{Shell: h.Frame, Office: h, Content: h, Fresh: func(echo.Context) bool { return !h.stale }}
	h.Frame.Waits = func(c echo.Context, by bot.Staff, _ string) int {
		n, err := h.Count(c.Request().Context(), by)
		if err != nil {
			return 0
		}
		return n
	}
	if err := h.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) Waiting(context.Context, bot.Staff) (his, own []bot.Approval, err error) {
	return h.his, h.own, h.reads
}

func (h *house) Bench(context.Context) (approve.Bench, error) {
	return approve.Bench{Staff: h.staff, Now: noon}, nil
}

func (h *house) did(format string, args ...any) error {
	if h.deny == nil {
		h.done = append(h.done, fmt.Sprintf(format, args...))
	}
	return h.deny
}

func (h *house) Approve(_ context.Context, by bot.Staff, id, hash string) error {
	return h.did("%s approves %s as %s", by.ID, id, hash)
}

func (h *house) Change(_ context.Context, by bot.Staff, id, reason string) error {
	return h.did("%s changes %s: %s", by.ID, id, reason)
}

func (h *house) Refuse(_ context.Context, by bot.Staff, id, reason string) error {
	return h.did("%s refuses %s: %s", by.ID, id, reason)
}

func (h *house) Withdraw(_ context.Context, by bot.Staff, id string) error {
	return h.did("%s withdraws %s", by.ID, id)
}

func (h *house) Unit(id bot.UnitID, lang bot.Lang) string { return string(id) + " " + string(lang) }

func (h *house) Guard() *approve.Guard {
	return approve.NewGuard(bot.Manners{
		Compensation: map[bot.Lang][]string{bot.En: {"will refund"}}, Discounts: map[bot.Lang][]string{bot.En: {"off"}},
	}, nil)
}

func (h *house) get(t *testing.T, lang string) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, "GET", "/approvals", nil, "javab_lang="+lang))
}

func (h *house) post(t *testing.T, act string, fields url.Values) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, "POST", "/approvals/hr%2F1/"+act, fields, "javab_lang=en"))
}

func TestThePageIsWholeInThreeLanguages(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		pagetest.Look(t, string(lang), h.get(t, string(lang)).Body.String(), lang)
		pagetest.Files(t, h.get(t, string(lang)).Body.String(), h.Assets)
		h.his, h.own, h.staff, h.stale = nil, nil, h.staff[:2], true
		pagetest.Look(t, string(lang)+" empty", h.get(t, string(lang)).Body.String(), lang)
		if len(h.Missed()) != 0 {
			t.Errorf("%s: no such strings: %v", lang, h.Missed())
		}
	}
}

func TestAnApprovalTellsAllThatItsManagerNeeds(t *testing.T) {
	h := open(t)
	html := h.get(t, "en").Body.String()
	for _, want := range []string{
		"Dear Ann, we <mark>will refund</mark> <mark>20 dollars</mark> at once.", "Sara", "trade en", "waiting for 3 hours", "moves up 2026-11-21 11:49",
		`href="/desk/tg:b:1"`, "JV-1405-000123-", "the bill", "Compensation", "An amount", "Confidential", `name="hash" value="abc"`,
		`action="/approvals/hr%2F1/approve"`, `action="/approvals/hr%2F1/change"`, `action="/approvals/hr%2F1/refuse"`, `<b class="count">1</b>`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("it does not tell %q", want)
		}
	}
	if !strings.Contains(html, "at the highest level") || strings.Contains(html, `/approvals/reply/approve"`) || !strings.Contains(html, `action="/approvals/reply/withdraw"`) {
		t.Error("one's own is not told apart")
	}
}

func TestAnEditShowsTheWordsThatItTakesThePlaceOf(t *testing.T) {
	h := open(t)
	if html := h.get(t, "en").Body.String(); strings.Contains(html, "<del>") {
		t.Error("a reply takes the place of something")
	}
	h.his[0].Kind, h.his[0].Earlier = bot.ApproveEdit, "We look <i>into</i> it."
	html := h.get(t, "en").Body.String()
	before, after := strings.Index(html, "<del>We look &lt;i&gt;into&lt;/i&gt; it.</del>"), strings.Index(html, "<mark>will refund</mark>")
	if before < 0 || after < before {
		t.Errorf("the earlier words stand at %d, the new ones at %d", before, after)
	}
}

func TestThePageAsksForItselfWithoutAnybodySittingBeforeIt(t *testing.T) {
	h := open(t)
	part := h.Serve(pagetest.Request(t, "GET", "/approvals/part", nil, "javab_lang=en")).Body.String()
	for _, want := range []string{`id="approvals"`, "Dear Ann", `<a href="/approvals" aria-current="page"`, `<b class="count">1</b>`, "js/desk/main"} {
		if !strings.Contains(part, want) {
			t.Errorf("it has no %s", want)
		}
	}
}

func TestFourEyesThatAreOffAreNeverOffSilently(t *testing.T) {
	h := open(t)
	told := func() bool { return strings.Contains(h.get(t, "en").Body.String(), "Four eyes are off") }
	if told() {
		t.Error("told while there is a head")
	}
	h.staff = h.staff[:2]
	if !told() {
		t.Error("not told")
	}
}

func TestWhoMustGiveACodeIsToldBefore(t *testing.T) {
	h := open(t)
	h.stale = true
	if !strings.Contains(h.get(t, "en").Body.String(), "asks for a code") {
		t.Error("not told")
	}
}

func TestEachButtonDoesWhatItSays(t *testing.T) {
	h := open(t)
	for act, fields := range map[string]url.Values{"approve": {"hash": {"abc"}}, "change": {"reason": {" say when "}}, "refuse": {"reason": {"no"}}, "withdraw": nil} {
		if answer := h.post(t, act, fields); answer.Code != 303 || answer.Header().Get("Location") != "/approvals" {
			t.Errorf("%s: %d %s", act, answer.Code, answer.Header().Get("Location"))
		}
	}
	slices.Sort(h.done)
	if want := []string{"1 approves hr/1 as abc", "1 changes hr/1: say when", "1 refuses hr/1: no", "1 withdraws hr/1"}; !slices.Equal(h.done, want) {
		t.Errorf("done: %q", h.done)
	}
}

func TestWhatIsRefusedIsToldAboveTheListAsItIsNow(t *testing.T) {
	h := open(t)
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "approval_decided"}
	answer := h.post(t, "approve", nil)
	if answer.Code != 409 || !strings.Contains(answer.Body.String(), "decided already") || !strings.Contains(answer.Body.String(), "Dear Ann") {
		t.Errorf("%d: %.300s", answer.Code, answer.Body.String())
	}
	h.No["GET /approvals"] = true // an officer, who takes back his own
	if answer := h.post(t, "withdraw", nil); answer.Code != 409 || strings.Contains(answer.Body.String(), "Dear Ann") {
		t.Errorf("%d: an officer reads the list", answer.Code)
	}
}

func TestWhatCannotBeReadIsToldAndNothingOfTheMachine(t *testing.T) {
	h := open(t)
	h.reads = &bot.Error{Kind: bot.Unavailable, Key: "error.internal", Err: errors.New("secret@db is away")}
	if answer := h.get(t, "en"); answer.Code != 503 || strings.Contains(answer.Body.String(), "secret@db") {
		t.Errorf("%d", answer.Code)
	}
}

func TestWhatPeopleWriteIsNeverMarkup(t *testing.T) {
	h := open(t)
	h.his[0].Text, h.his[0].Files[0].Name = `<script>alert(1)</script> will refund <img src=x>`, `<img src=x>`
	h.staff[1].Name = `<img src=x>`
	if html := h.get(t, "en").Body.String(); strings.Contains(html, "<script>alert") || strings.Contains(html, "<img") {
		t.Error("words became markup")
	}
}

func TestFindingsThatOverlapAreOneMark(t *testing.T) {
	words := "abcdef"
	for _, row := range []struct {
		found []approve.Finding
		want  string
	}{
		{nil, "abcdef"},
		{[]approve.Finding{{From: 1, To: 4}, {From: 2, To: 3}}, "a[bcd]ef"},
		{[]approve.Finding{{From: 0, To: 2}, {From: 1, To: 6}}, "[abcdef]"},
		{[]approve.Finding{{From: 1, To: 2}, {From: 3, To: 4}}, "a[b]c[d]ef"},
	} {
		got := ""
		for _, p := range marked(words, row.found) {
			if p.Found {
				got += "[" + p.Text + "]"
			} else {
				got += p.Text
			}
		}
		if got != row.want {
			t.Errorf("%v: %s, want %s", row.found, got, row.want)
		}
	}
}
