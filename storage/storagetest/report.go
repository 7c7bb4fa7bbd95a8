package storagetest

import (
	"fmt"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/report"
	"javab/bot/worktime/worktimetest"
	"javab/storage"
)

// reports is what the store promises about what reports are counted from.
func reports() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a month of complaints comes to the numbers that were counted by hand": func(t *testing.T, w world) {
			w.fileMonth()
			for _, want := range []struct {
				by   bot.Staff
				unit bot.UnitID
				says string
			}{
				{handler, "", "in_time 5 late 6 pending 2 paused 1 withdrawn 1"},
				{manager, "", "in_time 4 late 6 pending 2 paused 1 withdrawn 1"}, // one is confidential
				{head, "", "in_time 5 late 6 pending 2 paused 1 withdrawn 1"},    // and one is of another unit
				{head, "law", "in_time 1 late 0 pending 0 paused 0 withdrawn 0"},
				{admin, "", "in_time 0 late 0 pending 0 paused 0 withdrawn 0"},
			} {
				equal(t, fmt.Sprint(want.by.ID, " of ", want.unit), w.parts(want.by, want.unit, report.InTime), want.says)
			}
		},
		"a report says nothing of whoever complains about its reader": func(t *testing.T, w world) {
			w.fileMonth()
			w.do(func(tx storage.Tx) error { return tx.Accuse(w.ctx, ann, handler.ID, noon) })
			equal(t, "of him", w.parts(handler, "", report.InTime), "in_time 0 late 0 pending 0 paused 0 withdrawn 0")
			equal(t, "of others", w.parts(manager, "", report.InTime), "in_time 4 late 6 pending 2 paused 1 withdrawn 1")
		},
		"a case comes to a report with all that is counted of it": func(t *testing.T, w world) {
			c := promised("d1")
			c.DueAt, c.OpenedAt, c.State = c.BreachedAt, noon.Add(-time.Hour), bot.Proposed
			c = worked(c)
			c.Closure.ClosedAt = noon.Add(time.Hour)
			c = w.opened(c)
			w.saveCase(c)
			reader := head
			reader.Confidential = true
			for _, why := range []report.Reason{report.DueIn, report.AnsweredIn, report.OpenedIn, report.DisputedIn} {
				equal(t, string(why), read(w.ReportCases(w.ctx, of(reader, ""), why))(t), []report.Case{report.Of(c)})
			}
			equal(t, "for no reason", len(read(w.ReportCases(w.ctx, of(reader, ""), ""))(t)), 0)
		},
		"cases are reported for the span in which they happened": func(t *testing.T, w world) {
			at := func(change func(*bot.Case)) bot.CaseNumber {
				c := complaint(bot.DraftID(fresh("d")))
				c.OpenedAt, c.DueAt = month.From().Add(-time.Hour), month.To()
				change(&c)
				return w.openCase(c).Number
			}
			answered := at(func(c *bot.Case) { c.AnsweredAt = month.From() })
			at(func(c *bot.Case) { c.AnsweredAt = month.To() })
			at(func(c *bot.Case) { c.AnsweredAt = month.From().Add(-time.Millisecond) })
			waits := at(func(c *bot.Case) { c.OpenedAt, c.Kind = month.From(), bot.Question })
			at(func(c *bot.Case) { c.OpenedAt, c.State, c.Kind = month.From(), bot.Withdrawn, bot.Question })
			opened := at(func(c *bot.Case) { c.OpenedAt, c.AnsweredAt = month.To().Add(-time.Millisecond), month.To() })
			ends := func(kind bot.CaseKind, state bot.CaseState, when time.Time) bot.CaseNumber {
				c := complaint(bot.DraftID(fresh("d")))
				c.OpenedAt, c.DueAt, c.Kind = month.From().Add(-time.Hour), month.To(), kind
				c = w.opened(c)
				c.State, c.Closure.ClosedAt = state, when
				w.saveCase(c)
				return c.Number
			}
			ended := ends(bot.Request, bot.Closed, month.From())
			ends(bot.Request, bot.Closed, month.To())
			ends(bot.Request, bot.Withdrawn, month.From())
			ends(bot.Complaint, bot.Closed, month.From())
			numbers := func(why report.Reason) (list []bot.CaseNumber) {
				for _, c := range read(w.ReportCases(w.ctx, of(officer, ""), why))(t) {
					list = append(list, c.Number)
				}
				return list
			}
			equal(t, "answered", numbers(report.AnsweredIn), []bot.CaseNumber{answered, waits})
			equal(t, "opened", numbers(report.OpenedIn), []bot.CaseNumber{opened})
			equal(t, "renewed", numbers(report.RenewedIn), []bot.CaseNumber{ended})
		},
		"what is only counted comes to the same as what is listed": func(t *testing.T, w world) {
			w.fileMonth()
			q := of(handler, "")
			q.From = month.Before().From()
			for _, why := range []report.Reason{report.DueIn, report.AnsweredIn, report.OpenedIn, report.RenewedIn} {
				q.Bare = false
				listed := read(w.ReportCases(w.ctx, q, why))(t)
				q.Bare = true
				equal(t, string(why), len(read(w.ReportCases(w.ctx, q, why))(t)), len(listed))
			}
			ask := asking(handler, "")
			topics := read(w.office().Topics(w.ctx, ask))(t)
			equal(t, "by unit", topics[report.ByUnit], []report.Topic{{Key: "trade", N: 18}})
			equal(t, "by category", topics[report.ByCategory], []report.Topic{{Key: "delay", N: 18}})
			equal(t, "listed", len(read(w.office().Filed(w.ctx, ask, report.ByCategory, "delay"))(t)), 18)
		},
		"answers are timed from the request to the first word of a person": func(t *testing.T, w world) {
			for _, hours := range []int{1, 2, 3, 4, 5} { // Saturday 08:00 in Tehran is 04:30 in UTC
				c := complaint(bot.DraftID(fresh("d")))
				c.OpenedAt = time.Date(2026, 11, 14, 4, 30, 0, 0, time.UTC)
				c.AnsweredAt = c.OpenedAt.Add(time.Duration(hours) * time.Hour)
				w.openCase(c)
			}
			f := read(w.office().Figure(w.ctx, asking(officer, ""), report.Response))(t)
			equal(t, "mean, median, nine of ten", []time.Duration{f.Mean, f.Median, f.Ninth}, []time.Duration{3 * time.Hour, 3 * time.Hour, 5 * time.Hour})
		},
		"surveys are reported by when they were asked and when they were answered": func(t *testing.T, w world) {
			c, hidden := w.openCase(complaint("d1")), complaint("d2")
			hidden.Confidential = true
			hidden = w.openCase(hidden)
			before := month.From().Add(-time.Hour).UTC()
			for round, s := range []bot.Survey{
				{AskedAt: before, Rating: 5, RatedAt: month.From()},
				{AskedAt: before, Rating: 1, RatedAt: noon, Reason: "slow"},
				{AskedAt: noon},
				{AskedAt: noon, Rating: 4, RatedAt: month.To()}, // the next month's
				{AskedAt: before, Rating: 5, RatedAt: before},
				{AskedAt: month.To()},
				{AskedAt: noon, Rating: 5, RatedAt: noon},
			} {
				s.Case, s.Number, s.Round, s.Unit = c.ID, c.Number, round, c.Unit
				if round == 6 {
					s.Case, s.Number = hidden.ID, hidden.Number
				}
				w.do(func(tx storage.Tx) error { return tx.SaveSurvey(w.ctx, s) })
			}
			equal(t, "seen", w.parts(officer, "", report.Satisfied), "satisfied 1 not_satisfied 1 unanswered 2")
			equal(t, "by a handler", w.parts(handler, "", report.Satisfied), "satisfied 2 not_satisfied 1 unanswered 2")
			equal(t, "by a stranger", w.parts(stranger, "", report.Satisfied), "satisfied 0 not_satisfied 0 unanswered 0")
			equal(t, "of another unit", w.parts(officer, "law", report.Satisfied), "satisfied 0 not_satisfied 0 unanswered 0")
			list := read(w.ReportSurveys(w.ctx, of(officer, "")))(t)
			equal(t, "whole", list[1], report.Survey{Case: c.ID, Number: c.Number, Round: 1, Unit: "trade", AskedAt: before, Rating: 1, Reason: "slow", RatedAt: noon})
		},
		"whom staff wrote to is counted once, whatever the chat, and the bot's words never": func(t *testing.T, w world) {
			other := bot.NewChatKey("bale", "javab", "1")
			w.turn("r1", chatAt(ann, 1), 0)
			w.turn("r2", chatAt(other, 1), 0)
			w.save(bot.Member{ID: "m1", Name: "Ann", CreatedAt: noon}, ann)
			w.do(func(tx storage.Tx) error {
				return tx.SaveMember(w.ctx, bot.Member{ID: "m1", Name: "Ann", CreatedAt: noon}, other)
			})
			line := func(chat bot.ChatKey, by bot.Author, d bot.Direction, at time.Time) bot.Message {
				return bot.Message{Chat: chat, Author: by, Direction: d, Text: "t", Unit: "trade", At: at}
			}
			hidden, elsewhere := line("tg:javab:7", "mina", bot.Out, noon), line("tg:javab:8", "reza", bot.Out, noon)
			hidden.Confidential, elsewhere.Unit = true, "cards"
			w.append(converse.Rows{Messages: []bot.Message{
				line(ann, "sara", bot.Out, noon), line(ann, "sara", bot.Out, month.From()), line(other, "mina", bot.Out, noon.Add(-time.Hour)),
				line(bob, "sara", bot.Out, noon), line("tg:javab:3", bot.ByBot, bot.Out, noon), line("tg:javab:4", "sara", bot.Note, noon),
				line("tg:javab:5", bot.ByMember, bot.In, noon), line("tg:javab:6", "sara", bot.Out, month.To()), hidden, elsewhere,
			}}, bot.Lease{})
			list := read(w.ReportContacts(w.ctx, of(officer, "")))(t)
			equal(t, "whom", list, []report.Contact{
				{Member: "m1", Name: "Ann", Chat: other, Times: 3, First: month.From().UTC(), Last: noon},
				{Chat: bob, Times: 1, First: noon, Last: noon},
			})
			equal(t, "by a handler", w.parts(handler, "", report.Contacted), "known 1 unknown 2")
			equal(t, "by the head", w.parts(head, "cards", report.Contacted), "known 0 unknown 1")
			equal(t, "by an admin", w.parts(admin, "", report.Contacted), "known 0 unknown 0")
		},
		"what was taken away again is no contact": func(t *testing.T, w world) {
			id := w.reply(send("o1", ann), bot.Message{Author: "sara", Direction: bot.Out, Text: "x", Unit: "trade", At: noon})
			equal(t, "said", len(read(w.ReportContacts(w.ctx, of(officer, "")))(t)), 1)
			w.amend(id, func(m *bot.Message) { m.DeletedAt = noon })
			equal(t, "deleted", len(read(w.ReportContacts(w.ctx, of(officer, "")))(t)), 0)
		},
		"the moves of many cases are read, of each oldest first, and nothing else of their timelines": func(t *testing.T, w world) {
			var all []bot.CaseID
			move := func(what, before, after string) bot.CaseEntry {
				return bot.CaseEntry{What: what, Author: "sara", Text: "why", Before: before, After: after, At: noon}
			}
			for range 3 {
				c := w.openCase(complaint(bot.DraftID(fresh("d"))))
				w.saveCase(c, move("waiting_member", "in_work", "waiting_member"), move("edited", "in_work", "closed"), move("remark", "", ""),
					move(report.ClockStopped, "", ""), move(report.Delivered, "", ""), move("recounted", "a", "b"), move(report.ClockStarted, "", ""))
				all = append(all, c.ID)
			}
			for range 600 {
				all = append(all, bot.CaseID(fresh("nobody")))
			}
			got := map[bot.CaseID][]string{}
			for _, e := range read(w.ReportMoves(w.ctx, all))(t) {
				equal(t, "line", []any{e.Author, e.Text, e.At}, []any{bot.Author("sara"), "why", noon})
				got[e.Case] = append(got[e.Case], e.What)
			}
			equal(t, "cases", len(got), 3)
			equal(t, "moves", got[all[0]], []string{"waiting_member", report.ClockStopped, report.Delivered, report.ClockStarted})
			equal(t, "of none", len(read(w.ReportMoves(w.ctx, nil))(t)), 0)
		},
	}
}

