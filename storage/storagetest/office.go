package storagetest

import (
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/storage"
)

// office is what the store promises about what officers do to cases.
func office() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a case is read without being locked": func(t *testing.T, w world) {
			c := w.openCase(complaint("d1"))
			equal(t, "case", read(w.ReadCase(w.ctx, c.Number))(t), w.locked(c.Number))
			_, err := w.ReadCase(w.ctx, bot.CaseNumber{Year: 1405, Seq: 99})
			wantKind(t, err, bot.NotFound)
		},
		"a referral is found by the hash of its link, with its case, and never without one": func(t *testing.T, w world) {
			c := w.openCase(complaint("d1"))
			open, none := referral("r1", c.ID, 0), referral("r2", c.ID, 1)
			none.Link = ""
			w.do(func(tx storage.Tx) error {
				if err := tx.SaveReferral(w.ctx, none); err != nil {
					return err
				}
				return tx.SaveReferral(w.ctx, open)
			})
			r, number, err := w.LinkedReferral(w.ctx, "hashr1")
			equal(t, "referral", r, open)
			equal(t, "number", number, c.Number)
			equal(t, "error", err, nil)
			for _, hash := range []string{"", "other"} {
				_, _, err := w.LinkedReferral(w.ctx, hash)
				wantKind(t, err, bot.NotFound)
			}
		},
		"all approvals of a case come oldest first, decided or not": func(t *testing.T, w world) {
			c, other := w.openCase(complaint("d1")), w.openCase(complaint("d2"))
			late, first, foreign, none := held("a1"), held("a2"), held("a3"), held("a4")
			late.Case, first.Case, foreign.Case = c.Number, c.Number, other.Number
			late.AskedAt, first.State = noon.Add(time.Hour), bot.ApprovalRefused
			for _, a := range []bot.Approval{late, first, foreign, none} {
				w.ask(a)
			}
			w.do(func(tx storage.Tx) error {
				list, err := tx.CaseApprovals(w.ctx, c.Number)
				equal(t, "approvals", list, []bot.Approval{first, late})
				return err
			})
		},
		"other open cases like one are of the same member, chat or company, of its category and not too old": func(t *testing.T, w world) {
			for id, company := range map[bot.MemberID]string{"m1": "Rad", "m2": "Rad", "m3": "Sun", "m4": ""} {
				w.save(bot.Member{ID: id, Company: company}, "")
			}
			like := func(draft bot.DraftID, change func(*bot.Case)) bot.CaseNumber {
				c := complaint(draft)
				c.Chat = "tg:javab:9"
				change(&c)
				return w.openCase(c).Number
			}
			this := w.openCase(complaint("this"))
			his := like("his", func(c *bot.Case) { c.OpenedAt = noon.Add(3 * time.Minute) })
			colleagues := like("colleague", func(c *bot.Case) { c.Member, c.OpenedAt = "m2", noon.Add(2*time.Minute) })
			chats := like("chat", func(c *bot.Case) { c.Chat, c.Member, c.OpenedAt = ann, "", noon.Add(time.Minute) })
			like("stranger", func(c *bot.Case) { c.Member = "m3" })
			like("nobody", func(c *bot.Case) { c.Member = "m4" })
			like("matter", func(c *bot.Case) { c.Category = "fees" })
			like("kind", func(c *bot.Case) { c.Kind = bot.Request })
			like("old", func(c *bot.Case) { c.OpenedAt = noon.Add(-time.Millisecond) })
			like("closed", func(c *bot.Case) { c.State = bot.Closed })
			like("withdrawn", func(c *bot.Case) { c.State = bot.Withdrawn })
			for limit, want := range map[int][]bot.CaseNumber{9: {his, colleagues, chats}, 2: {his, colleagues}} {
				w.do(func(tx storage.Tx) error {
					list, err := tx.Alike(w.ctx, this, noon, limit)
					var got []bot.CaseNumber
					for _, c := range list {
						got = append(got, c.Number)
					}
					equal(t, "alike", got, want)
					return err
				})
			}
		},
		"those who can take a case over have the number of its member, a proven phone and a chat that reaches them": func(t *testing.T, w world) {
			for chat, m := range map[bot.ChatKey]bot.Member{
				ann: {ID: "m1", Name: "Ann", MembershipNo: "778", Verified: true, Phone: "+989121110001"}, "tg:javab:2": {ID: "m2", Name: "Ben", MembershipNo: "778", Verified: true, Phone: "+989121110002"},
				"tg:javab:3": {ID: "m3", Name: "Ada", MembershipNo: "778", Verified: true, Phone: "+989121110003"}, "tg:javab:4": {ID: "m4", Name: "Sun", MembershipNo: "779", Verified: true, Phone: "+989121110004"},
				"tg:javab:5": {ID: "m5", Name: "Told", MembershipNo: "778"}, "tg:javab:6": {ID: "m6", Name: "Gone", MembershipNo: "778", Verified: true, Phone: "+989121110006"},
				"tg:javab:7": {ID: "m7", Name: "None", Verified: true, Phone: "+989121110007"},
			} {
				w.do(func(tx storage.Tx) error {
					chat, err := tx.Chat(w.ctx, chat)
					if err != nil {
						return err
					}
					chat.Rev, chat.Blocked = 1, m.ID == "m6"
					if _, err := tx.Append(w.ctx, converse.Rows{Chat: &chat}, bot.Lease{}); err != nil {
						return err
					}
					return tx.SaveMember(w.ctx, m, chat.Key)
				})
			}
			w.do(func(tx storage.Tx) error {
				return tx.KeepFact(w.ctx, "m2", members.Fact{Field: "membership_no", By: "sara", At: noon})
			})
			known, unknown, none := complaint("d1"), complaint("d2"), complaint("d3")
			known.Chat = "tg:javab:9" // filed by a chat that is somebody else's by now
			unknown.Member = ""
			none.Member = "m7"
			for _, c := range []bot.Case{known, unknown} {
				for limit, want := range map[int][]string{9: {"Ada tg:javab:3 false", "Ben tg:javab:2 true"}, 1: {"Ada tg:javab:3 false"}} {
					w.do(func(tx storage.Tx) error {
						heirs, err := tx.Heirs(w.ctx, c, limit)
						var got []string
						for _, h := range heirs {
							got = append(got, fmt.Sprint(h.Member.Name, " ", h.Chat, " ", h.Entered))
						}
						equal(t, "heirs", got, want)
						return err
					})
				}
			}
			w.do(func(tx storage.Tx) error {
				heirs, err := tx.Heirs(w.ctx, none, 9)
				equal(t, "heirs of who has no number", len(heirs), 0)
				return err
			})
		},
		"a line of the timeline is known by its case, kind, author and words, since an instant": func(t *testing.T, w world) {
			c := w.openCase(complaint("d1"))
			line := bot.CaseEntry{Case: c.ID, What: "remark", Author: "sara", Text: "he called", At: noon}
			w.do(func(tx storage.Tx) error { return tx.SaveCase(w.ctx, c, line) })
			for name, change := range map[string]func(*bot.CaseEntry){
				"": func(*bot.CaseEntry) {}, "kind": func(e *bot.CaseEntry) { e.What = "told" }, "author": func(e *bot.CaseEntry) { e.Author = "omid" },
				"words": func(e *bot.CaseEntry) { e.Text = "he wrote" }, "case": func(e *bot.CaseEntry) { e.Case = "none" },
				"later": func(e *bot.CaseEntry) { e.At = noon.Add(time.Millisecond) },
			} {
				asked := line
				change(&asked)
				w.do(func(tx storage.Tx) error {
					known, err := tx.Entered(w.ctx, asked)
					equal(t, "known, but for "+name, known, name == "")
					return err
				})
			}
		},
	}
}
