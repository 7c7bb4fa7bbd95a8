package app

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot/staff"
	"javab/webhook/emulator"
)

var heldForm = regexp.MustCompile(`action="(/approvals/[^"]+)/approve"><input type="hidden" name="hash" value="([0-9a-f]{64})"`)

func TestAMemberReadsWhatBindsTheChamberOnlyAfterAManagersYes(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	chat, sara := o.queue(t)
	const binding = "We will refund 2,500,000 rials this week."
	if answer := o.ask(http.MethodPost, chat+"/reply", sara, url.Values{"id": {"r1"}, "text": {binding}}); answer.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", answer.Code, said.FindString(answer.Body.String()))
	}
	o.ask(http.MethodPost, chat+"/reply", sara, url.Values{"id": {"r2"}, "text": {"One moment please."}})
	o.got(t, "the other words", func(m emulator.Message) bool { return m.Text == "One moment please." })
	if o.read(t, emily, binding) != nil {
		t.Fatal("she has read it")
	}
	if page := o.ask(http.MethodGet, chat, sara, nil).Body.String(); !strings.Contains(page, binding) || !strings.Contains(page, "/withdraw") {
		t.Error("the officer does not see it held")
	}
	if answer := o.ask(http.MethodGet, "/approvals", sara, nil); answer.Code != http.StatusForbidden {
		t.Errorf("an officer reads the approvals: %d", answer.Code)
	}

	maryam := o.signIn(t, "maryam")
	page := o.ask(http.MethodGet, "/approvals", maryam, nil).Body.String()
	form := heldForm.FindStringSubmatch(page)
	if form == nil || !strings.Contains(page, "<mark>2,500,000 rials</mark>") {
		t.Fatalf("nothing waits: %.2000s", page)
	}
	if answer := o.ask(http.MethodPost, form[1]+"/approve", sara, url.Values{"hash": {form[2]}}); answer.Code != http.StatusForbidden {
		t.Errorf("its author approves it: %d", answer.Code)
	}
	if answer := o.ask(http.MethodPost, form[1]+"/approve", maryam, url.Values{"hash": {strings.Repeat("0", 64)}}); answer.Code != http.StatusConflict {
		t.Errorf("another text is approved: %d", answer.Code)
	}
	if answer := o.ask(http.MethodPost, form[1]+"/approve", maryam, url.Values{"hash": {form[2]}}); answer.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", answer.Code, said.FindString(answer.Body.String()))
	}
	o.got(t, "the approved words", func(m emulator.Message) bool { return m.Text == binding })
	o.wantDecided(t, "approval.asked", "approval.approved")
}

func TestTheRoundsMoveUpWhatNobodyDecides(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	chat, sara := o.queue(t)
	o.ask(http.MethodPost, chat+"/reply", sara, url.Values{"id": {"r1"}, "text": {"We guarantee it."}})
	if err := o.house.approvals.Round(t.Context(), o.house.env.Clock().Add(14*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	o.wantDecided(t, "approval.asked", "approval.moved_up")
}

// wantDecided looks for what the audit tells of approvals, in this order; each names the author.
func (o *office) wantDecided(t *testing.T, want ...string) {
	t.Helper()
	lines, err := o.house.store.AuditLines(t.Context(), staff.AuditQuery{What: "approval.", Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var what []string
	for _, l := range slices.Backward(lines) {
		what = append(what, l.What)
		if !strings.HasPrefix(l.Before, "author ") || l.After != "approval hr1" {
			t.Errorf("%s is written down as %+v", l.What, l.AuditEntry)
		}
	}
	if !slices.Equal(what, want) {
		t.Errorf("audited %q", what)
	}
}
