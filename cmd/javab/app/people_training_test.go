package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page/pagetest"
)

// looks returns a page of somebody's, looked over.
func (o *office) looks(t *testing.T, path string, cookie *http.Cookie) string {
	t.Helper()
	answer := o.ask(http.MethodGet, path, cookie, nil)
	if answer.Code != http.StatusOK {
		t.Fatalf("%s answers %d: %s", path, answer.Code, answer.Header().Get("Location"))
	}
	return answer.Body.String()
}

// posts sends a form and returns where it leads.
func (o *office) posts(t *testing.T, path string, cookie *http.Cookie, fields ...string) string {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	answer := o.ask(http.MethodPost, path, cookie, form)
	if answer.Code != http.StatusSeeOther {
		t.Fatalf("%s answers %d: %.600s", path, answer.Code, answer.Body)
	}
	return answer.Header().Get("Location")
}

var (
	replyID = regexp.MustCompile(`name="id" value="([^"]+)"`)
	linked  = regexp.MustCompile(`(?:href|action|hx-get|hx-post|data-url)="(/[^"]*)"`)
)

// within fails for every address of a sandbox's page that leads into the real house, but for what is the reader's own.
func within(t *testing.T, path, page string) {
	t.Helper()
	for _, found := range linked.FindAllStringSubmatch(page, -1) {
		own := found[1] == "/desk/look" || found[1] == "/account" || found[1] == "/logout" || strings.HasPrefix(found[1], "/assets/")
		if !own && found[1] != "/training" && !strings.HasPrefix(found[1], "/training/") {
			t.Errorf("%s leads to %s of the real house", path, found[1])
		}
	}
	if !strings.Contains(page, `data-base="/training"`) || !strings.Contains(page, `class="practice"`) {
		t.Errorf("%s is not marked as training", path)
	}
}

func TestAnOfficerPractisesInTheBrowserOnPagesThatLeadNowhereElse(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	t.Cleanup(func() { o.people.practice.end(func(bot.StaffID, *trainee) bool { return true }) })
	sara := o.signIn(t, "sara")
	before, err := o.house.store.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if to := o.ask(http.MethodGet, "/training/desk", sara, nil); to.Code != http.StatusSeeOther || to.Header().Get("Location") != "/training" {
		t.Errorf("a desk before an exercise answers %d %s", to.Code, to.Header().Get("Location"))
	}
	if to := o.posts(t, "/training/start", sara, "persona", "refund", "lang", "en"); to != "/training/desk" {
		t.Fatalf("an exercise begins at %s", to)
	}
	list := o.looks(t, "/training/desk", sara)
	within(t, "the list", list)
	chat := regexp.MustCompile(`data-chat="([^"]+)"`).FindStringSubmatch(list)[1]
	url := "/training/desk/" + chat
	if to := o.posts(t, url+"/claim", sara); !strings.HasPrefix(to, url) {
		t.Errorf("a claim leads to %s", to)
	}
	thread := o.looks(t, url, sara)
	within(t, "the chat", thread)
	id := replyID.FindStringSubmatch(thread)[1]
	o.posts(t, url+"/reply", sara, "id", id, "text", "Hello Mr Black, I understand. I promise you will get a full refund of 500 dollars.", "sure", "amount promise")
	held := o.looks(t, url, sara)
	within(t, "what is held back", held)
	withdraw := regexp.MustCompile(`action="(/training/approvals/[^"]+/withdraw)"`).FindStringSubmatch(held)
	if withdraw == nil {
		t.Fatalf("the promise is not held back")
	}
	o.posts(t, withdraw[1], sara)
	number := regexp.MustCompile(`/training/cases/(JV-[0-9-]+)"`).FindStringSubmatch(held)[1]
	within(t, "the case", o.looks(t, "/training/cases/"+number, sara))
	within(t, "the cases", o.looks(t, "/training/cases", sara))
	o.posts(t, "/training/cases/"+number+"/take", sara)
	if real := o.ask(http.MethodGet, "/cases/"+number, sara, nil); real.Code != http.StatusNotFound {
		t.Errorf("the real house answers for the case of an exercise with %d", real.Code)
	}
	if to := o.posts(t, "/training/finish", sara); to != "/training/result" {
		t.Errorf("the end leads to %s", to)
	}
	result := o.looks(t, "/training/result", sara)
	pagetest.Files(t, result, o.people.assets)
	if !strings.Contains(result, "#line-") || !strings.Contains(result, url) {
		t.Error("no item leads to its message")
	}
	if to := o.posts(t, url+"/note", sara, "id", "n", "text", "too late"); to != "/training/result" {
		t.Errorf("what is done after the end leads to %s", to)
	}
	after, err := o.house.store.Count(t.Context())
	if err != nil || after != before {
		t.Errorf("the real house had %+v and has %+v, %v", before, after, err)
	}
	if s := o.messenger.Stats(); s.Calls["sendMessage"] != 0 || s.Delivered != 0 || o.ask(http.MethodGet, "/desk/"+chat, sara, nil).Code != http.StatusNotFound {
		t.Errorf("the real messenger had to do with it: %+v", s)
	}
	o.posts(t, "/training/leave", sara)
	if to := o.ask(http.MethodGet, "/training/result", sara, nil); to.Header().Get("Location") != "/training" {
		t.Error("a checklist outlives its sandbox")
	}
	if body := o.looks(t, "/training", o.signIn(t, "maryam")); !strings.Contains(body, "Sara") && !strings.Contains(body, "\u0633\u0627\u0631\u0627") {
		t.Error("her manager does not see that she has practised")
	}
}

func TestSomebodysSandboxIsHisAlone(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	t.Cleanup(func() { o.people.practice.end(func(bot.StaffID, *trainee) bool { return true }) })
	sara, auditor := o.signIn(t, "sara"), o.signIn(t, "auditor")
	o.posts(t, "/training/start", sara, "persona", "renewal", "lang", "fa")
	if to := o.ask(http.MethodGet, "/training/desk", auditor, nil); to.Header().Get("Location") != "/training" {
		t.Errorf("another one's desk answers %d", to.Code)
	}
	o.posts(t, "/training/start", auditor, "persona", "export", "lang", "ar") // in a sandbox everybody is an officer
	if list := o.looks(t, "/training/desk", auditor); !strings.Contains(list, "data-chat=") {
		t.Error("who sees no chat outside sees none in his exercise")
	}
}
