package storagetest

import (
	"errors"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/desk"
	"javab/storage"
)

// amends is what desk.Tx promises of lines that change, and of files.
func amends() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a line is changed with its words, its past and the job that changes it": func(t *testing.T, w world) {
			id := w.reply(send("o1", ann), bot.Message{Text: "old", SearchKey: "old"})
			w.amend(id, func(m *bot.Message) {
				m.Text, m.SearchKey = "new", "new"
				m.Amendment = bot.Amendment{EditedAt: noon, Earlier: []bot.Wording{{Text: "old \x00", Until: noon}}, AmendKey: "e1"}
			})
			l := w.line(ann, id)
			equal(t, "line", []any{l.Text, l.EditedAt, l.DeletedAt, l.AmendKey, len(l.Earlier)}, []any{"new", noon, time.Time{}, "e1", 1})
			equal(t, "amended", []any{l.Sent, l.Amended}, []any{desk.SentQueued, desk.SentDone}) // no job e1 any more
			err := w.Do(w.ctx, func(tx storage.Tx) error {
				_, err := tx.Line(w.ctx, bob, id)
				return err
			})
			wantKind(t, err, bot.NotFound)
		},
		"what has become of a message and of its change stands beside it": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			id := w.reply(send("o1", ann), bot.Message{Text: "old"})
			w.append(jobRows(send("e1", ann)), bot.Lease{})
			w.amend(id, func(m *bot.Message) { m.AmendKey = "e1" })
			w.end(w.claim(1, 9)[0], deliver.Done)
			w.finish(w.claim(2, 9)[0], deliver.Finish{Ending: deliver.GaveUp, Err: "send: stale: too old", At: noon})
			th := read(w.Thread(w.ctx, mina, ann, 0, 9))(t)
			equal(t, "line", []any{th.Lines[0].Sent, th.Lines[0].Amended, th.Lines[0].Fault}, []any{desk.SentDone, desk.SentFailed, bot.FaultStale})
			equal(t, "again", w.tx(func(tx storage.Tx) (bool, error) { return tx.Again(w.ctx, "e1", noon) }), true)
			equal(t, "twice", w.tx(func(tx storage.Tx) (bool, error) { return tx.Again(w.ctx, "e1", noon) }), false)
			equal(t, "what is done", w.tx(func(tx storage.Tx) (bool, error) { return tx.Again(w.ctx, "o1", noon) }), false)
			equal(t, "queued", w.line(ann, id).Amended, desk.SentQueued)
			equal(t, "claimed", keys(w.claim(3, 9)), []string{"e1"})
		},
		"a job is reworded or withdrawn while nobody sends it and not after": func(t *testing.T, w world) {
			w.append(jobRows(send("1", ann), send("2", ann), send("3", bob)), bot.Lease{})
			reword := func(key string, at time.Time) bool {
				return w.tx(func(tx storage.Tx) (bool, error) { return tx.Reword(w.ctx, key, []byte("new "+key), at) })
			}
			withdraw := func(key string, at time.Time) bool {
				return w.tx(func(tx storage.Tx) (bool, error) { return tx.Withdraw(w.ctx, key, at) })
			}
			equal(t, "waits", []bool{reword("1", noon), withdraw("2", noon), reword("none", noon)}, []bool{true, true, false})
			got := w.claim(1, 9)
			equal(t, "claimed", keys(got), []string{"1", "3"})
			equal(t, "payload", string(got[0].Payload), "new 1")
			equal(t, "on its way", []bool{reword("1", noon), withdraw("1", noon)}, []bool{false, false})
			w.end(got[0], deliver.Done)
			equal(t, "gone", []bool{reword("1", noon), withdraw("1", noon), reword("2", noon)}, []bool{false, false, false})
			w.finish(got[1], deliver.Finish{Ending: deliver.GaveUp, At: noon})
			equal(t, "given up", []bool{reword("3", noon), withdraw("3", noon), withdraw("3", noon)}, []bool{true, true, false})
			equal(t, "left", len(read(w.GivenUp(w.ctx, 9))(t)), 0)
		},
		"a message deleted before it went out was never sent": func(t *testing.T, w world) {
			id := w.reply(send("o1", ann), bot.Message{Text: "x"})
			w.tx(func(tx storage.Tx) (bool, error) { return tx.Withdraw(w.ctx, "o1", noon) })
			w.amend(id, func(m *bot.Message) { m.DeletedAt = noon })
			equal(t, "sent", w.line(ann, id).Sent, desk.SentNot)
		},
		"what a job has sent is found by its key": func(t *testing.T, w world) {
			w.reply(send("o1", ann), bot.Message{})
			equal(t, "before", read(w.Sent(w.ctx, "o1"))(t), bot.Ref(""))
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.Done, Key: "o1", Ref: "7 8"})
			equal(t, "after", read(w.Sent(w.ctx, "o1"))(t), bot.Ref("7 8"))
			equal(t, "none", read(w.Sent(w.ctx, ""))(t), bot.Ref(""))
		},
		"an upload is a message too: it is held after a restore, and nobody who blocks us gets it": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			upload := send("2", ann)
			upload.Kind = bot.JobUpload
			w.append(jobRows(send("1", ann), upload), bot.Lease{})
			w.finish(w.claim(1, 1)[0], deliver.Finish{Ending: deliver.GaveUp, Blocked: true, Lane: ann})
			equal(t, "given up", len(read(w.GivenUp(w.ctx, 9))(t)), 2)
			upload.Key = "3"
			w.append(jobRows(upload), bot.Lease{})
			equal(t, "held", read(w.Hold(w.ctx))(t), 1)
		},
		"a line that was written comes back with its files": func(t *testing.T, w world) {
			w.reply(send("o1", ann), bot.Message{Files: []bot.File{{ID: "f1", Name: "a.pdf", State: bot.FileStored}}})
			w.do(func(tx storage.Tx) error {
				m, err := tx.Written(w.ctx, "o1")
				equal(t, "files", m.Files, []bot.File{{ID: "f1", Name: "a.pdf", State: bot.FileStored}})
				return err
			})
		},
		"a file is read by those who may read a line that names it": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.turn("2", chatAt(bob, 2), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			w.hand(bot.HandOver{ID: "s", Chat: bob, At: noon, Confidential: true})
			named := func(chat bot.ChatKey, id string, secret bool) {
				w.append(converse.Rows{Messages: []bot.Message{{
					Chat: chat, Direction: bot.In, Kind: bot.KindFile, Files: []bot.File{{ID: id, Size: 7}}, Unit: "trade", Confidential: secret, At: noon,
				}}}, bot.Lease{})
			}
			named(ann, "f1", false)
			named(ann, "f2", true)
			named(bob, "f3", false)
			for _, ask := range []struct {
				by   bot.Staff
				chat bot.ChatKey
				id   string
				may  bool
			}{
				{mina, ann, "f1", true},
				{mina, ann, "f2", false}, // a confidential line
				{nada, ann, "f2", true},
				{reza, ann, "f1", false}, // another unit
				{mina, bob, "f3", false}, // a confidential chat
				{nada, bob, "f3", true},
				{nada, ann, "f3", false}, // by way of another chat
				{mina, ann, "%", false},
				{mina, ann, "f_", false},
			} {
				f, err := w.File(w.ctx, ask.by, ask.chat, ask.id)
				if ask.may {
					equal(t, ask.id, []any{f.ID, f.Size, err}, []any{ask.id, 7, nil})
					continue
				}
				wantKind(t, err, bot.NotFound)
			}
		},
		"files that officers send are not counted as the member's": func(t *testing.T, w world) {
			w.reply(send("o1", ann), bot.Message{Files: []bot.File{{ID: "f1"}}})
			equal(t, "sent by the member", len(read(w.ReadFiles(w.ctx, ann, noon.Add(-time.Hour), 9))(t)), 0)
			equal(t, "all", read(w.FileIDs(w.ctx, "", 9))(t), []string{"f1"})
			equal(t, "after", len(read(w.FileIDs(w.ctx, "f1", 9))(t)), 0)
		},
	}
}

