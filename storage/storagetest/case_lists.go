package storagetest

import (
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/storage"
)

// rad is of a unit that is asked.
var rad = bot.Staff{ID: "rad", Login: "rad", Role: bot.RoleUnit, Units: []bot.UnitID{"card"}}

// caseFiles is what the store promises about the lists of cases and about one case whole.
func caseFiles() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a case is in the views that it fits, by deadline, and in no other": func(t *testing.T, w world) {
			w.filed("calm", 9, func(c *bot.Case) {})
			w.filed("risky", 3, func(c *bot.Case) { c.Alarm = bot.AlarmOfficer })
			w.filed("uncalled", 4, func(c *bot.Case) { c.Alarm, c.Overdue, c.State = bot.AlarmManager, true, bot.Proposed })
			w.filed("broken", 2, func(c *bot.Case) { c.Alarm, c.BreachedAt = bot.AlarmHead, noon })
			w.filed("asked", 4, func(c *bot.Case) { c.State = bot.Referred })
			w.filed("silent", 5, func(c *bot.Case) { c.State = bot.WaitingMember })
			w.filed("told", 6, func(c *bot.Case) { c.State = bot.Proposed })
			w.filed("lost", 7, func(c *bot.Case) { c.Next = bot.Next{} })
			w.filed("mine", 8, func(c *bot.Case) { c.Holder = mina.ID })
			w.filed("over", 1, func(c *bot.Case) { c.State, c.BreachedAt = bot.Closed, noon })
			w.filed("foreign", 1, func(c *bot.Case) { c.Unit = "legal" })
			for view, want := range map[casefile.View]string{
				casefile.Open: "[broken risky uncalled asked silent told lost mine calm]", casefile.AtRisk: "[risky uncalled]", casefile.Breached: "[broken]",
				casefile.AtUnit: "[asked]", casefile.AtMember: "[uncalled silent told]", casefile.Orphans: "[lost]", casefile.Mine: "[mine]",
				casefile.Closed: "[over]",
			} {
				q := casefile.Query{By: mina, View: view, Limit: 9}
				equal(t, string(view), w.list(q), want)
				equal(t, string(view)+" counted", read(w.CaseCount(w.ctx, q))(t), len(read(w.CaseRows(w.ctx, q))(t)))
			}
		},
		"what is over comes newest first": func(t *testing.T, w world) {
			for i, name := range []string{"first", "second", "third"} {
				w.filed(name, 9, func(c *bot.Case) { c.State, c.OpenedAt = bot.Closed, noon.Add(time.Duration(i)*time.Hour) })
			}
			q := casefile.Query{By: mina, View: casefile.Closed, Limit: 2}
			equal(t, "page", w.list(q), "[third second]")
			q.After = read(w.CaseRows(w.ctx, q))(t)[1].Cursor
			equal(t, "next", w.list(q), "[first]")
		},
		"a page goes on behind its last row over all units, whatever came meanwhile": func(t *testing.T, w world) {
			for i, unit := range []bot.UnitID{"trade", "legal", "card", "trade", "legal"} {
				w.filed(fmt.Sprint("c", i), i+1, func(c *bot.Case) { c.Unit = unit })
			}
			q := casefile.Query{By: chief, View: casefile.Open, Limit: 2}
			equal(t, "first", w.list(q), "[c0 c1]")
			q.After = read(w.CaseRows(w.ctx, q))(t)[1].Cursor
			w.filed("urgent", 0, func(*bot.Case) {})
			equal(t, "second", w.list(q), "[c2 c3]")
			q.After = "?"
			_, err := w.CaseRows(w.ctx, q)
			wantKind(t, err, bot.Invalid)
		},
		"a list is narrowed by unit, kind and category": func(t *testing.T, w world) {
			w.filed("a", 1, func(*bot.Case) {})
			w.filed("b", 2, func(c *bot.Case) { c.Unit, c.Category = "legal", "fees" })
			w.filed("c", 3, func(c *bot.Case) { c.Kind = bot.Suggestion })
			for _, row := range []struct {
				q    casefile.Query
				want string
			}{
				{casefile.Query{By: chief, Unit: "legal"}, "[b]"},
				{casefile.Query{By: chief, Category: "fees"}, "[b]"},
				{casefile.Query{By: chief, Kind: bot.Suggestion}, "[c]"},
				{casefile.Query{By: chief, Kind: bot.Complaint, Category: "delay"}, "[a]"},
				{casefile.Query{By: mina, Unit: "legal"}, "[]"},
				{casefile.Query{By: mina, Category: "fees"}, "[]"},
			} {
				row.q.View, row.q.Limit = casefile.Open, 9
				equal(t, fmt.Sprintf("%+v", row.q), w.list(row.q), row.want)
				equal(t, "counted", read(w.CaseCount(w.ctx, row.q))(t), len(read(w.CaseRows(w.ctx, row.q))(t)))
			}
		},
		"a line tells who filed the case and which unit is asked, and neither phone nor answers": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.save(bot.Member{ID: "m1", Name: "Ann", CreatedAt: noon}, ann)
			c := w.filed("a", 1, func(c *bot.Case) {
				c.State, c.Holder, c.Dispute, c.Answers = bot.Referred, "sara", true, map[string]string{"file_no": "7"}
			})
			late, first := referral("r1", c.ID, 0), referral("r2", c.ID, 0)
			late.RepliedAt, late.WithdrawnAt, first.RepliedAt, first.WithdrawnAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
			late.DueAt, first.Unit = first.DueAt.Add(time.Hour), "card"
			w.refers(late, first)
			rows := read(w.CaseRows(w.ctx, casefile.Query{By: mina, View: casefile.AtUnit, Limit: 9}))(t)
			equal(t, "rows", len(rows), 1)
			row := rows[0]
			equal(t, "row", []any{row.Name, row.Asked, row.AskedDue, row.Number, row.State, row.Holder, row.Dispute, row.Text, row.Phone, len(row.Answers)},
				[]any{"Ann", "card", first.DueAt, c.Number, bot.Referred, "sara", true, "a", "", 0})
		},
		"a case that one may not see is in no list, in no count and has no file": func(t *testing.T, w world) {
			open := w.filed("open", 1, func(*bot.Case) {})
			secret := w.filed("secret", 2, func(c *bot.Case) { c.Confidential = true })
			w.do(func(tx storage.Tx) error { return tx.Accuse(w.ctx, bob, mina.ID, noon) })
			accused := w.filed("accused", 3, func(c *bot.Case) { c.Chat, c.Member = bob, "" })
			for _, row := range []struct {
				by   bot.Staff
				want string
			}{
				{mina, "[open]"},
				{nada, "[open secret accused]"},
				{reza, "[]"},
				{chief, "[open accused]"},
				{keeper, "[]"},
				{rad, "[]"},
			} {
				q := casefile.Query{By: row.by, View: casefile.Open, Limit: 9}
				equal(t, string(row.by.ID), w.list(q), row.want)
				equal(t, string(row.by.ID)+" counts", read(w.CaseCount(w.ctx, q))(t), len(read(w.CaseRows(w.ctx, q))(t)))
				seen := "["
				for _, c := range []bot.Case{open, secret, accused} {
					if f, err := w.CaseFile(w.ctx, row.by, c.Number); err == nil {
						seen += map[bool]string{true: " "}[len(seen) > 1] + f.Case.Text
					} else {
						wantKind(t, err, bot.NotFound)
					}
				}
				equal(t, string(row.by.ID)+" opens", seen+"]", row.want)
			}
			_, err := w.CaseFile(w.ctx, chief, bot.CaseNumber{Year: 1405, Seq: 99})
			wantKind(t, err, bot.NotFound)
		},
		"a holder of another unit finds his case in his own list and opens it": func(t *testing.T, w world) {
			c := w.filed("a", 1, func(c *bot.Case) { c.Unit, c.Holder = "legal", mina.ID })
			equal(t, "mine", w.list(casefile.Query{By: mina, View: casefile.Mine, Limit: 9}), "[a]")
			equal(t, "counted", read(w.CaseCount(w.ctx, casefile.Query{By: mina, View: casefile.Mine}))(t), 1)
			equal(t, "open", w.list(casefile.Query{By: mina, View: casefile.Open, Limit: 9}), "[]")
			equal(t, "opens", read(w.CaseFile(w.ctx, mina, c.Number))(t).Case.Text, "a")
		},
		"a unit finds what is referred to it, then what it has answered, and reads the question alone": func(t *testing.T, w world) {
			c, other := w.filed("a", 1, func(c *bot.Case) { c.State = bot.Referred }), w.filed("b", 2, func(*bot.Case) {})
			mine, theirs := referral("r1", c.ID, 0), referral("r2", c.ID, 0)
			theirs.Unit, theirs.WithdrawnAt = "finance", time.Time{}
			mine.Unit, mine.RepliedAt, mine.WithdrawnAt = "card", time.Time{}, time.Time{}
			w.refers(mine, theirs)
			asked, answered := casefile.Query{By: rad, View: casefile.Asked, Limit: 9}, casefile.Query{By: rad, View: casefile.Answered, Limit: 9}
			equal(t, "asked", w.list(asked)+w.list(answered), "[a][]")
			equal(t, "counted", read(w.CaseCount(w.ctx, asked))(t), 1)
			f := read(w.CaseFile(w.ctx, rad, c.Number))(t)
			equal(t, "file", []any{f.Narrow, f.Case.Text, f.Case.Phone, len(f.Entries), len(f.Referrals), f.Referrals[0].ID}, []any{true, "a", "", 0, 1, "r1"})
			mine.RepliedAt = noon
			w.refers(mine)
			equal(t, "answered", w.list(asked)+w.list(answered), "[][a]")
			officer := mina
			officer.ID, officer.Units = "pari", []bot.UnitID{"card"}
			answered.By = officer
			equal(t, "an officer of the unit", w.list(answered), "[a]")
			equal(t, "reads", read(w.CaseFile(w.ctx, officer, c.Number))(t).Narrow, true)
			equal(t, "the head, all units", w.list(casefile.Query{By: chief, View: casefile.Answered, Limit: 9}), "[a a]")
			_, err := w.CaseFile(w.ctx, rad, other.Number)
			wantKind(t, err, bot.NotFound)
			mine.RepliedAt, mine.WithdrawnAt = time.Time{}, noon
			w.refers(mine)
			equal(t, "recalled", w.list(asked)+w.list(answered), "[][]")
			_, err = w.CaseFile(w.ctx, rad, c.Number)
			wantKind(t, err, bot.NotFound)
		},
		"a case that was logged by hand is called by the name that was given, and its file has the contact": func(t *testing.T, w world) {
			k := members.Contact{ID: "k1", Name: "Somebody", Channel: members.Call, Direction: bot.In, Text: "hello", SearchKey: "hello", Unit: "trade", Officer: "mina", At: noon}
			c := w.filed("a", 1, func(c *bot.Case) { c.Chat, c.Member = k.Chat().Key, "" })
			k.Case = c.ID
			w.log(k)
			equal(t, "name", read(w.CaseRows(w.ctx, casefile.Query{By: mina, View: casefile.Open, Limit: 9}))(t)[0].Name, "Somebody")
			f := read(w.CaseFile(w.ctx, mina, c.Number))(t)
			equal(t, "contacts", []any{len(f.Contacts), f.Contacts[0].Text, f.Contacts[0].Channel}, []any{1, "hello", members.Call})
		},
		"a case of somebody who is not in the register is called by what the messenger calls him, until he is": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			c := w.filed("a", 1, func(c *bot.Case) { c.Member = "" })
			called := func() []string {
				return []string{
					read(w.CaseRows(w.ctx, casefile.Query{By: mina, View: casefile.Open, Limit: 9}))(t)[0].Name,
					read(w.CaseFile(w.ctx, mina, c.Number))(t).Name,
				}
			}
			equal(t, "nobody", called(), []string{"", ""})
			w.hand(bot.HandOver{ID: "h1", Chat: ann, Name: "Annie", At: noon})
			equal(t, "at the messenger", called(), []string{"Annie", "Annie"})
			w.save(bot.Member{ID: "m1", Name: "Ann Arad", CreatedAt: noon}, ann)
			equal(t, "in the register", called(), []string{"Ann Arad", "Ann Arad"})
			equal(t, "member", read(w.CaseFile(w.ctx, mina, c.Number))(t).Member.ID, "m1")
		},
		"a file has what people said since the case was filed, what the program wrote about it, and its files once": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			bill := bot.File{ID: fresh("f"), Kind: "document", Name: "bill.pdf"}
			w.append(converse.Rows{
				Pieces: []bot.Piece{{Draft: "d1", Field: "files", File: &bill, At: noon}},
			}, bot.Lease{})
			c := w.openCase(complaint("d1"))
			line := func(author bot.Author, direction bot.Direction, words string, hours int) bot.Message {
				return bot.Message{Chat: ann, Author: author, Direction: direction, Kind: bot.KindText, Text: words, At: noon.Add(time.Duration(hours) * time.Hour)}
			}
			letter, other, press, desk := line(bot.ByBot, bot.Out, "notice", 4), line(bot.ByBot, bot.Out, "menu", 4), line(bot.ByMember, bot.In, "button", 4), line("sara", bot.Note, "", 4)
			letter.Flow, letter.JobKey = "case", "case:"+string(c.ID)+":1.0"
			press.Kind, desk.Flow = bot.KindPress, "desk"
			secret := line("sara", bot.Out, "secret", 4)
			secret.Confidential, secret.Unit = true, "legal"
			answer := line("sara", bot.Out, "answer", 2)
			answer.Files = []bot.File{bill}
			w.log(members.Contact{ID: "k1", Member: "m1", Channel: members.Visit, Direction: bot.In, Text: "visit", SearchKey: "visit", Unit: "trade", Officer: "mina", At: noon.Add(5 * time.Hour)})
			w.append(converse.Rows{Messages: []bot.Message{line(bot.ByMember, bot.In, "before", -1), line(bot.ByMember, bot.In, "question", 1), answer, line("sara", bot.Note, "note", 3), letter, other, press, desk, secret}}, bot.Lease{})
			f := read(w.CaseFile(w.ctx, mina, c.Number))(t)
			said := []string{}
			for _, l := range f.Lines {
				said = append(said, l.Text)
			}
			equal(t, "lines", said, []string{"visit", "question", "answer", "note", "notice"})
			equal(t, "files", []any{len(f.Attached), f.Attached[0].Name}, []any{1, "bill.pdf"})
			equal(t, "chat", []any{f.Chat.Key, len(f.Chat.State)}, []any{ann, 0})
		},
		"a file has everything that belongs to the case": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.save(bot.Member{ID: "m1", Name: "Ann", CreatedAt: noon}, ann)
			c, other := w.openCase(complaint("d1")), w.openCase(complaint("d2"))
			w.saveCase(c, bot.CaseEntry{What: "remark", Author: "sara", Text: "hm", At: noon})
			w.refers(referral("r1", c.ID, 0))
			asked := held("a1")
			asked.Case = c.Number
			w.ask(asked)
			w.do(func(tx storage.Tx) error {
				for _, of := range []bot.Case{c, other} {
					if err := tx.SaveTask(w.ctx, task("t"+string(of.ID), of.ID, 0)); err != nil {
						return err
					}
				}
				return tx.SaveSurvey(w.ctx, bot.Survey{Case: c.ID, Number: c.Number, Round: 1, Chat: ann, AskedAt: noon, Rating: 4})
			})
			f := read(w.CaseFile(w.ctx, mina, c.Number))(t)
			equal(t, "file", []any{f.Member.Name, len(f.Entries), f.Entries[1].Text, len(f.Referrals), len(f.Tasks), len(f.Surveys), f.Approvals[0].ID, f.Narrow},
				[]any{"Ann", 2, "hm", 1, 1, 1, "a1", false})
			equal(t, "case", f.Case, w.locked(c.Number))
		},
		"surveys are told and counted for those who see their cases": func(t *testing.T, w world) {
			open, secret := w.filed("open", 1, func(*bot.Case) {}), w.filed("secret", 1, func(c *bot.Case) { c.Confidential = true })
			w.do(func(tx storage.Tx) error {
				for i, s := range []bot.Survey{{Rating: 2}, {Rating: 5}, {}, {Rating: 1, Case: secret.ID, Number: secret.Number}} {
					if s.Case == "" {
						s.Case, s.Number = open.ID, open.Number
					}
					s.Round, s.Chat, s.Unit, s.AskedAt = i, ann, "trade", noon.Add(time.Duration(i)*time.Hour)
					if err := tx.SaveSurvey(w.ctx, s); err != nil {
						return err
					}
				}
				return nil
			})
			q := casefile.SurveyQuery{By: mina, Since: noon, Limit: 9}
			rounds := func(q casefile.SurveyQuery) (list []int) {
				for _, a := range read(w.SurveyAnswers(w.ctx, q))(t) {
					list = append(list, a.Round)
				}
				return list
			}
			equal(t, "newest first", rounds(q), []int{2, 1, 0})
			equal(t, "tally", read(w.SurveyTally(w.ctx, q))(t), casefile.Tally{Asked: 3, Answered: 2, Low: 1, Ratings: [5]int{0, 1, 0, 0, 1}})
			q.Low = true
			equal(t, "low", rounds(q), []int{0})
			q.By = nada
			equal(t, "to the named handler", rounds(q), []int{3, 0})
			q.Unit = "legal"
			equal(t, "elsewhere", rounds(q), []int(nil))
			q.Unit, q.Since = "", noon.Add(time.Hour)
			equal(t, "since", rounds(q), []int{3})
		},
	}
}

// filed opens a case of ann's whose words are its name, due so many hours from noon, and saves it as it has become.
func (w world) filed(name string, due int, become func(*bot.Case)) bot.Case {
	w.t.Helper()
	c := complaint(bot.DraftID(fresh("d")))
	c.Text, c.DueAt, c.Next = name, noon.Add(time.Duration(due)*time.Hour), bot.Next{What: "look", At: noon}
	become(&c)
	next := c.Next // which a case has only once somebody works on it
	c = w.openCase(c)
	c.Next = next
	become(&c)
	w.saveCase(c)
	return c
}

func (w world) list(q casefile.Query) string {
	w.t.Helper()
	names := []string{}
	for _, row := range read(w.CaseRows(w.ctx, q))(w.t) {
		names = append(names, row.Text)
	}
	return fmt.Sprint(names)
}

func (w world) refers(list ...bot.Referral) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		for _, r := range list {
			if err := tx.SaveReferral(w.ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}
