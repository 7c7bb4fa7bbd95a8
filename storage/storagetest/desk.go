package storagetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/desk"
	"javab/bot/staff"
	"javab/storage"
)

var (
	mina   = bot.Staff{ID: "mina", Login: "mina", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}, Capacity: 9, Status: bot.Available}
	reza   = bot.Staff{ID: "omid", Login: "omid", Role: bot.RoleOfficer, Units: []bot.UnitID{"legal"}, Capacity: 9, Status: bot.Available}
	nada   = bot.Staff{ID: "nada", Login: "nada", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}, Capacity: 9, Status: bot.Available, Confidential: true}
	chief  = bot.Staff{ID: "head", Login: "head", Role: bot.RoleHead, Capacity: 9, Status: bot.Available}
	keeper = bot.Staff{ID: "admin", Login: "admin", Role: bot.RoleAdmin, Units: []bot.UnitID{"trade"}, Confidential: true}
)

// desks is what desk.Tx, desk.Reads and desk.Rounds promise.
func desks() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"the queue is ordered by promise, then urgency, then age, then id": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "e", Chat: "tg:b:1", DueAt: noon, At: noon})
			w.hand(bot.HandOver{ID: "d", Chat: "tg:b:2", DueAt: noon, At: noon})
			w.hand(bot.HandOver{ID: "c", Chat: "tg:b:3", DueAt: noon, At: noon.Add(-time.Minute)})
			w.hand(bot.HandOver{ID: "b", Chat: "tg:b:4", DueAt: noon, At: noon.Add(time.Hour), Priority: 3})
			w.hand(bot.HandOver{ID: "a", Chat: "tg:b:5", DueAt: noon.Add(-time.Hour), At: noon.Add(time.Hour)})
			equal(t, "places", w.places("tg:b:5", "tg:b:4", "tg:b:3", "tg:b:2", "tg:b:1"), []int{1, 2, 3, 4, 5})
			rows := read(w.Inbox(w.ctx, desk.Query{By: mina, Tab: desk.TabWaiting, Now: noon, Limit: 9}))(t)
			equal(t, "rows", chatsOf(rows), []bot.ChatKey{"tg:b:5", "tg:b:4", "tg:b:3", "tg:b:2", "tg:b:1"})
			for i := range rows {
				next := read(w.Inbox(w.ctx, desk.Query{By: mina, Tab: desk.TabWaiting, Now: noon, Limit: 1, After: rows[i].Cursor}))(t)
				equal(t, "the row after", chatsOf(next), chatsOf(rows[i+1:min(i+2, len(rows))]))
			}
		},
		"of fifty officers who reach for one chat exactly one gets it": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			var got atomic.Int32
			var wg sync.WaitGroup
			for i := range 50 {
				wg.Go(func() {
					by := mina
					by.ID = bot.StaffID(fmt.Sprint("officer", i))
					if w.claimChat(ann, by) {
						got.Add(1)
					}
				})
			}
			wg.Wait()
			equal(t, "winners", got.Load(), 1)
			equal(t, "state", w.running(ann).State, bot.HandOverHeld)
		},
		"of fifty officers who claim on their pages one has the chat, and the others read who": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			d := w.desk()
			var got, refused atomic.Int32
			var wg sync.WaitGroup
			for i := range 50 {
				by := w.officer(fmt.Sprint("o", i))
				wg.Go(func() {
					switch err := d.Claim(w.ctx, by, ann); {
					case err == nil:
						got.Add(1)
					case bot.KindOf(err) == bot.Conflict:
						refused.Add(1)
					default:
						t.Error(err)
					}
				})
			}
			wg.Wait()
			equal(t, "winners and losers", []int32{got.Load(), refused.Load()}, []int32{1, 49})
			equal(t, "audited once", len(read(w.AuditLines(w.ctx, staff.AuditQuery{What: "chat.", Limit: 99}))(t)), 1)
		},
		"a reply that is posted twenty times at once is sent once, in the order of its chat": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			d, by := w.desk(), w.officer("o")
			var wg sync.WaitGroup
			for range 20 {
				wg.Go(func() {
					if err := d.Reply(w.ctx, by, ann, desk.Reply{ID: "r", Text: "once"}); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			for i := range 5 {
				equal(t, "reply", d.Reply(w.ctx, by, ann, desk.Reply{ID: fmt.Sprint(i), Text: fmt.Sprint(i)}), nil)
			}
			var sent []string
			for range 9 {
				for _, job := range w.claim(1, 9) {
					var out bot.Outbound
					if err := json.Unmarshal(job.Payload, &out); err != nil {
						t.Fatal(err)
					}
					sent = append(sent, out.Plain())
					read(w.Finish(w.ctx, []deliver.Finish{{Job: job.ID, Token: job.Lease.Token, Ending: deliver.Done, At: noon}}))(t)
				}
			}
			equal(t, "sent", sent, []string{"desk.claimed", "once", "0", "1", "2", "3", "4"})
		},
		"two claims of one officer never exceed his capacity": func(t *testing.T, w world) {
			d, by := w.desk(), w.officer("o")
			var got atomic.Int32
			var wg sync.WaitGroup
			for i := range 20 {
				chat := bot.ChatKey(fmt.Sprint("tg:b:", i))
				w.hand(bot.HandOver{ID: fmt.Sprint(i), Chat: chat, At: noon})
				wg.Go(func() {
					if err := d.Claim(w.ctx, by, chat); err == nil {
						got.Add(1)
					}
				})
			}
			wg.Wait()
			equal(t, "held", got.Load(), by.Capacity)
		},
		"nobody holds more than his capacity": func(t *testing.T, w world) {
			by := mina
			by.Capacity = 2
			for i, want := range []bool{true, true, false} {
				chat := bot.ChatKey(fmt.Sprint("tg:b:", i))
				w.hand(bot.HandOver{ID: fmt.Sprint(i), Chat: chat, At: noon})
				equal(t, "claimed", w.claimChat(chat, by), want)
			}
			w.do(func(tx storage.Tx) error {
				n, err := tx.Holds(w.ctx, by.ID)
				equal(t, "holds", n, 2)
				return err
			})
		},
		"a chat that waits for a colleague is claimed by him alone": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "h", Chat: ann, Named: nada.ID, At: noon})
			equal(t, "another", w.claimChat(ann, mina), false)
			equal(t, "he", w.claimChat(ann, nada), true)
		},
		"a chat that is held keeps its entry, and has another once it is over": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "h1", Chat: ann, At: noon})
			w.claimChat(ann, mina)
			w.hand(bot.HandOver{ID: "h2", Chat: ann, At: noon.Add(time.Hour)})
			h := w.running(ann)
			equal(t, "running", h.ID, "h1")
			h.State, h.EndedAt, h.Outcome = bot.HandOverEnded, noon, desk.Solved
			w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			w.hand(bot.HandOver{ID: "h3", Chat: ann, At: noon.Add(2 * time.Hour)})
			equal(t, "running", w.running(ann).ID, "h3")
			equal(t, "handled", read(w.Handled(w.ctx, "trade", 9))(t)[0].ID, "h1")
		},
		"every field of a hand-over comes back": func(t *testing.T, w world) {
			h := bot.HandOver{
				ID: "h", Chat: ann, Name: "Ann", Member: "m", Unit: "trade", Topic: "services/x", Reason: "asked", Flow: "officer", Step: "a",
				Bundle: 7, Draft: "d", Lang: bot.Ar, Priority: 3, DueAt: noon.Add(1), At: noon, Confidential: true,
			}
			w.hand(h)
			h.State, h.Holder, h.Named, h.ClaimedAt = bot.HandOverSnoozed, "mina", "nada", noon.Add(2*time.Second)
			h.AnsweredAt, h.SnoozedUntil, h.DueAt = noon.Add(3*time.Second), noon.Add(4*time.Second), noon.Add(5*time.Second)
			w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			equal(t, "hand-over", w.running(ann), h)
		},
		"the rounds see who spoke last": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 5), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			equal(t, "waiting", len(read(w.Standing(w.ctx))(t)), 0)
			w.claimChat(ann, mina)
			at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
			say := func(direction bot.Direction, author bot.Author, minutes int) desk.Standing {
				w.append(converse.Rows{Messages: []bot.Message{{Chat: ann, Direction: direction, Author: author, At: at(minutes)}}}, bot.Lease{})
				return read(w.Standing(w.ctx))(t)[0]
			}
			never := time.Time{}
			for _, step := range []struct {
				got                      desk.Standing
				officer, member, heardAt time.Time
			}{
				{say(bot.In, bot.ByMember, 1), never, never, at(1)},
				{say(bot.Out, bot.ByBot, 2), never, never, at(1)},
				{say(bot.Out, "mina", 3), at(3), never, at(1)},
				{say(bot.Note, "mina", 4), at(3), never, at(1)},
				{say(bot.In, bot.ByMember, 5), at(3), at(5), at(5)},
				{say(bot.In, bot.ByMember, 6), at(3), at(5), at(6)},
				{say(bot.Out, "mina", 7), at(7), never, at(6)},
			} {
				equal(t, "spoke", []any{step.got.Rev, step.got.OfficerAt, step.got.MemberAt, step.got.HeardAt}, []any{5, step.officer, step.member, step.heardAt})
			}
		},
		"those who wait are counted by unit and language": func(t *testing.T, w world) {
			for i, lang := range []bot.Lang{bot.Ar, bot.Fa, bot.Ar, bot.Ar} {
				h := bot.HandOver{ID: fmt.Sprint(i), Chat: bot.ChatKey(fmt.Sprint("tg:b:", i)), Lang: lang, At: noon.Add(time.Duration(i) * time.Second)}
				if i == 3 {
					h.Named = mina.ID
				}
				w.hand(h)
			}
			equal(t, "crowds", read(w.Crowds(w.ctx))(t), []desk.Crowd{{Unit: "trade", Lang: bot.Ar, N: 2}, {Unit: "trade", Lang: bot.Fa, N: 1}})
			equal(t, "waiting", read(w.Waiting(w.ctx, "trade", bot.Ar, 1))(t), []bot.ChatKey{"tg:b:0"})
		},
		"a line is found by its key": func(t *testing.T, w world) {
			w.append(converse.Rows{Messages: []bot.Message{{Chat: ann, Direction: bot.Note, Author: "mina", Text: "x", JobKey: "n1", At: noon}}}, bot.Lease{})
			w.do(func(tx storage.Tx) error {
				m, err := tx.Written(w.ctx, "n1")
				equal(t, "line", m.Text, "x")
				_, missing := tx.Written(w.ctx, "n2")
				wantKind(t, missing, bot.NotFound)
				_, missing = tx.Written(w.ctx, "")
				wantKind(t, missing, bot.NotFound)
				return err
			})
		},
	}
}

