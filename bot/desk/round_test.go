package desk_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

func TestAClaimWithoutAnAnswerIsWarnedOfAndThenGoesBackToItsPlace(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	before := w.hand(ann)
	w.waits(time.Minute, sara)
	w.handOver("tg:b:2", bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.tells(ann, "claimed trade")
	for i := range 6 {
		w.waits(4*time.Minute, sara)
		if got, want := slices.Contains(w.acts(ann), desk.ActWarned), i >= 3; got != want {
			t.Errorf("after %d minutes: warned %v", 4*i+4, got)
		}
	}
	w.stands(ann, "held sara held")
	w.waits(4*time.Minute, sara)
	w.waits(2*time.Minute, sara)
	w.stands(ann, "waiting waiting")
	w.tells(ann, "released\nplace 1")
	after := w.hand(ann)
	if !after.At.Equal(before.At) || !after.DueAt.Equal(before.DueAt) {
		t.Errorf("its place was %s due %s, it is %s due %s", before.At, before.DueAt, after.At, after.DueAt)
	}
	if got := w.acts(ann); !slices.Equal(got, []string{"claimed", "warned", "unanswered"}) {
		t.Errorf("the record says %v", got)
	}
	if audit := w.audit(); audit[len(audit)-1] != "chat.unanswered chat tg:b:1 sara>" {
		t.Errorf("audited %q", audit[len(audit)-1])
	}
}

func TestAnAnswerStopsTheClockUntilTheMemberWrites(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "which year?"}))
	for range 10 {
		w.waits(4*time.Minute, sara)
	}
	w.stands(ann, "held sara held")
	w.writes(ann, "1405")
	for range 7 {
		w.waits(4*time.Minute, sara)
	}
	w.stands(ann, "held sara held")
	w.waits(2*time.Minute, sara)
	w.stands(ann, "waiting waiting")
}

func TestMinutesRunInWorkingTime(t *testing.T) {
	w := open(t)
	w.now = noon.Add(4*time.Hour - 20*time.Minute) // Wednesday 15:40
	w.handOver(ann, bot.En)
	w.ok(w.Snooze(t.Context(), sara, ann, noon.Add(67*time.Hour+50*time.Minute)))
	w.now = noon.Add(67*time.Hour + 50*time.Minute) // Saturday 07:50: before the chamber opens
	w.waits(0, sara)
	w.stands(ann, "held sara held")
	for range 9 { // until 08:26
		w.waits(4*time.Minute, sara)
	}
	w.stands(ann, "held sara held")
	w.waits(4*time.Minute, sara)
	w.stands(ann, "waiting waiting")
}

func TestWhoIsGoneForFiveMinutesHoldsNothing(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.handOver("tg:b:2", bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Reply(t.Context(), sara, "tg:b:2", desk.Reply{ID: "r", Text: "which year?"}))
	w.tells(ann, "claimed trade")
	w.tells("tg:b:2", "claimed trade", "which year?")
	w.waits(4 * time.Minute)
	w.stands(ann, "held sara held")
	w.waits(time.Minute)
	w.stands(ann, "waiting waiting")
	w.stands("tg:b:2", "waiting waiting")
	w.tells(ann, "released\nplace 1")
	w.tells("tg:b:2") // he is owed nothing, and stands behind those who are
	if first, second := w.hand(ann), w.hand("tg:b:2"); !second.DueAt.After(first.DueAt) {
		t.Errorf("who was answered is due %s, who was not %s", second.DueAt, first.DueAt)
	}
}

func TestTheEndOfTheShiftReturnsWhatIsStillHeld(t *testing.T) {
	w := open(t)
	w.now = noon.Add(4*time.Hour - 10*time.Minute)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.tells(ann, "claimed trade")
	w.waits(9*time.Minute, sara)
	w.stands(ann, "held sara held")
	w.waits(time.Minute, sara)
	w.stands(ann, "waiting waiting")
	w.tells(ann, "released\nplace 1\nopening Saturday, 28 November 2026 08:00")
	if got := w.acts(ann); !slices.Equal(got, []string{"claimed", "shift_ended"}) {
		t.Errorf("the record says %v", got)
	}
	w.ok(w.Claim(t.Context(), sara, ann)) // whoever works late may
	w.waits(4*time.Minute, sara)
	w.stands(ann, "held sara held")
}

func TestWhatIsPutOffWakesInTime(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Snooze(t.Context(), sara, ann, noon.Add(time.Hour)))
	for range 11 {
		w.waits(5*time.Minute, sara)
	}
	w.stands(ann, "snoozed sara snoozed")
	w.waits(5*time.Minute, sara)
	w.stands(ann, "held sara held")
}

