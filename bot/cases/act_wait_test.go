package cases_test

import (
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/cases"
)

func TestWhileACaseWaitsForItsMemberItsPromiseStands(t *testing.T) {
	b := working(t) // promised until Wednesday 10:00
	b.now = b.at("2026-11-22 12:00")
	b.acts(sara, cases.AwaitMember{ID: "w1", Reason: "a copy of the card"}, cases.AwaitMember{ID: "w1", Reason: "a copy of the card"})
	if c, line := b.of(), b.last(); c.State != bot.WaitingMember || c.Waits != "a copy of the card" || c.Next.What != cases.NextMissing || b.instant(c.Next.At) != "Tue 11-24 12:00" || line.Text != "a copy of the card" || line.Before != "in_work" {
		t.Errorf("waits as %+v, %+v", c, line)
	}
	if words := b.words(b.key); len(words) != 1 || words[0].Author != "sara" || !strings.HasSuffix(words[0].Text, "\na copy of the card") {
		t.Errorf("he was told %+v", words)
	}
	for _, a := range b.audited("case.waiting_member") {
		if strings.Contains(a.Before+a.After+a.Reason, "card") {
			t.Errorf("the audit has the words to the member: %+v", a)
		}
	}
	b.acts(sara, cases.AwaitMember{ID: "w2", Reason: "and his phone"})
	b.now = b.at("2026-11-23 12:00")
	b.acts(sara, cases.Resume{}, cases.Resume{})
	if c := b.of(); c.State != bot.InWork || c.Waits != "" || b.instant(c.DueAt) != "Sat 11-28 10:00" || c.Next.What != cases.NextWork {
		t.Errorf("goes on as %+v", c)
	}
	if b.did() != "sara begun, sara waiting_member, sara waiting_member, sara resumed" {
		t.Errorf("the timeline tells %s", b.did())
	}
}

func TestTheClockStopsForTheMemberOnlyWhenHeWasTold(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.AwaitMember{ID: "w1", Reason: "a receipt: " + binding}, cases.AwaitMember{ID: "w1", Reason: "a receipt: " + binding})
	if c := b.of(); c.State != bot.InWork || !c.Clock.Runs() || len(b.words(b.key)) != 0 {
		t.Errorf("before the yes: %+v", c)
	}
	a := b.asked()
	b.ok(b.Approvals.Approve(t.Context(), mona, a.ID, a.Hash))
	if c := b.of(); c.State != bot.WaitingMember || c.Clock.Runs() || c.Next.What != cases.NextMissing || len(b.words(b.key)) != 1 {
		t.Errorf("after the yes: %+v", c)
	}
}

func TestWhomNoMessageReachesIsWaitedForAllTheSame(t *testing.T) {
	b := working(t)
	b.block()
	b.acts(sara, cases.AwaitMember{ID: "w1", Reason: "a copy of the card; he was told on the phone"})
	if c := b.of(); c.State != bot.WaitingMember || len(b.words(b.key)) != 0 {
		t.Errorf("waits as %+v", c)
	}
}

func TestOutsideTheClockRunsUntilAManagerStopsIt(t *testing.T) {
	b := working(t)
	b.refuses(mona, cases.StopClock{Reason: "customs"}, bot.Conflict, "case_clock")
	b.acts(sara, cases.AwaitOutside{Reason: "customs", External: "C-7"})
	if c := b.of(); c.External != "C-7" || !c.Clock.Runs() || c.Next.What != cases.NextOutside {
		t.Errorf("waits as %+v", c)
	}
	b.now = b.at("2026-11-22 12:00")
	b.refuses(mona, cases.StopClock{}, bot.Invalid, "case_empty")
	b.acts(mona, cases.StopClock{Reason: "a strike"}, cases.StopClock{Reason: "a strike"})
	if c, line := b.of(), b.last(); c.Clock.Runs() || !c.Paused || line.Text != "a strike" || line.What != cases.DidStopClock {
		t.Errorf("stopped as %+v, %+v", c, line)
	}
	b.now = b.at("2026-11-23 12:00")
	b.acts(mona, cases.StartClock{}, cases.StartClock{})
	if c := b.of(); !c.Clock.Runs() || c.Paused || b.instant(c.DueAt) != "Sat 11-28 10:00" {
		t.Errorf("runs on as %+v", c)
	}
	if b.did() != "sara begun, sara waiting_external, mona clock_stopped, mona clock_started" {
		t.Errorf("the timeline tells %s", b.did())
	}
}

func TestAStoppedClockRunsAgainWhenTheCaseGoesOn(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.AwaitOutside{Reason: "customs"})
	b.acts(mona, cases.StopClock{Reason: "a strike"})
	b.now = b.at("2026-11-23 10:00")
	b.acts(sara, cases.Resume{})
	if c := b.of(); c.Paused || !c.Clock.Runs() || b.instant(c.DueAt) != "Sat 11-28 10:00" {
		t.Errorf("goes on as %+v", c)
	}
}