// month is Aban 1405, on the last day of which the tests happen.
var month = report.Period{First: report.Month{Year: 1405, Month: 8}, Last: report.Month{Year: 1405, Month: 8}}

// manager is one who is no named handler.
var manager = bot.Staff{ID: "mona", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}}

func asking(by bot.Staff, unit bot.UnitID) report.Ask {
	return report.Ask{By: by, Period: month, Unit: unit}
}

func of(by bot.Staff, unit bot.UnitID) report.Query {
	return report.Query{By: by, Unit: unit, From: month.From(), To: month.To()}
}

// office counts what is in the store.
func (w world) office() *report.Office {
	w.t.Helper()
	return &report.Office{Store: w, Hours: worktimetest.Book(w.t, noon), Content: aims{}, Clock: func() time.Time { return noon }}
}

// aims is a chamber to which four of five is good.
type aims struct{}

func (aims) Aims() report.Aims { return report.Aims{GoodFrom: 4} }

func (aims) Pauses(state bot.CaseState) bool { return state == bot.WaitingMember }

// parts is an indicator for a reader: how many items have each standing. It fails when a number opens another list.
func (w world) parts(by bot.Staff, unit bot.UnitID, id report.Indicator) (says string) {
	w.t.Helper()
	f := read(w.office().Figure(w.ctx, asking(by, unit), id))(w.t)
	for i, p := range f.Parts {
		if i > 0 {
			says += " "
		}
		says += fmt.Sprint(p.Standing, " ", p.N)
		_, items, err := w.office().List(w.ctx, asking(by, unit), id, p.Standing)
		if err != nil || len(items) != p.N {
			w.t.Errorf("%s of %s opens %d: %v", p.Standing, says, len(items), err)
		}
	}
	return says
}

