package cases_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/worktime"
	"javab/storage"
)

// solved is an office whose case its member called solved on Sunday at 12:10.
func solved(t *testing.T) *office {
	t.Helper()
	o := proposed(t, bot.Complaint)
	o.live("2026-11-22 12:10")
	if got := o.presses("case.button.solved"); got != "ok" {
		t.Fatal(got)
	}
	return o
}

func TestAfterAClosureTheMemberIsAskedOnceHowItWasAndOnceWhetherItHolds(t *testing.T) {
	o := solved(t)
	o.live("2026-12-20 12:00")
	same(t, "the story", o.story(), story(
		"Sun 11-22 12:00 proposed", "Sun 11-22 12:00 delivered", "Sun 11-22 12:10 solved", "Mon 11-23 12:10 survey", "Sun 12-06 12:10 check_in",
	))
	if c := o.of(); !c.WakeAt.IsZero() {
		t.Errorf("afterwards it wakes at %s", o.instant(c.WakeAt))
	}
}

func TestARatingCountsOnceAndALowOneComesBeforeAManager(t *testing.T) {
	for rating, want := range map[string]string{"case.rate.5": "ok", "case.rate.3": "ok", "case.rate.2": "low", "case.rate.1": "low"} {
		o := solved(t)
		o.live("2026-11-23 12:20")
		if len(o.buttons) != 5 {
			t.Fatalf("he may press %v", o.buttons)
		}
		if got := o.presses(rating); got != want {
			t.Errorf("%s ended %s", rating, got)
		}
		if got := o.presses("case.rate.4"); got != "old" {
			t.Errorf("rated again: %s", got)
		}
		if got := o.asks("case.rate_reason", "round", "1", "text", "It took long."); got != "ok" {
			t.Errorf("the reason: %s", got)
		}
		low := strings.Contains(o.story(), cases.RatedLow)
		if c := o.of(); low != (want == "low") || (c.Next.What == cases.NextRating) != low || strings.Contains(o.story(), cases.UnhappyKey) {
			t.Errorf("%s: next %+v, %s", rating, c.Next, o.story())
		}
	}
}

func TestARatingThatNobodyAskedForIsNoRating(t *testing.T) {
	o := solved(t)
	o.live("2026-11-22 13:00")
	for _, with := range [][]string{{"round", "1", "rating", "1"}, {"round", "7", "rating", "1"}, {"round", "x", "rating", "1"}} {
		if got := o.asks("case.rate", with...); got != "unknown" {
			t.Errorf("before he was asked, %v ended %s", with, got)
		}
	}
	o.live("2026-11-23 12:20")
	for _, rating := range []string{"0", "6", "-1", "", "good"} {
		if got := o.asks("case.rate", "round", "1", "rating", rating); got != "unknown" {
			t.Errorf("the rating %q ended %s", rating, got)
		}
	}
	if got := o.asks("case.rate_reason", "round", "1", "text", "bad"); got != "unknown" {
		t.Errorf("a reason without a rating: %s", got)
	}
}

func TestAnUnhappyKeyAccountIsToldApartOnce(t *testing.T) {
	o := solved(t)
	o.live("2026-11-23 12:20")
	o.do(func(tx storage.Tx) error {
		chat, err := tx.Chat(t.Context(), o.key)
		if err != nil {
			return err
		}
		chat.Member = "m1"
		if err := tx.SaveMember(t.Context(), bot.Member{ID: "m1", Name: "Sara", KeyAccount: true}, o.key); err != nil {
			return err
		}
		_, err = tx.Append(t.Context(), converse.Rows{Chat: &chat}, bot.Lease{})
		return err
	})
	for range 2 {
		o.presses("case.rate.1")
	}
	if n := strings.Count(o.story(), cases.UnhappyKey); n != 1 {
		t.Errorf("told apart %d times: %s", n, o.story())
	}
}

func TestNobodyIsAskedTwiceWithinAMonth(t *testing.T) {
	o := solved(t)
	o.do(func(tx storage.Tx) error {
		return tx.SaveSurvey(t.Context(), bot.Survey{Case: "another", Round: 1, Chat: o.key, AskedAt: o.now.AddDate(0, 0, -20)})
	})
	o.live("2026-11-24 12:00")
	if !strings.Contains(o.story(), "Mon 11-23 12:10 survey_none recent") || o.told("case.survey") != 0 {
		t.Errorf("asked: %s", o.story())
	}
}

