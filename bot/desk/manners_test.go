package desk_test

import (
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

func TestAMemberIsAskedForACivilToneByWhoeverHoldsHisChat(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.told(ann)
	w.refused(w.Warn(t.Context(), omid, ann, "insults"), "chat_held")
	w.refused(w.Warn(t.Context(), sara, ann, ""), "desk_reason")
	w.ok(w.Warn(t.Context(), sara, ann, "insults"))
	w.tells(ann, "manners")
	if audit := w.audit(); audit[len(audit)-1] != "sara chat.cautioned chat tg:b:1 > insults" {
		t.Errorf("audited %q", audit[len(audit)-1])
	}
	w.do(func(tx storage.Tx) error { return block(t, tx) })
	w.refused(w.Warn(t.Context(), sara, ann, "more"), "chat_blocked")
}

func TestAMutedChatStandsInNoQueueUntilItsTimeIsOver(t *testing.T) {
	w := open(t)
	w.save(senior)
	w.handOver(ann, bot.En)
	before := w.hand(ann)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.told(ann)
	until := noon.Add(time.Hour)
	w.refused(w.Mute(t.Context(), sara, ann, until, "spam"), "desk_senior")
	w.refused(w.Mute(t.Context(), senior, ann, until, ""), "desk_reason")
	w.refused(w.Mute(t.Context(), senior, ann, noon, "spam"), "desk_mute")
	w.refused(w.Mute(t.Context(), senior, ann, noon.AddDate(1, 0, 0), "spam"), "desk_mute")
	w.ok(w.Mute(t.Context(), senior, ann, until, "spam"))
	w.stands(ann, "snoozed waiting")
	w.tells(ann, "muted Wednesday, 25 November 2026 13:00")

	w.writes(ann, "again and again")
	w.waits(15*time.Minute, sara, senior)
	w.stands(ann, "snoozed waiting") // what he writes wakes nobody
	tabs, err := w.store.Tabs(t.Context(), sara, w.now)
	w.ok(err)
	if tabs.Waiting+tabs.Mine+tabs.Snoozed != 0 {
		t.Errorf("the tabs of an officer: %+v", tabs)
	}
	w.refused(w.Claim(t.Context(), sara, ann), "chat_muted")
	for range 3 {
		w.waits(15*time.Minute, sara, senior)
	}
	w.stands(ann, "waiting waiting")
	w.tells(ann)
	if after := w.hand(ann); !after.DueAt.Equal(before.DueAt) || !after.SnoozedUntil.IsZero() {
		t.Errorf("it is due %s, was %s", after.DueAt, before.DueAt)
	}
	if got := w.acts(ann); !slices.Equal(got, []string{"claimed", "muted", "unmuted"}) {
		t.Errorf("the record says %v", got)
	}
}

func TestAMuteEndsBeforeItsTimeByASeniorsWordOrWhenTheChatIsTaken(t *testing.T) {
	w := open(t)
	w.save(senior)
	w.handOver(ann, bot.En)
	w.ok(w.Mute(t.Context(), senior, ann, noon.Add(time.Hour), "spam"))
	w.told(ann)
	w.refused(w.Unmute(t.Context(), sara, ann, "x"), "desk_senior")
	w.ok(w.Unmute(t.Context(), senior, ann, "he apologised"))
	w.stands(ann, "waiting waiting")
	w.tells(ann, "released\nplace 1")
	moved := len(w.put)
	w.ok(w.Unmute(t.Context(), senior, ann, "again"))
	if len(w.put) != moved {
		t.Error("a mute ended twice")
	}
	w.ok(w.Mute(t.Context(), senior, ann, noon.Add(time.Hour), "spam"))
	w.ok(w.TakeOver(t.Context(), senior, ann, "I talk to him"))
	chat, err := w.store.ReadChat(t.Context(), ann)
	w.ok(err)
	if !chat.MutedUntil.IsZero() {
		t.Errorf("muted until %s", chat.MutedUntil)
	}
}

func TestOnlyTheHeadPutsALegalHoldOnAChat(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Close(t.Context(), sara, ann, desk.Ending{Outcome: desk.Solved}))
	w.refused(w.LegalHold(t.Context(), chief, ann, true, "a lawsuit"), "desk_head")
	w.refused(w.LegalHold(t.Context(), boss, ann, true, ""), "desk_reason")
	for range 2 {
		w.ok(w.LegalHold(t.Context(), boss, ann, true, "a lawsuit"))
	}
	th, err := w.store.Thread(t.Context(), sara, ann, 0, 9)
	w.ok(err)
	if !th.LegalHold {
		t.Error("the thread does not say so")
	}
	w.ok(w.LegalHold(t.Context(), boss, ann, false, "settled"))
	if got := w.acts(ann); !slices.Equal(got, []string{"closed", "legal_hold", "legal_hold_lifted"}) {
		t.Errorf("the record says %v", got)
	}
	w.stands(ann, "ended solved bot")
}