// fileMonth files complaints of Aban, counted by hand: five in time (one of them confidential), six late, two that are not
// due yet, one whose clock stands, one taken back, one of another unit, and some that do not count.
func (w world) fileMonth() {
	w.t.Helper()
	due, soon, ago := noon.Add(-24*time.Hour), noon.Add(time.Hour), noon.Add(-48*time.Hour)
	told := func(c *bot.Case, at time.Time) {
		c.State, c.Clock.Since, c.Closure.DeliveredAt = bot.Proposed, time.Time{}, at
	}
	broken := func(c *bot.Case) { c.BreachedAt = due }
	for _, change := range []func(*bot.Case){
		// in time
		func(c *bot.Case) { told(c, ago) },
		func(c *bot.Case) { told(c, ago); c.State, c.Closure.ClosedAt = bot.Closed, noon },
		func(c *bot.Case) { c.State, c.Clock.Since, c.Closure.ClosedAt = bot.Closed, time.Time{}, ago }, // told on the phone
		func(c *bot.Case) {
			told(c, ago)
			c.DueAt = month.From().Add(14 * 24 * time.Hour)
			c.Closure.DeliveredAt = month.From()
		},
		func(c *bot.Case) { told(c, ago); c.Confidential = true },
		// late
		broken,
		func(c *bot.Case) { broken(c); told(c, due.Add(time.Minute)) },
		func(c *bot.Case) { broken(c); c.State = bot.Withdrawn },
		func(c *bot.Case) { broken(c); c.State, c.DueAt = bot.Reopened, month.To().Add(time.Hour) }, // after the old deadline
		func(c *bot.Case) { c.State = bot.Proposed },                                                // it never reached him, and nobody noted that it is due
		func(c *bot.Case) { told(c, due.Add(time.Minute)) },                                         // a minute late, which nobody noted
		// not due yet
		func(c *bot.Case) { c.DueAt = soon },
		func(c *bot.Case) { c.DueAt, c.Closure.Round = soon, 1 }, // refused: its clock runs again
		// its clock stands, taken back
		func(c *bot.Case) { c.State, c.Clock.Since = bot.WaitingMember, time.Time{} },
		func(c *bot.Case) { c.State, c.Clock.Since = bot.Withdrawn, time.Time{} },
		// of another unit
		func(c *bot.Case) { told(c, ago); c.Unit = "law" },
		// what does not count: of other months, and no complaint
		func(c *bot.Case) { told(c, ago); c.DueAt = month.To() },
		func(c *bot.Case) { told(c, ago); c.DueAt = month.From().Add(-time.Millisecond) },
		func(c *bot.Case) { c.BreachedAt = month.From().Add(-time.Hour) }, // broken before, and due anew now
		func(c *bot.Case) { broken(c); c.Kind = bot.Request },
	} {
		c := complaint(bot.DraftID(fresh("d")))
		c.OpenedAt, c.DueAt, c.State = noon.Add(-10*24*time.Hour), due, bot.InWork
		c.Clock = bot.Clock{Promised: 40 * time.Hour, Since: c.OpenedAt}
		change(&c)
		w.saveCase(w.opened(c))
	}
}

// opened opens a case and returns it as it is to be saved: what only closes a case is not written as it is opened.
func (w world) opened(c bot.Case) bot.Case {
	w.t.Helper()
	got := w.openCase(c)
	c.Number = got.Number
	return c
}