func TestWhomNoChannelReachesIsNotAsked(t *testing.T) {
	o := solved(t)
	o.do(func(tx storage.Tx) error {
		chat, err := tx.Chat(t.Context(), o.key)
		chat.Blocked = true
		_, errAppend := tx.Append(t.Context(), converse.Rows{Chat: &chat}, bot.Lease{})
		return errors.Join(err, errAppend)
	})
	o.live("2026-12-20 12:00")
	if got := o.story(); !strings.Contains(got, "survey_none blocked") || !strings.Contains(got, "check_none blocked") || len(o.said()) != 1 {
		t.Errorf("%s; said %q", got, o.said())
	}
}

func TestASolutionThatDoesNotHoldOpensTheSameCaseAgain(t *testing.T) {
	o := solved(t)
	o.live("2026-12-06 13:00")
	if got := o.asks("case.fails", "round", "2"); got != "old" {
		t.Errorf("of another round: %s", got)
	}
	if got := o.presses("case.button.fails"); got != "ok" {
		t.Fatalf("it fails: %s", got)
	}
	c := o.of()
	if c.State != bot.Reopened || !c.Clock.Runs() || c.Next.What != cases.NextReopen || o.instant(c.BreachedAt) != "Wed 11-25 10:00" {
		t.Errorf("it is %s, next %+v, late since %s", c.State, c.Next, o.instant(c.BreachedAt))
	}
	if o.instant(c.DueAt) != "Wed 12-09 13:00" {
		t.Errorf("promised anew until %s", o.instant(c.DueAt))
	}
	for _, label := range []string{"case.button.fails", "case.button.holds"} {
		if got := o.presses(label); got != "old" {
			t.Errorf("%s once more: %s", label, got)
		}
	}
	o.live("2026-12-09 13:00")
	if c := o.of(); o.instant(c.BreachedAt) != "Wed 12-09 13:00" || c.Alarm != bot.AlarmManager {
		t.Errorf("the new promise is broken too: %s, %s", o.instant(c.BreachedAt), c.Alarm)
	}
}

func TestASolutionThatHoldsIsSaidOnce(t *testing.T) {
	o := solved(t)
	o.live("2026-12-06 13:00")
	if got := o.presses("case.button.holds"); got != "ok" {
		t.Fatal(got)
	}
	for _, label := range []string{"case.button.holds", "case.button.fails"} {
		if got := o.presses(label); got != "old" {
			t.Errorf("%s afterwards: %s", label, got)
		}
	}
	if o.of().State != bot.Closed || strings.Count(o.story(), cases.Holds) != 1 {
		t.Errorf("%s: %s", o.of().State, o.story())
	}
}

func TestACaseIsReopenedForTenDays(t *testing.T) {
	o := solved(t)
	o.live("2026-11-23 09:00")
	if got := o.asks("case.reopen", "text", "The card is wrong."); got != "ok" {
		t.Fatal(got)
	}
	c := o.of()
	if c.State != bot.Reopened || c.Clock.Spent != 2*time.Hour || !c.BreachedAt.IsZero() || o.instant(c.DueAt) != "Wed 11-25 15:00" {
		t.Errorf("before its deadline: %s, due %s, clock %+v", c.State, o.instant(c.DueAt), c.Clock)
	}
	if got := o.asks("case.reopen"); got != "open" {
		t.Errorf("of an open case: %s", got)
	}
	if last := o.story(); !strings.HasSuffix(last, "reopened The card is wrong.") {
		t.Errorf("the story is %s", last)
	}
	late := solved(t)
	late.live("2026-12-02 12:15")
	if got := late.asks("case.reopen"); got != "late" || late.of().State != bot.Closed {
		t.Errorf("after ten days: %s, %s", got, late.of().State)
	}
	over := settled(t, bot.Complaint)
	if got := over.asks("case.withdraw"); got != "ok" || over.of().Closure.Ending != bot.EndWithdrawn {
		t.Fatalf("withdrawn: %s, %+v", got, over.of().Closure)
	}
	if got := over.asks("case.reopen"); got != "late" {
		t.Errorf("of a withdrawn case: %s", got)
	}
}

func TestAnOldButtonDoesNothing(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-22 12:10")
	first := o.buttons
	o.presses("case.button.not_solved")
	o.live("2026-11-22 13:00")
	o.propose("A new card is printed.")
	o.live("2026-11-22 13:10")
	second := o.buttons
	for _, label := range []string{"case.button.solved", "case.button.not_solved"} {
		o.buttons = first
		if got := o.presses(label); got != "old" || o.of().State != bot.Proposed {
			t.Errorf("%s of the first result: %s", label, got)
		}
	}
	o.buttons = second
	if got := o.presses("case.button.solved"); got != "ok" {
		t.Errorf("of the second: %s", got)
	}
}

