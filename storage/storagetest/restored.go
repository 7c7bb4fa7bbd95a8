package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
)

// restored is what storage.Restored promises, and the read that the daily quota of files rests on.
func restored() map[string]func(*testing.T, world) {
	held := func(w world) int { return read(w.Backlog(w.ctx))(w.t).Held }
	return map[string]func(*testing.T, world){
		"messages are held whatever their lease, and nothing else is": func(t *testing.T, w world) {
			w.append(jobRows(send("leased", ann)), leaseOf(1))
			w.append(jobRows(send("behind", ann), send("free", bob), event("timer", noon)), bot.Lease{})
			equal(t, "held", read(w.Hold(w.ctx))(t), 3)
			equal(t, "counted", held(w), 3)
			equal(t, "held again", read(w.Hold(w.ctx))(t), 0)
			equal(t, "left to a claim", keys(w.claimAt(noon.Add(time.Hour), 2, 9)), []string{"timer"})
			equal(t, "open", read(w.Count(w.ctx))(t).OpenJobs, 1)
			equal(t, "given up", len(read(w.GivenUp(w.ctx, 9))(t)), 0)
		},
		"a new message does not wait for those that are held": func(t *testing.T, w world) {
			w.append(jobRows(send("old", ann)), bot.Lease{})
			read(w.Hold(w.ctx))(t)
			born := w.append(jobRows(send("new", ann)), leaseOf(1))
			equal(t, "born leased", keys(born), []string{"new"})
			w.append(jobRows(send("newer", ann)), bot.Lease{})
			w.end(born[0], deliver.Done)
			equal(t, "claimed", keys(w.claim(2, 9)), []string{"newer"})
		},
		"what is held goes out when it is let go, in the order of its lane": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann), send("2", ann)), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.Failed, Until: noon.Add(time.Hour)})
			read(w.Hold(w.ctx))(t)
			w.append(jobRows(send("3", ann)), bot.Lease{})
			equal(t, "let go", read(w.SendHeld(w.ctx, noon))(t), 2)
			equal(t, "let go again", read(w.SendHeld(w.ctx, noon))(t), 0)
			for i, want := range []string{"1", "2", "3"} {
				got := w.claim(int64(2+i), 9)
				equal(t, "next", keys(got), []string{want})
				equal(t, "attempts", got[0].Attempts, 0)
				equal(t, "payload", string(got[0].Payload), "{}")
				w.end(got[0], deliver.Done)
			}
		},
		"what is dropped is never sent, shows nowhere and is purged in its time": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann)), bot.Lease{})
			read(w.Hold(w.ctx))(t)
			w.append(jobRows(send("2", ann)), bot.Lease{})
			equal(t, "dropped", read(w.DropHeld(w.ctx, noon))(t), 1)
			equal(t, "dropped again", read(w.DropHeld(w.ctx, noon))(t), 0)
			equal(t, "let go after", read(w.SendHeld(w.ctx, noon))(t), 0)
			equal(t, "claimed", keys(w.claim(1, 9)), []string{"2"})
			equal(t, "given up", len(read(w.GivenUp(w.ctx, 9))(t)), 0)
			w.append(jobRows(send("1", ann)), bot.Lease{})
			equal(t, "its key lives on", read(w.Count(w.ctx))(t).OpenJobs, 1)
			equal(t, "purged", read(w.Purge(w.ctx, noon.Add(storage.KeepDone+time.Minute)))(t), 1)
		},
		"nothing is let go that is not held": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann), send("2", bob)), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.GaveUp, Err: "rejected"})
			equal(t, "sent", read(w.SendHeld(w.ctx, noon))(t), 0)
			equal(t, "dropped", read(w.DropHeld(w.ctx, noon))(t), 0)
			equal(t, "given up", len(read(w.GivenUp(w.ctx, 9))(t)), 1)
			equal(t, "open", keys(w.claim(2, 9)), []string{"2"})
		},
		"the first files of a chat since an hour come back as far as they have come": func(t *testing.T, w world) {
			sends := func(chat bot.ChatKey, at time.Time, ids ...string) {
				m := bot.Message{Chat: chat, Direction: bot.In, At: at}
				for _, id := range ids {
					m.Files = append(m.Files, bot.File{ID: id, Size: 7})
				}
				w.append(converse.Rows{Messages: []bot.Message{m}}, bot.Lease{})
			}
			sends(ann, noon.Add(-time.Hour), "early")
			sends(ann, noon)
			sends(ann, noon, "a", "b")
			sends(bob, noon, "of bob")
			sends(ann, noon.Add(time.Hour), "c")
			w.do(func(tx storage.Tx) error {
				return tx.SaveFile(w.ctx, bot.File{ID: "b", Size: 9, State: bot.FileStored})
			})
			first := func(limit int) (told []bot.File) { return read(w.ReadFiles(w.ctx, ann, noon, limit))(t) }
			all := []bot.File{{ID: "a", Size: 7}, {ID: "b", Size: 9, State: bot.FileStored}, {ID: "c", Size: 7}}
			equal(t, "all", first(9), all)
			equal(t, "the first", first(1), all[:1])
			equal(t, "none", len(read(w.ReadFiles(w.ctx, ann, noon.Add(2*time.Hour), 9))(t)), 0)
		},
	}
}
