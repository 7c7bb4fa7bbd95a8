package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/storage"
)

// people is what desk.Tx and members.Tx promise.
func people() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"the queue serves the urgent first, then who has waited longer": func(t *testing.T, w world) {
			w.enqueue("a", "trade", 0, noon)
			w.enqueue("b", "trade", 0, noon.Add(-time.Minute))
			w.enqueue("c", "trade", 2, noon.Add(time.Minute))
			w.enqueue("d", "legal", 9, noon)
			equal(t, "places", w.places("a", "b", "c", "d", "e"), []int{3, 2, 1, 1, 0})
		},
		"a chat that waits keeps its place and its older entry": func(t *testing.T, w world) {
			w.enqueue("a", "trade", 0, noon)
			w.enqueue("b", "trade", 0, noon.Add(time.Minute))
			w.enqueue("a", "legal", 0, noon.Add(time.Hour))
			equal(t, "places", w.places("a", "b"), []int{1, 2})
			c := read(w.Count(w.ctx))(t)
			equal(t, "waiting", []any{c.Waiting, c.OldestWait}, []any{2, noon})
		},
		"a chat can leave the queue and come back behind the others": func(t *testing.T, w world) {
			w.enqueue("a", "trade", 0, noon)
			w.enqueue("b", "trade", 0, noon.Add(time.Minute))
			equal(t, "left", []bool{w.leave("a"), w.leave("a"), w.leave("x")}, []bool{true, false, false})
			equal(t, "places", w.places("a", "b"), []int{0, 1})
			w.enqueue("a", "trade", 0, noon.Add(time.Hour))
			equal(t, "places", w.places("a", "b"), []int{2, 1})
		},
		"every field of a member comes back, by chat and by verified phone": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			m := bot.Member{
				ID: "m1", Name: "Ann", Phone: "+989121234567", Verified: true, Email: "a@b.ir", NationalID: "0012345678",
				Company: "Co", MembershipNo: "77", KeyAccount: true, CreatedAt: noon,
				Consent: map[string]time.Time{"phone": noon, "!news": noon.Add(time.Hour)},
			}
			w.save(m, ann)
			w.do(func(tx storage.Tx) error {
				got, err := tx.MemberOf(w.ctx, ann)
				equal(t, "by chat", got, m)
				if err != nil {
					return err
				}
				got, err = tx.MemberByPhone(w.ctx, m.Phone)
				equal(t, "by phone", got, m)
				return err
			})
			equal(t, "chat", read(w.ReadChat(w.ctx, ann))(t).Member, "m1")
		},
		"a phone that is not verified finds nobody": func(t *testing.T, w world) {
			w.save(bot.Member{ID: "m1", Phone: "+98912"}, ann)
			w.do(func(tx storage.Tx) error {
				_, err := tx.MemberByPhone(w.ctx, "+98912")
				wantKind(t, err, bot.NotFound)
				_, err = tx.MemberByPhone(w.ctx, "")
				wantKind(t, err, bot.NotFound)
				_, err = tx.MemberOf(w.ctx, bob)
				wantKind(t, err, bot.NotFound)
				return nil
			})
		},
		"a verified phone belongs to one member": func(t *testing.T, w world) {
			w.save(bot.Member{ID: "m1", Phone: "+98912", Verified: true}, ann)
			w.do(func(tx storage.Tx) error {
				wantKind(t, tx.SaveMember(w.ctx, bot.Member{ID: "m2", Phone: "+98912", Verified: true}, bob), bot.Conflict)
				return tx.SaveMember(w.ctx, bot.Member{ID: "m2", Phone: "+98912"}, bob) // the closure goes on
			})
			w.save(bot.Member{ID: "m1", Phone: "+98935", Verified: true}, ann)
			w.save(bot.Member{ID: "m2", Phone: "+98912", Verified: true}, bob)
		},
		"a member with two chats is one": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.turn("2", chatAt(bob, 2), 0)
			w.save(bot.Member{ID: "m1", Name: "Ann"}, ann)
			w.save(bot.Member{ID: "m1", Name: "Anne"}, bob)
			w.do(func(tx storage.Tx) error {
				got, err := tx.MemberOf(w.ctx, ann)
				equal(t, "name", got.Name, "Anne")
				return err
			})
		},
		"the member's copy has his chats, messages and cases, and no notes": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.turn("2", chatAt(bob, 2), 0)
			w.save(bot.Member{ID: "m1", Name: "Ann"}, ann)
			w.save(bot.Member{ID: "m1", Name: "Ann"}, bob)
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Direction: bot.In, Text: "1", At: noon},
				{Chat: bob, Direction: bot.Out, Text: "2", At: noon},
				{Chat: ann, Direction: bot.Note, Text: "note", At: noon},
				{Chat: "tg:javab:9", Text: "stranger", At: noon},
			}}, bot.Lease{})
			c := w.openCase(complaint("d1"))
			w.do(func(tx storage.Tx) error {
				got, err := tx.MemberCopy(w.ctx, ann, 10)
				equal(t, "member", got.Member.Name, "Ann")
				equal(t, "chats", got.Chats, []bot.ChatKey{bob, ann})
				equal(t, "messages", texts(got.Messages), []string{"1", "2"})
				equal(t, "cases", got.Cases, []bot.Case{c})
				if err != nil {
					return err
				}
				got, err = tx.MemberCopy(w.ctx, ann, 1)
				equal(t, "newest", texts(got.Messages), []string{"2"})
				return err
			})
		},
		"a stranger's copy is his chat alone": func(t *testing.T, w world) {
			w.append(converse.Rows{Messages: []bot.Message{{Chat: ann, Text: "1", At: noon}}}, bot.Lease{})
			w.do(func(tx storage.Tx) error {
				got, err := tx.MemberCopy(w.ctx, ann, 10)
				equal(t, "messages", texts(got.Messages), []string{"1"})
				equal(t, "chats", got.Chats, []bot.ChatKey{ann})
				return err
			})
		},
		"how a guide ended is kept once": func(t *testing.T, w world) {
			w.do(func(tx storage.Tx) error {
				r := members.Result{ID: "r1", Chat: ann, Subject: "services/x", Outcome: "failed", Step: "2", At: 1}
				if err := tx.RecordResult(w.ctx, r); err != nil {
					return err
				}
				return tx.RecordResult(w.ctx, r)
			})
		},
	}
}

func texts(list []bot.Message) []string {
	var texts []string
	for _, m := range list {
		texts = append(texts, m.Text)
	}
	return texts
}

func (w world) enqueue(chat bot.ChatKey, unit bot.UnitID, priority int, at time.Time) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		return tx.Enqueue(w.ctx, bot.HandOver{
			ID: fresh("h"), Chat: chat, Unit: unit, Topic: "services/x", Reason: "asked", Flow: "officer", Step: "a",
			Bundle: 1, Draft: "d", Lang: bot.Fa, Priority: priority, At: at,
		})
	})
}

func (w world) leave(chat bot.ChatKey) (left bool) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		left, err = tx.Leave(w.ctx, chat)
		return err
	})
	return left
}

func (w world) places(chats ...bot.ChatKey) []int {
	w.t.Helper()
	places := make([]int, len(chats))
	w.do(func(tx storage.Tx) (err error) {
		for i, chat := range chats {
			if places[i], err = tx.Place(w.ctx, chat); err != nil {
				return err
			}
		}
		return nil
	})
	return places
}

func (w world) save(m bot.Member, chat bot.ChatKey) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error { return tx.SaveMember(w.ctx, m, chat) })
}