func TestAManagerOfTheUnitIsCalledAndTheHeadWhereThereIsNone(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.told(ann)
	w.refused(w.CallManager(t.Context(), sara, ann, "he threatens me"), "desk_no_manager")
	w.save(boss)
	gone := leading("azar", bot.RoleManager) // his name comes first, but he is away
	gone.Status = bot.Away
	w.save(gone)
	w.save(chief)
	w.refused(w.CallManager(t.Context(), sara, ann, ""), "desk_reason")
	w.refused(w.CallManager(t.Context(), omid, ann, "x"), "chat_held")
	w.ok(w.CallManager(t.Context(), sara, ann, "he threatens me"))
	w.stands(ann, "waiting chief waiting")
	w.tells(ann, "to_colleague trade\nplace 1")
	if audit := w.audit(); audit[len(audit)-1] != "sara chat.manager_called chat tg:b:1 sara>chief he threatens me" {
		t.Errorf("audited %q", audit[len(audit)-1])
	}
	w.ok(w.CallManager(t.Context(), sara, ann, "again")) // he is called already
	w.refused(w.CallManager(t.Context(), chief, ann, "x"), "desk_no_manager")
}

func TestAChatIsLinkedToAMemberAndBack(t *testing.T) {
	w := open(t)
	w.save(senior)
	w.handOver(ann, bot.En)
	w.member("m1", "")
	w.refused(w.Link(t.Context(), sara, ann, "m1", "x"), "desk_senior")
	w.refused(w.Link(t.Context(), senior, ann, "m1", ""), "desk_reason")
	for _, stranger := range []error{
		w.Link(t.Context(), senior, ann, "m2", "x"), w.Link(t.Context(), senior, "tg:b:none", "m1", "x"), w.Unlink(t.Context(), senior, ann, "x"),
	} {
		if bot.KindOf(stranger) != bot.NotFound {
			t.Errorf("what is not there: %v", stranger)
		}
	}
	w.ok(w.Link(t.Context(), senior, ann, "m1", "his voice"))
	w.linked(ann, "m1")
	if audit := w.audit(); audit[len(audit)-1] != "senior chat.linked chat tg:b:1 >m1 his voice" {
		t.Errorf("audited %q", audit[len(audit)-1])
	}
	w.ok(w.Close(t.Context(), sara, ann, desk.Ending{Outcome: desk.Solved}))
	w.ok(w.Unlink(t.Context(), senior, ann, "it was his brother"))
	w.linked(ann, "")
}

// linked fails unless the chat is the member's, in SQL and in the hot store.
func (w *world) linked(chat bot.ChatKey, want bot.MemberID) {
	w.t.Helper()
	c, err := w.store.ReadChat(w.t.Context(), chat)
	w.ok(err)
	if last := w.put[len(w.put)-1]; c.Member != want || last.Member != want || last.Rev != c.Rev {
		w.t.Errorf("it is %q's, and hot %q's", c.Member, last.Member)
	}
}
