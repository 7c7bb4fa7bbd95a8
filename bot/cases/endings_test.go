package cases_test

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/worktime"
)

func TestTheClockStopsWhenTheResultArrivesAndGoesOnWhenItIsRefused(t *testing.T) {
	o := settled(t, bot.Complaint)
	o.live("2026-11-22 12:00")
	o.channel = away
	o.propose("The card is printed.")
	o.live("2026-11-22 13:00")
	if c := o.of(); !c.Clock.Runs() || !c.Closure.DeliveredAt.IsZero() {
		t.Errorf("what has not arrived keeps a promise: %+v", c.Clock)
	}
	o.channel = works
	o.live("2026-11-22 13:05")
	c := o.of()
	if c.Clock.Runs() || c.Clock.Spent != 3*time.Hour || o.instant(c.Closure.DeliveredAt) != "Sun 11-22 13:00" {
		t.Errorf("it arrived %s, the clock says %+v", o.instant(c.Closure.DeliveredAt), c.Clock)
	}
	o.live("2026-11-23 09:05")
	if got := o.presses("case.button.not_solved"); got != "ok" {
		t.Fatalf("not solved: %s", got)
	}
	o.live("2026-11-23 09:30")
	c = o.of()
	if c.State != bot.InWork || !c.Clock.Runs() || o.instant(c.DueAt) != "Wed 11-25 14:05" || c.Next.What != cases.NextRefused || c.Next.Who != "sara" {
		t.Errorf("refused, the case says %s, due %s, next %+v", c.State, o.instant(c.DueAt), c.Next)
	}
	if last := o.said()[len(o.said())-1]; !strings.HasPrefix(last, "case.changed") {
		t.Errorf("of the new date he reads %q", last)
	}
}

func TestWhoRefusesLateHasJustBeenAnsweredAndIsOwedNoNotice(t *testing.T) {
	o := settled(t, bot.Complaint)
	o.live("2026-11-22 12:00")
	o.propose("The card is printed.")
	o.live("2026-11-25 10:00") // 24 working hours later; a notice comes every 16
	if got := o.presses("case.button.not_solved"); got != "ok" {
		t.Fatalf("not solved: %s", got)
	}
	o.live("2026-11-25 11:00")
	if told := o.timeline(); strings.Contains(told, cases.Noticed) {
		t.Errorf("he is told again: %s", told)
	}
}

func TestSolvedIsTheMembersOwnWordAndIsSaidOnce(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-22 12:10")
	if got := o.said()[0]; !strings.Contains(got, "case.proposed "+o.number.String()+"\nThe card is printed.\ncase.ask") {
		t.Errorf("he reads %q", got)
	}
	buttons := o.buttons
	if got := o.presses("case.button.solved"); got != "ok" {
		t.Fatalf("solved: %s", got)
	}
	for _, label := range []string{"case.button.solved", "case.button.not_solved"} {
		o.buttons = buttons
		if got := o.presses(label); got != "old" {
			t.Errorf("%s once more: %s", label, got)
		}
	}
	o.live("2026-11-22 15:00")
	c := o.of()
	if c.State != bot.Closed || c.Closure.Ending != bot.EndSolved || o.instant(c.Closure.ClosedAt) != "Sun 11-22 12:10" || !c.Next.At.IsZero() {
		t.Errorf("it ended as %+v", c.Closure)
	}
	same(t, "the story", o.story(), story("Sun 11-22 12:00 proposed", "Sun 11-22 12:00 delivered", "Sun 11-22 12:10 solved"))
	if n := len(o.said()); n != 1 {
		t.Errorf("he was told %d things: %q", n, o.said())
	}
}

func TestAMemberWhoSaysNothingIsRemindedTwiceAndThenTheCaseIsClosed(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-23 10:00")
	o.writes()
	o.live("2026-11-30 16:00")
	same(t, "the story", o.story(), story(
		"Sun 11-22 12:00 proposed", "Sun 11-22 12:00 delivered",
		"Mon 11-23 12:00 reminded", // a working day later
		"Wed 11-25 12:05 reminded", // two days after that one has arrived
		"Sun 11-29 12:10 closed silence",
		"Mon 11-30 12:10 survey",
	))
	if o.told("case.remind") != 2 || o.told("case.closed") != 1 || o.told("case.survey") != 1 {
		t.Errorf("he reads %q", o.said())
	}
	if last := o.said()[2]; !strings.Contains(last, "case.silence Sunday, 29 November 2026") {
		t.Errorf("the last reminder says %q", last)
	}
	if c := o.of(); c.Closure.Ending != bot.EndSilence || c.Clock.Spent != 2*time.Hour {
		t.Errorf("it ended as %+v, clock %+v", c.Closure, c.Clock)
	}
}

