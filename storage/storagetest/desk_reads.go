package storagetest

import (
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/storage"
)

// views is what desk.Reads promise: who sees what.
func views() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"ready replies are counted by what was sent of each": func(t *testing.T, w world) {
			said := func(id string, after time.Duration, direction bot.Direction) bot.Message {
				return bot.Message{Chat: ann, Direction: direction, Author: "sara", Kind: bot.KindText, Flow: bot.ReadyFlow, Step: id, At: noon.Add(after)}
			}
			scripted := said("greet", 0, bot.Out)
			scripted.Flow = "home"
			w.turn("1", chatAt(ann, 1), 0)
			w.append(converse.Rows{Messages: []bot.Message{
				said("greet", -time.Hour, bot.Out), said("greet", 0, bot.Out), said("greet", time.Hour, bot.Out), said("late", 0, bot.Out),
				said("late", 0, bot.Note), scripted,
			}}, bot.Lease{})
			equal(t, "from noon on", read(w.RepliesSent(w.ctx, noon))(t), map[string]int{"greet": 2, "late": 1})
			equal(t, "from tomorrow on", read(w.RepliesSent(w.ctx, noon.AddDate(0, 0, 1)))(t), map[string]int{})
		},
		"what another unit or an unnamed colleague may not see is not there": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.turn("2", chatAt(bob, 2), 0)
			w.hand(bot.HandOver{ID: "open", Chat: ann, At: noon})
			w.hand(bot.HandOver{ID: "secret", Chat: bob, At: noon, Confidential: true})
			for _, want := range []struct {
				by    bot.Staff
				chats []bot.ChatKey
			}{
				{mina, []bot.ChatKey{ann}},
				{reza, nil},
				{nada, []bot.ChatKey{ann, bob}},
				{chief, []bot.ChatKey{ann}},
				{keeper, nil},
			} {
				w.sees(want.by, want.chats)
			}
		},
		"a chat that is confidential now is hidden from those who saw it before": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "before", Chat: ann, At: noon})
			h := w.running(ann)
			h.State, h.EndedAt = bot.HandOverEnded, noon
			w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			w.sees(mina, nil)
			_, err := w.Thread(w.ctx, mina, ann, 0, 9)
			equal(t, "the past", err, nil)

			w.hand(bot.HandOver{ID: "now", Chat: ann, At: noon.Add(time.Hour), Confidential: true})
			_, err = w.Thread(w.ctx, mina, ann, 0, 9)
			wantKind(t, err, bot.NotFound)
			th := read(w.Thread(w.ctx, nada, ann, 0, 9))(t)
			equal(t, "to the named handler", []any{th.HandOver.ID, len(th.Past)}, []any{"now", 1})
		},
		"what was said in a confidential hand-over stays so": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon, Confidential: true})
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Direction: bot.In, Author: bot.ByMember, Text: "old", At: noon.Add(-time.Hour)},
				{Chat: ann, Direction: bot.In, Author: bot.ByMember, Text: "secret", At: noon},
			}}, bot.Lease{})
			h := w.running(ann)
			h.State = bot.HandOverEnded
			w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			w.hand(bot.HandOver{ID: "h2", Chat: ann, At: noon.Add(time.Hour)})
			th := read(w.Thread(w.ctx, mina, ann, 0, 9))(t)
			equal(t, "lines", said(th), []string{"old"})
			equal(t, "last", th.Row.LastText, "old")
			equal(t, "to the named handler", said(read(w.Thread(w.ctx, nada, ann, 0, 9))(t)), []string{"old", "secret"})
		},
		"a thread has the newest lines first to be asked for, with how far each has come": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			photo := bot.File{ID: "f1", Kind: "photo", State: bot.FileAnnounced}
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Direction: bot.In, Author: bot.ByMember, Text: "1", Files: []bot.File{photo}, At: noon},
				{Chat: ann, Direction: bot.Out, Author: "mina", Text: "2", JobKey: "oa", At: noon},
				{Chat: ann, Direction: bot.Note, Author: "mina", Text: "3", JobKey: "nb", At: noon},
			}, Jobs: []bot.Job{send("oa", ann)}}, bot.Lease{})
			th := read(w.Thread(w.ctx, mina, ann, 0, 2))(t)
			equal(t, "newest", said(th), []string{"2", "3"})
			equal(t, "sent", []any{th.Lines[0].Sent, th.Lines[1].Sent, th.More}, []any{desk.SentQueued, desk.SentNot, true})
			older := read(w.Thread(w.ctx, mina, ann, th.Lines[0].ID, 2))(t)
			equal(t, "older", said(older), []string{"1"})
			equal(t, "files", older.Lines[0].Files, []bot.File{photo})
			equal(t, "more", older.More, false)
			equal(t, "row", []any{th.Row.LastText, th.Row.Unread}, []any{"2", 1})
		},
		"a row shows what people said last, not the bot or a button": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, Name: "Ann", At: noon})
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: "my card", At: noon},
				{Chat: ann, Direction: bot.Out, Author: bot.ByBot, Kind: bot.KindText, Text: "please wait", At: noon},
				{Chat: ann, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindPress, Text: "I will wait", At: noon},
			}}, bot.Lease{})
			row := read(w.Row(w.ctx, mina, ann))(t)
			equal(t, "row", []any{row.LastText, row.LastBy, row.Name}, []any{"my card", bot.ByMember, "Ann"})
		},
		"what was read is not unread, and a mark never goes back": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Direction: bot.In, Text: "before", At: noon.Add(-time.Minute)},
				{Chat: ann, Direction: bot.In, Text: "1", At: noon},
				{Chat: ann, Direction: bot.In, Text: "2", At: noon},
			}}, bot.Lease{})
			lines := read(w.Thread(w.ctx, mina, ann, 0, 9))(t).Lines
			for _, step := range []struct{ upTo, unread int64 }{{0, 2}, {lines[1].ID, 1}, {lines[0].ID, 1}, {lines[2].ID, 0}} {
				w.do(func(tx storage.Tx) error { return tx.Mark(w.ctx, mina.ID, ann, step.upTo) })
				equal(t, "unread", read(w.Row(w.ctx, mina, ann))(t).Unread, step.unread)
			}
			equal(t, "of another", read(w.Row(w.ctx, nada, ann))(t).Unread, 2)
		},
		"a thread has the cases of its member that its reader may see": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			for i, confidential := range []bool{false, true} {
				c := complaint(bot.DraftID(fmt.Sprint("d", i)))
				c.ID, c.Chat, c.Member, c.Unit, c.Confidential = bot.CaseID(fmt.Sprint("c", i)), ann, "", "trade", confidential
				w.openCase(c)
			}
			equal(t, "cases", len(read(w.Thread(w.ctx, mina, ann, 0, 9))(t).Cases), 1)
			equal(t, "to the named handler", len(read(w.Thread(w.ctx, nada, ann, 0, 9))(t).Cases), 2)
		},
		"the tabs count what they list": func(t *testing.T, w world) {
			for i, state := range []bot.HandOverState{bot.HandOverWaiting, bot.HandOverWaiting, bot.HandOverHeld, bot.HandOverSnoozed, bot.HandOverHeld} {
				chat := bot.ChatKey(fmt.Sprint("tg:b:", i))
				w.turn(fmt.Sprint(i), chatAt(chat, 1), 0)
				h := bot.HandOver{ID: fmt.Sprint(i), Chat: chat, Unit: "trade", At: noon, DueAt: noon}
				w.hand(h)
				if h.State = state; state != bot.HandOverWaiting {
					h.Holder = mina.ID
				}
				if i == 4 {
					h.Holder = nada.ID
				}
				w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			}
			equal(t, "tabs", read(w.Tabs(w.ctx, mina, noon))(t), desk.Tabs{Waiting: 2, Mine: 1, All: 5, Snoozed: 1})
			for tab, want := range map[desk.Tab]int{desk.TabWaiting: 2, desk.TabMine: 1, desk.TabAll: 5, desk.TabSnoozed: 1} {
				equal(t, string(tab), len(read(w.Inbox(w.ctx, desk.Query{By: mina, Tab: tab, Now: noon, Limit: 9}))(t)), want)
			}
			equal(t, "live", read(w.Live(w.ctx, mina, noon.Add(time.Minute)))(t), []desk.Load{
				{Unit: "trade", Waiting: 2, Late: 2, Oldest: noon},
				{Unit: "trade", Staff: mina.ID, Held: 1, Snoozed: 1},
				{Unit: "trade", Staff: nada.ID, Held: 1},
			})
		},
		"every tab is read page by page in its order, each row once": func(t *testing.T, w world) {
			const n = 60
			for i := range n {
				chat := bot.ChatKey(fmt.Sprint("tg:b:", i))
				w.turn(fmt.Sprint(i), chatAt(chat, 1), 0)
				for _, state := range []bot.HandOverState{bot.HandOverWaiting, bot.HandOverHeld, bot.HandOverSnoozed} {
					h := bot.HandOver{ID: fmt.Sprint(state, i), Chat: bot.ChatKey(fmt.Sprint(chat, state)), Unit: "trade", Priority: i % 3, At: noon.Add(time.Duration(i%7) * time.Minute), DueAt: noon.Add(time.Duration(i%4) * time.Hour)}
					w.turn(h.ID, chatAt(h.Chat, 1), 0)
					w.hand(h)
					if h.State = state; state != bot.HandOverWaiting {
						h.Holder = mina.ID
					}
					w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
				}
			}
			for i := range n { // the members write in another order, some never
				chat := bot.ChatKey(fmt.Sprint("tg:b:", i*7%n, bot.HandOverHeld))
				if i%5 > 0 {
					w.append(converse.Rows{Messages: []bot.Message{{Chat: chat, Direction: bot.In, Author: bot.ByMember, Text: "x", At: noon}}}, bot.Lease{})
				}
			}
			for tab, want := range map[desk.Tab]int{desk.TabWaiting: n, desk.TabMine: n, desk.TabSnoozed: n, desk.TabAll: 3 * n} {
				q := desk.Query{By: mina, Tab: tab, Now: noon, Limit: 4 * n}
				whole := chatsOf(read(w.Inbox(w.ctx, q))(t))
				var paged []bot.ChatKey
				for q.Limit = 25; ; {
					rows := read(w.Inbox(w.ctx, q))(t)
					paged = append(paged, chatsOf(rows)...)
					if len(rows) < q.Limit || len(paged) > want {
						break
					}
					q.After = rows[len(rows)-1].Cursor
				}
				equal(t, string(tab), len(whole), want)
				equal(t, string(tab)+" page by page", paged, whole)
			}
			_, err := w.Inbox(w.ctx, desk.Query{By: mina, Tab: desk.TabMine, Now: noon, Limit: 9, After: "nonsense"})
			wantKind(t, err, bot.Invalid)
		},
		"a next page begins behind its row, though that has left the tab": func(t *testing.T, w world) {
			for i := range 4 {
				chat := bot.ChatKey(fmt.Sprint("tg:b:", i))
				w.turn(fmt.Sprint(i), chatAt(chat, 1), 0)
				w.hand(bot.HandOver{ID: fmt.Sprint(i), Chat: chat, Unit: "trade", At: noon, DueAt: noon})
			}
			q := desk.Query{By: mina, Tab: desk.TabWaiting, Now: noon, Limit: 2}
			q.After = read(w.Inbox(w.ctx, q))(t)[1].Cursor
			equal(t, "claimed", w.claimChat("tg:b:1", mina), true)
			equal(t, "next", chatsOf(read(w.Inbox(w.ctx, q))(t)), []bot.ChatKey{"tg:b:2", "tg:b:3"})
		},
		"one queue is read alone": func(t *testing.T, w world) {
			for i, unit := range []bot.UnitID{"trade", "legal", "trade"} {
				chat := bot.ChatKey(fmt.Sprint("tg:b:", i))
				w.turn(fmt.Sprint(i), chatAt(chat, 1), 0)
				w.hand(bot.HandOver{ID: fmt.Sprint(i), Chat: chat, Unit: unit, At: noon, DueAt: noon})
			}
			q := desk.Query{By: bot.Staff{ID: "head", Role: bot.RoleHead}, Tab: desk.TabWaiting, Now: noon, Limit: 9}
			for unit, want := range map[bot.UnitID][]bot.ChatKey{"": {"tg:b:0", "tg:b:1", "tg:b:2"}, "trade": {"tg:b:0", "tg:b:2"}, "legal": {"tg:b:1"}, "press": nil} {
				q.Unit = unit
				equal(t, "of "+string(unit), chatsOf(read(w.Inbox(w.ctx, q))(t)), want)
			}
		},
		"what somebody has begun to write is kept for him until it is sent": func(t *testing.T, w world) {
			w.do(func(tx storage.Tx) error {
				_ = tx.Keep(w.ctx, desk.Kept{Staff: mina.ID, Chat: ann, Mode: desk.ModeReply, Text: "one", At: noon})
				_ = tx.Keep(w.ctx, desk.Kept{Staff: mina.ID, Chat: ann, Mode: desk.ModeReply, Text: "two", At: noon})
				return tx.Keep(w.ctx, desk.Kept{Staff: mina.ID, Chat: ann, Mode: desk.ModeNote, Text: "note", At: noon})
			})
			reply, note, err := w.Kept(w.ctx, mina.ID, ann)
			equal(t, "kept", []any{reply, note, err}, []any{"two", "note", nil})
			w.do(func(tx storage.Tx) error {
				return tx.Keep(w.ctx, desk.Kept{Staff: mina.ID, Chat: ann, Mode: desk.ModeReply})
			})
			reply, note, _ = w.Kept(w.ctx, mina.ID, ann)
			equal(t, "after", []any{reply, note}, []any{"", "note"})
			reply, note, _ = w.Kept(w.ctx, nada.ID, ann)
			equal(t, "of another", []any{reply, note}, []any{"", ""})
		},
	}
}