func TestAReferralRemindsItsUnitAndIsLateOnce(t *testing.T) {
	o := settled(t, bot.Complaint)
	o.propose("")
	o.change(func(c *bot.Case) { c.State, c.WakeAt = bot.Referred, o.now })
	id := o.of().ID
	o.do(func(tx storage.Tx) error {
		return errors.Join(
			tx.SaveReferral(t.Context(), bot.Referral{ID: "r1", Case: id, Unit: "finance", Question: "Is it paid?", AskedAt: o.now, DueAt: o.at("2026-11-23 10:00")}),
			tx.SaveReferral(t.Context(), bot.Referral{ID: "r2", Case: id, Unit: "legal", AskedAt: o.now, DueAt: o.at("2026-11-23 10:00"), RepliedAt: o.now}),
			tx.SaveTask(t.Context(), bot.Task{ID: "t1", Case: id, Kind: bot.TaskWork, What: "print", Unit: "trade", MadeAt: o.now, DueAt: o.at("2026-11-23 12:00")}),
		)
	})
	o.live("2026-11-24 08:00")
	want := story("Sun 11-22 14:00 referral_near finance", "Mon 11-23 10:00 referral_late finance", "Mon 11-23 12:00 task_late trade")
	var got []string
	for line := range strings.Lines(o.story()) {
		if strings.Contains(line, "referral") || strings.Contains(line, "task") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	same(t, "the story", story(got...), want)
	if c := o.of(); c.Alarm != bot.AlarmManager || c.Next.What != cases.NextLate || !c.BreachedAt.IsZero() {
		t.Errorf("the case is with %q, next %+v", c.Alarm, c.Next)
	}
}

func TestAWithdrawnCaseAsksNobodyForAnythingMore(t *testing.T) {
	o := settled(t, bot.Complaint)
	id := o.of().ID
	o.do(func(tx storage.Tx) error {
		return errors.Join(
			tx.SaveReferral(t.Context(), bot.Referral{ID: "r1", Case: id, Unit: "finance", AskedAt: o.now, DueAt: o.at("2026-11-23 10:00"), Link: "hash"}),
			tx.SaveTask(t.Context(), bot.Task{ID: "t1", Case: id, Kind: bot.TaskWork, MadeAt: o.now, DueAt: o.at("2026-11-23 12:00")}),
		)
	})
	if got := o.asks("case.withdraw", "text", "It has come."); got != "ok" {
		t.Fatal(got)
	}
	o.do(func(tx storage.Tx) error {
		referrals, err := tx.Referrals(t.Context(), id)
		if len(referrals) != 1 || referrals[0].Open() || referrals[0].Link != "" {
			t.Errorf("still asked: %+v", referrals)
		}
		return err
	})
	if tasks := o.tasks(); tasks[0].Outcome != bot.TaskDropped {
		t.Errorf("still to do: %+v", tasks)
	}
	o.live("2026-12-20 12:00")
	if len(o.said()) != 0 {
		t.Errorf("afterwards he hears %q", o.said())
	}
}

// because are the reasons of changes of working time.
type because map[int64][]cases.Changed

func (b because) ChangedSince(_ context.Context, version int64) ([]cases.Changed, error) {
	return b[version], nil
}

func TestADateThatIsCountedAnewSaysWhy(t *testing.T) {
	o := filed(t, 24)
	o.keeper.Why = because{0: {
		{Reason: "Snow"}, {Unit: "finance", Reason: "Inventory"}, {Unit: "member_relations", Reason: "A move"}, {Reason: "Snow"}, {},
	}}
	o.until("2026-11-22 21:00")
	o.table.Holidays = append(o.table.Holidays, worktime.Holiday{
		Day: worktime.MakeDay(2026, time.November, 23), Kind: worktime.Full, Source: worktime.ByManual, Confirmed: true, Name: bot.Text{En: "Snow"},
	})
	o.lay(1)
	o.until("2026-11-22 21:30")
	entries, err := o.store.ReadTimeline(t.Context(), o.of().ID)
	if err != nil {
		t.Fatal(err)
	}
	if last := entries[len(entries)-1]; last.What != cases.Recounted || last.Text != "Snow; A move" {
		t.Errorf("the timeline says %+v", last)
	}
}
