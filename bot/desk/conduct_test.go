package desk_test

import (
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/storage"
)

var (
	boss   = bot.Staff{ID: "principal", Login: "principal", Name: "PRINCIPAL", Role: bot.RoleHead, Capacity: 3, Status: bot.Available, SeenAt: noon}
	chief  = leading("chief", bot.RoleManager)
	senior = leading("senior", bot.RoleSenior)
)

func leading(id bot.StaffID, role bot.Role) bot.Staff {
	s := officer(id, "trade", bot.Fa, bot.En)
	s.Role = role
	return s
}

// nothing fails unless the chat is not there for somebody, by any way that the desk knows.
func (w *world) nothing(by bot.Staff, chat bot.ChatKey) {
	w.t.Helper()
	ctx := w.t.Context()
	_, thread := w.store.Thread(ctx, by, chat, 0, 9)
	_, row := w.store.Row(ctx, by, chat)
	for what, err := range map[string]error{
		"thread": thread, "row": row, "claim": w.Claim(ctx, by, chat), "take over": w.TakeOver(ctx, by, chat, "x"),
		"reply":   w.Reply(ctx, by, chat, desk.Reply{ID: "nothing", Text: "x"}),
		"note":    w.Note(ctx, by, chat, desk.Note{ID: "nothing", Text: "x"}),
		"release": w.Release(ctx, by, chat, ""), "close": w.Close(ctx, by, chat, desk.Ending{Outcome: desk.Solved}),
		"accuse": w.Accuse(ctx, by, chat, "omid", "x"), "call a manager": w.CallManager(ctx, by, chat, "x"),
	} {
		if bot.KindOf(err) != bot.NotFound {
			w.t.Errorf("%s of %s: %v", what, by.ID, err)
		}
	}
	rows, err := w.store.Inbox(ctx, desk.Query{By: by, Tab: desk.TabAll, Now: w.now, Limit: 99})
	w.ok(err)
	if slices.ContainsFunc(rows, func(r desk.Row) bool { return r.Chat == chat }) {
		w.t.Errorf("%s finds the chat in his list", by.ID)
	}
	hits, err := w.store.Search(ctx, members.Query{By: by, Words: []string{"shouted"}, Limit: 9})
	w.ok(err)
	if len(hits) > 0 {
		w.t.Errorf("%s finds %+v", by.ID, hits)
	}
}

func TestAnOfficerWhoIsComplainedAboutLosesTheChatAndFindsItNoMore(t *testing.T) {
	w := open(t)
	w.save(senior)
	w.handOver(ann, bot.En)
	w.do(func(tx storage.Tx) error {
		_, err := tx.Append(t.Context(), converse.Rows{Messages: []bot.Message{
			{Chat: ann, Direction: bot.In, Author: bot.ByMember, Text: "he shouted", SearchKey: "he shouted", Unit: "trade", At: noon},
		}}, bot.Lease{})
		return err
	})
	w.ok(w.Claim(t.Context(), sara, ann))
	w.tells(ann, "claimed trade")
	w.refused(w.Accuse(t.Context(), senior, ann, sara.ID, ""), "desk_reason")
	w.refused(w.Accuse(t.Context(), senior, ann, "nobody", "x"), "desk_accused")
	w.refused(w.Accuse(t.Context(), omid, ann, sara.ID, "x"), "chat_held") // an officer speaks for his own chats
	w.ok(w.Accuse(t.Context(), senior, ann, sara.ID, "he says she shouted"))
	w.stands(ann, "waiting waiting")
	w.tells(ann, "released\nplace 1")
	w.nothing(sara, ann)
	w.ok(w.Accuse(t.Context(), senior, ann, sara.ID, "again")) // is nothing new
	if audit := w.audit(); audit[len(audit)-1] != "senior chat.accused chat tg:b:1 >sara he says she shouted" {
		t.Errorf("audited %q", audit[len(audit)-1])
	}
	w.refused(w.Transfer(t.Context(), senior, ann, desk.To{Staff: sara.ID, Reason: "x"}), "desk_colleague")
	w.ok(w.Claim(t.Context(), omid, ann))
	w.stands(ann, "held omid held")

	w.refused(w.Absolve(t.Context(), omid, ann, sara.ID, "x"), "desk_manager")
	w.ok(w.Absolve(t.Context(), boss, ann, sara.ID, "it was somebody else"))
	w.ok(w.TakeOver(t.Context(), sara, ann, "back"))
}