func TestWhoWasNeverSeenIsCalledBeforeSilenceEndsTheCase(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-29 13:00")
	if c := o.of(); c.State != bot.Proposed || c.Next.What != cases.NextCall {
		t.Fatalf("unseen, the case says %s, next %+v", c.State, c.Next)
	}
	o.live("2026-12-02 10:00")
	tasks := o.tasks()
	if len(tasks) != 1 || tasks[0].Kind != bot.TaskCall || o.instant(tasks[0].MadeAt) != "Sun 11-29 12:10" || o.instant(tasks[0].DueAt) != "Mon 11-30 12:10" || tasks[0].What != "The card is printed." {
		t.Fatalf("the tasks are %+v", tasks)
	}
	if !strings.Contains(o.story(), cases.TaskLate) {
		t.Errorf("a call that nobody made raised nobody: %s", o.story())
	}
	o.called(bot.CallNotReached)
	o.live("2026-12-02 10:05")
	if c := o.of(); c.State != bot.Closed || c.Closure.Ending != bot.EndSilence || o.told("case.closed") != 1 {
		t.Errorf("nobody was reached: %s %+v, %q", c.State, c.Closure, o.said())
	}
}

func TestAResultThatDoesNotArriveMakesACall(t *testing.T) {
	for _, channel := range []string{blocks, refuses} {
		o := settled(t, bot.Complaint)
		o.live("2026-11-22 12:00")
		o.channel = channel
		o.propose("The card is printed.")
		o.live("2026-11-23 09:00")
		same(t, channel, o.story(), story("Sun 11-22 12:00 proposed", "Sun 11-22 12:00 undelivered", "Sun 11-22 12:00 call_made"))
		if c := o.of(); !c.Clock.Runs() || c.State != bot.Proposed {
			t.Errorf("%s: the promise counts as kept: %+v", channel, c.Clock)
		}
	}
}

func TestACallEndsTheCaseAsTheMemberSays(t *testing.T) {
	for outcome, want := range map[bot.TaskOutcome]bot.CaseState{
		bot.CallSolved: bot.Closed, bot.CallNotSolved: bot.InWork, bot.CallNotReached: bot.Proposed,
	} {
		o := settled(t, bot.Complaint)
		o.channel = blocks
		o.propose("The card is printed.")
		o.live("2026-11-22 12:00")
		o.called(outcome)
		o.live("2026-11-22 12:10")
		c := o.of()
		if c.State != want || c.Closure.Tried != (outcome == bot.CallNotReached) || c.Clock.Runs() != (outcome == bot.CallNotSolved) {
			t.Errorf("%s: %s, clock %+v, %+v", outcome, c.State, c.Clock, c.Closure)
		}
		if outcome == bot.CallSolved && c.Closure.Ending != bot.EndCalled {
			t.Errorf("he said so on the phone, it ended %q", c.Closure.Ending)
		}
		if outcome != bot.CallNotReached {
			continue
		}
		o.live("2026-11-29 12:05")
		if c := o.of(); c.State != bot.Closed || c.Closure.Ending != bot.EndSilence || o.instant(c.Closure.ClosedAt) != "Sun 11-29 12:00" {
			t.Errorf("40 working hours after the call: %s, closed %s", c.State, o.instant(c.Closure.ClosedAt))
		}
	}
}

func TestOnTheirWayResultsAreAwaitedNotCalledFor(t *testing.T) {
	o := settled(t, bot.Complaint)
	o.live("2026-11-22 12:00")
	o.channel = away
	o.propose("The card is printed.")
	o.live("2026-11-24 12:00")
	if len(o.tasks()) != 0 || o.told("case.remind") != 0 {
		t.Errorf("tasks %v, said %q", o.tasks(), o.said())
	}
}

