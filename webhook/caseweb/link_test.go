package caseweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/webhook/page/pagetest"
)

func asking() cases.LinkView {
	return cases.LinkView{Number: bot.CaseNumber{Year: 1405, Seq: 7}, Unit: "legal", Question: "Who signed it?", DueAt: noon.Add(time.Hour)}
}

func TestSomebodyWithoutASignInReadsTheQuestionInThreeLanguagesAndNothingElse(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		h.asked = asking()
		h.Me = bot.Staff{}
		answer := h.get("/referral/tok-en?lang="+string(lang), "fa")
		html := answer.Body.String()
		pagetest.Look(t, string(lang), html, lang)
		pagetest.Files(t, html, h.Assets)
		h.tells(html, "Who signed it?", "Legal", "JV-1405-000007-", `action="/referral/tok-en?lang=`+string(lang)+`"`)
		h.keeps(html, `class="rail"`, `href="/cases`)
		if answer.Header().Get("Referrer-Policy") != "no-referrer" || answer.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%v", answer.Header())
		}
		if len(h.Missed()) != 0 {
			t.Errorf("%s: no such strings: %v", lang, h.Missed())
		}
	}
}

func TestAReplyByLinkIsTakenOnce(t *testing.T) {
	h := open(t)
	h.asked = asking()
	form := url.Values{"name": {" Mr Rad "}, "reply": {"he did"}}
	answer := h.post("/referral/tok-en", form)
	h.tells(answer.Body.String(), "Your reply has reached")
	h.keeps(answer.Body.String(), "<form", "Who signed it?")
	if want := []string{"Mr Rad (tok-en): he did"}; !slices.Equal(h.done, want) {
		t.Errorf("%q", h.done)
	}
	h.deny = &bot.Error{Kind: bot.NotFound, Key: "case_link"}
	answer = h.post("/referral/tok-en", form)
	if answer.Code != http.StatusNotFound || strings.Contains(answer.Body.String(), "Who signed it?") {
		t.Errorf("%d", answer.Code)
	}
}

func TestAReplyThatSaysNothingIsAskedForAgain(t *testing.T) {
	h := open(t)
	h.asked, h.deny = asking(), &bot.Error{Kind: bot.Invalid, Key: "case_empty"}
	answer := h.post("/referral/tok-en", url.Values{"name": {"Mr Rad"}})
	if answer.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", answer.Code)
	}
	h.tells(answer.Body.String(), "Please fill in the field", "Who signed it?", `value="Mr Rad"`)
}

func TestALinkThatLeadsNowhereSaysSoAndAsksNobodyForALongOne(t *testing.T) {
	h := open(t)
	h.asked = asking()
	for _, token := range []string{"other", strings.Repeat("x", longestToken+1)} {
		answer := h.get("/referral/" + token)
		if answer.Code != http.StatusNotFound || strings.Contains(answer.Body.String(), "Who signed it?") {
			t.Errorf("%s: %d", token[:5], answer.Code)
		}
		h.tells(answer.Body.String(), "This link was used or has ended")
	}
	if answer := h.post("/referral/other", url.Values{"reply": {"x"}}); answer.Code != http.StatusNotFound || len(h.done) != 0 {
		t.Errorf("%d %v", answer.Code, h.done)
	}
}
