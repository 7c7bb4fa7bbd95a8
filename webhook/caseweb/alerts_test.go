package caseweb

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/digest"
	"javab/webhook/page/pagetest"
)

func TestWhatSomebodyMustHearOfStandsAboveHisCasesUntilHeHasSeenIt(t *testing.T) {
	h := open(t)
	c, foreign := h.file("a", func(*bot.Case) {}), bot.CaseNumber{Year: 1405, Seq: 77}
	h.told = []bot.Alert{
		{ID: "low:1", What: bot.AlertLowRating, Case: c.Number, Unit: "trade", At: noon},
		{ID: "raised", What: bot.AlertEscalated, Case: foreign, Unit: "legal", At: noon},
		{ID: "many", What: bot.AlertSpike, Unit: "trade", Topic: "delay", N: 12, At: noon},
	}
	html := h.get("/cases").Body.String()
	h.tells(html, "A key member is not content", `href="`+at(c)+`"`, `name="alert" value="low:1"`, foreign.String(), "Legal", "12 about Late card in Trade", "/cases?unit=trade&amp;category=delay")
	h.keeps(html, `href="/cases/`+foreign.String()+`"`)
	if n, err := h.Count(t.Context(), sara); err != nil || n != 3 {
		t.Errorf("the rail counts %d, %v", n, err)
	}
	answer := h.post("/cases/seen", url.Values{"alert": {"low:1"}})
	if answer.Code != http.StatusSeeOther || !slices.Equal(h.seen, []string{"sara low:1"}) {
		t.Errorf("%d, seen %v", answer.Code, h.seen)
	}
	h.told = nil
	h.keeps(h.get("/cases").Body.String(), `id="alerts"`)
}

func TestAManagerReadsHisDigestOnAPageWhetherHeIsSentItOrNot(t *testing.T) {
	h := open(t)
	h.keeps(h.get("/cases").Body.String(), "/cases/digest") // an officer has none
	h.Me = mona
	h.tells(h.get("/cases").Body.String(), `href="/cases/digest"`)
	h.sheet = digest.Sheet{
		Head: "How your units stand", Quiet: "Nothing is late.", Unlinked: []bot.Staff{rad},
		Lines: []digest.Said{{Line: digest.Line{Numbers: []bot.CaseNumber{{Year: 1405, Seq: 7}}}, Words: "Cases at risk: 3", Rest: []string{"Others: 2"}}},
	}
	html := h.get("/cases/digest").Body.String()
	h.tells(html, "How your units stand", "Cases at risk: 3", `href="/cases/`+bot.CaseNumber{Year: 1405, Seq: 7}.String(), "Others: 2", "you have it here alone", `href="/account"`, "Who is sent no digest", "Rad")
	h.keeps(html, "Nothing is late.")
	h.sheet = digest.Sheet{Head: "How your units stand", Quiet: "Nothing is late.", Linked: true}
	html = h.get("/cases/digest").Body.String()
	h.tells(html, "Nothing is late.", "also sent to your linked chat")
	h.keeps(html, "here alone", "Who is sent no digest")
	h.reads = errors.New("the database is away")
	if answer := h.get("/cases/digest"); answer.Code != http.StatusInternalServerError {
		t.Errorf("%d", answer.Code)
	}
}

func TestAlertsAndDigestAreWholeInThreeLanguages(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		h.Me = mona
		for _, what := range bot.AlertKinds {
			h.told = append(h.told, bot.Alert{ID: string(what), What: what, Case: bot.CaseNumber{Year: 1405, Seq: 7}, Unit: "trade", N: 9, At: noon})
		}
		h.sheet = digest.Sheet{Head: "x", Lines: []digest.Said{{Words: "y"}}, Unlinked: []bot.Staff{rad}}
		for _, path := range []string{"/cases", "/cases/digest"} {
			html := h.get(path, string(lang)).Body.String()
			pagetest.Look(t, string(lang)+path, html, lang)
			pagetest.Files(t, html, h.Assets)
			if strings.Contains(html, "cases.alert") || len(h.Missed()) != 0 {
				t.Errorf("%s %s: no such strings: %v", lang, path, h.Missed())
			}
		}
	}
}