func TestAnOutageOfTheChannelFreezesTheSilence(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-22 13:00")
	o.writes()
	o.channel = away
	o.live("2026-11-24 13:00") // two working days
	if o.told("case.remind") != 0 {
		t.Errorf("reminded while nobody could answer: %s", o.story())
	}
	o.channel = works
	o.live("2026-11-25 15:00")
	if !strings.Contains(o.story(), "Wed 11-25 12:00 reminded") { // seven working hours after the channel came back
		t.Errorf("the story is %s", o.story())
	}
}

func TestDaysWithoutPowerAreNoSilenceEither(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-22 13:00")
	o.writes()
	o.now = o.at("2026-11-28 09:00") // nothing ran meanwhile
	o.live("2026-11-29 15:00")
	if !strings.Contains(o.story(), "Sat 11-28 16:00 reminded") && !strings.Contains(o.story(), "Sun 11-29 08:00 reminded") {
		t.Errorf("the story is %s", o.story())
	}
	if n := o.told("case.remind"); n != 1 {
		t.Errorf("reminded %d times", n)
	}
}

func TestAReminderThatDoesNotArriveFreezesTheSilence(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-22 13:00")
	o.writes()
	o.live("2026-11-23 11:50")
	o.channel = refuses
	o.live("2026-11-30 12:00")
	if c := o.of(); c.State != bot.Proposed || c.Closure.Reminders != 1 || len(o.tasks()) != 1 {
		t.Errorf("%s after %d reminders, tasks %v", c.State, c.Closure.Reminders, o.tasks())
	}
}

func TestNobodyIsRemindedAtNightOrOnAHoliday(t *testing.T) {
	for hour := 8; hour < 16; hour++ {
		o := settled(t, bot.Complaint)
		o.live("2026-11-22 15:00")
		o.now = o.at("2026-11-22 15:00").Add(time.Duration(hour-8) * 17 * time.Minute)
		o.propose("The card is printed.")
		o.tick()
		o.live("2026-11-22 18:00")
		o.writes()
		o.live("2026-12-02 12:00")
		for line := range strings.Lines(o.story()) {
			when, what, _ := strings.Cut(strings.TrimSpace(line)[len("Mon "):], " ")
			clock, what, _ := strings.Cut(what, " ")
			at := o.at("2026-" + when + " " + clock)
			if (what == cases.Reminded || what == cases.Ended+" silence" || what == cases.Surveyed) && !o.hours.For("").Open(at) {
				t.Errorf("%s at %s %s", what, when, clock)
			}
		}
		if c := o.of(); c.State != bot.Closed {
			t.Errorf("it is %s: %s", c.State, o.story())
		}
	}
}

func TestAReminderThatARoundFindsAfterHoursWaitsForTheMorning(t *testing.T) {
	o := settled(t, bot.Complaint)
	o.live("2026-11-22 15:58")
	o.propose("The card is printed.")
	o.tick()
	o.now = o.at("2026-11-22 16:02") // from now on it looks two minutes before four, and three after the hour of the reminder
	o.live("2026-11-24 08:10")
	if !strings.Contains(o.story(), "Tue 11-24 08:02 reminded") || strings.Contains(o.story(), "Mon 11-23 16") {
		t.Errorf("reminded: %s", o.story())
	}
}

func TestWhatWasMissedIsNotAskedInTheNightInWhichThePowerComesBack(t *testing.T) {
	o := solved(t)
	o.now = o.at("2026-12-17 03:00") // a Thursday
	o.live("2026-12-19 07:55")
	if strings.Contains(o.story(), "12-1") {
		t.Errorf("while the chamber is closed: %s", o.story())
	}
	o.live("2026-12-19 08:05")
	for _, what := range []string{cases.Surveyed, cases.Checked} {
		if !strings.Contains(o.story(), "Sat 12-19 08:00 "+what) {
			t.Errorf("%s: %s", what, o.story())
		}
	}
}