// sees fails unless these are the chats that by finds, by whatever way.
func (w world) sees(by bot.Staff, chats []bot.ChatKey) {
	w.t.Helper()
	rows := read(w.Inbox(w.ctx, desk.Query{By: by, Tab: desk.TabAll, Now: noon, Limit: 9}))(w.t)
	equal(w.t, "rows of "+by.Login, chatsOf(rows), chats)
	equal(w.t, "count of "+by.Login, read(w.Tabs(w.ctx, by, noon))(w.t), desk.Tabs{Waiting: len(chats), All: len(chats)})
	waiting := 0
	for _, load := range read(w.Live(w.ctx, by, noon))(w.t) {
		waiting += load.Waiting
	}
	equal(w.t, "live count of "+by.Login, waiting, len(chats))
	for _, chat := range []bot.ChatKey{ann, bob} {
		want := bot.NotFound
		for _, own := range chats {
			if own == chat {
				want = ""
			}
		}
		if len(chats) == 0 && by.ID == mina.ID {
			continue // the past is asked for by itself
		}
		_, err := w.Row(w.ctx, by, chat)
		wantKind(w.t, err, want)
		_, err = w.Thread(w.ctx, by, chat, 0, 9)
		wantKind(w.t, err, want)
		if want != "" && w.claimChat(chat, by) {
			w.t.Errorf("%s claims %s, which he does not see", by.Login, chat)
		}
	}
}

func chatsOf(rows []desk.Row) (chats []bot.ChatKey) {
	for _, r := range rows {
		chats = append(chats, r.Chat)
	}
	return chats
}

func said(th desk.Thread) (texts []string) {
	for _, line := range th.Lines {
		texts = append(texts, line.Text)
	}
	return texts
}
