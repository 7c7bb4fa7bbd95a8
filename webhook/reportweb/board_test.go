package reportweb

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/report"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// noon is Saturday 2026-11-21, 1405-08-30, 10:49 in Tehran.
var noon = time.Date(2026, time.November, 21, 7, 19, 0, 0, time.UTC)

var mona = bot.Staff{ID: "1", Name: "Mona", Role: bot.RoleManager, Units: []bot.UnitID{"trade", "cards"}}

// house is the board before mona. It notes what it is asked.
type house struct {
	*Reports
	*pagetest.Site
	tiles  []report.Tile
	items  []report.Item
	topics map[report.Grouping][]report.Topic
	fails  error
	asked  []string
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{
		tiles: []report.Tile{
			{Figure: report.Figure{ID: "k1", Over: 40, Under: 50, Rests: 40, Value: 40, Target: 50, Parts: []report.Part{{Standing: "known", N: 40}, {Standing: "unknown", N: 3, Apart: true}}}},
			{Figure: report.Figure{ID: "k2", Over: 3, Under: 4, Rests: 4, Value: .75, Parts: []report.Part{{Standing: "satisfied", N: 3}, {Standing: "not_satisfied", N: 1}, {Standing: "unanswered", N: 6, Apart: true}}}},
			{
				Figure: report.Figure{ID: "k3", Over: 45, Under: 50, Rests: 50, Value: .9, Target: .9, Parts: []report.Part{
					{Standing: "in_time", N: 45}, {Standing: "late", N: 5}, {Standing: "pending", N: 7, Apart: true}, {Standing: "paused", N: 2, Apart: true}, {Standing: "withdrawn", N: 1, Apart: true},
				}},
				Earlier: report.Figure{ID: "k3", Over: 47, Under: 50, Rests: 50, Value: .94},
			},
			{Figure: report.Figure{ID: "k4", Rests: 9, Under: 9, Value: 5400, Median: time.Hour, Ninth: 3 * time.Hour, Parts: []report.Part{{Standing: "answered", N: 9}, {Standing: "waiting", N: 1, Apart: true}}}},
			{Figure: report.Figure{ID: "k5", Over: 7, Lacks: "card_dates", Parts: []report.Part{{Standing: "renewed", N: 7}}}},
		},
		topics: map[report.Grouping][]report.Topic{report.ByCategory: {{Key: "delay", N: 12, Before: 9, Disputed: 2}, {Key: "", N: 1}}, report.ByUnit: {{Key: "trade", N: 12}}},
	}
	h.Site = pagetest.Open(t, mona, func() time.Time { return noon }, page.Place{URL: "/board", ID: "report.rail", Icon: "activity"})
	h.Reports = &Reports{Shell: h.Frame, Office: h, Topics: h, Content: h}
	if err := h.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) note(format string, args ...any) {
	h.asked = append(h.asked, fmt.Sprintf(format, args...))
}

func (h *house) Board(_ context.Context, ask report.Ask) []report.Tile {
	h.note("%s asks for %s of %q", ask.By.ID, ask.Period, ask.Unit)
	return h.tiles
}

func (h *house) Trend(_ context.Context, ask report.Ask, n int) ([]report.Stage, error) {
	var stages []report.Stage
	for range n {
		stage := report.Stage{Period: ask.Period}
		for _, t := range h.tiles {
			stage.Figures = append(stage.Figures, t.Figure)
		}
		stages = append(stages, stage)
	}
	return stages, h.fails
}

func (h *house) List(_ context.Context, ask report.Ask, id report.Indicator, only report.Standing) (report.Figure, []report.Item, error) {
	h.note("%s opens %s of %s, %q, only %q", ask.By.ID, id, ask.Period, ask.Unit, only)
	for _, t := range h.tiles {
		if t.ID == id {
			return t.Figure, h.items, h.fails
		}
	}
	return report.Figure{}, nil, h.fails
}

func (h *house) WithPauses(_ context.Context, items []report.Item) error {
	h.note("pauses of %d", len(items))
	for i := range items {
		items[i].Pauses = []report.Pause{
			{From: noon, To: noon.Add(time.Hour), State: bot.WaitingMember, Reason: "which <card>?", Worked: time.Hour},
			{From: noon, State: bot.Proposed, Worked: 5 * time.Minute},
		}
	}
	return nil
}

func (h *house) Topics(context.Context, report.Ask) (map[report.Grouping][]report.Topic, error) {
	return h.topics, h.fails
}

func (h *house) Filed(_ context.Context, _ report.Ask, by report.Grouping, key string) ([]report.Item, error) {
	h.note("filed by %s %q", by, key)
	return h.items, h.fails
}

func (h *house) Disputed(context.Context, report.Ask) ([]report.Item, error) { return h.items, h.fails }

func (h *house) Units() []bot.UnitID { return []bot.UnitID{"trade", "law", "cards"} }

func (h *house) Unit(id bot.UnitID, lang bot.Lang) string { return string(id) + " " + string(lang) }

func (h *house) CategoryName(_ bot.CaseKind, id string, lang bot.Lang) string {
	return id + " in " + string(lang)
}

func (h *house) CauseName(id string, _ bot.Lang) string { return "cause " + id }

func (h *house) StateName(s bot.CaseState) bot.Text {
	return bot.Text{Fa: string(s), Ar: string(s), En: "state " + string(s)}
}

