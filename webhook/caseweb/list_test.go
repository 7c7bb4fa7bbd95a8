package caseweb

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/webhook/page/pagetest"
)

func TestTheListIsWholeInThreeLanguagesAndInEveryView(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		views := append(casefile.Views[:], "nonsense")
		for _, view := range views {
			pagetest.Look(t, string(lang)+" empty", h.get("/cases?view="+string(view), string(lang)).Body.String(), lang)
		}
		h.file("late", func(c *bot.Case) {
			c.Alarm, c.BreachedAt, c.Dispute, c.Financial, c.Urgency = bot.AlarmHead, noon, true, true, "critical"
		})
		h.file("risky", func(c *bot.Case) { c.Alarm, c.Confidential = bot.AlarmOfficer, false })
		h.file("idle", func(c *bot.Case) { c.Next, c.Holder = bot.Next{}, "" })
		h.file("still", func(c *bot.Case) { c.State, c.Clock.Since = bot.WaitingMember, time.Time{} })
		h.file("over", func(c *bot.Case) { c.State = bot.Closed })
		h.refer(h.file("asked", func(c *bot.Case) { c.State = bot.Referred }), func(r *bot.Referral) { r.Unit = "card" })
		for _, view := range views {
			html := h.get("/cases?view="+string(view)+"&unit=trade", string(lang)).Body.String()
			pagetest.Look(t, string(lang)+" "+string(view), html, lang)
			pagetest.Files(t, html, h.Assets)
		}
		if len(h.Missed()) != 0 {
			t.Errorf("%s: no such strings: %v", lang, h.Missed())
		}
	}
}

func TestARowTellsAllThatMakesOneOpenIt(t *testing.T) {
	h := open(t)
	c := h.file("my card is late", func(*bot.Case) {})
	html := h.get("/cases").Body.String()
	h.tells(html, `href="/cases/`+c.Number.String()+`"`, "Late card", "my card is late", "Ann Arad", "In work", "4 hours of working time left", "Go on with the work", "Sara", `<b>1</b>`)
	h.keeps(html, "+98912")
}

func TestWhatIsLateIsSaidInWordsAndInWorkingTime(t *testing.T) {
	h := open(t)
	h.file("broken", func(c *bot.Case) { c.BreachedAt, c.DueAt = noon.Add(-90*time.Minute), noon.Add(-90*time.Minute) })
	h.file("paused", func(c *bot.Case) {
		c.State, c.Clock = bot.WaitingMember, bot.Clock{Promised: 8 * time.Hour, Spent: 3 * time.Hour}
	})
	h.tells(h.get("/cases").Body.String(), "1 hour 30 minutes of working time late", "the clock stands, 5 hours left")
}

func TestTheViewsAndTheirCountsFollowWhatIsChosen(t *testing.T) {
	h := open(t)
	h.file("a", func(*bot.Case) {})
	h.file("b", func(c *bot.Case) { c.Unit, c.Category, c.Kind = "card", "fees", bot.Request })
	for query, want := range map[string][2]string{
		"unit=card": {"c-b", "c-a"}, "category=delay": {"c-a", "c-b"}, "kind=request": {"c-b", "c-a"},
	} {
		html := h.get("/cases?" + query).Body.String()
		shows := func(id string) bool { return strings.Contains(html, ">"+strings.TrimPrefix(id, "c-")+"</span>") }
		if !shows(want[0]) || shows(want[1]) || !strings.Contains(html, "All open <b>1</b>") || !strings.Contains(html, query+"&amp;view=orphans") {
			t.Errorf("%s shows something else", query)
		}
	}
}