func TestWhoNamesAColleagueKeepsTheChatThatHeHolds(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Accuse(t.Context(), sara, ann, omid.ID, "he says so"))
	w.stands(ann, "held sara held")
	w.nothing(omid, ann)
}

func TestAChatThatWaitsForWhomItComplainsAboutWaitsForAll(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Transfer(t.Context(), sara, ann, desk.To{Staff: omid.ID, Reason: "x"}))
	w.told(ann)
	w.save(senior)
	w.ok(w.Accuse(t.Context(), senior, ann, omid.ID, "x"))
	w.stands(ann, "waiting waiting")
	w.tells(ann, "released\nplace 1")
}

func TestAComplaintAboutTheHeadGoesToHisDeputy(t *testing.T) {
	for _, c := range []struct {
		name       string
		substitute bot.StaffID
		want       string
	}{
		{"the substitute", "lily", "waiting lily waiting"},
		{"without one a manager of the unit", "", "waiting chief waiting"},
	} {
		w := open(t)
		head := boss
		head.Substitute = c.substitute
		w.save(head)
		w.save(chief)
		w.handOver(ann, bot.En)
		w.ok(w.Claim(t.Context(), sara, ann))
		w.told(ann)
		w.ok(w.Accuse(t.Context(), sara, ann, head.ID, "the head himself"))
		w.stands(ann, c.want)
		w.tells(ann, "to_colleague trade\nplace 1")
		w.nothing(head, ann)
	}
}

func TestAComplaintAboutTheHeadStaysWithItsUnitWhenNobodyStandsInForHim(t *testing.T) {
	w := open(t)
	w.save(boss)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Accuse(t.Context(), sara, ann, boss.ID, "x"))
	w.stands(ann, "held sara held")
	w.nothing(boss, ann)
}

func TestTheLanguageRoundGivesNobodyAChatAboutHimself(t *testing.T) {
	w := open(t)
	w.save(senior)
	w.handOver(ann, bot.Ar) // nada alone reads it
	w.ok(w.Accuse(t.Context(), senior, ann, nada.ID, "x"))
	w.waits(6*time.Minute, sara)
	w.stands(ann, "waiting waiting")
}

func TestACaseNamesAColleagueAlsoWhenNobodyHasItsChat(t *testing.T) {
	w := open(t)
	var c bot.Case
	w.do(func(tx storage.Tx) (err error) {
		if _, err = tx.Chat(t.Context(), ann); err != nil {
			return err
		}
		c, err = tx.OpenCase(t.Context(), bot.Case{
			ID: "c", Number: bot.CaseNumber{Year: 1405}, Kind: bot.Complaint, Category: "staff_conduct", Unit: "trade", State: bot.Received,
			Chat: ann, Draft: "d", Confidential: true, OpenedAt: noon,
		})
		return err
	})
	if err := w.AccuseInCase(t.Context(), senior, c.Number, sara.ID, "x"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("who is no named handler: %v", err)
	}
	handler := senior
	handler.Confidential = true
	w.save(handler)
	w.ok(w.AccuseInCase(t.Context(), handler, c.Number, sara.ID, "in his account"))
	w.handOver(ann, bot.En)
	w.nothing(sara, ann)
	accused := handler
	w.ok(w.AccuseInCase(t.Context(), handler, c.Number, accused.ID, "and me"))
	if err := w.AccuseInCase(t.Context(), accused, c.Number, omid.ID, "x"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("who is complained about names another: %v", err)
	}
}
