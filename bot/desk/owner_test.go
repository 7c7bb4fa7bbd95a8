package desk_test

import (
	"testing"
	"time"

	"javab/bot"
	"javab/storage"
)

// member makes somebody, of whom sara may be the owner.
func (w *world) member(id bot.MemberID, owner bot.StaffID, chats ...bot.ChatKey) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		m := bot.Member{ID: id, Name: "Ann", KeyAccount: owner != "", Owner: owner, CreatedAt: noon}
		if len(chats) == 0 {
			return tx.SaveMember(w.t.Context(), m, "")
		}
		for _, chat := range chats {
			if _, err := tx.Chat(w.t.Context(), chat); err != nil {
				return err
			}
			if err := tx.SaveMember(w.t.Context(), m, chat); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestAKeyAccountIsLiftedAndGoesToItsOwnerWhoIsThere(t *testing.T) {
	w := open(t)
	w.member("m1", sara.ID, ann)
	w.handOver(ann, bot.En)
	w.stands(ann, "waiting sara waiting")
	w.handOver("tg:b:2", bot.En)
	if vip, plain := w.hand(ann), w.hand("tg:b:2"); vip.Priority != plain.Priority+1 {
		t.Errorf("urgency %d, of others %d", vip.Priority, plain.Priority)
	}
	w.refused(w.Claim(t.Context(), omid, ann), "chat_named")
	w.ok(w.Claim(t.Context(), sara, ann))
}

func TestAKeyAccountGoesToAnyoneWhenItsOwnerIsNotThere(t *testing.T) {
	for name, change := range map[string]func(*bot.Staff){
		"on a break": func(s *bot.Staff) { s.Status = bot.OnBreak },
		"gone":       func(s *bot.Staff) { s.SeenAt = noon.Add(-time.Hour) },
		"away":       func(s *bot.Staff) { s.Status = bot.Away },
		"disabled":   func(s *bot.Staff) { s.Disabled = true },
	} {
		w := open(t)
		owner := sara
		change(&owner)
		w.save(owner)
		w.member("m1", owner.ID, ann)
		w.handOver(ann, bot.En)
		if h := w.hand(ann); h.Named != "" {
			t.Errorf("%s, it waits for %s", name, h.Named)
		}
	}
}

func TestAKeyAccountThatComplainsAboutItsOwnerGoesToAnyoneElse(t *testing.T) {
	w := open(t)
	w.member("m1", sara.ID, ann)
	w.do(func(tx storage.Tx) error { return tx.Accuse(t.Context(), ann, sara.ID, noon) })
	w.handOver(ann, bot.En)
	w.stands(ann, "waiting waiting")
	w.ok(w.Claim(t.Context(), omid, ann))
}

func TestOnLeaveTheSubstituteLooksAfterKeyAccountsAndWhatWaits(t *testing.T) {
	w := open(t)
	owner := sara
	owner.Substitute = omid.ID
	w.save(owner)
	w.member("m1", owner.ID, ann, "tg:b:2")
	w.handOver(ann, bot.En)
	w.stands(ann, "waiting sara waiting")
	w.ok(w.Status(t.Context(), owner, bot.Away))
	w.stands(ann, "waiting omid waiting")
	w.handOver("tg:b:2", bot.En)
	w.stands("tg:b:2", "waiting omid waiting")
}

func TestAKeyAccountWhoseOwnerLeavesTheRoomWaitsForAll(t *testing.T) {
	w := open(t)
	w.member("m1", sara.ID, ann)
	w.handOver(ann, bot.En)
	w.waits(4*time.Minute, omid, lily)
	w.stands(ann, "waiting sara waiting")
	w.waits(time.Minute, omid, lily) // nobody there reads English: sara comes back sooner
	w.stands(ann, "waiting sara waiting")
	reader := omid
	reader.Langs, reader.SeenAt = []bot.Lang{bot.En}, w.now
	w.save(reader)
	w.waits(time.Minute, reader)
	w.stands(ann, "waiting waiting")
	w.ok(w.Claim(t.Context(), reader, ann))
}

func TestWhatAColleagueWasGivenByNameWaitsForHimHoweverLong(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Fa)
	w.ok(w.Release(t.Context(), sara, ann, ""))
	w.do(func(tx storage.Tx) error {
		h, err := tx.Running(t.Context(), ann)
		if err != nil {
			return err
		}
		h.Named = lily.ID
		return tx.SaveHandOver(t.Context(), h)
	})
	w.waits(10*time.Minute, sara, omid)
	w.stands(ann, "waiting lily waiting")
}
