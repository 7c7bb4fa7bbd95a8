package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/staff"
	"javab/locales/text"
	"javab/webhook/emulator"
)

func TestACaseGoesFromTheMemberThroughTheHouseToItsApprovedResult(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	w := o.member(7001, bot.En)
	w.says("/start")
	w.taps("en")
	w.complain("my card is late")
	filed := o.cases()[0]
	officer, manager := o.staffOf(t, filed.Unit)
	do := func(by bot.Staff, acts ...cases.Act) {
		t.Helper()
		for _, act := range acts {
			if err := o.house.cases.Do(t.Context(), by, filed.Number, act); err != nil {
				t.Fatalf("%s does %T: %v", by.Login, act, err)
			}
		}
	}
	do(officer, cases.Begin{}, cases.Refer{ID: "r1", Unit: "finance", Question: "Was it paid?"})
	token, err := o.house.cases.Link(t.Context(), officer, filed.Number, "r1")
	if err != nil {
		t.Fatal(err)
	}
	if err := o.house.cases.ReplyByLink(t.Context(), token, "Mr Rad", "Yes, on Sunday."); err != nil {
		t.Fatal(err)
	}
	const result = "Your card is ready, and we refund 2,500,000 rials."
	do(officer, cases.Tell{ID: "n1", Text: "We have asked the accounts."}, cases.Propose{ID: "p1", Result: result})
	o.reads(t, w, "About case "+filed.Number.String()+":\nWe have asked the accounts.")
	if c := o.cases()[0]; c.State != bot.InWork {
		t.Errorf("nobody has said yes, and it is %s", c.State)
	}

	approvals, err := o.house.approvals.Store.AskedIn(t.Context(), filed.Chat)
	if err != nil || len(approvals) != 1 {
		t.Fatalf("%d approvals wait, %v", len(approvals), err)
	}
	if err := o.house.approvals.Approve(t.Context(), manager, approvals[0].ID, approvals[0].Hash); err != nil {
		t.Fatal(err)
	}
	o.reads(t, w, result)
	if c := o.cases()[0]; c.State != bot.Proposed || c.Closure.By != officer.ID {
		t.Errorf("after the yes it is %s by %s", c.State, c.Closure.By)
	}
}

func TestTheSecretOfAReplyLinkIsNoPageLogOrRowOfTheHouses(t *testing.T) {
	t.Parallel()
	log := &notes{}
	o := plan{messenger: open(t, false), log: log, settings: []string{"JAVAB_LOG=debug"}}.furnish(t)
	w := o.member(7001, bot.En)
	w.says("/start")
	w.taps("en")
	w.complain("my card is late")
	filed := o.cases()[0]
	officer, _ := o.staffOf(t, filed.Unit)
	act := func(name string, form url.Values) *httptest.ResponseRecorder {
		t.Helper()
		answer := o.ask(http.MethodPost, "/cases/"+filed.Number.String()+"/"+name, o.signIn(t, officer.Login), form)
		if answer.Code >= http.StatusBadRequest {
			t.Fatalf("%s: %d", name, answer.Code)
		}
		return answer
	}
	act("begin", url.Values{})
	act("refer", url.Values{"id": {"r1"}, "unit": {"finance"}, "question": {"Was it paid?"}})
	_, rest, _ := strings.Cut(act("link", url.Values{"referral": {"r1"}}).Body.String(), "/referral/")
	token, _, _ := strings.Cut(rest, `"`)

	for _, reply := range []struct {
		form url.Values
		code int
	}{{nil, http.StatusOK}, {url.Values{"name": {"Mr Rad"}}, http.StatusUnprocessableEntity}, {url.Values{"name": {"Mr Rad"}, "reply": {"Yes."}}, http.StatusOK}, {nil, http.StatusNotFound}} {
		method := http.MethodPost
		if reply.form == nil {
			method = http.MethodGet
		}
		answer := o.ask(method, "/referral/"+token, nil, reply.form)
		if head := answer.Header(); answer.Code != reply.code || head.Get("Referrer-Policy") != "no-referrer" || head.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %v: %d %v", method, reply.form, answer.Code, head)
		}
		if cookies := answer.Result().Cookies(); len(cookies) > 0 {
			t.Errorf("a stranger is given %v", cookies)
		}
	}
	if len(token) != 43 || strings.Contains(log.String(), token) {
		t.Errorf("token %q is in the log", token)
	}
	lines, err := o.house.store.AuditLines(t.Context(), staff.AuditQuery{Limit: 50})
	if err != nil || len(lines) == 0 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for _, line := range lines {
		if strings.Contains(line.Before+line.After+line.Subject+line.Reason, token) {
			t.Errorf("the audit has %+v", line)
		}
	}
}

// staffOf returns somebody who works in a unit, and who leads it.
func (o *office) staffOf(t *testing.T, unit bot.UnitID) (officer, manager bot.Staff) {
	t.Helper()
	all, err := o.house.store.AllStaff(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		switch {
		case s.Role == bot.RoleOfficer && s.Serves(unit):
			officer = s
		case s.Supervises() && s.Serves(unit) && s.CreatedAt.Before(time.Now()):
			manager = s
		}
	}
	if officer.ID == "" || manager.ID == "" {
		t.Fatalf("nobody works in %s", unit)
	}
	return officer, manager
}

// reads waits until the member has words before him.
func (o *office) reads(t *testing.T, w *walker, words string) {
	t.Helper()
	w.sees("“"+words+"”", func(v emulator.View) bool {
		return slices.ContainsFunc(v.Messages, func(m emulator.Message) bool { return m.From.Bot && strings.Contains(text.Unmark(m.Text), words) })
	})
}
