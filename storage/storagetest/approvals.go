package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/storage"
)

// approvals is what the store promises about what waits for a manager's yes.
func approvals() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"an approval is kept whole, and as it was last written": func(t *testing.T, w world) {
			a := held("r1")
			a.Earlier = "We shall see."
			a.Case, a.Files, a.Payload = bot.CaseNumber{Year: 1405, Seq: 7}, []bot.File{{ID: "f", Kind: "photo", SHA256: "ab"}}, []byte(`{"ready":"x@1"}`)
			w.ask(a)
			equal(t, "asked", read(w.ReadApproval(w.ctx, "r1"))(t), a)
			a.State, a.DecidedBy, a.DecidedAt, a.Reason = bot.ApprovalRefused, "mina", noon.Add(time.Hour), "no"
			w.ask(a)
			equal(t, "decided", read(w.ReadApproval(w.ctx, "r1"))(t), a)
			w.do(func(tx storage.Tx) error {
				locked, err := tx.Approval(w.ctx, "r1")
				equal(t, "in a transaction", locked, a)
				return err
			})
			equal(t, "no longer asked", len(read(w.AskedIn(w.ctx, ann))(t)), 0)
			_, err := w.ReadApproval(w.ctx, "none")
			wantKind(t, err, bot.NotFound)
			_ = w.Do(w.ctx, func(tx storage.Tx) error {
				_, err = tx.Approval(w.ctx, "none")
				return nil
			})
			wantKind(t, err, bot.NotFound)
		},
		"an approval that is rolled back was never asked": func(t *testing.T, w world) {
			_ = w.Do(w.ctx, func(tx storage.Tx) error {
				if err := tx.SaveApproval(w.ctx, held("r1")); err != nil {
					return err
				}
				return &bot.Error{Kind: bot.Conflict, Key: "x"}
			})
			equal(t, "asked", len(read(w.AskedIn(w.ctx, ann))(t)), 0)
		},
		"who asked and who leads the unit know of an approval, and others when it has moved up": func(t *testing.T, w world) {
			a := held("r1")
			w.ask(a)
			other := bot.Staff{ID: "omid", Role: bot.RoleManager, Units: []bot.UnitID{"cards"}}
			head := bot.Staff{ID: "head", Role: bot.RoleHead}
			author := bot.Staff{ID: a.Author, Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}}
			colleague := bot.Staff{ID: "reza", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}}
			w.knows(map[string]bool{"omid": false, "head": true, "sara": true, "reza": false, "mona": true}, other, head, author, colleague, boss)
			a.Level = bot.LevelDeputy
			w.ask(a)
			w.knows(map[string]bool{"omid": true, "head": true, "mona": true}, other, head, boss)
			gone := boss
			gone.Disabled = true
			w.knows(map[string]bool{"mona": false, "admin": false}, gone, bot.Staff{ID: "admin", Role: bot.RoleAdmin})
		},
		"a confidential approval is known to named handlers and its author, and never to whom its chat complains about": func(t *testing.T, w world) {
			a := held("r1")
			a.Confidential = true
			w.ask(a)
			handler := boss
			handler.ID, handler.Confidential = "nada", true
			author := bot.Staff{ID: a.Author, Role: bot.RoleManager, Units: []bot.UnitID{"trade"}}
			w.knows(map[string]bool{"mona": false, "nada": true, "sara": true}, boss, handler, author)
			w.do(func(tx storage.Tx) error { return tx.Accuse(w.ctx, ann, "nada", noon) })
			w.knows(map[string]bool{"nada": false, "sara": true}, handler, author)
		},
		"an approval of a chat that has become confidential is so too": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			w.ask(held("r1"))
			handler := boss
			handler.ID, handler.Confidential = "nada", true
			w.knows(map[string]bool{"mona": true, "nada": true}, boss, handler)
			h := w.running(ann)
			h.Confidential = true
			w.do(func(tx storage.Tx) error { return tx.SaveHandOver(w.ctx, h) })
			w.knows(map[string]bool{"mona": false, "nada": true}, boss, handler)
			equal(t, "read", read(w.ReadApproval(w.ctx, "r1"))(t).Confidential, true)
		},
		"what is due first stands first, before it what is at the highest level": func(t *testing.T, w world) {
			for id, due := range map[string]time.Time{"late": noon.Add(2 * time.Hour), "soon": noon.Add(time.Hour), "head": {}} {
				a := held(id)
				a.DueAt = due
				w.ask(a)
			}
			equal(t, "the list", ids(read(w.Asked(w.ctx, boss, 9))(t)), []string{"head", "soon", "late"})
			equal(t, "its beginning", ids(read(w.Asked(w.ctx, boss, 1))(t)), []string{"head"})
			equal(t, "overdue", ids(read(w.Overdue(w.ctx, noon.Add(time.Hour), 9))(t)), []string{"soon"})
			equal(t, "overdue later", ids(read(w.Overdue(w.ctx, noon.Add(3*time.Hour), 9))(t)), []string{"soon", "late"})
		},
		"a hand-over knows whether words of its holder wait": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.hand(bot.HandOver{ID: "h", Chat: ann, At: noon})
			equal(t, "claimed", w.claimChat(ann, mina), true)
			waits := func() bool { return read(w.Standing(w.ctx))(t)[0].Held }
			equal(t, "before", waits(), false)
			w.ask(held("r1"))
			equal(t, "another's", waits(), false)
			a := held("r2")
			a.Author = mina.ID
			w.ask(a)
			equal(t, "hers", waits(), true)
			a.State = bot.ApprovalApproved
			w.ask(a)
			equal(t, "decided", waits(), false)
		},
		"what somebody has begun to write is read": func(t *testing.T, w world) {
			w.do(func(tx storage.Tx) error {
				for mode, words := range map[string]string{desk.ModeReply: "dear", desk.ModeNote: "look"} {
					if err := tx.Keep(w.ctx, desk.Kept{Staff: "sara", Chat: ann, Mode: mode, Text: words, At: noon}); err != nil {
						return err
					}
				}
				begun, err := tx.Typed(w.ctx, "sara", ann)
				none, _ := tx.Typed(w.ctx, "mina", ann)
				equal(t, "begun", []string{begun, none}, []string{"dear", ""})
				return err
			})
		},
		"what somebody said is read as it reads now, without notes": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			line := func(by bot.Author, d bot.Direction, words string, at time.Time) bot.Message {
				return bot.Message{Chat: ann, Direction: d, Author: by, Text: words, At: at}
			}
			w.append(converse.Rows{Messages: []bot.Message{
				line("sara", bot.Out, "old", noon.Add(-time.Hour)),
				line("sara", bot.Out, "one", noon), line("sara", bot.Note, "a note", noon), line("sara", bot.Out, "", noon),
				line("mina", bot.Out, "hers", noon), line(bot.ByMember, bot.In, "his", noon), line("sara", bot.Out, "two", noon.Add(time.Minute)),
			}}, bot.Lease{})
			w.do(func(tx storage.Tx) error {
				recent, err := tx.Spoken(w.ctx, ann, "sara", noon, 9)
				equal(t, "recent", recent, []string{"one", "two"})
				last, _ := tx.Spoken(w.ctx, ann, "sara", noon, 1)
				equal(t, "the last", last, []string{"two"})
				member, _ := tx.Spoken(w.ctx, ann, bot.ByMember, time.Time{}, 9)
				equal(t, "the member", member, []string{"his"})
				return err
			})
		},
	}
}

// boss manages the unit of what is held here.
var boss = bot.Staff{ID: "mona", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}}

// held is an approval that sara asks for in the chat of ann.
func held(id string) bot.Approval {
	return bot.Approval{
		ID: id, Kind: bot.ApproveReply, Chat: ann, Unit: "trade", Author: "sara", Text: "we will refund", Hash: "h", Why: []bot.Concern{bot.ConcernCompensation},
		State: bot.ApprovalAsked, Level: bot.LevelManager, AskedAt: noon, DueAt: noon.Add(4 * time.Hour),
	}
}

func (w world) ask(a bot.Approval) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error { return tx.SaveApproval(w.ctx, a) })
}

// knows fails unless exactly those find the approvals that should.
func (w world) knows(want map[string]bool, who ...bot.Staff) {
	w.t.Helper()
	got := map[string]bool{}
	for _, by := range who {
		got[string(by.ID)] = len(read(w.Asked(w.ctx, by, 9))(w.t)) > 0
	}
	equal(w.t, "who knows of it", got, want)
}

func ids(list []bot.Approval) (all []string) {
	for _, a := range list {
		all = append(all, a.ID)
	}
	return all
}
