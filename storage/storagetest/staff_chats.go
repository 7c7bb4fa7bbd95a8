package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// linkedChats is what staff.Chats promises, and what else is read in the chats of the staff.
func linkedChats() map[string]func(*testing.T, world) {
	link := func(w world, chat bot.ChatKey, of bot.StaffID, at time.Time) {
		w.do(func(tx storage.Tx) error { return tx.LinkChat(w.ctx, staff.LinkedChat{Chat: chat, Staff: of, At: at}) })
	}
	take := func(w world, hash string) (c staff.LinkCode, err error) {
		_ = w.Do(w.ctx, func(tx storage.Tx) error {
			c, err = tx.TakeLinkCode(w.ctx, hash)
			return nil
		})
		return c, err
	}
	code := func(w world, c staff.LinkCode) {
		w.do(func(tx storage.Tx) error { return tx.SaveLinkCode(w.ctx, c) })
	}
	return map[string]func(*testing.T, world){
		"a linked chat is one person's, whosever it was before": func(t *testing.T, w world) {
			_ = w.Do(w.ctx, func(tx storage.Tx) error {
				_, err := tx.StaffOf(w.ctx, ann)
				wantKind(t, err, bot.NotFound)
				return nil
			})
			link(w, ann, "sara", noon)
			link(w, ann, "mona", noon.Add(time.Hour))
			equal(t, "whose", in(w, func(tx storage.Tx) (bot.StaffID, error) { return tx.StaffOf(w.ctx, ann) }), "mona")
			equal(t, "of the one before", len(read(w.StaffChats(w.ctx, "sara"))(t)), 0)
			equal(t, "of the one after", read(w.StaffChats(w.ctx, "mona"))(t), []staff.LinkedChat{{Chat: ann, Staff: "mona", At: noon.Add(time.Hour)}})
		},
		"somebody's chats are listed by when they were linked, and taken one by one or all at once": func(t *testing.T, w world) {
			for i, chat := range []bot.ChatKey{"tg:b:3", "tg:b:1", "tg:b:2"} {
				link(w, chat, "mona", noon.Add(time.Duration(i)*time.Minute))
			}
			link(w, "tg:b:9", "sara", noon)
			listed := func() (chats []bot.ChatKey) {
				for _, l := range read(w.StaffChats(w.ctx, "mona"))(t) {
					chats = append(chats, l.Chat)
				}
				return chats
			}
			unlink := func(chat bot.ChatKey) []bot.ChatKey {
				return in(w, func(tx storage.Tx) ([]bot.ChatKey, error) { return tx.UnlinkChats(w.ctx, "mona", chat) })
			}
			equal(t, "listed", listed(), []bot.ChatKey{"tg:b:3", "tg:b:1", "tg:b:2"})
			equal(t, "another's", len(unlink("tg:b:9")), 0)
			equal(t, "one", unlink("tg:b:1"), []bot.ChatKey{"tg:b:1"})
			equal(t, "left", listed(), []bot.ChatKey{"tg:b:3", "tg:b:2"})
			equal(t, "all", unlink(""), []bot.ChatKey{"tg:b:3", "tg:b:2"})
			equal(t, "none left", len(listed()), 0)
			equal(t, "the other's stays", len(read(w.StaffChats(w.ctx, "sara"))(t)), 1)
		},
		"a link code is good once, and only the last one that was asked for": func(t *testing.T, w world) {
			code(w, staff.LinkCode{Hash: "a", Staff: "mona", Until: noon})
			code(w, staff.LinkCode{Hash: "b", Staff: "mona", Until: noon.Add(time.Hour)})
			code(w, staff.LinkCode{Hash: "c", Staff: "sara", Until: noon})
			_, err := take(w, "a")
			wantKind(t, err, bot.NotFound)
			equal(t, "the last", read(take(w, "b"))(t), staff.LinkCode{Hash: "b", Staff: "mona", Until: noon.Add(time.Hour)})
			_, err = take(w, "b")
			wantKind(t, err, bot.NotFound)
			code(w, staff.LinkCode{Staff: "sara"})
			_, err = take(w, "c")
			wantKind(t, err, bot.NotFound)
		},
		"a link that is rolled back was never made": func(t *testing.T, w world) {
			code(w, staff.LinkCode{Hash: "a", Staff: "mona", Until: noon})
			_ = w.Do(w.ctx, func(tx storage.Tx) error {
				if _, err := tx.TakeLinkCode(w.ctx, "a"); err != nil {
					return err
				}
				if err := tx.LinkChat(w.ctx, staff.LinkedChat{Chat: ann, Staff: "mona", At: noon}); err != nil {
					return err
				}
				return &bot.Error{Kind: bot.Conflict, Key: "x"}
			})
			equal(t, "linked", len(read(w.StaffChats(w.ctx, "mona"))(t)), 0)
			equal(t, "the code", read(take(w, "a"))(t).Staff, "mona")
		},
		"what waits for somebody and who is there is read inside a transaction too": func(t *testing.T, w world) {
			w.hire(sara(), boss)
			w.do(func(tx storage.Tx) error {
				if err := tx.SaveApproval(w.ctx, held("r1")); err != nil {
					return err
				}
				asked, err := tx.AskedOf(w.ctx, boss, 9)
				equal(t, "asked", ids(asked), []string{"r1"})
				return err
			})
			all := in(w, func(tx storage.Tx) ([]bot.Staff, error) { return tx.Everybody(w.ctx) })
			equal(t, "everybody", all, read(w.AllStaff(w.ctx))(t))
			equal(t, "how many", len(all), 2)
		},
	}
}
