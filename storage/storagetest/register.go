package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/storage"
)

// register is what members.OfficeTx and the other members.Reads promise.
func register() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"the register lists the newest members first, page by page": func(t *testing.T, w world) {
			for i, id := range []bot.MemberID{"a", "c", "b", "d"} {
				w.save(bot.Member{ID: id, Name: string(id), CreatedAt: noon.Add(time.Duration(i/2) * time.Hour)}, ann)
			}
			var got []string
			var after members.Cursor
			for range 3 {
				page := read(w.ReadMembers(w.ctx, officer, after, 3))(t)
				for _, m := range page {
					got = append(got, m.Name)
					after = members.Cursor{At: m.CreatedAt, ID: m.ID}
				}
			}
			equal(t, "register", got, []string{"d", "b", "c", "a"})
			equal(t, "for an admin", read(w.ReadMembers(w.ctx, admin, members.Cursor{}, 3))(t), []bot.Member(nil))
		},
		"a profile has the member with his chats, colleagues and files": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.turn("2", chatAt(bob, 2), 0)
			m := bot.Member{ID: "m1", Name: "Ann", Phone: "+98912", Verified: true, Company: "Co", CreatedAt: noon}
			w.save(m, ann)
			w.save(m, bob)
			w.save(bot.Member{ID: "m2", Name: "Zoe", Company: "Co"}, "x")
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: bob, Unit: "trade", Files: []bot.File{{ID: "f1", Name: "a.pdf"}}, At: noon},
				{Chat: ann, Unit: "cards", Files: []bot.File{{ID: "f2"}}, At: noon},
				{Chat: ann, Unit: "trade", Confidential: true, Files: []bot.File{{ID: "f3"}}, At: noon},
				{Chat: ann, Unit: "trade", Files: []bot.File{{ID: "f4"}}, At: noon},
			}}, bot.Lease{})
			p := read(w.ReadProfile(w.ctx, officer, "m1"))(t)
			equal(t, "member", p.Member, m)
			equal(t, "chats", []any{len(p.Chats), p.Chats[0].Key, p.Chats[1].Key, p.Chats[1].State}, []any{2, bob, ann, []byte(nil)})
			equal(t, "colleagues", []any{len(p.Colleagues), p.Colleagues[0].Name}, []any{1, "Zoe"})
			equal(t, "files", []any{len(p.Files), p.Files[0].ID, p.Files[0].Chat, p.Files[1].ID, p.Files[1].Chat}, []any{2, "f4", ann, "f1", bob})
			_, err := w.ReadProfile(w.ctx, admin, "m1")
			wantKind(t, err, bot.NotFound)
			_, err = w.ReadProfile(w.ctx, officer, "m9")
			wantKind(t, err, bot.NotFound)
		},
		"a profile shows the cases that the reader may see": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.save(bot.Member{ID: "m1", Name: "Ann"}, ann)
			mine, early, hidden, others := complaint("d1"), complaint("d2"), complaint("d3"), complaint("d4")
			early.Member, hidden.Confidential, others.Member, others.Chat = "", true, "m2", bob
			for _, c := range []bot.Case{mine, early, hidden, others} {
				w.openCase(c)
			}
			seen := func(by bot.Staff) int { return len(read(w.ReadProfile(w.ctx, by, "m1"))(t).Cases) }
			equal(t, "cases", []int{seen(officer), seen(stranger), seen(handler), seen(head)}, []int{2, 0, 3, 2})
		},
		"what staff entered is known by them until the phone is verified": func(t *testing.T, w world) {
			m := bot.Member{ID: "m1", Name: "Ann", Phone: "+98912", Company: "Co"}
			w.save(m, "")
			for i, field := range []string{"phone", "company", "company"} {
				w.do(func(tx storage.Tx) error {
					return tx.KeepFact(w.ctx, "m1", members.Fact{Field: field, By: bot.StaffID(fresh("s")[:1]), At: noon.Add(time.Duration(i))})
				})
			}
			entered := members.Fact{Source: members.Entered, By: "s", At: noon}
			phone, company := entered, entered
			phone.Field, company.Field = "phone", "company"
			equal(t, "facts", read(w.ReadProfile(w.ctx, officer, "m1"))(t).Facts,
				[]members.Fact{{Field: "name", Source: members.Told}, phone, company})
			m.Verified = true
			w.save(m, "")
			equal(t, "phone", read(w.ReadProfile(w.ctx, officer, "m1"))(t).Facts[1], members.Fact{Field: "phone", Source: members.Verified})
		},
		"a contact is logged once, in the member's timeline, and is found": func(t *testing.T, w world) {
			w.save(bot.Member{ID: "tg:m1", Name: "Ann"}, "")
			c := members.Contact{
				ID: "k1", Member: "tg:m1", Channel: members.Call, Direction: bot.In, Topic: "services/x", Text: "Asked for a stamp",
				SearchKey: "asked for a stamp", Minutes: 7, Officer: "sara", Unit: "trade", At: noon,
			}
			equal(t, "logged", []bool{w.log(c), w.log(c)}, []bool{true, false})
			p := read(w.ReadProfile(w.ctx, officer, "tg:m1"))(t)
			equal(t, "contacts", p.Contacts, []members.Contact{c})
			equal(t, "hidden", len(read(w.ReadProfile(w.ctx, stranger, "tg:m1"))(t).Contacts), 0)
			equal(t, "chats", []any{len(p.Chats), p.Chats[0].Key.Channel(), p.Chats[0].Blocked}, []any{1, members.ByHand, true})
			equal(t, "found", w.lines(officer, "stamp"), []string{"Asked for a stamp"})
			equal(t, "messages", len(read(w.ReadMessages(w.ctx, c.Chat().Key, 9))(t)), 1)
			c.ID, c.At = "k2", noon.Add(time.Hour)
			w.log(c)
			p = read(w.ReadProfile(w.ctx, officer, "tg:m1"))(t)
			equal(t, "newest first, one chat", []any{p.Contacts[0].ID, len(p.Contacts), len(p.Chats)}, []any{"k2", 2, 1})
		},
		"a contact takes over the confidentiality of its case": func(t *testing.T, w world) {
			w.save(bot.Member{ID: "m1", Name: "Ann"}, "")
			c := members.Contact{ID: "k1", Member: "m1", Channel: members.Visit, Text: "secret", SearchKey: "secret", Unit: "trade", At: noon}
			w.log(c)
			filed := complaint(c.Draft())
			filed.Chat, filed.Confidential = c.Chat().Key, true
			w.openCase(filed)
			equal(t, "officer", len(read(w.ReadProfile(w.ctx, officer, "m1"))(t).Contacts), 0)
			equal(t, "handler", read(w.ReadProfile(w.ctx, handler, "m1"))(t).Contacts[0].Confidential, true)
			equal(t, "found", w.lines(officer, "secret"), []string(nil))
		},
		"who logged a contact sees it though it went to a unit that he does not serve": func(t *testing.T, w world) {
			w.save(bot.Member{ID: "m1", Name: "Ann"}, "")
			author := stranger
			author.ID = "author"
			w.log(members.Contact{ID: "k1", Member: "m1", Channel: members.Call, Text: "a stamp", Officer: author.ID, Unit: "trade", At: noon})
			filed := members.Contact{ID: "k2", Member: "m1", Channel: members.Call, Text: "a secret", Officer: author.ID, Unit: "trade", At: noon}
			w.log(filed)
			hidden := complaint(filed.Draft())
			hidden.Chat, hidden.Confidential = filed.Chat().Key, true
			w.openCase(hidden)
			seen := func(by bot.Staff) int { return len(read(w.ReadProfile(w.ctx, by, "m1"))(t).Contacts) }
			equal(t, "contacts", []int{seen(author), seen(stranger), seen(handler)}, []int{1, 0, 2})
		},
		"what was logged of a member stands in the threads of his chats": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.turn("2", chatAt(bob, 2), 0)
			w.hand(bot.HandOver{ID: "h1", Chat: ann, At: noon})
			w.hand(bot.HandOver{ID: "h2", Chat: bob, At: noon})
			w.save(bot.Member{ID: "m1", Name: "Ann"}, ann)
			w.said(ann, "trade", "before", false)
			c := members.Contact{ID: "k1", Member: "m1", Channel: members.Visit, Direction: bot.In, Text: "at the counter", Unit: "cards", At: noon}
			w.log(c)
			w.said(ann, "trade", "after", false)
			secret := c
			secret.ID, secret.Text = "k2", "secret"
			w.log(secret)
			filed := complaint(secret.Draft())
			filed.Chat, filed.Unit, filed.Confidential = secret.Chat().Key, "cards", true
			w.openCase(filed)
			thread := func(chat bot.ChatKey, by bot.Staff, before int64, limit int) (lines []string, more bool) {
				th := read(w.Thread(w.ctx, by, chat, before, limit))(t)
				for _, l := range th.Lines {
					lines = append(lines, l.Text)
				}
				return lines, th.More
			}
			lines, more := thread(ann, officer, 0, 9)
			equal(t, "thread", lines, []string{"before", "at the counter", "after"})
			equal(t, "more", more, false)
			lines, more = thread(ann, officer, 0, 2)
			equal(t, "the newest", lines, []string{"at the counter", "after"})
			equal(t, "more", more, true)
			named := handler
			named.Units = []bot.UnitID{"trade", "cards"}
			lines, _ = thread(ann, named, 0, 9)
			equal(t, "for a named handler", lines, []string{"before", "at the counter", "after", "secret"})
			lines, _ = thread(bob, officer, 0, 9)
			equal(t, "in another's chat", lines, []string(nil))
		},
		"a caller who is no member has a chat of his own": func(t *testing.T, w world) {
			a := members.Contact{ID: "k1", Name: "Somebody", Channel: members.Call, Text: "hello", SearchKey: "hello", Unit: "trade", At: noon}
			b := a
			b.ID = "k2"
			w.log(a)
			w.log(b)
			if a.Chat().Key == b.Chat().Key {
				t.Errorf("both are in %s", a.Chat().Key)
			}
			equal(t, "found", len(w.lines(officer, "hello")), 2)
		},
	}
}

func (w world) log(c members.Contact) (added bool) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		added, err = tx.LogContact(w.ctx, c)
		return err
	})
	return added
}
