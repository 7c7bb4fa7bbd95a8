package cases_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

func TestAResultIsWrittenToTheMemberOnceForEachRound(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Propose{ID: "p1", Result: "Your card is ready.", Cause: "delay"}, cases.Propose{ID: "p1", Result: "Your card is ready.", Cause: "delay"})
	c, words := b.of(), b.words(b.key)
	if c.State != bot.Proposed || c.Closure.Round != 1 || c.Closure.By != "sara" || c.Cause != "delay" || c.Orphan() || len(words) != 1 || !strings.Contains(words[0].Text, "Your card is ready.") {
		t.Errorf("proposed as %+v; he reads %+v", c.Closure, words)
	}
	if line := b.last(); line.What != cases.Proposed || line.Author != "sara" || line.Before != "in_work" || line.After != "proposed" {
		t.Errorf("the timeline tells %+v", line)
	}
	b.refuses(reza, cases.Propose{ID: "p2", Result: "Something else."}, bot.Conflict, "case.transition")
}

func TestAResultIsNotProposedOverAnOpenReferral(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Refer{ID: "r1", Unit: "trade", Question: "A?"})
	b.refuses(sara, cases.Propose{ID: "p1", Result: "Done."}, bot.Conflict, "case_open_referral")
}

func TestABindingResultWaitsForAYesAndOnlyOneAtATime(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Propose{ID: "p1", Result: binding, Cause: "delay"}, cases.Propose{ID: "p1", Result: binding, Cause: "delay"})
	a := b.asked()
	if c := b.of(); a.Kind != bot.ApproveClosure || c.State != bot.InWork || c.Closure.Round != 0 || len(b.words(b.key)) != 0 {
		t.Errorf("asked %s, case %+v", a.Kind, c)
	}
	b.refuses(reza, cases.Propose{ID: "p2", Result: "Done."}, bot.Conflict, "case_result_held")
	b.ok(b.Approvals.Approve(t.Context(), mona, a.ID, a.Hash))
	if c := b.of(); c.State != bot.Proposed || c.Closure.By != "sara" || c.Closure.Result != binding || c.Cause != "delay" || c.Next.What != cases.NextMember {
		t.Errorf("after the yes it is %+v", c)
	}
	if b.did() != "sara begun, sara held, mona approved, sara proposed" || len(b.words(b.key)) != 1 {
		t.Errorf("the timeline tells %s", b.did())
	}
}

func TestTheFinalDecisionOnABrokenPromiseIsAManagers(t *testing.T) {
	for _, alarm := range []bot.Alarm{bot.AlarmManager, bot.AlarmHead} {
		b := working(t)
		b.change(func(c *bot.Case) { c.Alarm, c.BreachedAt = alarm, c.DueAt })
		b.acts(sara, cases.Propose{ID: "p1", Result: "We were wrong."})
		a := b.asked()
		if a.Kind != bot.ApproveDecision || !slices.Contains(a.Why, bot.ConcernKind) || len(b.words(b.key)) != 0 {
			t.Errorf("asked %+v", a)
		}
		if err := b.Approvals.Approve(t.Context(), sara, a.ID, a.Hash); bot.KindOf(err) != bot.Forbidden {
			t.Errorf("its author says yes: %v", err)
		}
		b.ok(b.Approvals.Refuse(t.Context(), mona, a.ID, "We were not."))
		if c := b.of(); c.State != bot.InWork || c.Next.Who != "sara" {
			t.Errorf("refused, it is %s, next %+v", c.State, c.Next)
		}
		b.acts(mona, cases.Propose{ID: "p2", Result: "We were right."}) // her own decision
		if c := b.of(); c.State != bot.Proposed || c.Closure.By != "mona" || len(b.words(b.key)) != 1 {
			t.Errorf("decided as %+v", c.Closure)
		}
	}
	b := working(t)
	b.change(func(c *bot.Case) { c.Alarm = bot.AlarmOfficer })
	b.acts(sara, cases.Propose{ID: "p1", Result: "Done."})
	if b.of().State != bot.Proposed {
		t.Error("a case that is only at risk waits for a manager")
	}
}

func TestAClosedCaseIsOpenedAgainByAnOfficerForAWhileAndLaterByAManager(t *testing.T) {
	b := working(t)
	b.change(func(c *bot.Case) {
		c.State, c.Closure = bot.Closed, bot.Closure{Round: 1, ClosedAt: b.now, Ending: bot.EndSolved, ReopenUntil: b.now.Add(time.Hour)}
	})
	b.refuses(sara, cases.Reopen{}, bot.Invalid, "case_empty")
	b.acts(sara, cases.Reopen{Reason: "he called"}, cases.Reopen{Reason: "he called"})
	if c, line := b.of(), b.last(); c.State != bot.Reopened || c.Orphan() || line.What != cases.ReopenedBy || line.Text != "he called" || line.Before != "closed" {
		t.Errorf("opened again as %+v, %+v", c, line)
	}
	b.change(func(c *bot.Case) { c.State, c.Closure.ReopenUntil = bot.Closed, b.now })
	b.now = b.now.Add(time.Minute)
	b.refuses(sara, cases.Reopen{Reason: "he called"}, bot.Forbidden, "desk_manager")
	b.acts(mona, cases.Reopen{Reason: "he called"})
	b.change(func(c *bot.Case) { c.State = bot.Withdrawn })
	b.refuses(mona, cases.Reopen{Reason: "he called"}, bot.Conflict, "case.transition")
}

