package learnweb

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/faq"
	"javab/bot/learning"
	"javab/webhook/page/pagetest"
)

// chosen is what is posted of a cluster.
func chosen(more ...string) url.Values {
	form := url.Values{"question": {"q1"}, "class": {"en"}, "answer": {"answers/contact.hours"}, "words": {"where can i park", "can i park\r\n\r\nwhere can i park"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func TestEveryPageIsWholeInThreeLanguages(t *testing.T) {
	for _, stocked := range []bool{false, true} {
		h := open(t)
		if stocked {
			h.stock()
		}
		for _, lang := range bot.Langs {
			cookie := "javab_lang=" + string(lang)
			for name, answer := range map[string]string{
				"list":       h.get(t, home, cookie).Body.String(),
				"aside":      h.get(t, home+"?aside=1&class=fa-Latn&days=30", cookie).Body.String(),
				"learnt":     h.get(t, home+"?learnt=answers/contact.hours", cookie).Body.String(),
				"weak":       h.get(t, home+"/weak", cookie).Body.String(),
				"add":        h.post(t, home+"/add", chosen(), cookie).Body.String(),
				"add arabic": h.post(t, home+"/add", chosen("class", "ar-Latn", "answer", ""), cookie).Body.String(),
				"effect":     h.post(t, home+"/effect", chosen(), cookie).Body.String(),
			} {
				if answer == "" {
					t.Errorf("%s %s is empty", lang, name)
				}
				pagetest.Look(t, string(lang)+" "+name, answer, lang)
			}
		}
		if len(h.Missed()) != 0 {
			t.Errorf("no such strings: %v", h.Missed())
		}
	}
}

func TestEverythingThatThePagesAskForIsThere(t *testing.T) {
	h := open(t)
	h.stock()
	if n := pagetest.Files(t, h.get(t, home).Body.String(), h.Frame.Assets); n < 5 {
		t.Errorf("the list names only %d files", n)
	}
	if n := pagetest.Files(t, h.post(t, home+"/add", chosen()).Body.String(), h.Frame.Assets); n < 5 {
		t.Errorf("the form names only %d files", n)
	}
}

func TestWhatCannotBeReadIsToldAndNothingOfTheMachine(t *testing.T) {
	h := open(t)
	h.stock()
	h.broken = errAway
	for path, form := range map[string]url.Values{home: nil, home + "/weak": nil, home + "/add": chosen(), home + "/aside": chosen()} {
		answer := h.get(t, path)
		if form != nil {
			answer = h.post(t, path, form)
		}
		if answer.Code != http.StatusServiceUnavailable || strings.Contains(answer.Body.String(), "secret@db") {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}

func TestTheListSaysWhatWasAskedAndWhatBecameOfIt(t *testing.T) {
	h := open(t)
	h.stock()
	html := h.get(t, home).Body.String()
	for _, want := range []string{
		`id="cluster-q1"`, "where can i park", "more, before: 2", "new", "by 4 people", "pressed nothing: 2", "3 times", "2 people said so",
		"There is a &lt;b&gt;car park&lt;/b&gt;.", `value="parking near"`, "Persian in Latin letters", "/studio/answers/new?question=q1",
		"4 smaller groups more", "Put aside (3)", `href="/studio/flow/complaint"`, "Arabic: 2", "the oldest is not counted",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if strings.Contains(html, `name="words" value=""`) || strings.Contains(html, `value="[number]"`) {
		t.Error("what is no word is offered as a phrasing")
	}
}

func TestAnEmptyListSaysWhatToDo(t *testing.T) {
	html := open(t).get(t, home).Body.String()
	if !strings.Contains(html, "Nothing was left unanswered") || strings.Contains(html, "<details") {
		t.Errorf("it says %s", html)
	}
	if !strings.Contains(html, `hx-get="/studio/answers/unanswered/weak"`) {
		t.Error("nobody looks whether the survey is there")
	}
}

func TestFiltersKeepOneAnother(t *testing.T) {
	html := open(t).get(t, home+"?days=30&class=ar&aside=1").Body.String()
	for _, want := range []string{"?aside=1&amp;class=ar&amp;days=7", "?aside=1&amp;class=fa-Latn&amp;days=30", "?class=ar&amp;days=30"} {
		if !strings.Contains(html, want) {
			t.Errorf("it lacks %s", want)
		}
	}
	if n := len(regexp.MustCompile(`aria-current="true"`).FindAllString(html, -1)); n != 3 {
		t.Errorf("%d filters are chosen", n)
	}
}

func TestNothingIsKeptBeforeItsEffectIsShown(t *testing.T) {
	h := open(t)
	h.stock()
	before := bytes.Clone(h.body)
	html := h.post(t, home+"/add", chosen()).Body.String()
	if strings.Contains(html, `value="keep"`) || !strings.Contains(html, `hx-post="/studio/answers/unanswered/effect"`) {
		t.Error("it can be kept at once, or nothing is measured")
	}
	if !strings.Contains(html, "where can i park\ncan i park</textarea>") {
		t.Errorf("the words are not one a line: %s", html)
	}
	html = h.post(t, home+"/effect", chosen()).Body.String()
	for _, want := range []string{`value="keep"`, "100 questions", "2 more", "1 fewer", "1 question fares worse", "weather", "has no answer", "answered wrongly"} {
		if !strings.Contains(html, want) {
			t.Errorf("the effect lacks %q", want)
		}
	}
	if !bytes.Equal(before, h.body) || !slices.Equal(h.asked, []string{"reza effect answers/contact.hours en where can i park|can i park"}) {
		t.Errorf("asked %q", h.asked)
	}
}

func TestMoreIsGoodForRightAnswersAndBadForWrongOnes(t *testing.T) {
	h := open(t)
	h.stock()
	html := h.post(t, home+"/effect", chosen()).Body.String()
	for _, want := range []string{
		`right answer comes first</th><td>60</td><td>62</td><td><span class="tag ok">2 more`,
		`answered wrongly</th><td>3</td><td>4</td><td><span class="tag bad">1 more`,
		`answered wrongly</th><td>1</td><td>0</td><td><span class="tag ok">1 fewer`,
		`among three</th><td>80</td><td>80</td><td><span class="tag">none`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("it lacks %s", want)
		}
	}
}

func TestAMeasurementThatFailsCanBeTriedAgain(t *testing.T) {
	h := open(t)
	h.slow = errAway
	answer := h.post(t, home+"/effect", chosen())
	html := answer.Body.String()
	if answer.Code != http.StatusOK || !strings.Contains(html, "Measure again") || strings.Contains(html, `value="keep"`) || strings.Contains(html, "secret@db") {
		t.Errorf("%d %s", answer.Code, html)
	}
}

func TestPhrasingsComeIntoTheDraftAndNothingElseChanges(t *testing.T) {
	for class, key := range map[bot.Lang]string{bot.Fa: "alt/fa", bot.Ar: "alt/ar", bot.En: "alt/en", faq.Finglish: "alt/fin", "ar-Latn": "alt/ar"} {
		h := open(t)
		before := bytes.Clone(h.body)
		was := h.phrasings(t, "contact.hours", key)
		answer := h.post(t, home+"/add", chosen("do", "keep", "class", string(class), "rev", "3", "words", "where can i park\nWhere can I park?\n"+was[0]))
		if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != home+"?learnt=answers/contact.hours" {
			t.Fatalf("%s: %d %s", class, answer.Code, answer.Header().Get("Location"))
		}
		if got, want := h.phrasings(t, "contact.hours", key), append(was, "where can i park"); !slices.Equal(got, want) {
			t.Errorf("%s: it is asked for by %q, want %q", class, got, want)
		}
		if rest := bytes.Replace(h.body, []byte("where can i park"), nil, 1); len(rest)-len(before) > 20 || bytes.Count(rest, []byte("\n")) > bytes.Count(before, []byte("\n"))+1 {
			t.Errorf("%s: more than a phrasing has changed", class)
		}
	}
}

func TestWhatCannotBeLearntIsSaidAndNotKept(t *testing.T) {
	for name, c := range map[string]struct {
		form   url.Values
		status int
		says   string
	}{
		"no answer":        {chosen("do", "keep", "answer", ""), http.StatusUnprocessableEntity, "Please choose the answer"},
		"a flow":           {chosen("do", "keep", "answer", "flow/complaint"), http.StatusUnprocessableEntity, "Please choose the answer"},
		"no words":         {chosen("do", "keep", "words", " \n"), http.StatusUnprocessableEntity, "one to twenty phrasings"},
		"too long":         {chosen("do", "keep", "words", strings.Repeat("a", longest+1)), http.StatusUnprocessableEntity, "one to twenty phrasings"},
		"no such language": {chosen("do", "keep", "class", "de"), http.StatusUnprocessableEntity, "one to twenty phrasings"},
		"saved elsewhere":  {chosen("do", "keep", "rev", "2"), http.StatusConflict, "content/answers.yaml"},
	} {
		h := open(t)
		before := bytes.Clone(h.body)
		answer := h.post(t, home+"/add", c.form)
		if answer.Code != c.status || !strings.Contains(answer.Body.String(), c.says) || !bytes.Equal(before, h.body) {
			t.Errorf("%s: %d %s", name, answer.Code, answer.Body)
		}
	}
}

func TestOfTooManyPhrasingsNoMoreAreReadThanItTakesToRefuseThem(t *testing.T) {
	var many strings.Builder
	for n := range 300 {
		fmt.Fprintf(&many, "phrasing number %d.\r\n", n)
	}
	h := open(t)
	before := bytes.Clone(h.body)
	answer := h.post(t, home+"/add", chosen("do", "keep", "words", many.String()))
	html := answer.Body.String()
	if answer.Code != http.StatusUnprocessableEntity || !strings.Contains(html, "one to twenty phrasings") || !bytes.Equal(before, h.body) {
		t.Errorf("%d %s", answer.Code, html)
	}
	if !strings.Contains(html, "phrasing number 20.") || strings.Contains(html, "phrasing number 21.") {
		t.Error("the form has more than twenty-one lines, or less")
	}
}

func TestAPhrasingThatAnAnswerHasAlreadyIsTold(t *testing.T) {
	h := open(t)
	has := h.phrasings(t, "contact.hours", "alt/en")[0]
	if html := h.post(t, home+"/add", chosen("words", strings.ToUpper(has))).Body.String(); !strings.Contains(html, "is a phrasing of") {
		t.Error("nothing is said")
	}
}

func TestAClusterIsPutAside(t *testing.T) {
	h := open(t)
	answer := h.post(t, home+"/aside", chosen())
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != home || !slices.Equal(h.asked, []string{"reza aside q1"}) {
		t.Errorf("%d %s %q", answer.Code, answer.Header().Get("Location"), h.asked)
	}
	h.stock()
	h.board.Clusters[0].Aside = true
	html, _, _ := strings.Cut(h.get(t, home).Body.String(), `id="cluster-q2"`)
	if strings.Contains(html, "unanswered/aside") {
		t.Error("what is put aside can be put aside")
	}
}

func TestALongSurveyIsShownInPart(t *testing.T) {
	h := open(t)
	h.stock()
	for range mostWeak {
		h.survey.Pairs = append(h.survey.Pairs, learning.Pair{A: "answers/a", B: "answers/b", N: 2})
		h.survey.Thin = append(h.survey.Thin, h.survey.Thin[0])
	}
	html := h.get(t, home+"/weak").Body.String()
	if n := strings.Count(html, "and 1 more"); n != 2 || strings.Contains(html, "hx-get") {
		t.Errorf("%d lists are cut", n)
	}
}
