package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/digest"
	"javab/storage"
)

// digests is what the store promises about what managers are told each morning.
func digests() map[string]func(*testing.T, world) {
	day := digest.Span{From: noon, To: noon.Add(24 * time.Hour)}
	mark := func(w world, c bot.Case, before, after string, at time.Time) {
		w.do(func(tx storage.Tx) error {
			return tx.SaveCase(w.ctx, c, bot.CaseEntry{Case: c.ID, What: cases.DidMark, Author: "mina", Before: before, After: after, At: at})
		})
	}
	money := func(w world, by bot.Staff) []digest.Entry { return read(w.MoneyCases(w.ctx, by, day))(w.t) }
	named := func(c bot.Case) digest.Entry { return digest.Entry{Number: c.Number, Confidential: c.Confidential} }
	financial := func(c *bot.Case) { c.Financial = true }
	return map[string]func(*testing.T, world){
		"a case that is marked as concerning money is in the digest of that day and in no other": func(t *testing.T, w world) {
			early, in := w.filed("early", 1, financial), w.filed("in", 2, financial)
			late, disputed, again := w.filed("late", 3, financial), w.filed("disputed", 4, func(c *bot.Case) { c.Dispute = true }), w.filed("again", 5, func(*bot.Case) {})
			mark(w, early, "", "financial", day.From.Add(-time.Millisecond))
			mark(w, early, "financial", "dispute financial", day.From) // it concerned money before
			mark(w, in, "", "dispute financial", day.From)
			mark(w, late, "", "financial", day.To)
			mark(w, disputed, "", "dispute", day.From)
			mark(w, again, "", "financial", day.From) // and was taken back
			equal(t, "of the day", money(w, boss), []digest.Entry{named(in)})
		},
		"who leads another unit, is complained about or is no named handler is not told of it": func(t *testing.T, w world) {
			open, sealed := w.filed("open", 1, financial), w.filed("sealed", 2, func(c *bot.Case) { c.Financial, c.Confidential = true, true })
			mark(w, open, "", "financial", noon)
			mark(w, sealed, "", "financial", noon)
			equal(t, "a manager", money(w, boss), []digest.Entry{named(open)})
			handler := boss
			handler.ID, handler.Confidential = "nada", true
			equal(t, "a handler", money(w, handler), []digest.Entry{named(open), named(sealed)})
			equal(t, "another's", len(money(w, bot.Staff{ID: "omid", Role: bot.RoleManager, Units: []bot.UnitID{"legal"}})), 0)
			equal(t, "the head", money(w, bot.Staff{ID: "head", Role: bot.RoleHead}), []digest.Entry{named(open)})
			w.do(func(tx storage.Tx) error { return tx.Accuse(w.ctx, ann, boss.ID, noon) })
			equal(t, "who is complained about", len(money(w, boss)), 0)
		},
		"a case about whose key member there was an alert is in the digest of that day, once": func(t *testing.T, w world) {
			alert := func(name string, what bot.AlertKind, at time.Time) bot.Case {
				c := w.filed(name, 1, func(*bot.Case) {})
				w.alerts(bot.Alert{ID: name, What: what, Case: c.Number, Chat: c.Chat, Unit: c.Unit, At: at})
				return c
			}
			low, refused := alert("low", bot.AlertLowRating, day.From), alert("refused", bot.AlertNotSolved, day.To.Add(-time.Millisecond))
			raised := alert("raised", bot.AlertEscalated, noon)
			w.alerts(bot.Alert{ID: "again", What: bot.AlertEscalated, Case: low.Number, Chat: low.Chat, Unit: low.Unit, At: noon.Add(time.Hour)})
			alert("late", bot.AlertLowRating, day.To)
			alert("of anybody", bot.AlertCallLate, noon)
			w.alerts(bot.Alert{ID: "of no case", What: bot.AlertSpike, At: noon})
			equal(t, "of the day", read(w.UnhappyKeys(w.ctx, boss, day))(t), []digest.Entry{named(low), named(refused), named(raised)})
			equal(t, "of another unit", len(read(w.UnhappyKeys(w.ctx, bot.Staff{ID: "x", Role: bot.RoleManager, Units: []bot.UnitID{"legal"}}, day))(t)), 0)
		},
		"an alert is told once, and stands before each who was told until he has seen it": func(t *testing.T, w world) {
			first := bot.Alert{
				ID: "a1", What: bot.AlertLowRating, Case: bot.CaseNumber{Year: 1405, Seq: 7}, Chat: ann, Unit: "trade", Owner: "sara", At: noon,
			}
			second := bot.Alert{ID: "a2", What: bot.AlertSpike, Unit: "card", Topic: "delay", N: 9, At: noon.Add(time.Hour)}
			w.alerts(second, first, first)
			equal(t, "untold", read(w.Untold(w.ctx, 9))(t), []bot.Alert{first, second})
			equal(t, "the first of them", read(w.Untold(w.ctx, 1))(t), []bot.Alert{first})
			for range 2 {
				w.do(func(tx storage.Tx) error { return tx.Told(w.ctx, "a1", []bot.StaffID{"sara", boss.ID}, noon) })
			}
			w.do(func(tx storage.Tx) error { return tx.Told(w.ctx, "a2", []bot.StaffID{boss.ID}, noon) })
			equal(t, "all are told", len(read(w.Untold(w.ctx, 9))(t)), 0)
			w.alerts(first)
			equal(t, "written again", len(read(w.Untold(w.ctx, 9))(t)), 0)
			sara := bot.Staff{ID: "sara", Role: bot.RoleOfficer}
			of := func(by bot.Staff) []bot.Alert { return read(w.Alerts(w.ctx, by, 9))(t) }
			equal(t, "hers", of(sara), []bot.Alert{first})
			equal(t, "the manager's", of(boss), []bot.Alert{second, first})
			equal(t, "another's", len(of(mina)), 0)
			w.do(func(tx storage.Tx) error { return tx.SeeAlert(w.ctx, mina.ID, "a1", noon) })
			w.do(func(tx storage.Tx) error { return tx.SeeAlert(w.ctx, boss.ID, "a1", noon) })
			equal(t, "seen", of(boss), []bot.Alert{second})
			equal(t, "not by her", of(sara), []bot.Alert{first})
			w.do(func(tx storage.Tx) error { return tx.Told(w.ctx, "a1", []bot.StaffID{boss.ID}, noon) })
			equal(t, "told again", of(boss), []bot.Alert{second})
		},
		"complaints are counted by unit and category, with those before, until there was an alert": func(t *testing.T, w world) {
			file := func(n int, at time.Time, change func(*bot.Case)) {
				for range n {
					c := complaint(bot.DraftID(fresh("d")))
					c.OpenedAt = at
					change(&c)
					w.openCase(c)
				}
			}
			same := func(*bot.Case) {}
			file(3, day.From, same)
			file(1, day.To, same)
			file(2, day.From.Add(-time.Millisecond), same)
			file(4, day.From.AddDate(0, 0, -9), same) // too long ago
			file(3, noon, func(c *bot.Case) { c.Category, c.Confidential = "fees", true })
			file(2, noon, func(c *bot.Case) { c.Unit = "legal" }) // too few
			file(5, noon, func(c *bot.Case) { c.Kind = bot.Request })
			topics := func() []digest.Topic { return read(w.Topics(w.ctx, day, day.From.AddDate(0, 0, -7), 3))(t) }
			delay := digest.Topic{Unit: "trade", Category: "delay", N: 3, Before: 2}
			equal(t, "topics", topics(), []digest.Topic{delay, {Unit: "trade", Category: "fees", N: 3, Confidential: true}})
			w.alerts(
				bot.Alert{ID: "s1", What: bot.AlertSpike, Unit: "trade", Topic: "fees", Confidential: true, At: noon},
				bot.Alert{ID: "s2", What: bot.AlertSpike, Unit: "trade", Topic: "delay", At: day.From.Add(-time.Millisecond)}, // an older one
			)
			equal(t, "after an alert", topics(), []digest.Topic{delay})
			handler := boss
			handler.Confidential = true
			for name, row := range map[string]struct {
				by   bot.Staff
				want int
			}{"a handler": {handler, 1}, "no handler": {boss, 0}, "another unit's": {bot.Staff{Role: bot.RoleManager, Units: []bot.UnitID{"legal"}, Confidential: true}, 0}} {
				equal(t, name, read(w.SpikesIn(w.ctx, row.by, day))(t), row.want)
			}
		},
		"nobody is shown an alert of what he may no longer know of": func(t *testing.T, w world) {
			w.alerts(bot.Alert{ID: "a1", What: bot.AlertLowRating, Chat: ann, At: noon}, bot.Alert{ID: "a2", What: bot.AlertNotSolved, Chat: bob, Confidential: true, At: noon})
			handler := boss
			handler.Confidential = true
			for _, id := range []string{"a1", "a2"} {
				w.do(func(tx storage.Tx) error { return tx.Told(w.ctx, id, []bot.StaffID{boss.ID}, noon) })
			}
			shown := func(by bot.Staff) (ids string) {
				for _, a := range read(w.Alerts(w.ctx, by, 9))(t) {
					ids += a.ID
				}
				return ids
			}
			equal(t, "a handler", shown(handler), "a1a2")
			equal(t, "no handler", shown(boss), "a1")
			w.do(func(tx storage.Tx) error { return tx.Accuse(w.ctx, ann, boss.ID, noon) })
			equal(t, "who is complained about", shown(handler), "a2")
		},
	}
}

func (w world) alerts(all ...bot.Alert) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		for _, a := range all {
			if err := tx.Alert(w.ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}
