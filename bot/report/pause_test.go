package report

import (
	"testing"
	"time"

	"javab/bot"
)

func TestEveryPauseIsListedWithItsReasonAndItsWorkingTime(t *testing.T) {
	w := open(t)
	wednesday := time.Date(2026, time.November, 18, 14, 0, 0, 0, noon.Location())
	move := func(of bot.CaseID, what string, before, after bot.CaseState, at time.Time, why string) {
		w.moves = append(w.moves, bot.CaseEntry{Case: of, What: what, Before: string(before), After: string(after), At: at, Text: why})
	}
	move("a", "began", bot.Received, bot.InWork, wednesday.Add(-time.Hour), "")
	move("a", "asked", bot.InWork, bot.WaitingMember, wednesday, "which card?")
	move("a", "resumed", bot.WaitingMember, bot.InWork, hour(9, 0), "he wrote") // two closed days later: 2 h + 1 h
	move("b", "waits", bot.InWork, bot.WaitingExternal, wednesday, "the bank")  // its clock runs there
	move("a", ClockStopped, "", "", hour(10, 0), "the bank is closed")
	move("b", ClockStopped, "", "", hour(10, 30), "a strike")
	move("b", ClockStarted, "", "", hour(11, 30), "")
	items := []Item{{Case: Case{ID: "a"}}, {Case: Case{ID: "b"}}, {Case: Case{ID: "c"}}}
	if err := w.WithPauses(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	a, b := items[0].Pauses, items[1].Pauses
	if len(a) != 2 || a[0].Reason != "which card?" || a[0].Worked != 3*time.Hour || a[0].State != bot.WaitingMember || !a[0].To.Equal(hour(9, 0)) {
		t.Errorf("of the first: %+v", a)
	}
	if len(a) == 2 && (a[1].Worked != 2*time.Hour || !a[1].To.IsZero()) { // it goes on
		t.Errorf("goes on: %+v", a[1])
	}
	if len(b) != 1 || b[0].Reason != "a strike" || b[0].Worked != time.Hour {
		t.Errorf("of the second: %+v", b)
	}
	if len(items[2].Pauses) != 0 {
		t.Error("a case without pauses has some")
	}
}

func TestAPauseThatTurnsIntoAnotherIsOne(t *testing.T) {
	w := open(t)
	w.moves = []bot.CaseEntry{
		{Case: "a", What: "asked", Before: "in_work", After: "waiting_member", At: hour(9, 0), Text: "first"},
		{Case: "a", What: ClockStopped, At: hour(10, 0), Text: "second"},
		{Case: "a", What: "resumed", Before: "waiting_member", After: "in_work", At: hour(11, 0)},
	}
	items := []Item{{Case: Case{ID: "a"}}}
	if err := w.WithPauses(t.Context(), items); err != nil || len(items[0].Pauses) != 1 || items[0].Pauses[0].Worked != 2*time.Hour {
		t.Errorf("%+v %v", items[0].Pauses, err)
	}
}

func TestTheTimeInWhichTheMemberHadAResultIsAPauseOnlyWhenHeRefusedIt(t *testing.T) {
	w := open(t)
	line := func(of bot.CaseID, what, before, after string, h int) bot.CaseEntry {
		return bot.CaseEntry{Case: of, What: what, Before: before, After: after, At: hour(h, 0)}
	}
	w.moves = []bot.CaseEntry{
		line("solved", "proposed", "in_work", "proposed", 8), line("solved", Delivered, "", "", 9), line("solved", "solved", "proposed", "closed", 10),
		line("refused", "proposed", "in_work", "proposed", 8), line("refused", Delivered, "", "", 9), line("refused", "not_solved", "proposed", "in_work", 11),
		line("reopened", "called", "proposed", "closed", 9), line("reopened", "reopened", "closed", "reopened", 10),
		line("waits", "proposed", "in_work", "proposed", 8), line("waits", Delivered, "", "", 9),
	}
	items := []Item{{Case: Case{ID: "solved"}}, {Case: Case{ID: "refused"}}, {Case: Case{ID: "reopened"}}, {Case: Case{ID: "waits"}}}
	if err := w.WithPauses(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	for i, want := range []time.Duration{0, 2 * time.Hour, time.Hour, 0} {
		if p := items[i].Pauses; want == 0 && len(p) != 0 || want > 0 && (len(p) != 1 || p[0].Worked != want) {
			t.Errorf("%s: %+v", items[i].Case.ID, p)
		}
	}
}

func TestWordsOfTheMemberAreNoMoves(t *testing.T) {
	for _, line := range []bot.CaseEntry{
		{What: "edited", Before: "in_work", After: "closed"},
		{What: "opened", After: "received"},
		{What: "recounted", Before: "1405-08-01", After: "1405-08-02"},
		{What: "referred", Before: "referred", After: "referred"},
	} {
		if IsMove(line) {
			t.Errorf("%+v is a move", line)
		}
	}
	if !IsMove(bot.CaseEntry{What: "referred", Before: "in_work", After: "referred"}) || !IsMove(bot.CaseEntry{What: ClockStarted}) {
		t.Error("a move is none")
	}
}