// company gives the case an owner, and other chats members of his company and of another one.
func (b *bureau) company() {
	b.member(b.key, bot.Member{ID: "m1", Company: "Rad", MembershipNo: "778", Verified: true, Phone: "+989121110001"})
	b.member("tg:javab:8", bot.Member{ID: "m2", Name: "Nia", Company: "Rad", MembershipNo: "778", Verified: true, Phone: "+989121110002"})
	b.member("tg:javab:9", bot.Member{ID: "m3", Company: "Rad", MembershipNo: "900", Verified: true, Phone: "+989121110003"})
	b.member("tg:javab:6", bot.Member{ID: "m4", Company: "Rad", MembershipNo: "778", Phone: "+989121110004"})
	b.change(func(c *bot.Case) { c.Member = "m1" })
}

func TestAManagerHandsACaseOnWithinItsCompany(t *testing.T) {
	b := working(t)
	b.company()
	for _, chat := range []bot.ChatKey{"tg:javab:9", "tg:javab:6", "tg:javab:nobody"} { // he only says that it is his company; no phone; no chat
		b.refuses(mona, cases.HandOn{Chat: chat, Reason: "he has left"}, bot.Invalid, "case_heir")
	}
	b.acts(mona, cases.HandOn{Chat: "tg:javab:8", Reason: "he has left"}, cases.HandOn{Chat: "tg:javab:8", Reason: "he has left"})
	c, words := b.of(), b.words("tg:javab:8")
	if c.Chat != "tg:javab:8" || c.Member != "m2" || c.Phone != "+989121110002" || len(words) != 1 || !strings.HasPrefix(words[0].Text, "case.notice "+b.number.String()+" in_work") {
		t.Errorf("handed on to %+v; she reads %+v", c, words)
	}
	if audit := b.audited("case.handed_on"); len(audit) != 1 || audit[0].By != "mona" || audit[0].Before != "m1" || audit[0].Reason != "he has left" || !strings.HasSuffix(audit[0].After, " m2") {
		t.Errorf("the audit tells %+v", audit)
	}
	if line := b.last(); line.What != cases.DidHandOn || line.Before != "m1" || line.After != "m2" || line.Text != "he has left" || len(b.words(b.key)) != 0 {
		t.Errorf("the timeline tells %+v", line)
	}
}

func TestOnlyAManagerIsToldToWhomACaseCanBeHandedOn(t *testing.T) {
	b := working(t)
	b.company()
	heirs, err := b.Heirs(t.Context(), mona, b.number)
	if err != nil || len(heirs) != 1 || heirs[0].Member.Name != "Nia" || heirs[0].Chat != "tg:javab:8" || heirs[0].Entered {
		t.Errorf("the manager is offered %+v, %v", heirs, err)
	}
	if heirs, err := b.Heirs(t.Context(), sara, b.number); bot.KindOf(err) != bot.Forbidden || heirs != nil {
		t.Errorf("an officer is offered %+v, %v", heirs, err)
	}
	if _, err := b.Heirs(t.Context(), karim, b.number); bot.KindOf(err) != bot.NotFound {
		t.Errorf("who does not see the case: %v", err)
	}
}

func TestAResultThatWaitsForAWordIsWrittenToTheNewOwnerToo(t *testing.T) {
	b := working(t)
	b.company()
	b.acts(sara, cases.Propose{ID: "p1", Result: "Your card is ready."})
	b.acts(mona, cases.HandOn{Chat: "tg:javab:8", Reason: "he has left"})
	c, words := b.of(), b.words("tg:javab:8")
	if c.State != bot.Proposed || c.Closure.Round != 2 || c.Closure.By != "sara" || len(words) != 1 || !strings.Contains(words[0].Text, "Your card is ready.") {
		t.Errorf("handed on as %+v; she reads %+v", c.Closure, words)
	}
}

func TestAYesForOneMemberIsNoneForTheNext(t *testing.T) {
	b := working(t)
	b.company()
	b.acts(sara, cases.Tell{ID: "n1", Text: binding})
	a := b.asked()
	b.acts(mona, cases.HandOn{Chat: "tg:javab:8", Reason: "he has left"})
	if err := b.Approvals.Approve(t.Context(), mona, a.ID, a.Hash); bot.KindOf(err) != bot.Conflict {
		t.Errorf("approved for another chat: %v", err)
	}
	if err := b.Approvals.Refuse(t.Context(), mona, a.ID, "he has left"); err != nil {
		t.Errorf("it cannot be refused: %v", err)
	}
	if n := len(b.words("tg:javab:8")); n != 1 {
		t.Errorf("she reads %d messages", n)
	}
}

func TestCasesLikeACaseAreThoseThatTheReaderSees(t *testing.T) {
	b := working(t)
	b.company()
	like, secret := b.of(), bot.Case{}
	b.office.do(func(tx storage.Tx) (err error) {
		like.ID, like.Draft, like.OpenedAt, like.Chat, like.Member = "e2", "d2", b.now, "tg:javab:8", "m2"
		if _, err = tx.OpenCase(t.Context(), like); err != nil {
			return err
		}
		like.ID, like.Draft, like.Confidential = "e3", "d3", true
		secret, err = tx.OpenCase(t.Context(), like)
		return err
	})
	seen, err := b.Alike(t.Context(), sara, b.number)
	if err != nil || len(seen) != 1 {
		t.Errorf("she sees %v, %v", seen, err)
	}
	seen, err = b.Alike(t.Context(), head, b.number)
	if err != nil || len(seen) != 2 || !slices.Contains(seen, secret.Number) {
		t.Errorf("the head sees %v, %v", seen, err)
	}
	b.now = b.now.AddDate(0, 0, 31)
	if seen, err = b.Alike(t.Context(), head, b.number); err != nil || len(seen) != 0 {
		t.Errorf("a month later: %v, %v", seen, err)
	}
}
