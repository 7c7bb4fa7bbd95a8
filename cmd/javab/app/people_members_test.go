package app

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/staff"
)

// The caller's name in Persian letters, and its beginning as an Arabic keyboard types it.
const (
	callerName = "\u06A9\u0631\u06CC\u0645 \u06A9\u0627\u0638\u0645\u06CC"
	callerSeek = "\u0643\u0631\u064A\u0645 \u0643\u0627\u0638"
)

var (
	formID   = regexp.MustCompile(`name="id" value="([^"]+)"`)
	caseSeen = regexp.MustCompile(`JV-\d{4}-\d{6}-\d`)
	callerAt = regexp.MustCompile(`href="(/members/contact\.[^"]+)"`)
)

func TestAnOfficerLogsACallOpensACaseForTheCallerAndFindsHimAgain(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	sara := o.signIn(t, "sara")
	id := formID.FindStringSubmatch(o.ask(http.MethodGet, "/contact", sara, nil).Body.String())
	if id == nil {
		t.Fatal("the form has no id")
	}
	form := url.Values{
		"id": {id[1]}, "channel": {"call"}, "direction": {"in"}, "unit": {"member_relations"}, "name": {callerName}, "phone": {"0912 123 4567"},
		"about": {"complaint:" + o.house.library.Subjects(bot.Complaint)[0]}, "minutes": {"12"}, "open": {"1"}, "text": {"No answer for two weeks"},
	}
	var numbers []string
	for range 2 { // the button was pressed twice
		answer := o.ask(http.MethodPost, "/contact", sara, form)
		if answer.Code != http.StatusOK {
			t.Fatalf("answered %d: %s", answer.Code, answer.Body)
		}
		numbers = append(numbers, caseSeen.FindString(answer.Body.String()))
	}
	if numbers[0] == "" || numbers[0] != numbers[1] {
		t.Fatalf("the caller is told %q", numbers)
	}
	found := o.ask(http.MethodGet, "/members?q="+url.QueryEscape(callerSeek), sara, nil).Body.String()
	caller := callerAt.FindStringSubmatch(found)
	if caller == nil || strings.Contains(found, "9121234567") {
		t.Fatal("he is not found by his name in other letters, or his phone is told")
	}
	if html := o.ask(http.MethodGet, caller[1], sara, nil).Body.String(); !strings.Contains(html, "No answer for two weeks") || strings.Contains(html, "9121234567") {
		t.Error("his page lacks the call, or tells his phone")
	}
	shown := o.ask(http.MethodPost, caller[1]+"/reveal", sara, url.Values{"field": {"phone"}, "reason": {"to call back"}})
	if !strings.Contains(shown.Body.String(), "989121234567") {
		t.Errorf("the phone is not shown: %d", shown.Code)
	}
	o.wantOneCase(t, numbers[0], strings.TrimPrefix(caller[1], "/members/"))
	o.wantAudited(t, "member.added", "contact.logged", "member.revealed")
	if answer := o.ask(http.MethodGet, caller[1], o.signIn(t, "admin"), nil); answer.Code != http.StatusForbidden {
		t.Errorf("an admin is answered %d", answer.Code)
	}
}

// wantOneCase looks for the case as the head finds it: once, with a promise in the future.
func (o *office) wantOneCase(t *testing.T, number, caller string) {
	t.Helper()
	p, err := o.house.store.ReadProfile(t.Context(), bot.Staff{ID: "head", Role: bot.RoleHead, Confidential: true}, bot.MemberID(caller))
	if err != nil || len(p.Cases) != 1 || len(p.Contacts) != 1 {
		t.Fatalf("%d cases, %d contacts, %v", len(p.Cases), len(p.Contacts), err)
	}
	k := p.Cases[0]
	if k.Number.String() != number || k.Phone != "+989121234567" || !k.DueAt.After(k.OpenedAt) || p.Contacts[0].Case != k.ID || p.Contacts[0].Minutes != 12 {
		t.Errorf("filed as %+v, logged as %+v", k, p.Contacts[0])
	}
}

// wantAudited looks for acts in the audit, each once, in this order.
func (o *office) wantAudited(t *testing.T, want ...string) {
	t.Helper()
	lines, err := o.house.store.AuditLines(t.Context(), staff.AuditQuery{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var what []string
	for _, l := range slices.Backward(lines) {
		if slices.Contains(want, l.What) {
			what = append(what, l.What)
			if l.By == "" || l.From != "127.0.0.1" {
				t.Errorf("%s is written down as %+v", l.What, l.AuditEntry)
			}
		}
	}
	if !slices.Equal(what, want) {
		t.Errorf("audited %q", what)
	}
}