// reply writes a line of an officer with the job that sends it, and returns the line's id.
func (w world) reply(job bot.Job, m bot.Message) (id int64) {
	w.t.Helper()
	m.Chat, m.Direction, m.Author, m.JobKey, m.At = job.Lane, bot.Out, "mina", job.Key, noon
	w.append(converse.Rows{Messages: []bot.Message{m}, Jobs: []bot.Job{job}}, bot.Lease{})
	w.do(func(tx storage.Tx) error {
		for id = 1; ; id++ {
			l, err := tx.Line(w.ctx, job.Lane, id)
			if err == nil && l.JobKey == job.Key {
				return nil
			}
			if err != nil && bot.KindOf(err) != bot.NotFound || id > 1000 {
				return errors.Join(err, errors.New("the line is not there"))
			}
		}
	})
	return id
}

func (w world) line(chat bot.ChatKey, id int64) (l desk.Line) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		l, err = tx.Line(w.ctx, chat, id)
		return err
	})
	return l
}

func (w world) amend(id int64, change func(*bot.Message)) {
	w.t.Helper()
	m := w.line(ann, id).Message
	change(&m)
	w.do(func(tx storage.Tx) error { return tx.Amend(w.ctx, id, m) })
}

// tx asks one thing in a transaction.
func (w world) tx(ask func(storage.Tx) (bool, error)) (answer bool) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		answer, err = ask(tx)
		return err
	})
	return answer
}
