package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/bot/staff"
	"javab/storage"
)

// conduct is what the store promises about chats that complain about somebody, and about those that must not be erased.
func conduct() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"whom a chat complains about finds it by no way": func(t *testing.T, w world) {
			w.complained()
			for _, by := range []bot.Staff{mina, chief} {
				w.finds(by, true)
				w.do(func(tx storage.Tx) error { return tx.Accuse(w.ctx, ann, by.ID, noon) })
				w.finds(by, false)
			}
			w.finds(nada, true)
			equal(t, "about", w.running(ann).About, []bot.StaffID{"head", "mina"})
			w.do(func(tx storage.Tx) error { return tx.Absolve(w.ctx, ann, mina.ID) })
			w.finds(mina, true)
		},
		"an accusation outlives its hand-over, and nobody else's chat is touched": func(t *testing.T, w world) {
			w.complained()
			w.turn("bob", chatAt(bob, 1), 0)
			w.hand(bot.HandOver{ID: "other", Chat: bob, At: noon})
			w.do(func(tx storage.Tx) error { return tx.Accuse(w.ctx, ann, mina.ID, noon) })
			h := w.running(ann)
			h.State, h.EndedAt, h.Outcome = bot.HandOverEnded, noon, desk.Solved
			w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			_, err := w.Row(w.ctx, mina, ann)
			wantKind(t, err, bot.NotFound)
			_, err = w.Row(w.ctx, mina, bob)
			equal(t, "another chat", err, nil)
			latest := read(w.ReadHandOver(w.ctx, ann))(t)
			equal(t, "the last hand-over", []any{latest.ID, latest.State, latest.About}, []any{"h", bot.HandOverEnded, []bot.StaffID{"mina"}})
			_, err = w.ReadHandOver(w.ctx, "tg:b:none")
			wantKind(t, err, bot.NotFound)
			w.hand(bot.HandOver{ID: "again", Chat: ann, At: noon.Add(time.Hour)})
			equal(t, "the next one", w.claimChat(ann, mina), false)
		},
		"an accusation that is rolled back never was": func(t *testing.T, w world) {
			w.complained()
			_ = w.Do(w.ctx, func(tx storage.Tx) error {
				if err := tx.Accuse(w.ctx, ann, mina.ID, noon); err != nil {
					return err
				}
				return &bot.Error{Kind: bot.Conflict, Key: "x"}
			})
			w.finds(mina, true)
		},
		"a form that has become confidential is not collected for others": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.append(converse.Rows{
				Messages: []bot.Message{{Chat: ann, Direction: bot.In, Text: "he shouted", SearchKey: "he shouted", Draft: "d", Unit: "trade", At: noon}},
				Pieces:   []bot.Piece{{Draft: "d", Field: "account", Text: "he shouted", Append: true, At: noon}},
			}, bot.Lease{})
			w.hand(bot.HandOver{ID: "h", Chat: ann, Draft: "d", At: noon})
			equal(t, "before", len(read(w.Thread(w.ctx, mina, ann, 0, 9))(t).Collected), 1)
			w.do(func(tx storage.Tx) error { return tx.Seal(w.ctx, "d", "trade") })
			th := read(w.Thread(w.ctx, mina, ann, 0, 9))(t)
			equal(t, "to others", []any{len(th.Collected), said(th), th.Row.LastText, len(th.Row.Recent)}, []any{0, []string(nil), "", 0})
			equal(t, "to the named handler", len(read(w.Thread(w.ctx, nada, ann, 0, 9))(t).Collected), 1)
			equal(t, "found", len(w.lines(mina, "shouted")), 0)
		},
		"what was said in the form of a confidential hand-over is hidden from its beginning": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Direction: bot.In, Text: "he shouted", SearchKey: "he shouted", Draft: "d", Unit: "trade", At: noon.Add(-time.Hour)},
			}}, bot.Lease{})
			w.hand(bot.HandOver{ID: "h", Chat: ann, Draft: "d", Confidential: true, At: noon})
			equal(t, "found", len(w.lines(mina, "shouted")), 0)
			equal(t, "by the named handler", len(w.lines(nada, "shouted")), 1)
		},
		"a legal hold keeps what a purge would take": func(t *testing.T, w world) {
			late := noon.Add(2 * storage.KeepGivenUp)
			w.do(func(tx storage.Tx) error {
				for _, chat := range []bot.ChatKey{ann, bob} {
					if err := tx.Quarantine(w.ctx, converse.Quarantined{Chat: chat, Raw: []byte("{}"), At: noon}); err != nil {
						return err
					}
				}
				isNew, err := tx.HoldLegally(w.ctx, ann, chief.ID, noon)
				again, _ := tx.HoldLegally(w.ctx, ann, chief.ID, noon)
				equal(t, "new", []bool{isNew, again}, []bool{true, false})
				return err
			})
			for _, kept := range read(w.Quarantined(w.ctx, 9))(t) {
				if err := w.Resolve(w.ctx, kept.ID, noon); err != nil {
					t.Fatal(err)
				}
			}
			equal(t, "held", []bool{read(w.LegalHold(w.ctx, ann))(t), read(w.LegalHold(w.ctx, bob))(t)}, []bool{true, false})
			equal(t, "purged while it stands", read(w.Purge(w.ctx, late))(t), 1)
			w.do(func(tx storage.Tx) error {
				lifted, err := tx.LiftLegally(w.ctx, ann)
				again, _ := tx.LiftLegally(w.ctx, ann)
				equal(t, "lifted", []bool{lifted, again}, []bool{true, false})
				return err
			})
			equal(t, "purged after it", read(w.Purge(w.ctx, late))(t), 1)
		},
		"a link is taken back once": func(t *testing.T, w world) {
			w.do(func(tx storage.Tx) error {
				_ = tx.KeepLink(w.ctx, ann, "m0", noon)
				_ = tx.KeepLink(w.ctx, ann, "m1", noon)
				before, err := tx.TakeLink(w.ctx, ann)
				equal(t, "before", before, "m1")
				_, again := tx.TakeLink(w.ctx, ann)
				wantKind(t, again, bot.NotFound)
				return err
			})
		},
		"a chat that was put off wakes for its officer, a muted one for nobody": func(t *testing.T, w world) {
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			wake := func(chat bot.ChatKey) (woken bool) {
				w.do(func(tx storage.Tx) (err error) {
					woken, err = tx.Wake(w.ctx, chat, noon.Add(time.Minute))
					return err
				})
				return woken
			}
			equal(t, "waiting", wake(ann), false)
			h := w.running(ann)
			h.State, h.Holder, h.SnoozedUntil = bot.HandOverSnoozed, mina.ID, noon.Add(time.Hour)
			w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			equal(t, "put off", wake(ann), true)
			h = w.running(ann)
			equal(t, "woken", []any{h.State, h.Holder, h.SnoozedUntil.IsZero(), h.ClaimedAt}, []any{bot.HandOverHeld, mina.ID, true, noon.Add(time.Minute)})
			w.hand(bot.HandOver{ID: "m", Chat: bob, State: bot.HandOverSnoozed, SnoozedUntil: noon.Add(time.Hour), At: noon})
			equal(t, "muted", []any{wake(bob), w.running(bob).State, w.claimChat(bob, mina)}, []any{false, bot.HandOverSnoozed, false})
		},
		"the day's closed chats are counted for those who see them": func(t *testing.T, w world) {
			morning := desk.Today(noon)
			for i, c := range []struct {
				ended   time.Time
				unit    bot.UnitID
				claimed bool
			}{
				{morning, "trade", true},
				{noon, "trade", true},
				{noon, "legal", true},
				{noon, "trade", false},
				{morning.Add(-time.Millisecond), "trade", true},
			} {
				h := bot.HandOver{ID: fresh("h"), Chat: bot.ChatKey(fresh("tg:b:")), Unit: c.unit, At: morning.Add(-time.Duration(i) * time.Hour)}
				w.hand(h)
				if h.State, h.EndedAt = bot.HandOverEnded, c.ended; c.claimed {
					h.ClaimedAt = h.At
				}
				w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			}
			equal(t, "officer", read(w.Tabs(w.ctx, mina, noon))(t), desk.Tabs{ClosedToday: 2})
			equal(t, "head", read(w.Tabs(w.ctx, chief, noon))(t), desk.Tabs{ClosedToday: 3})
			equal(t, "admin", read(w.Tabs(w.ctx, keeper, noon))(t), desk.Tabs{})
		},
		"a row has the member's last words since the hand-over, newest first": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			var lines []bot.Message
			for i, text := range []string{"before", "1", "2", "3", "4", "5", "6"} {
				lines = append(lines, bot.Message{Chat: ann, Direction: bot.In, Kind: bot.KindText, Text: text, At: noon.Add(time.Duration(min(i, 1)-1) * time.Hour)})
			}
			lines = append(lines, bot.Message{Chat: ann, Direction: bot.In, Kind: bot.KindPress, Text: "a button", At: noon},
				bot.Message{Chat: ann, Direction: bot.Out, Author: "mina", Kind: bot.KindText, Text: "an answer", At: noon})
			equal(t, "none", len(read(w.Row(w.ctx, mina, ann))(t).Recent), 0)
			w.append(converse.Rows{Messages: lines}, bot.Lease{})
			equal(t, "recent", read(w.Row(w.ctx, mina, ann))(t).Recent, []string{"6", "5", "4", "3", "2"})
		},
		"a key account has its owner": func(t *testing.T, w world) {
			m := bot.Member{ID: "m", Name: "Ann", KeyAccount: true, Owner: mina.ID, CreatedAt: noon}
			w.do(func(tx storage.Tx) error { return tx.SaveMember(w.ctx, m, "") })
			w.do(func(tx storage.Tx) error {
				got, err := tx.Member(w.ctx, "m")
				equal(t, "member", []any{got.KeyAccount, got.Owner}, []any{true, mina.ID})
				return err
			})
		},
		"what waits for somebody by name is looked at by the rounds": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, Named: mina.ID, At: noon})
			standing := read(w.Standing(w.ctx))(t)
			equal(t, "standing", []any{len(standing), standing[0].ID, standing[0].Named}, []any{1, "h", mina.ID})
		},
	}
}

