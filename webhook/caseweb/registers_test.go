package caseweb

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/storage"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

func TestTheRegistersAreWholeInThreeLanguages(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		for range 2 {
			for _, path := range []string{"/suggestions", "/suggestions?open=1&unit=trade", "/surveys", "/surveys?low=1&days=90&unit=trade"} {
				html := h.get(path, string(lang)).Body.String()
				pagetest.Look(t, string(lang)+" "+path, html, lang)
				pagetest.Files(t, html, h.Assets)
			}
			h.file("more light", func(c *bot.Case) { c.Kind, c.Cause, c.Closure = bot.Suggestion, "workload", bot.Closure{Round: 1} })
			h.rate(h.file("a", func(*bot.Case) {}), 2, 5, 0)
		}
		if len(h.Missed()) != 0 {
			t.Errorf("%s: no such strings: %v", lang, h.Missed())
		}
	}
}

// rate has a case rated round by round.
func (h *house) rate(c bot.Case, ratings ...int) {
	h.do(func(tx storage.Tx) error {
		for i, rating := range ratings {
			s := bot.Survey{Case: c.ID, Number: c.Number, Round: i, Chat: ann, Member: "m1", Unit: "trade", AskedAt: noon.Add(-time.Hour), Rating: rating, Reason: "reason " + string(rune('a'+i))}
			if err := tx.SaveSurvey(h.t.Context(), s); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestASuggestionTellsItsNumberWhereItStandsAndWhatItsAuthorWasTold(t *testing.T) {
	h := open(t)
	c := h.file("more light", func(c *bot.Case) {
		c.Kind, c.State, c.Cause, c.Closure = bot.Suggestion, bot.Closed, "workload", bot.Closure{Round: 1, DeliveredAt: noon}
	})
	h.file("untold", func(c *bot.Case) { c.Kind, c.Closure = bot.Suggestion, bot.Closure{Round: 1} })
	h.file("complaint", func(*bot.Case) {})
	html := h.get("/suggestions").Body.String()
	h.tells(html, c.Number.String(), "more light", "Ann Arad", "Closed", "Too much work", "Author told 2026-11-21", "Answer not delivered yet")
	h.keeps(html, "complaint</span>")
	h.keeps(h.get("/suggestions?open=1").Body.String(), "more light")
}

func TestSurveysTellHowManyAnsweredAndWhoWasNotContent(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	h.rate(c, 5, 4)
	few := h.get("/surveys").Body.String()
	if strings.Count(few, `<span class="value">—</span>`) != 2 {
		t.Error("a rate of two")
	}
	h.rate(c, 5, 4, 2, 5, 4, 0)
	html := h.get("/surveys").Body.String()
	h.tells(html, "83%", "5 of 6", `<span class="value">4.0</span>`, "reason c", "no answer", "Sara", "Ann Arad")
	low := h.get("/surveys?low=1").Body.String()
	h.tells(low, "reason c", "5 of 6")
	h.keeps(low, "reason a")
}

func TestThePanelBesideAChatLeadsToWhatIsDoneNext(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	idle, over := c, c
	idle.Next, over.State = bot.Next{}, bot.Closed
	var screen page.Screen
	for _, lang := range bot.Langs {
		screen = h.Frame.Screen(h.Web.NewContext(pagetest.Request(t, "GET", "/desk", nil, "javab_lang="+string(lang)), nil), "cases.title")
		html, err := h.Panel(screen, []bot.Case{c, idle, over})
		if err != nil {
			t.Fatal(err)
		}
		pagetest.Look(t, string(lang), "<div>"+string(html)+"</div>", lang)
	}
	html, _ := h.Panel(screen, []bot.Case{c, idle, over})
	h.tells(string(html), `href="/cases/`+c.Number.String()+`#closure"`, "Go on with the work", "4 hours of working time left", "No next action", "Closed")
}
