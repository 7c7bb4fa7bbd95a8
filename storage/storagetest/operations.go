package storagetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
)

// operations is what storage.Operations promises.
func operations() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"an empty store is ready and counts nothing": func(t *testing.T, w world) {
			if err := w.Ready(w.ctx); err != nil {
				t.Error(err)
			}
			equal(t, "counts", read(w.Count(w.ctx))(t), storage.Counts{})
		},
		"figures are counted": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.append(jobRows(event("1", noon), event("2", noon.Add(-time.Hour)), event("3", noon)), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.GaveUp})
			w.end(w.claim(2, 1)[0], deliver.Done)
			w.openCase(complaint("d1"))
			c := complaint("d2")
			c.State = bot.Closed
			w.openCase(c)
			equal(t, "counts", read(w.Count(w.ctx))(t), storage.Counts{
				OpenJobs: 1, OldestJob: noon, GivenUp: 1, Chats: 1, Cases: 2, OpenCases: 1,
			})
		},
		"what waits is told by kind and by unit, each with the first that is due": func(t *testing.T, w world) {
			waits := func() storage.Backlog { return read(w.Backlog(w.ctx))(t) }
			none := storage.Backlog{}
			equal(t, "nothing", waits(), none)
			photo := event("4", noon.Add(time.Minute))
			photo.Kind = bot.JobFile
			w.append(jobRows(event("1", noon), event("2", noon.Add(-time.Hour)), event("3", noon), photo), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.GaveUp})
			w.end(w.claim(2, 1)[0], deliver.Done)
			w.do(func(tx storage.Tx) error {
				return tx.Quarantine(w.ctx, converse.Quarantined{Reason: "bug", At: noon})
			})
			w.enqueue("a", "cards", 0, noon)
			w.enqueue("b", "cards", 0, noon.Add(-time.Minute))
			w.enqueue("c", "rules", 0, noon.Add(time.Minute))
			equal(t, "backlog", waits(), storage.Backlog{
				Jobs: map[bot.JobKind]storage.Line{
					bot.JobEvent: {N: 1, Oldest: noon}, bot.JobFile: {N: 1, Oldest: noon.Add(time.Minute)},
				},
				HandOvers: map[bot.UnitID]storage.Line{
					"cards": {N: 2, Oldest: noon.Add(-time.Minute)}, "rules": {N: 1, Oldest: noon.Add(time.Minute)},
				},
				GivenUp: 1, Quarantined: 1,
			})
		},
		"one owner at a time is in charge, until his lease is over": func(t *testing.T, w world) {
			lease := func(owner string, after time.Duration) bool {
				now := noon.Add(after)
				return read(w.Lease(w.ctx, storage.SettingLease+"ingress.tg", owner, now, now.Add(time.Minute)))(t)
			}
			equal(t, "the first", lease("a", 0), true)
			equal(t, "another", lease("b", 59*time.Second), false)
			equal(t, "the same again", lease("a", 59*time.Second), true)
			equal(t, "another, while it was renewed", lease("b", 61*time.Second), false)
			equal(t, "another, once it is over", lease("b", 2*time.Minute), true)
			equal(t, "the first again", lease("a", 2*time.Minute), false)
			equal(t, "of something else", read(w.Lease(w.ctx, storage.SettingLease+"ingress.bale", "a", noon, noon.Add(time.Minute)))(t), true)
		},
		"of many who want to be in charge at once one is": func(t *testing.T, w world) {
			var won atomic.Int64
			var wg sync.WaitGroup
			for i := range 20 {
				wg.Go(func() {
					held, err := w.Lease(w.ctx, storage.SettingLease+"ingress.tg", fmt.Sprint(i), noon, noon.Add(time.Minute))
					if err != nil {
						t.Error(err)
					}
					if held {
						won.Add(1)
					}
				})
			}
			wg.Wait()
			equal(t, "winners", won.Load(), 1)
		},
		"a fact is settled by the first who tells it": func(t *testing.T, w world) {
			_, err := w.Setting(w.ctx, storage.SettingID)
			wantKind(t, err, bot.NotFound)
			got := make([]string, 20)
			var wg sync.WaitGroup
			for i := range got {
				wg.Go(func() {
					var err error
					if got[i], err = w.Settle(w.ctx, storage.SettingID, fresh("v")); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			for _, v := range got {
				equal(t, "value", v, got[0])
			}
			if err := w.PutSetting(w.ctx, storage.SettingID, "new"); err != nil {
				t.Fatal(err)
			}
			equal(t, "replaced", read(w.Setting(w.ctx, storage.SettingID))(t), "new")
		},
		"rows that have outlived their class are purged, others stay": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.append(jobRows(event("done", noon), event("given", noon), event("open", noon)), bot.Lease{})
			got := w.claim(1, 2)
			w.end(got[0], deliver.Done)
			w.finish(got[1], deliver.Finish{Ending: deliver.GaveUp})
			w.do(func(tx storage.Tx) error {
				if _, err := tx.CountTry(w.ctx, "a", noon, noon); err != nil {
					return err
				}
				return tx.Quarantine(w.ctx, converse.Quarantined{Reason: "bug", At: noon})
			})
			purged := func(after time.Duration) int { return read(w.Purge(w.ctx, noon.Add(after)))(t) }
			equal(t, "at once", purged(0), 0)
			equal(t, "receipts", purged(storage.KeepReceipts+time.Minute), 1)
			equal(t, "the receipt is forgotten", w.turn("1", chatAt(ann, 2), 1), converse.Fresh)
			equal(t, "jobs and tries", purged(storage.KeepDone+time.Minute), 3)
			equal(t, "given up", purged(storage.KeepGivenUp+time.Minute), 1)
			c := read(w.Count(w.ctx))(t)
			equal(t, "left", []int{c.OpenJobs, c.GivenUp, c.Quarantined, c.Chats}, []int{1, 0, 1, 1})
			w.append(jobRows(event("done", noon)), bot.Lease{})
			equal(t, "the key is free again", read(w.Count(w.ctx))(t).OpenJobs, 2)
		},
		"a resolved delivery is blanked, and purged in its time": func(t *testing.T, w world) {
			w.do(func(tx storage.Tx) error {
				return tx.Quarantine(w.ctx, converse.Quarantined{Raw: []byte("x"), At: noon})
			})
			kept := read(w.Quarantined(w.ctx, 9))(t)
			if err := w.Resolve(w.ctx, kept[0].ID, noon); err != nil {
				t.Fatal(err)
			}
			equal(t, "purged", read(w.Purge(w.ctx, noon.Add(storage.KeepResolved+time.Minute)))(t), 1)
		},
		"more rows than a slice are purged too": func(t *testing.T, w world) {
			w.do(func(tx storage.Tx) error {
				for range 1200 {
					if _, err := tx.Accept(w.ctx, acceptance(fresh("r"), bot.Chat{}, 0)); err != nil {
						return err
					}
				}
				return nil
			})
			equal(t, "purged", read(w.Purge(w.ctx, noon.Add(storage.KeepReceipts+time.Minute)))(t), 1200)
		},
	}
}
