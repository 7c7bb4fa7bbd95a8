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
		"a low rating of a key member is in the digest of the day on which it was given": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.do(func(tx storage.Tx) error {
				if err := tx.SaveMember(w.ctx, bot.Member{ID: "key", Name: "K", KeyAccount: true, CreatedAt: noon}, ann); err != nil {
					return err
				}
				return tx.SaveMember(w.ctx, bot.Member{ID: "other", Name: "O", CreatedAt: noon}, ann)
			})
			rate := func(name string, of bot.MemberID, rating int, at time.Time) bot.Case {
				c := w.filed(name, 1, func(*bot.Case) {})
				w.do(func(tx storage.Tx) error {
					return tx.SaveSurvey(w.ctx, bot.Survey{
						Case: c.ID, Number: c.Number, Round: 1, Chat: ann, Member: of, Unit: c.Unit, AskedAt: noon.Add(-time.Hour), Rating: rating, RatedAt: at,
					})
				})
				return c
			}
			worst, low := rate("worst", "key", 1, day.From), rate("low", "key", 2, day.To.Add(-time.Millisecond))
			rate("content", "key", 3, noon)
			rate("silent", "key", 0, time.Time{})
			rate("late", "key", 1, day.To)
			rate("another's", "other", 1, noon)
			equal(t, "of the day", read(w.UnhappyKeys(w.ctx, boss, day))(t), []digest.Entry{named(worst), named(low)})
		},
	}
}
