package storagetest

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// turns is what converse.Tx promises, and Do.
func turns() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a delivery is handled once": func(t *testing.T, w world) {
			equal(t, "first", w.turn("1", chatAt(ann, 10), 0), converse.Fresh)
			equal(t, "again", w.turn("1", chatAt(ann, 20), 10), converse.Duplicate)
			equal(t, "revision", read(w.ReadChat(w.ctx, ann))(t).Rev, 10)
		},
		"the same delivery a hundred times at once is handled once": func(t *testing.T, w world) {
			var fresh atomic.Int32
			var wg sync.WaitGroup
			for range 100 {
				wg.Go(func() {
					if w.turn("1", chatAt(ann, 10), 0) == converse.Fresh {
						fresh.Add(1)
					}
				})
			}
			wg.Wait()
			equal(t, "fresh", fresh.Load(), 1)
		},
		"the same id of two channels is two deliveries": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 10), 0)
			w.do(func(tx storage.Tx) error {
				a := acceptance("1", chatAt(bob, 11), 0)
				a.Receipt.Source = "bale"
				got, err := tx.Accept(w.ctx, a)
				equal(t, "verdict", got, converse.Fresh)
				return err
			})
		},
		"a delivery that concerns no chat leaves only its receipt": func(t *testing.T, w world) {
			equal(t, "first", w.turn("1", bot.Chat{}, 0), converse.Fresh)
			equal(t, "again", w.turn("1", bot.Chat{}, 0), converse.Duplicate)
		},
		"a turn that asks nothing of the program is committed whole, once": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 10), 0)
			rows := converse.Rows{
				Messages: []bot.Message{{Chat: ann, Direction: bot.Out, Author: bot.ByBot, Text: "hello", JobKey: "a", At: noon}},
				Jobs:     []bot.Job{send("a", ann), send("b", ann)},
			}
			a := acceptance("2", chatAt(ann, 20), 10)
			verdict, born, err := w.CommitTurn(w.ctx, a, rows, leaseOf(7))
			equal(t, "error", err, nil)
			equal(t, "verdict", verdict, converse.Fresh)
			equal(t, "born", keys(born), []string{"a", "b"})
			equal(t, "chat", read(w.ReadChat(w.ctx, ann))(t), chatAt(ann, 20))
			equal(t, "messages", len(read(w.ReadMessages(w.ctx, ann, 9))(t)), 1)
			again, born, err := w.CommitTurn(w.ctx, a, rows, leaseOf(8))
			equal(t, "again", err, nil)
			equal(t, "born again", len(born), 0)
			equal(t, "written again", again == converse.Fresh, false)
			equal(t, "messages again", len(read(w.ReadMessages(w.ctx, ann, 9))(t)), 1)
		},
		"the first turn of a chat, with what it wrote in a form and the files, is committed whole": func(t *testing.T, w world) {
			photo := bot.File{ID: "f1", Handle: "h", Kind: "photo", State: bot.FileAnnounced}
			rows := converse.Rows{
				Messages: []bot.Message{{Chat: ann, Direction: bot.In, Draft: "d", Files: []bot.File{photo}, At: noon}},
				Pieces: []bot.Piece{
					{Draft: "d", Field: "phone", Text: "1", At: noon},
					{Draft: "d", Field: "account", Text: "it broke", File: &photo, Append: true, At: noon},
					{Draft: "d", Field: "phone", Text: "2", At: noon},
				},
			}
			verdict, _, err := w.CommitTurn(w.ctx, acceptance("1", chatAt(ann, 10), 0), rows, bot.Lease{})
			equal(t, "error", err, nil)
			equal(t, "verdict", verdict, converse.Fresh)
			draft := read(w.ReadDraft(w.ctx, "d"))(t)
			equal(t, "phone", draft.Text("phone"), "2")
			equal(t, "pieces", len(draft.Pieces), 2)
			equal(t, "file", *draft.Pieces[0].File, photo)
			equal(t, "chat of the form", draft.Chat, ann)

			rows = converse.Rows{Pieces: []bot.Piece{{Draft: "d", Field: "phone", Text: "3", At: noon}}}
			verdict, _, err = w.CommitTurn(w.ctx, acceptance("2", chatAt(ann, 20), 10), rows, bot.Lease{})
			equal(t, "error of the second", err, nil)
			equal(t, "second verdict", verdict, converse.Fresh)
			equal(t, "phone in its place", read(w.ReadDraft(w.ctx, "d"))(t).Text("phone"), "3")
			equal(t, "pieces in its place", len(read(w.ReadDraft(w.ctx, "d"))(t).Pieces), 2)
		},
		"of two first turns of a chat one is committed": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 10), 0)
			verdict, _, err := w.CommitTurn(w.ctx, acceptance("2", chatAt(ann, 20), 0), converse.Rows{}, bot.Lease{})
			equal(t, "error", err, nil)
			equal(t, "verdict", verdict, converse.Moved)
			equal(t, "chat", read(w.ReadChat(w.ctx, ann))(t), chatAt(ann, 10))
		},
		"a form's piece is not touched by a turn whose chat has moved": func(t *testing.T, w world) {
			rows := converse.Rows{Pieces: []bot.Piece{{Draft: "d", Field: "phone", Text: "1", At: noon}}}
			_, _, err := w.CommitTurn(w.ctx, acceptance("1", chatAt(ann, 10), 0), rows, bot.Lease{})
			equal(t, "error", err, nil)
			rows.Pieces[0].Text = "2"
			verdict, _, err := w.CommitTurn(w.ctx, acceptance("2", chatAt(ann, 20), 9), rows, bot.Lease{})
			equal(t, "error of the late one", err, nil)
			equal(t, "verdict", verdict, converse.Moved)
			equal(t, "phone", read(w.ReadDraft(w.ctx, "d"))(t).Text("phone"), "1")
		},
		"a turn whose chat has moved leaves nothing behind, not even its receipt": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 10), 0)
			rows := converse.Rows{Jobs: []bot.Job{send("a", ann)}}
			verdict, _, err := w.CommitTurn(w.ctx, acceptance("2", chatAt(ann, 30), 9), rows, bot.Lease{})
			equal(t, "error", err, nil)
			equal(t, "verdict", verdict, converse.Moved)
			equal(t, "jobs", len(w.claim(1, 9)), 0)
			equal(t, "receipt is free", w.turn("2", chatAt(ann, 30), 10), converse.Fresh)
		},
		"in a lane that is busy no job of a turn is born leased": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 10), 0)
			w.append(jobRows(send("a", ann)), leaseOf(1))
			_, born, err := w.CommitTurn(w.ctx, acceptance("2", chatAt(ann, 20), 10), jobRows(send("b", ann)), leaseOf(2))
			equal(t, "error", err, nil)
			equal(t, "born", len(born), 0)
		},
		"of fifty turns on one revision one is committed": func(t *testing.T, w world) {
			w.turn("0", chatAt(ann, 10), 0)
			var fresh atomic.Int32
			var wg sync.WaitGroup
			for i := range 50 {
				wg.Go(func() {
					verdict, _, err := w.CommitTurn(w.ctx, acceptance(strconv.Itoa(i+1), chatAt(ann, int64(100+i)), 10), converse.Rows{}, bot.Lease{})
					if err == nil && verdict == converse.Fresh {
						fresh.Add(1)
					}
				})
			}
			wg.Wait()
			equal(t, "fresh", fresh.Load(), 1)
		},
		"a plan on an old revision is told that the chat moved": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 10), 0)
			w.do(func(tx storage.Tx) error {
				got, err := tx.Accept(w.ctx, acceptance("2", chatAt(ann, 30), 9))
				if err != nil {
					return err
				}
				equal(t, "verdict", got, converse.Moved)
				chat, err := tx.Chat(w.ctx, ann)
				equal(t, "locked", chat, chatAt(ann, 10))
				return errors.Join(err, putChat(w.ctx, tx, chatAt(ann, 40)))
			})
			equal(t, "chat", read(w.ReadChat(w.ctx, ann))(t), chatAt(ann, 40))
			equal(t, "receipt", w.turn("2", chatAt(ann, 50), 40), converse.Duplicate)
		},
		"a plan for a chat that is not there any more is told that it moved": func(t *testing.T, w world) {
			equal(t, "verdict", w.turn("1", chatAt(ann, 10), 7), converse.Moved)
		},
		"two first messages at once: one makes the chat, the other is told that it moved": func(t *testing.T, w world) {
			equal(t, "first", w.turn("1", chatAt(ann, 10), 0), converse.Fresh)
			equal(t, "second", w.turn("2", chatAt(ann, 20), 0), converse.Moved)
		},
		"a chat that is not there is made when it is locked": func(t *testing.T, w world) {
			w.do(func(tx storage.Tx) error {
				chat, err := tx.Chat(w.ctx, ann)
				equal(t, "chat", chat, bot.Chat{Key: ann, Mode: bot.ModeBot})
				return err
			})
			equal(t, "first turn", w.turn("1", chatAt(ann, 10), 0), converse.Fresh)
			_, err := w.ReadChat(w.ctx, bob)
			wantKind(t, err, bot.NotFound)
		},
		"turns of one chat from many sides come one after the other": func(t *testing.T, w world) {
			w.turn("0", chatAt(ann, 1), 0)
			var wg sync.WaitGroup
			for range 40 {
				wg.Go(func() {
					w.do(func(tx storage.Tx) error {
						chat, err := tx.Chat(w.ctx, ann)
						if err != nil {
							return err
						}
						chat.Rev++
						return putChat(w.ctx, tx, chat)
					})
				})
			}
			wg.Wait()
			equal(t, "revision", read(w.ReadChat(w.ctx, ann))(t).Rev, 41)
		},
		"every field of a chat comes back": func(t *testing.T, w world) {
			chat := bot.Chat{
				Key: ann, Rev: -77, State: []byte{0, 1, 255}, Lang: bot.Ar, Chosen: true, Mode: bot.ModeHeld, Member: "m1",
				Blocked: true, Since: noon.Add(time.Millisecond), MutedUntil: noon.Add(time.Hour),
			}
			w.turn("1", chat, 0)
			equal(t, "chat", read(w.ReadChat(w.ctx, ann))(t), chat)
		},
		"a failed closure leaves no trace": func(t *testing.T, w world) {
			w.turn("0", chatAt(ann, 5), 0)
			broken := errors.New("broken")
			err := w.Do(w.ctx, func(tx storage.Tx) error {
				everything(w, tx)
				return broken
			})
			if !errors.Is(err, broken) {
				t.Fatalf("got %v, want the closure's own error", err)
			}
			w.untouched()
		},
		"a panic in a closure comes back as an error and leaves no trace": func(t *testing.T, w world) {
			w.turn("0", chatAt(ann, 5), 0)
			err := w.Do(w.ctx, func(tx storage.Tx) error {
				everything(w, tx)
				panic("a bug of ours")
			})
			if _, ok := errors.AsType[*storage.PanicError](err); !ok {
				t.Fatalf("got %v, want a PanicError", err)
			}
			if strings.Contains(err.Error(), "a bug of ours") {
				t.Error("the error tells the panic's value, which may be a member's text")
			}
			w.untouched()
			equal(t, "next turn", w.turn("1", chatAt(ann, 6), 5), converse.Fresh)
		},
		"failing closures do not hurt the ones beside them": func(t *testing.T, w world) {
			var wg sync.WaitGroup
			for i := range 60 {
				wg.Go(func() {
					err := w.Do(w.ctx, func(tx storage.Tx) error {
						_, err := tx.Accept(w.ctx, acceptance(fresh("r"), bot.Chat{}, 0))
						switch i % 3 {
						case 0:
							panic("bug")
						case 1:
							return errors.Join(err, errors.New("broken"))
						}
						return err
					})
					if (err == nil) != (i%3 == 2) {
						t.Errorf("closure %d: %v", i, err)
					}
				})
			}
			wg.Wait()
		},
		"a closure whose caller has gone is unavailable and writes nothing": func(t *testing.T, w world) {
			ctx, cancel := context.WithCancel(w.ctx)
			cancel()
			err := w.Do(ctx, func(tx storage.Tx) error { return putChat(ctx, tx, chatAt(ann, 1)) })
			wantKind(t, err, bot.Unavailable)
			_, err = w.ReadChat(w.ctx, ann)
			wantKind(t, err, bot.NotFound)
		},
		"messages come back in order with their files as far as they have come": func(t *testing.T, w world) {
			photo := bot.File{ID: "f1", Handle: "h1", Kind: "photo", Name: "a.jpg", Size: 7}
			first := bot.Message{
				Chat: ann, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindFile, Text: "one", SearchKey: "one",
				Files: []bot.File{photo}, Flow: "complaint", Step: "describe", Bundle: 7, Draft: "d1", Unit: "u1",
				Confidential: true, JobKey: "k1", Ref: "r1", At: noon,
			}
			second := bot.Message{Chat: ann, Direction: bot.Out, Author: bot.ByBot, Kind: bot.KindText, Text: "two", At: noon}
			w.append(converse.Rows{Messages: []bot.Message{first, second, {Chat: bob, Text: "else", At: noon}}}, bot.Lease{})
			equal(t, "messages", read(w.ReadMessages(w.ctx, ann, 10))(t), []bot.Message{first, second})
			equal(t, "newest", read(w.ReadMessages(w.ctx, ann, 1))(t), []bot.Message{second})

			photo.State, photo.SHA256, photo.Size, photo.MIME = bot.FileStored, "abc", 99, "image/jpeg"
			w.do(func(tx storage.Tx) error { return tx.SaveFile(w.ctx, photo) })
			equal(t, "file", read(w.ReadFile(w.ctx, "f1"))(t), photo)
			equal(t, "in message", read(w.ReadMessages(w.ctx, ann, 10))(t)[0].Files, []bot.File{photo})
			wantKind(t, w.Do(w.ctx, func(tx storage.Tx) error { return tx.SaveFile(w.ctx, bot.File{ID: "no"}) }), bot.NotFound)
			_, err := w.ReadFile(w.ctx, "no")
			wantKind(t, err, bot.NotFound)
		},
		"pieces are appended or take the place of their field": func(t *testing.T, w world) {
			file := bot.File{ID: "f1", Kind: "photo"}
			w.append(converse.Rows{
				Messages: []bot.Message{{Chat: ann, Draft: "d1", Files: []bot.File{file}, At: noon}},
				Pieces: []bot.Piece{
					{Draft: "d1", Field: "account", Text: "one", Append: true, At: noon},
					{Draft: "d1", Field: "phone", Text: "1", At: noon},
					{Draft: "d2", Field: "phone", Text: "other", At: noon},
				},
			}, bot.Lease{})
			w.do(func(tx storage.Tx) error {
				_, err := tx.Append(w.ctx, converse.Rows{Pieces: []bot.Piece{
					{Draft: "d1", Field: "account", File: &file, Append: true, At: noon},
					{Draft: "d1", Field: "phone", Text: "2", At: noon},
				}}, bot.Lease{})
				own, errDraft := tx.Draft(w.ctx, "d1")
				equal(t, "pieces inside", len(own.Pieces), 3)
				return errors.Join(err, errDraft)
			})
			got := read(w.ReadDraft(w.ctx, "d1"))(t)
			equal(t, "chat", got.Chat, ann)
			equal(t, "account", got.Text("account"), "one")
			equal(t, "phone", got.Text("phone"), "2")
			equal(t, "files", got.Files("account"), []bot.File{file})
			equal(t, "pieces", len(got.Pieces), 3)
			equal(t, "unknown", len(read(w.ReadDraft(w.ctx, "d9"))(t).Pieces), 0)
		},
		"text may hold anything, also a zero byte": func(t *testing.T, w world) {
			odd := bot.Message{Chat: ann, Text: "a\x00b \xff", SearchKey: "a\x00", At: noon}
			w.append(converse.Rows{Messages: []bot.Message{odd}}, bot.Lease{})
			got := read(w.ReadMessages(w.ctx, ann, 1))(t)[0].Text
			if !strings.HasPrefix(got, "a") || !strings.Contains(got, "b") {
				t.Errorf("got %q", got)
			}
		},
		"a poisoned delivery waits in the quarantine until it is resolved": func(t *testing.T, w world) {
			q := converse.Quarantined{
				Receipt: bot.ReceiptKey{Source: "tg", ID: "66"}, Chat: ann, Raw: []byte("{raw}"), Reason: "panic", Bundle: 3, At: noon,
			}
			w.do(func(tx storage.Tx) error { return tx.Quarantine(w.ctx, q) })
			kept := read(w.Quarantined(w.ctx, 10))(t)
			if len(kept) != 1 {
				t.Fatalf("got %d kept deliveries", len(kept))
			}
			equal(t, "kept", kept[0].Quarantined, q)
			equal(t, "count", read(w.Count(w.ctx))(t).Quarantined, 1)
			if err := w.Resolve(w.ctx, kept[0].ID, noon); err != nil {
				t.Fatal(err)
			}
			equal(t, "after", len(read(w.Quarantined(w.ctx, 10))(t)), 0)
			wantKind(t, w.Resolve(w.ctx, kept[0].ID, noon), bot.NotFound)
		},
	}
}