func TestAMessageOfTheMemberWakesWhatIsPutOff(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.writes(ann, "before")
	w.waits(time.Minute, sara)
	w.ok(w.Snooze(t.Context(), sara, ann, noon.Add(3*time.Hour)))
	w.waits(time.Minute, sara)
	w.stands(ann, "snoozed sara snoozed")
	w.writes(ann, "I found it")
	w.round()
	w.stands(ann, "held sara held")
	if got := w.acts(ann); !slices.Equal(got, []string{"claimed", "snoozed", "woken"}) {
		t.Errorf("the record says %v", got)
	}
}

func TestASilentMemberIsAskedAfterADayAndHandedBackAfterTwo(t *testing.T) {
	w := open(t)
	w.now = noon.Add(-4 * 24 * time.Hour) // Saturday
	w.handOver(ann, bot.En)
	w.waits(0, sara)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "which year?"}))
	w.tells(ann, "claimed trade", "which year?")
	w.waits(23*time.Hour, sara)
	w.tells(ann)
	w.waits(time.Hour, sara)
	w.tells(ann, "still_there")
	w.waits(23*time.Hour, sara)
	w.tells(ann)
	w.waits(time.Hour, sara)
	w.tells(ann, "silence")
	w.stands(ann, "ended no_answer bot")
}

func TestAMemberWhoAnswersIsNotHandedBack(t *testing.T) {
	w := open(t)
	w.now = noon.Add(-4 * 24 * time.Hour)
	w.handOver(ann, bot.En)
	w.waits(0, sara)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "which year?"}))
	w.waits(24*time.Hour, sara)
	w.writes(ann, "1405")
	w.waits(24*time.Hour, sara)
	w.stands(ann, "waiting waiting")
}

func TestASilentMemberIsNotDisturbedWhileTheChamberIsClosed(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "which year?"}))
	w.told(ann)
	w.waits(24 * time.Hour) // Thursday
	w.tells(ann)
	w.waits(44 * time.Hour) // Saturday 08:00: the second bound has passed as well
	w.tells(ann, "silence")
}

func TestALanguageThatNobodyPresentReadsGoesToAColleagueByName(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Ar)
	w.handOver("tg:b:2", bot.Fa)
	w.round() // nada is there and reads Arabic
	w.stands(ann, "waiting waiting")
	w.waits(6*time.Minute, sara)
	w.stands(ann, "waiting nada waiting")
	w.stands("tg:b:2", "waiting waiting")
	w.tells(ann, "language trade\nplace "+"\u0661")
	w.refused(w.Claim(t.Context(), sara, ann), "chat_named")
	w.ok(w.Present(t.Context(), nada))
	w.ok(w.Claim(t.Context(), nada, ann))
}

func TestTheExpectedWaitIsToldOnceItIsKnown(t *testing.T) {
	w := open(t)
	for i := range 5 {
		chat := bot.ChatKey(fmt.Sprint("tg:b:", 10+i))
		w.handOver(chat, bot.En)
		w.ok(w.Claim(t.Context(), sara, chat))
		w.now = w.now.Add(10 * time.Minute)
		w.ok(w.Close(t.Context(), sara, chat, desk.Ending{Outcome: desk.Solved}))
	}
	w.handOver(ann, bot.En)
	w.waits(0, sara)
	if span, known := w.Wait("trade", 1); !known || span.From != 10*time.Minute || span.To != 20*time.Minute {
		t.Errorf("one officer is there; the wait is %v %v", span, known)
	}
	w.ok(w.Transfer(t.Context(), sara, ann, desk.To{Unit: "trade", Reason: "mine no more"}))
	w.tells(ann, "to_unit trade\nplace 1\nwait 10 20")
	if _, known := w.Wait("legal", 1); known {
		t.Error("the wait of a unit that never handled a chat is known")
	}
}

// stale is a store whose rounds look at what was so a while ago.
type stale struct {
	desk.Store
	standing []desk.Standing
}

func (s stale) Standing(context.Context) ([]desk.Standing, error) { return s.standing, nil }

func TestARoundLeavesAloneWhatHasMovedSinceItLooked(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	standing, err := w.store.Standing(t.Context())
	w.ok(err)
	w.now = noon.Add(31 * time.Minute)
	w.ok(w.Present(t.Context(), sara))
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "I am here"}))
	w.Store = stale{w.Store, standing}
	w.round()
	w.stands(ann, "held sara held")
}
