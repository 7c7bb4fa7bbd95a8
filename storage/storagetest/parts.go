package storagetest

import (
	"cmp"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// parts is what the store promises about what belongs to a case.
func parts() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a case opened in one statement has none of what is done later": func(t *testing.T, w world) {
			c := w.openCase(complaint("d1"))
			equal(t, "next", c.Next, bot.Next{})
			equal(t, "closure", w.locked(c.Number).Closure, bot.Closure{})
		},
		"the referrals of a case come oldest first, each as it was last written": func(t *testing.T, w world) {
			c, other := w.openCase(complaint("d1")), w.openCase(complaint("d2"))
			late, first, foreign := referral("r1", c.ID, 2), referral("r2", c.ID, 1), referral("r3", other.ID, 0)
			foreign.Link = ""
			late.Link = "another"
			w.do(func(tx storage.Tx) error {
				return cmp.Or(tx.SaveReferral(w.ctx, late), tx.SaveReferral(w.ctx, first), tx.SaveReferral(w.ctx, foreign))
			})
			first.Reply, first.Link = "sent on Sunday", ""
			w.do(func(tx storage.Tx) error { return tx.SaveReferral(w.ctx, first) })
			w.do(func(tx storage.Tx) error {
				list, err := tx.Referrals(w.ctx, c.ID)
				equal(t, "referrals", list, []bot.Referral{first, late})
				return err
			})
		},
		"the tasks of a case come oldest first, each as it was last written": func(t *testing.T, w world) {
			c := w.openCase(complaint("d1"))
			late, first := task("t1", c.ID, 2), task("t2", c.ID, 1)
			w.do(func(tx storage.Tx) error { return cmp.Or(tx.SaveTask(w.ctx, late), tx.SaveTask(w.ctx, first)) })
			first.Outcome = bot.CallNotReached
			w.do(func(tx storage.Tx) error { return tx.SaveTask(w.ctx, first) })
			w.do(func(tx storage.Tx) error {
				list, err := tx.Tasks(w.ctx, c.ID)
				equal(t, "tasks", list, []bot.Task{first, late})
				return err
			})
		},
		"a survey is found by case and round, and the last one by chat or by member": func(t *testing.T, w world) {
			c := w.openCase(complaint("d1"))
			s := bot.Survey{
				Case: c.ID, Number: c.Number, Round: 2, Chat: c.Chat, Member: "m1", Unit: "trade", AskedAt: noon, Rating: 4, Reason: "quick", RatedAt: noon.Add(time.Hour),
			}
			w.do(func(tx storage.Tx) error {
				_, err := tx.Survey(w.ctx, c.ID, 2)
				equal(t, "none", bot.KindOf(err), bot.NotFound)
				return tx.SaveSurvey(w.ctx, s)
			})
			s.Rating = 5
			w.do(func(tx storage.Tx) error {
				if err := tx.SaveSurvey(w.ctx, s); err != nil {
					return err
				}
				got, err := tx.Survey(w.ctx, c.ID, 2)
				equal(t, "survey", got, s)
				return err
			})
			for owner, want := range map[cases.Owner]time.Time{
				{Chat: c.Chat}: noon, {Chat: "tg:javab:other", Member: "m1"}: noon, {Chat: "tg:javab:other"}: {},
			} {
				w.do(func(tx storage.Tx) error {
					last, err := tx.LastSurvey(w.ctx, owner)
					equal(t, "last", last, want)
					return err
				})
			}
		},
	}
}

func referral(id string, of bot.CaseID, hours int) bot.Referral {
	at := func(n int) time.Time { return noon.Add(time.Duration(n)*time.Hour + 3*time.Millisecond) }
	return bot.Referral{
		ID: id, Case: of, Unit: "trade", Question: "Where is the file?", By: "sara", AskedAt: at(hours), DueAt: at(8), RemindedAt: at(6),
		LateAt: at(9), Reply: "here", RepliedBy: "Mr Rad", RepliedAt: at(10), WithdrawnAt: at(11), Link: "hash" + id, LinkUntil: at(12),
	}
}

func task(id string, of bot.CaseID, hours int) bot.Task {
	at := func(n int) time.Time { return noon.Add(time.Duration(n)*time.Hour + 3*time.Millisecond) }
	return bot.Task{
		ID: id, Case: of, Kind: bot.TaskCall, What: "call him", Who: "sara", Unit: "trade", MadeBy: "karim", MadeAt: at(hours), DueAt: at(8),
		LateAt: at(9), DoneAt: at(10), DoneBy: "sara", Outcome: bot.CallSolved,
	}
}