// complained brings a chat of a member with a case into the queue: there are words, a file and a number to be found.
func (w world) complained() {
	w.t.Helper()
	w.turn("complained", chatAt(ann, 1), 0)
	w.do(func(tx storage.Tx) error {
		return tx.SaveMember(w.ctx, bot.Member{ID: "m1", Name: "Somebody", CreatedAt: noon}, ann)
	})
	w.append(converse.Rows{Messages: []bot.Message{{
		Chat: ann, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: "he shouted", SearchKey: "he shouted",
		Draft: "d1", Unit: "trade", At: noon, Files: []bot.File{{ID: "f1", Kind: "voice"}},
	}}}, bot.Lease{})
	c := complaint("d1")
	c.Unit, c.Member, c.Chat = "trade", "m1", ann
	w.openCase(c)
	w.do(func(tx storage.Tx) error {
		if _, err := tx.LogContact(w.ctx, members.Contact{
			ID: "call", Member: "m1", Channel: members.Call, Direction: bot.In, Text: "a call", Officer: "nada", Unit: "trade", At: noon,
		}); err != nil {
			return err
		}
		return tx.Audit(w.ctx, bot.AuditEntry{At: noon, By: "nada", What: "chat.noted", Subject: "chat " + string(ann)})
	})
	w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
}

