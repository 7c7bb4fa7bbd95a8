package desk_test

import (
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

func TestAPausedQueueKeepsItsChatsFromAllButWhoLeads(t *testing.T) {
	w := open(t)
	w.save(chief)
	w.handOver(ann, bot.Fa)
	w.refused(w.Pause(t.Context(), sara, "trade", "x"), "desk_manager")
	w.refused(w.Pause(t.Context(), senior, "trade", "x"), "desk_manager")
	w.refused(w.Pause(t.Context(), chief, "trade", ""), "desk_reason")
	w.refused(w.Pause(t.Context(), chief, "legal", "x"), "desk_queue")
	w.refused(w.Pause(t.Context(), boss, "nowhere", "x"), "desk_unit")
	for range 2 { // a form that is sent twice acts once
		w.ok(w.Pause(t.Context(), chief, "trade", "a storm"))
	}
	refusal := w.refused(w.Claim(t.Context(), sara, ann), "queue_paused")
	if refusal.Kind != bot.Conflict || refusal.Params["Holder"] != chief.Name || refusal.Params["Reason"] != "a storm" {
		t.Errorf("refused with %+v", refusal)
	}
	to := desk.To{Staff: omid.ID, Reason: "x"}
	w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "1", Text: "x"}), "queue_paused")
	w.refused(w.Snooze(t.Context(), sara, ann, noon.Add(time.Hour)), "queue_paused")
	w.refused(w.TakeOver(t.Context(), sara, ann, "x"), "queue_paused")
	w.refused(w.Transfer(t.Context(), sara, ann, to), "queue_paused")
	w.refused(w.Assign(t.Context(), chief, ann, omid.ID, "x"), "queue_paused")
	w.stands(ann, "waiting waiting")
	w.ok(w.Claim(t.Context(), chief, ann))
	w.ok(w.Release(t.Context(), chief, ann, ""))
	for range 2 {
		w.ok(w.Resume(t.Context(), chief, "trade", "it is over"))
	}
	w.ok(w.Claim(t.Context(), sara, ann))
	got := slices.DeleteFunc(w.audit(), func(l string) bool {
		return !slices.Contains([]string{"chief queue.paused unit trade > a storm", "chief queue.resumed unit trade > it is over"}, l)
	})
	if len(got) != 2 {
		t.Errorf("audited %q", w.audit())
	}
}

func TestAMemberOfAPausedQueueIsToldThatHeNeedNotWait(t *testing.T) {
	w := open(t)
	w.save(chief)
	w.handOver(ann, bot.Fa)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Pause(t.Context(), boss, "trade", "a storm"))
	w.told(ann)
	w.now = noon.Add(5 * time.Hour) // closed, and nobody says from when on it is open
	w.ok(w.Release(t.Context(), sara, ann, ""))
	w.tells(ann, "released\nplace \u06f1\npaused")
}

func TestNobodyIsNamedInAPausedQueue(t *testing.T) {
	w := open(t)
	w.save(chief)
	away := sara
	away.Substitute = omid.ID
	w.save(away)
	w.handOver(ann, bot.Ar) // read by nada alone, who is not there
	w.handOver("tg:b:2", bot.Fa)
	w.ok(w.Claim(t.Context(), sara, "tg:b:2"))
	w.ok(w.Pause(t.Context(), boss, "trade", "a storm"))
	w.waits(10*time.Minute, sara, omid)
	w.stands(ann, "waiting waiting")
	w.ok(w.Status(t.Context(), away, bot.Away))
	w.stands("tg:b:2", "waiting waiting") // and not for her substitute, who could not take it
	w.ok(w.Resume(t.Context(), boss, "trade", "over"))
	w.round()
	w.stands(ann, "waiting nada waiting")
}