func TestMoreRowsComeAsRowsAlone(t *testing.T) {
	h := open(t)
	for i := range pageOfCases + 3 {
		h.file(fmt.Sprintf("case%03d", i), func(c *bot.Case) { c.DueAt = noon.Add(time.Duration(i) * time.Hour) })
	}
	html := h.get("/cases").Body.String()
	_, next, found := strings.Cut(html, `hx-get="`)
	next, _, _ = strings.Cut(next, `"`)
	if !found || strings.Contains(html, "case050") {
		t.Fatal("the page has no end")
	}
	ask := pagetest.Request(t, "GET", strings.ReplaceAll(next, "&amp;", "&"), nil, "javab_lang=en")
	ask.Header.Set("HX-Request", "true")
	rows := h.Serve(ask).Body.String()
	h.tells(rows, "case050", "case052")
	h.keeps(rows, "<html", "case049", `id="further"`)
	h.tells(h.get("/cases?rows=53").Body.String(), "case052") // the list is read again as far as it is shown
}

func TestANumberLeadsToItsCaseInAnyDigits(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	for _, written := range []string{c.Number.String(), " jv1405" + strings.TrimPrefix(strings.ReplaceAll(c.Number.String(), "-", ""), "JV1405")} {
		answer := h.get("/cases?q=" + url.QueryEscape(written))
		if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "/cases/"+c.Number.String() {
			t.Errorf("%q leads to %d %s", written, answer.Code, answer.Header().Get("Location"))
		}
	}
	if answer := h.get("/cases?q=hello"); answer.Code != http.StatusNotFound || !strings.Contains(answer.Body.String(), "no case with this number") {
		t.Errorf("%d", answer.Code)
	}
}

func TestTickedCasesAreGivenOneByOne(t *testing.T) {
	h := open(t)
	a, b := h.file("a", func(*bot.Case) {}), h.file("b", func(*bot.Case) {})
	both := url.Values{"to": {"mona"}, "case": {a.Number.String(), b.Number.String()}}
	if answer := h.post("/cases/assign", both); answer.Code != http.StatusSeeOther {
		t.Errorf("%d", answer.Code)
	}
	if want := []string{"sara 1 cases.Assign{To:mona}", "sara 2 cases.Assign{To:mona}"}; !slices.Equal(h.done, want) {
		t.Errorf("done: %q", h.done)
	}
	for _, form := range []url.Values{{"to": {"mona"}}, {"case": both["case"]}} {
		if answer := h.post("/cases/assign", form); answer.Code != http.StatusUnprocessableEntity || len(h.done) != 2 {
			t.Errorf("%v: %d", form, answer.Code)
		}
	}
	h.deny = &bot.Error{Kind: bot.Forbidden, Key: "desk_senior"}
	if answer := h.post("/cases/assign", both); answer.Code != http.StatusForbidden || !strings.Contains(answer.Body.String(), "senior officer") {
		t.Errorf("%d", answer.Code)
	}
	h.No["POST /cases/assign"] = true
	h.keeps(h.get("/cases").Body.String(), `id="bulk"`, `name="case"`)
}

func TestAUnitHasItsQuestionsAndNothingElse(t *testing.T) {
	h := open(t)
	h.refer(h.file("a", func(c *bot.Case) { c.State = bot.Referred }), func(r *bot.Referral) { r.DueAt = noon.Add(-time.Hour) })
	h.file("b", func(*bot.Case) {})
	h.Me = rad
	html := h.get("/cases?view=open").Body.String()
	h.tells(html, "Asked of us <b>1</b>", "Answered", ">a</span>", "was due")
	h.keeps(html, "All open", ">b</span>", `id="bulk"`)
	if n, err := h.Count(t.Context(), rad); n != 1 || err != nil {
		t.Errorf("the rail counts %d, %v", n, err)
	}
	if n, err := h.Count(t.Context(), sara); n != 0 || err != nil {
		t.Errorf("nothing is broken, and the rail counts %d, %v", n, err)
	}
}

func TestWhatCannotBeReadIsToldAndNothingOfTheMachine(t *testing.T) {
	h := open(t)
	h.reads = &bot.Error{Kind: bot.Unavailable, Key: "error.internal", Err: errors.New("secret@db is away")}
	for _, path := range []string{"/cases", "/suggestions"} {
		if answer := h.get(path); answer.Code != http.StatusServiceUnavailable || strings.Contains(answer.Body.String(), "secret@db") {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}