func TestWhatOnlyWantedAnAnswerEndsWhenItArrives(t *testing.T) {
	for _, kind := range []bot.CaseKind{bot.Suggestion, bot.Question} {
		o := proposed(t, kind)
		o.live("2026-11-22 12:10")
		c := o.of()
		if c.State != bot.Closed || c.Closure.Ending != bot.EndTold || o.instant(c.Closure.ClosedAt) != "Sun 11-22 12:00" {
			t.Errorf("%s: %s, %+v", kind, c.State, c.Closure)
		}
		if said := o.said(); len(said) != 1 || !strings.HasPrefix(said[0], "case.answered ") || len(o.buttons) != 1 {
			t.Errorf("%s: he reads %q with %v", kind, said, o.buttons)
		}
		if got := o.presses("case.button.reopen"); got != "ok" || o.of().State != bot.Reopened {
			t.Errorf("%s reopened: %s, %s", kind, got, o.of().State)
		}
	}
}

func TestABrokenPromiseIsFoundAlsoWhenTheClockHasStoppedSince(t *testing.T) {
	o := settled(t, bot.Complaint)
	o.live("2026-11-25 09:00")
	o.now = o.at("2026-11-25 11:00") // it fell due at ten, and nobody looked
	o.propose("The card is printed.")
	o.carry()
	if got := o.presses("case.button.solved"); got != "ok" {
		t.Fatal(got)
	}
	o.live("2026-11-25 12:00")
	if c := o.of(); c.State != bot.Closed || o.instant(c.BreachedAt) != "Wed 11-25 10:00" {
		t.Errorf("closed late, it says %s", o.instant(c.BreachedAt))
	}
}

func TestAHolidayDeclaredAfterTheResultCameDoesNotMoveItsDate(t *testing.T) {
	o := settled(t, bot.Complaint)
	o.live("2026-11-22 12:00")
	o.propose("The card is printed.")
	o.carry() // and nobody has looked since
	due := o.of().DueAt
	o.table.Holidays = append(o.table.Holidays, worktime.Holiday{
		Day: worktime.MakeDay(2026, time.November, 23), Kind: worktime.Full, Source: worktime.ByManual, Confirmed: true, Name: bot.Text{En: "Snow"},
	})
	o.lay(1)
	o.live("2026-11-22 12:30")
	if c := o.of(); c.Clock.Runs() || !c.DueAt.Equal(due) || strings.Contains(o.timeline(), cases.Recounted) {
		t.Errorf("due %s, after the snow %s: %s", o.instant(due), o.instant(c.DueAt), o.timeline())
	}
}

func TestACallAboutWhatTheMemberHasMeanwhileAnsweredChangesNothing(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-29 12:30") // unseen, he is to be called
	if got := o.asks("case.not_solved", "round", "1"); got != "ok" {
		t.Fatal(got)
	}
	if tasks := o.tasks(); tasks[0].Outcome != bot.TaskDropped || !strings.Contains(o.story(), "moot call") {
		t.Errorf("the call is %q: %s", tasks[0].Outcome, o.story())
	}
	before := o.of()
	o.called(bot.CallSolved)
	if after := o.of(); after.State != bot.InWork || after.Closure != before.Closure {
		t.Errorf("it is %s, %+v", after.State, after.Closure)
	}
}

func TestTheMemberSeesTheResultAndUntilWhenHeMayReopen(t *testing.T) {
	o := proposed(t, bot.Complaint)
	o.live("2026-11-22 12:10")
	for _, step := range []struct{ after, want string }{
		{"", "The card is printed. 1 -"}, {"case.solved", "The card is printed. 1 Wed 12-02 12:10"}, {"case.reopen", "  -"},
	} {
		if step.after != "" {
			if got := o.asks(step.after, "round", "1"); got != "ok" {
				t.Fatalf("%s: %s", step.after, got)
			}
		}
		vars := o.ends("case.show").Vars
		got, until := vars["case.result"].Text+" "+vars["case.round"].Text+" ", vars["case.reopen_until"].At
		if got += o.instant(moment(until)); got != step.want {
			t.Errorf("after %q he sees %q, want %q", step.after, got, step.want)
		}
	}
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func TestAPressFindsWhenTheResultHadArrived(t *testing.T) {
	o := settled(t, bot.Complaint)
	o.live("2026-11-22 12:00")
	o.propose("The card is printed.")
	o.carry()
	o.now = o.at("2026-11-24 12:00") // no round ran meanwhile
	if got := o.presses("case.button.not_solved"); got != "ok" {
		t.Fatal(got)
	}
	if c := o.of(); c.Clock.Spent != 2*time.Hour || c.State != bot.InWork {
		t.Errorf("it is %s, the clock says %+v", c.State, c.Clock)
	}
}