// finds fails unless by sees everything of the chat that complained has made, or nothing of it.
func (w world) finds(by bot.Staff, sees bool) {
	w.t.Helper()
	n, kind := 0, bot.NotFound
	if sees {
		n, kind = 1, ""
	}
	loads := 0
	for _, load := range read(w.Live(w.ctx, by, noon))(w.t) {
		loads += load.Waiting
	}
	rows := read(w.Inbox(w.ctx, desk.Query{By: by, Tab: desk.TabAll, Now: noon, Limit: 9}))(w.t)
	tabs := read(w.Tabs(w.ctx, by, noon))(w.t)
	_, row := w.Row(w.ctx, by, ann)
	_, thread := w.Thread(w.ctx, by, ann, 0, 9)
	profile := read(w.ReadProfile(w.ctx, by, "m1"))(w.t)
	said := read(w.Search(w.ctx, members.Query{By: by, Words: []string{"shouted"}, Limit: 9}))(w.t)
	numbered := read(w.Search(w.ctx, members.Query{By: by, Words: []string{"jv"}, Number: w.number(), Limit: 9}))(w.t)
	audited := read(w.AuditLines(w.ctx, staff.AuditQuery{Reader: by.ID, Subject: "chat " + string(ann), Limit: 9}))(w.t)
	for what, got := range map[string]int{
		"the list": len(rows), "the tabs": tabs.All, "the live board": loads, "the search": len(said), "the number": len(numbered),
		"the profile's cases": len(profile.Cases), "its files": len(profile.Files), "the audit": len(audited),
	} {
		if got != n {
			w.t.Errorf("%s finds %d by %s, want %d", by.ID, got, what, n)
		}
	}
	if chats := len(profile.Chats); chats != n+1 { // the other is that of the call
		w.t.Errorf("%s finds %d chats of the member", by.ID, chats)
	}
	wantKind(w.t, row, kind)
	wantKind(w.t, thread, kind)
	_ = w.Do(w.ctx, func(tx storage.Tx) error { // rolled back: only whether he could
		able := by
		able.Capacity, able.Status = 9, bot.Available
		got, err := tx.Claim(w.ctx, ann, able, noon)
		if err != nil || got != sees {
			w.t.Errorf("%s claims it: %v, %v", by.ID, got, err)
		}
		return &bot.Error{Kind: bot.Conflict, Key: "x"}
	})
}

// number is that of the case that complained has filed.
func (w world) number() bot.CaseNumber {
	w.t.Helper()
	list := read(w.CasesAfter(w.ctx, bot.CaseNumber{}, 1))(w.t)
	return list[0].Number
}
