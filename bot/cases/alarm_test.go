package cases_test

import (
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/cases"
	"javab/storage"
)

// keyAccount makes the member of the case a key account that sara looks after.
func (o *office) keyAccount() {
	o.t.Helper()
	o.do(func(tx storage.Tx) error {
		return tx.SaveMember(o.t.Context(), bot.Member{ID: "m1", Name: "Ann", KeyAccount: true, Owner: "sara"}, o.key)
	})
}

// alerts are the alerts so far, oldest first.
func (o *office) alerts() (list []bot.Alert) {
	o.t.Helper()
	list, err := o.store.Untold(o.t.Context(), 100)
	if err != nil {
		o.t.Fatal(err)
	}
	return list
}

// alarmed are what the alerts so far are about.
func (o *office) alarmed() (kinds []string) {
	o.t.Helper()
	for _, a := range o.alerts() {
		kinds = append(kinds, string(a.What))
	}
	return kinds
}

func (o *office) wantAlarms(when string, want ...string) {
	o.t.Helper()
	if got := o.alarmed(); !slices.Equal(got, want) {
		o.t.Errorf("%s there are alerts %v, want %v", when, got, want)
	}
}

func TestALowRatingOfAKeyMemberAlertsWhoLooksAfterHimOnce(t *testing.T) {
	o := solved(t)
	o.keyAccount()
	o.live("2026-11-23 12:20")
	for range 2 {
		o.presses("case.rate.1")
	}
	o.wantAlarms("after a low rating", "low_rating")
	a, c := o.alerts()[0], o.of()
	if a.Owner != "sara" || a.Case != c.Number || a.Chat != c.Chat || a.Unit != c.Unit || a.Confidential != c.Confidential || !a.At.Equal(o.now) {
		t.Errorf("the alert is %+v", a)
	}
}

func TestWhoIsNoKeyMemberOrIsContentAlertsNobody(t *testing.T) {
	o := solved(t)
	o.live("2026-11-23 12:20")
	o.presses("case.rate.1")
	o.wantAlarms("of anybody")
	o = solved(t)
	o.keyAccount()
	o.live("2026-11-23 12:20")
	o.presses("case.rate.5")
	o.wantAlarms("of who is content")
}

func TestAKeyMemberWhoSaysNotSolvedAlertsEachTime(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.keyAccount()
	o.live("2026-11-22 12:10")
	buttons := o.buttons
	o.presses("case.button.not_solved")
	o.buttons = buttons
	o.presses("case.button.not_solved") // the old button again
	o.wantAlarms("after the first no", "not_solved")
	o.propose("The card was printed again.")
	o.live("2026-11-22 12:30")
	o.presses("case.button.not_solved")
	o.wantAlarms("after the second no", "not_solved", "not_solved")
	if n := strings.Count(o.story(), cases.UnhappyKey); n != 2 {
		t.Errorf("the timeline tells of it %d times", n)
	}
}

func TestAKeyMemberWhoOpensHisCaseAgainAlerts(t *testing.T) {
	o := solved(t)
	o.keyAccount()
	o.live("2026-11-22 13:00")
	if got := o.asks("case.reopen"); got != "ok" {
		t.Fatalf("reopened: %s", got)
	}
	o.wantAlarms("after it was opened again", "not_solved")

	o = solved(t)
	o.keyAccount()
	o.live("2026-12-08 10:00")
	if got := o.presses("case.button.fails"); got != "ok" {
		t.Fatalf("it does not hold: %s", got)
	}
	o.wantAlarms("when it did not hold", "not_solved")
}

func TestAKeyMembersCaseThatComesBeforeTheManagersAlertsOnce(t *testing.T) {
	o := filed(t, 8)
	o.keyAccount()
	o.live("2026-11-29 10:00") // breached on Monday, and before the head a day later
	o.wantAlarms("after the promise was broken", "escalated")
	if !o.of().Escalated() || o.of().Alarm != bot.AlarmHead {
		t.Errorf("the case stands before %q", o.of().Alarm)
	}
	o = filed(t, 8)
	o.live("2026-11-29 10:00")
	o.wantAlarms("of anybody")
}

func TestANoOnThePhoneAlertsLikeANoInTheChat(t *testing.T) {
	b := working(t)
	b.member(b.key, bot.Member{ID: "m1", KeyAccount: true, Owner: "sara"})
	b.channel = blocks
	b.acts(sara, cases.Propose{ID: "p1", Result: "done"})
	b.live("2026-11-22 12:00")
	_, tasks := b.parts()
	for range 2 {
		b.acts(sara, cases.EndTask{ID: tasks[0].ID, Outcome: bot.CallNotSolved})
	}
	b.wantAlarms("after the call", "not_solved")
}

func TestACallThatNobodyMakesComesBeforeTheManagersAndStaysThereUntilItIsMade(t *testing.T) {
	b := working(t)
	b.channel = blocks
	b.acts(sara, cases.Propose{ID: "p1", Result: "done"})
	b.live("2026-11-23 09:00")
	b.wantAlarms("while it may still be made")
	b.live("2026-11-24 12:00")
	b.wantAlarms("when it is late", "call_late")
	c := b.of()
	if !c.Overdue || c.Alarm != bot.AlarmManager || c.Next.What != cases.NextLate || c.Next.Who != "" {
		t.Errorf("it stands before %q, overdue %v, next %+v", c.Alarm, c.Overdue, c.Next)
	}
	atRisk := func() int {
		n, err := b.store.CaseCount(t.Context(), casefile.Query{By: mona, View: casefile.AtRisk})
		b.ok(err)
		return n
	}
	b.live("2026-11-30 12:00")
	if b.wantAlarms("days later", "call_late"); atRisk() != 1 {
		t.Error("it is not at risk any more, and nobody has called")
	}
	_, tasks := b.parts()
	b.acts(sara, cases.EndTask{ID: tasks[0].ID, Outcome: bot.CallNotSolved})
	if b.of().Overdue || atRisk() != 0 {
		t.Error("it was made, and stays at risk")
	}
}

func TestWhatTheMemberSettlesHimselfNeedsNoCall(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-12-02 10:00") // never seen: the call is late
	if !o.of().Overdue {
		t.Fatalf("the call is not late: %s", o.story())
	}
	o.presses("case.button.not_solved")
	if o.of().Overdue {
		t.Error("it is to be called for still")
	}
}

func TestAnActionSaysWhichCaseItHasChanged(t *testing.T) {
	number := bot.CaseNumber{Year: 1405, Seq: 7}
	told := bot.Result{Vars: map[string]bot.Value{"case.number": {Text: number.String()}}}
	for _, row := range []struct {
		action, number string
		result         bot.Result
		changed        bool
	}{
		{"case.open", "", told, true},
		{"case.rate", number.String(), bot.Result{}, true},
		{"case.show", number.String(), told, false},
		{"case.list", "", told, false},
		{"case.add", "no number", bot.Result{}, false},
		{"member.verify", number.String(), told, false},
	} {
		got, changed := cases.Touched(bot.Call{Action: row.action, With: map[string]string{"number": row.number}}, row.result)
		if changed != row.changed || changed && got != number {
			t.Errorf("%s %s: %v %v", row.action, row.number, got, changed)
		}
	}
}
