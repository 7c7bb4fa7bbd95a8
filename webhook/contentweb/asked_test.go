package contentweb

import (
	"net/http"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page/pagetest"
)

func TestANewAnswerIsFilledWithWhatMembersAsked(t *testing.T) {
	h := open(t)
	h.put = Put{Class: bot.En, Phrasings: []string{"where can i park", "parking", "car park"}, Said: map[bot.Lang]string{bot.En: "Behind the house.", bot.Fa: "X"}}
	html := h.get(t, "/studio/answers/new?question=q1").Body.String()
	form := posted(t, html)
	for key, want := range map[string]string{"f/q/en": "where can i park", "f/alt/en": "parking\ncar park", "f/a/en": "Behind the house.", "f/a/fa": "X", "f/a/ar": ""} {
		if form.Get(key) != want {
			t.Errorf("%s is %q, want %q", key, form.Get(key), want)
		}
	}
	if !strings.Contains(html, "take out names of people") {
		t.Error("nobody is asked to read it first")
	}
	pagetest.Look(t, "new answer", html, bot.En)
}

func TestFinglishFillsItsOwnColumn(t *testing.T) {
	h := open(t)
	for class, column := range map[bot.Lang]string{"fa-Latn": "f/alt/fin", "ar-Latn": "f/alt/ar"} {
		h.put = Put{Class: class, Phrasings: []string{"kart koo"}}
		if form := posted(t, h.get(t, "/studio/answers/new?question=q1").Body.String()); form.Get(column) != "kart koo" || form.Get("f/q/fa") != "" {
			t.Errorf("%s is not in %s", class, column)
		}
	}
}

func TestWhoWritesNoAnswersReadsNoQuestions(t *testing.T) {
	h := open(t)
	h.No["POST /studio/answers/:id"] = true
	h.put = Put{Class: bot.En, Phrasings: []string{"where can i park"}}
	if html := h.get(t, "/studio/answers/new?question=q1").Body.String(); strings.Contains(html, "where can i park") {
		t.Error("he reads them")
	}
}

func TestQuestionsThatAreNoMoreAreSaid(t *testing.T) {
	h := open(t)
	if answer := h.get(t, "/studio/answers/new?question=q9"); answer.Code != http.StatusNotFound {
		t.Errorf("%d", answer.Code)
	}
	if answer := h.get(t, "/studio/services/new?question=q9"); answer.Code != http.StatusOK {
		t.Errorf("a service asks for it: %d", answer.Code)
	}
}

func TestWhichAnswersAreConfusableIsSaidOnceItIsKnown(t *testing.T) {
	h := open(t)
	h.unsurveyed = true
	html := h.get(t, "/studio/answers?filter=confusable").Body.String()
	for want, there := range map[string]bool{
		">Easily confused<": true, "Easily confused (": false, "The answers are being looked over": true, `hx-trigger="load delay:2s"`: true, "Nothing is like that": false,
	} {
		if strings.Contains(html, want) != there {
			t.Errorf("%q is there: %v", want, !there)
		}
	}
	if all := h.get(t, "/studio/answers").Body.String(); !strings.Contains(all, `<th scope="row">`) || strings.Contains(all, "being looked over") {
		t.Error("all answers wait for what is not asked for")
	}
}

func TestTheListSaysHowAnswersServe(t *testing.T) {
	h := open(t)
	h.uses = map[string]Use{"answers/contact.hours": {Served: 12, Solved: 2, Failed: 1}}
	html := h.get(t, "/studio/answers?filter=confusable").Body.String()
	for _, want := range []string{"<td>12", "67% said it helped", "easily confused", "Easily confused (1)"} {
		if !strings.Contains(html, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if n := strings.Count(html, `<th scope="row">`); n != 1 {
		t.Errorf("%d answers are confusable", n)
	}
}