func (h *house) get(t *testing.T, path, lang string) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, "GET", path, nil, "javab_lang="+lang))
}

// reads fails unless a page says all the parts, whatever its marks.
func reads(t *testing.T, answer *httptest.ResponseRecorder, parts ...string) string {
	t.Helper()
	body := html.UnescapeString(answer.Body.String())
	if answer.Code != 200 {
		t.Errorf("answered %d", answer.Code)
	}
	for _, part := range parts {
		if !strings.Contains(body, part) {
			t.Errorf("no %q", part)
		}
	}
	return body
}

func TestEveryPageIsWholeInEveryLanguage(t *testing.T) {
	h := open(t)
	h.items = cases(3)
	for _, lang := range bot.Langs {
		for _, path := range []string{"/board", "/board?period=1405-06..1405-08&unit=trade", "/board/k1", "/board/k2", "/board/k3", "/board/k4", "/board/disputes", "/board/category?key=delay", "/board/unit?key=trade", "/board/cause?key=", "/board/trend"} {
			answer := h.get(t, path, string(lang))
			if answer.Code != 200 {
				t.Errorf("%s: %d", path, answer.Code)
			}
			pagetest.Look(t, path+" "+string(lang), answer.Body.String(), lang)
			pagetest.Files(t, answer.Body.String(), h.Frame.Assets)
		}
		h.items, h.fails = nil, errors.New("away")
		pagetest.Look(t, "without an answer", h.get(t, "/board", string(lang)).Body.String(), lang)
		h.items, h.fails = cases(3), nil
	}
	if missed := h.Missed(); len(missed) > 0 {
		t.Errorf("not in the catalogs: %q", missed)
	}
}

func TestATileSaysWhatItRestsOnAndLeadsThere(t *testing.T) {
	h := open(t)
	body := reads(t, h.get(t, "/board?period=1405-08&unit=trade", "en"),
		">90%<", "Target 90% · reached", "−4 points · worse", `class="tag bad"`, "45 of 50", "rests on 50 complaints",
		`href="/board/k3?period=1405-08&unit=trade"`, `href="/board/k3?only=late&period=1405-08&unit=trade">5</a>`, `href="/board/k3?only=paused&period=1405-08&unit=trade">2</a>`,
		">40<", "Target 50 · missed", "1 h 30 min", "Half within 1 h 0 min, nine of ten within 3 h 0 min",
		"40% of those asked have answered", "No data", "indicators.expiring", "Renewals completed", "not over yet", "Aban 1405",
	)
	if strings.Contains(body, "75%") { // four answers say nothing
		t.Error("a share of four answers is told")
	}
	if want := `1 asks for 1405-08 of "trade"`; h.asked[0] != want {
		t.Errorf("%s, not %s", h.asked[0], want)
	}
	if strings.Contains(body, "Later") || !strings.Contains(body, `href="/board?period=1405-07&unit=trade"`) {
		t.Error("the way to other months is wrong")
	}
	reads(t, h.get(t, "/board?period=1405-06", "en"), `href="/board?period=1405-07"`, "Later")
}

func TestAUnitThatTheReaderDoesNotServeIsNotOffered(t *testing.T) {
	body := reads(t, open(t).get(t, "/board", "en"), "trade en", "cards en")
	if strings.Contains(body, "law en") {
		t.Error("another unit is offered")
	}
}

func TestWhatCannotBeCountedIsNotKnownAndTheRestStands(t *testing.T) {
	h := open(t)
	h.tiles[2].Err, h.fails = errors.New("away"), errors.New("away")
	body := reads(t, h.get(t, "/board", "en"), "Not known", "could not be counted", ">40<", "could not be read just now")
	if strings.Contains(body, "45 of 50") {
		t.Error("a number that is not known is told")
	}
}

func TestWhatCannotBeCountedIsInTheLog(t *testing.T) {
	h := open(t)
	told := h.Listen()
	h.get(t, "/board?unit=trade", "en")
	if lines := told(); len(lines) > 0 {
		t.Errorf("all was counted: %q", lines)
	}
	h.tiles[2].Err = errors.New("count answers: disk I/O error")
	h.get(t, "/board?unit=trade", "en")
	pagetest.Faulty(t, told(), "/board", "trade")
}

func TestTopicsLeadToTheirComplaints(t *testing.T) {
	h := open(t)
	h.items = cases(2)
	reads(t, h.get(t, "/board?period=1405-08", "en"), "delay in en", `href="/board/category?key=delay&period=1405-08">12</a>`, "No topic noted", "trade en", "2 cases", "No complaints in these months.")
	reads(t, h.get(t, "/board/category?key=delay&period=1405-08", "en"), "delay in en", "2 entries")
	if got := h.asked[len(h.asked)-1]; got != `filed by category "delay"` {
		t.Error(got)
	}
}

func TestAMonthThatIsNoneIsRefused(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/board?period=2026-11", "/board/k3?period=x"} {
		answer := h.get(t, path, "en")
		if answer.Code != 422 || !strings.Contains(answer.Body.String(), "is no month") || len(h.asked) > 0 {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
	if answer := h.get(t, "/board/k9", "en"); answer.Code != 404 || !strings.Contains(answer.Body.String(), "no such list") {
		t.Errorf("a ninth indicator: %d", answer.Code)
	}
}
