package desk_test

import (
	"slices"
	"testing"
	"time"

	"javab/bot"
)

func TestAManagerAssignsAWaitingChatToAColleagueWhoIsThere(t *testing.T) {
	w := open(t)
	w.save(chief)
	w.handOver(ann, bot.Fa)
	w.refused(w.Assign(t.Context(), sara, ann, omid.ID, "x"), "desk_manager")
	w.refused(w.Assign(t.Context(), senior, ann, omid.ID, "x"), "desk_manager")
	w.refused(w.Assign(t.Context(), chief, ann, omid.ID, ""), "desk_reason")
	w.refused(w.Assign(t.Context(), chief, ann, "ghost", "x"), "desk_accused")
	w.refused(w.Assign(t.Context(), chief, ann, lily.ID, "x"), "desk_absent") // of another unit
	w.ok(w.Assign(t.Context(), chief, ann, omid.ID, "from the board"))
	w.ok(w.Assign(t.Context(), chief, ann, omid.ID, "from the board")) // a form that is sent twice acts once
	if h := w.hand(ann); h.State != bot.HandOverWaiting || h.Named != omid.ID {
		t.Errorf("the chat is %s for %q", h.State, h.Named)
	}
	if got := w.audit(); !slices.Equal(got, []string{"chief chat.transferred chat tg:b:1 >omid from the board"}) {
		t.Errorf("audited %q", got)
	}
	w.refused(w.Claim(t.Context(), sara, ann), "chat_named")
	w.ok(w.Claim(t.Context(), omid, ann))
	w.refused(w.Assign(t.Context(), chief, ann, sara.ID, "x"), "chat_taken")
}

func TestNothingIsAssignedToWhoIsNotThereOrMayNotSeeIt(t *testing.T) {
	w := open(t)
	w.save(chief)
	w.handOver(ann, bot.Fa)
	w.ok(w.Status(t.Context(), omid, bot.OnBreak))
	w.refused(w.Assign(t.Context(), chief, ann, omid.ID, "x"), "desk_absent")
	w.ok(w.Accuse(t.Context(), chief, ann, nada.ID, "x"))
	w.refused(w.Assign(t.Context(), chief, ann, nada.ID, "x"), "desk_colleague")
	w.now = noon.Add(time.Hour) // no browser has been heard of since
	w.refused(w.Assign(t.Context(), chief, ann, sara.ID, "x"), "desk_absent")
	other := leading("other", bot.RoleManager)
	other.Units = []bot.UnitID{"legal"}
	if err := w.Assign(t.Context(), other, ann, lily.ID, "x"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("a manager of another unit: %v", err)
	}
}

func TestAManagerSendsAColleagueOnABreakAndFetchesHimBack(t *testing.T) {
	w := open(t)
	w.save(chief)
	w.handOver(ann, bot.Fa)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.now = noon.Add(time.Minute)
	w.refused(w.StatusOf(t.Context(), omid, sara.ID, bot.OnBreak, "x"), "desk_manager")
	w.refused(w.StatusOf(t.Context(), chief, sara.ID, bot.OnBreak, ""), "desk_reason")
	w.refused(w.StatusOf(t.Context(), chief, "ghost", bot.OnBreak, "x"), "desk_accused")
	w.refused(w.StatusOf(t.Context(), chief, lily.ID, bot.OnBreak, "x"), "desk_foreign")
	w.refused(w.StatusOf(t.Context(), chief, sara.ID, "asleep", "x"), "desk_status")
	w.ok(w.StatusOf(t.Context(), chief, sara.ID, bot.OnBreak, "lunch"))
	w.stands(ann, "held sara held")
	w.ok(w.StatusOf(t.Context(), boss, sara.ID, bot.Away, "ill"))
	w.stands(ann, "waiting waiting")
	w.ok(w.StatusOf(t.Context(), chief, sara.ID, bot.Available, "back"))
	all, err := w.store.AllStaff(t.Context())
	w.ok(err)
	if i := slices.IndexFunc(all, func(s bot.Staff) bool { return s.ID == sara.ID }); all[i].Status != bot.Available || !all[i].SeenAt.Equal(noon) {
		t.Errorf("she is %s, seen at %s", all[i].Status, all[i].SeenAt)
	}
	want := []string{
		"chief staff.status staff sara available>break lunch", "principal staff.status staff sara break>away ill", "chief staff.status staff sara away>available back",
	}
	if got := slices.DeleteFunc(w.audit(), func(l string) bool { return !slices.Contains(want, l) }); !slices.Equal(got, want) {
		t.Errorf("audited %q", w.audit())
	}
}