// hand puts a hand-over of the unit trade, unless it names another, into the queue.
func (w world) hand(h bot.HandOver) {
	w.t.Helper()
	if h.Unit == "" {
		h.Unit = "trade"
	}
	w.do(func(tx storage.Tx) error {
		_, err := tx.Chat(w.ctx, h.Chat)
		return errors.Join(err, tx.Enqueue(w.ctx, h))
	})
}

func (w world) claimChat(chat bot.ChatKey, by bot.Staff) (got bool) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		got, err = tx.Claim(w.ctx, chat, by, noon)
		return err
	})
	return got
}

func (w world) running(chat bot.ChatKey) (h bot.HandOver) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		h, err = tx.Running(w.ctx, chat)
		return err
	})
	return h
}

// desk is one over the store, with a content of ids.
func (w world) desk() *desk.Desk {
	return &desk.Desk{
		Store: storage.As[desk.Tx](w.Store), Hot: quiet{}, Post: quiet{}, Content: quiet{}, Clock: func() time.Time { return noon },
		Random: rand.Uint64,
	}
}

// officer is somebody who may hold three chats of the unit trade.
func (w world) officer(id string) bot.Staff {
	w.t.Helper()
	by := mina
	by.ID, by.Login, by.Capacity = bot.StaffID(id), id, 3
	w.do(func(tx storage.Tx) error { return tx.SaveStaff(w.ctx, by) })
	return by
}

// quiet is a hot store, a post and a content that do nothing.
type quiet struct{}

func (quiet) Put(bot.Chat)                              {}
func (quiet) Reserve(bot.ChannelID) bot.Lease           { return bot.Lease{} }
func (quiet) Carry(bot.ChannelID, bot.Lease, []bot.Job) {}
func (quiet) Wake(bot.ChatKey)                          {}
func (quiet) Priority(string) int                       { return 0 }
func (quiet) FirstAnswer(string) time.Duration          { return 0 }
func (quiet) UnitName(bot.UnitID) bot.Text              { return bot.Text{} }
func (quiet) Rules() desk.Rules                         { return desk.Rules{} }
func (quiet) Text(id string) bot.Text                   { return bot.Text{Fa: id, Ar: id, En: id} }
