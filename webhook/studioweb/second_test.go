package studioweb

import (
	"regexp"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows/studio"
	"javab/webhook/page/pagetest"
)

// asks lets Ann ask a second person for drafts of hers, and returns where the request is read.
func (h *house) asks(t *testing.T, drafts map[string]string) string {
	t.Helper()
	if err := h.studio.SetRules(t.Context(), "bob", studio.Rules{Second: true}); err != nil {
		t.Fatal(err)
	}
	for name, body := range drafts {
		rev := 0
		if _, live := builtIn()[name]; live {
			rev = 1
		}
		if _, _, err := h.studio.Save(t.Context(), "ann", name, rev, []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if last := h.streamed(t, "/studio/publish", "note", "nicer"); !strings.Contains(last.HTML, "waits for a colleague") {
		t.Fatalf("%+v", last)
	}
	address := regexp.MustCompile(`href="(/studio/request/[^"]+)"`).FindStringSubmatch(h.get(t, "/studio").Body.String())
	if address == nil {
		t.Fatal("the list does not lead to the request")
	}
	return address[1]
}

// becomes lets another admin look.
func (h *house) becomes(id bot.StaffID, name string) { h.Me.ID, h.Me.Name = id, name }

// hidden is a field of a page that nobody sees.
func hidden(html, name string) string {
	_, value, _ := strings.Cut(html, `name="`+name+`" value="`)
	value, _, _ = strings.Cut(value, `"`)
	return value
}

func TestASecondPersonReadsWhatChangesAndSaysYes(t *testing.T) {
	h := open(t)
	at := h.asks(t, map[string]string{help: h.worded(t, "ann"), "help.more.fa.chat": "member\n  hello\n", "help.empty.fa.chat": ""})
	if html := h.get(t, at).Body.String(); !strings.Contains(html, "Take it back") || strings.Contains(html, "I agree: publish it") {
		t.Error("the author is offered to agree with himself")
	}
	h.becomes("bob", "Bob")
	if list := h.get(t, "/studio").Body.String(); strings.Contains(list, "I agree: publish it") || !strings.Contains(list, "Look at the changes") {
		t.Error("the list lets him agree to what he has not read")
	}
	html := h.get(t, at).Body.String()
	pagetest.Look(t, "the request", html, bot.En)
	for _, want := range []string{"Ann", "nicer", `<del class="plain" dir="auto">`, "Well: ", "<ins dir=", "help<span class=\"muted\">.more.fa.chat", "added", "Refuse"} {
		if !strings.Contains(html, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	if strings.Contains(html, "removed") || strings.Count(html, `>added<`) != 2 {
		t.Error("an empty file is taken for none")
	}
	id := hidden(html, "id")
	for _, unread := range []string{"", "something else"} {
		if answer := h.post(t, "/studio/agree", "id", id, "verdict", "yes", "seen", unread); answer.Code != 409 || !strings.Contains(answer.Body.String(), "look at the changes first") {
			t.Errorf("with %q as what he has seen: answered %d", unread, answer.Code)
		}
	}
	if answer := h.post(t, "/studio/agree", "id", id, "verdict", "yes", "seen", hidden(html, "seen")); answer.Code != 303 {
		t.Fatalf("answered %d: %s", answer.Code, answer.Body)
	}
	if live, err := h.studio.Live(t.Context()); err != nil || live != 2 {
		t.Errorf("live is %d, %v", live, err)
	}
	if answer := h.get(t, at); answer.Code != 409 || !strings.Contains(answer.Body.String(), "decided already") {
		t.Errorf("once it is decided: answered %d", answer.Code)
	}
	if answer := h.get(t, "/studio/request/none"); answer.Code != 404 {
		t.Errorf("no such request: answered %d", answer.Code)
	}
}

func TestASecondPersonRefusesWithAReasonAndTheAuthorWithdrawsWithout(t *testing.T) {
	h := open(t)
	id := hidden(h.get(t, h.asks(t, map[string]string{help: h.worded(t, "ann")})).Body.String(), "id")
	h.becomes("bob", "Bob")
	if answer := h.post(t, "/studio/agree", "id", id, "verdict", "no", "reason", " "); answer.Code != 422 {
		t.Errorf("without a reason: answered %d", answer.Code)
	}
	if answer := h.post(t, "/studio/agree", "id", id, "verdict", "no", "reason", "too friendly"); answer.Code != 303 {
		t.Errorf("with one: answered %d", answer.Code)
	}
	h.becomes("ann", "Ann")
	id = hidden(h.get(t, h.asks(t, nil)).Body.String(), "id")
	if answer := h.post(t, "/studio/agree", "id", id, "verdict", "no"); answer.Code != 303 {
		t.Errorf("its author: answered %d", answer.Code)
	}
}

func TestARequestIsWholeInThreeLanguages(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		at := h.asks(t, map[string]string{help: h.worded(t, "ann"), "help.more.fa.chat": "member\n  hello\n"})
		for _, who := range []string{"ann", "bob"} {
			h.becomes(bot.StaffID(who), who)
			for _, path := range []string{"/studio", at} {
				pagetest.Look(t, string(lang)+" "+path+" for "+who, h.get(t, path, "javab_lang="+string(lang)).Body.String(), lang)
			}
		}
		if missed := h.Missed(); len(missed) > 0 {
			t.Errorf("%s: no words for %q", lang, missed)
		}
	}
}

func TestAPublishingThatCannotTellWhatWasSaidStillEndsWithTheBox(t *testing.T) {
	h := open(t)
	h.draft(t, "ann", help, h.worded(t, "ann"))
	h.plays = []studio.Played{{File: "gone.en.chat", Verdict: studio.Words, Body: []byte("x\n")}} // taken away meanwhile
	if last := h.streamed(t, "/studio/publish", "note", "nicer"); !strings.Contains(last.HTML, "gone.en.chat") || strings.Contains(last.HTML, "Publish now") {
		t.Errorf("the last line is %+v", last)
	}
}

func TestWhoMergesAFileThatGoesIsLedToTheList(t *testing.T) {
	h := open(t)
	const talk = "help.en.chat"
	h.draft(t, "ann", talk, "member\n  hello\n")
	if _, _, err := h.studio.Remove(t.Context(), "bob", talk, h.text(t, "bob", talk).Rev); err != nil {
		t.Fatal(err)
	}
	h.publish(t, "bob")
	if answer := h.post(t, "/studio/text/"+talk+"/merge", choiceOf, "theirs"); answer.Code != 303 || answer.Header().Get("Location") != "/studio" {
		t.Errorf("answered %d, to %q", answer.Code, answer.Header().Get("Location"))
	}
}
