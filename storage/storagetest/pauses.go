package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

// stopped is what the store promises about queues that are paused.
func stopped() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a queue that is paused keeps its first pause until it goes on": func(t *testing.T, w world) {
			first := desk.Pause{Unit: "trade", By: "nada", Reason: "a storm", At: noon.Add(time.Second)}
			w.do(func(tx storage.Tx) error {
				isNew, err := tx.Pause(w.ctx, first)
				equal(t, "new", isNew, true)
				return err
			})
			w.do(func(tx storage.Tx) error {
				again, err := tx.Pause(w.ctx, desk.Pause{Unit: "trade", By: "head", Reason: "another", At: noon})
				equal(t, "again", again, false)
				got, _ := tx.Paused(w.ctx, "trade")
				equal(t, "pause", got, first)
				_, other := tx.Paused(w.ctx, "legal")
				wantKind(t, other, bot.NotFound)
				return err
			})
			w.pause("legal")
			equal(t, "pauses", read(w.Pauses(w.ctx))(t), []desk.Pause{{Unit: "legal", By: "head", Reason: "flood", At: noon}, first})
			w.do(func(tx storage.Tx) error {
				went, err := tx.Resume(w.ctx, "trade")
				again, _ := tx.Resume(w.ctx, "trade")
				equal(t, "resumed", []bool{went, again}, []bool{true, false})
				return err
			})
			equal(t, "pauses", len(read(w.Pauses(w.ctx))(t)), 1)
		},
		"a pause that is rolled back never was": func(t *testing.T, w world) {
			_ = w.Do(w.ctx, func(tx storage.Tx) error {
				if _, err := tx.Pause(w.ctx, desk.Pause{Unit: "trade", At: noon}); err != nil {
					return err
				}
				return &bot.Error{Kind: bot.Conflict, Key: "x"}
			})
			equal(t, "pauses", len(read(w.Pauses(w.ctx))(t)), 0)
		},
		"from a paused queue nobody claims but who leads, and every chat keeps its place": func(t *testing.T, w world) {
			for i, chat := range []bot.ChatKey{"tg:b:1", "tg:b:2", "tg:b:3"} {
				w.hand(bot.HandOver{ID: string(chat), Chat: chat, At: noon.Add(time.Duration(i) * time.Minute)})
			}
			w.hand(bot.HandOver{ID: "other", Chat: "tg:b:9", Unit: "legal", At: noon})
			w.pause("trade")
			manager := bot.Staff{ID: "manager", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}, Capacity: 9}
			equal(t, "an officer", w.claimChat("tg:b:1", mina), false)
			equal(t, "of another queue", w.claimChat("tg:b:9", reza), true)
			equal(t, "places", w.places("tg:b:1", "tg:b:2", "tg:b:3"), []int{1, 2, 3})
			equal(t, "those who lead", []bool{w.claimChat("tg:b:1", manager), w.claimChat("tg:b:2", chief)}, []bool{true, true})
			w.hand(bot.HandOver{ID: "new", Chat: "tg:b:4", At: noon.Add(time.Hour)})
			equal(t, "a new one is taken in", w.places("tg:b:4"), []int{2})
			w.do(func(tx storage.Tx) error { _, err := tx.Resume(w.ctx, "trade"); return err })
			equal(t, "an officer, when it goes on", w.claimChat("tg:b:3", mina), true)
		},
		"a chat that was put off wakes although its queue is paused": func(t *testing.T, w world) {
			for _, chat := range []bot.ChatKey{"tg:b:1", "tg:b:2"} {
				w.hand(bot.HandOver{ID: string(chat), Chat: chat, At: noon})
				h := w.running(chat)
				h.State, h.Holder, h.SnoozedUntil = bot.HandOverSnoozed, mina.ID, noon.Add(time.Hour)
				w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			}
			w.pause("trade")
			w.do(func(tx storage.Tx) error {
				woken, err := tx.Wake(w.ctx, "tg:b:1", noon)
				equal(t, "by its member", woken, true)
				return err
			})
			equal(t, "by its officer", w.claimChat("tg:b:2", mina), true)
		},
		"rows say who has paused their queue, and why, while they wait": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "h1", Chat: "tg:b:1", At: noon})
			w.hand(bot.HandOver{ID: "h2", Chat: "tg:b:2", At: noon.Add(time.Minute)})
			w.claimChat("tg:b:2", mina)
			w.pause("trade")
			rows := read(w.Inbox(w.ctx, desk.Query{By: mina, Tab: desk.TabAll, Now: noon, Limit: 9}))(t)
			equal(t, "rows", []any{rows[0].PausedBy, rows[0].PausedWhy, rows[1].PausedBy, rows[1].PausedWhy}, []any{"head", "flood", "", ""})
		},
	}
}

// pause stops a queue by the head's word.
func (w world) pause(unit bot.UnitID) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		_, err := tx.Pause(w.ctx, desk.Pause{Unit: unit, By: chief.ID, Reason: "flood", At: noon})
		return err
	})
}