// everything writes a row of every kind.
func everything(w world, tx storage.Tx) {
	_, err := tx.Accept(w.ctx, acceptance("1", chatAt(ann, 6), 5))
	_, errAppend := tx.Append(w.ctx, converse.Rows{
		Messages: []bot.Message{{Chat: ann, Draft: "d1", Files: []bot.File{{ID: "f1"}}, At: noon}},
		Pieces:   []bot.Piece{{Draft: "d1", Field: "a", At: noon}},
		Jobs:     []bot.Job{{Kind: bot.JobSend, Lane: ann, Key: "k1", RunAt: noon}},
	}, bot.Lease{})
	_, errCase := tx.OpenCase(w.ctx, complaint("d1"))
	_, errTry := tx.CountTry(w.ctx, "t", noon, noon)
	if err := errors.Join(err, errAppend, errCase, errTry,
		tx.Quarantine(w.ctx, converse.Quarantined{At: noon}),
		tx.Enqueue(w.ctx, bot.HandOver{ID: "h1", Chat: ann, At: noon}),
		tx.SaveMember(w.ctx, bot.Member{ID: "m1", Phone: "+98912", Verified: true}, ann),
	); err != nil {
		w.t.Error(err)
	}
}

// untouched fails when anything of everything is there.
func (w world) untouched() {
	w.t.Helper()
	equal(w.t, "chat", read(w.ReadChat(w.ctx, ann))(w.t), chatAt(ann, 5))
	equal(w.t, "messages", len(read(w.ReadMessages(w.ctx, ann, 9))(w.t)), 0)
	equal(w.t, "pieces", len(read(w.ReadDraft(w.ctx, "d1"))(w.t).Pieces), 0)
	equal(w.t, "counts", read(w.Count(w.ctx))(w.t), storage.Counts{Chats: 1})
	_, err := w.ReadFile(w.ctx, "f1")
	wantKind(w.t, err, bot.NotFound)
	w.do(func(tx storage.Tx) error {
		_, err := tx.MemberByPhone(w.ctx, "+98912")
		wantKind(w.t, err, bot.NotFound)
		n, err := tx.CountTry(w.ctx, "t", noon, noon)
		equal(w.t, "tries", n, 1)
		return err
	})
}

func putChat(ctx context.Context, tx converse.Tx, chat bot.Chat) error {
	_, err := tx.Append(ctx, converse.Rows{Chat: &chat}, bot.Lease{})
	return err
}
