package storagetest

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/storage"
)

// procedure is what cases.Tx promises.
func procedure() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"every field of a case comes back": func(t *testing.T, w world) {
			c := complaint("d1")
			c.Answers = map[string]string{"order": "12", "for_whom": "me"}
			c.Confidential = true
			got := w.openCase(c)
			c.Number.Seq = 1
			equal(t, "opened", got, c)
			w.do(func(tx storage.Tx) error {
				read, err := tx.Case(w.ctx, c.Number)
				equal(t, "locked", read, c)
				return err
			})
			equal(t, "timeline", read(w.ReadTimeline(w.ctx, c.ID))(t), []bot.CaseEntry{storage.Opened(c)})
		},
		"a draft becomes one case under fifty racing closures": func(t *testing.T, w world) {
			got := make([]bot.Case, 50)
			var wg sync.WaitGroup
			for i := range got {
				wg.Go(func() { got[i] = w.openCase(complaint("d1")) })
			}
			wg.Wait()
			for _, c := range got {
				equal(t, "case", c.ID, got[0].ID)
			}
			equal(t, "cases", read(w.Count(w.ctx))(t).Cases, 1)
			equal(t, "entries", len(read(w.ReadTimeline(w.ctx, got[0].ID))(t)), 1)
			equal(t, "next number", w.openCase(complaint("d2")).Number.Seq, 2)
		},
		"numbers of a year are unbroken, also when closures fail": func(t *testing.T, w world) {
			var wg sync.WaitGroup
			for i := range 40 {
				wg.Go(func() {
					broken := errors.New("broken")
					err := w.Do(w.ctx, func(tx storage.Tx) error {
						_, err := tx.OpenCase(w.ctx, complaint(bot.DraftID(fresh("d"))))
						if i%4 == 0 {
							err = errors.Join(err, broken)
						}
						return err
					})
					if (i%4 == 0) != errors.Is(err, broken) || i%4 != 0 && err != nil {
						t.Errorf("closure %d: %v", i, err)
					}
				})
			}
			wg.Wait()
			var seqs []int
			for _, c := range read(w.CasesAfter(w.ctx, bot.CaseNumber{}, 100))(t) {
				seqs = append(seqs, c.Number.Seq)
			}
			want := make([]int, 30)
			for i := range want {
				want[i] = i + 1
			}
			equal(t, "numbers", seqs, want)
		},
		"each year counts for itself, and pages go on after a number": func(t *testing.T, w world) {
			for _, year := range []int{1405, 1406, 1405} {
				c := complaint("")
				c.Number.Year = year
				w.openCase(c)
			}
			var got []bot.CaseNumber
			for _, c := range read(w.CasesAfter(w.ctx, bot.CaseNumber{Year: 1405, Seq: 1}, 9))(t) {
				got = append(got, c.Number)
			}
			equal(t, "after the first", got, []bot.CaseNumber{{Year: 1405, Seq: 2}, {Year: 1406, Seq: 1}})
			equal(t, "page", len(read(w.CasesAfter(w.ctx, bot.CaseNumber{}, 2))(t)), 2)
		},
		"a number that nobody has is not found": func(t *testing.T, w world) {
			err := w.Do(w.ctx, func(tx storage.Tx) error {
				_, err := tx.Case(w.ctx, bot.CaseNumber{Year: 1405, Seq: 9})
				return err
			})
			wantKind(t, err, bot.NotFound)
			err = w.Do(w.ctx, func(tx storage.Tx) error { return tx.SaveCase(w.ctx, complaint("d9"), bot.CaseEntry{}) })
			wantKind(t, err, bot.NotFound)
		},
		"a saved case keeps its number and draft, and tells what changed": func(t *testing.T, w world) {
			c := w.openCase(complaint("d1"))
			c.State, c.Text, c.NoticeAt, c.Phone = bot.Withdrawn, "new", noon.Add(time.Hour), "+98935"
			entry := bot.CaseEntry{
				Case: c.ID, What: "edited", Author: "sara", Text: "t", Before: "old", After: "new", Draft: "d2", At: noon,
			}
			w.do(func(tx storage.Tx) error {
				if _, err := tx.Case(w.ctx, c.Number); err != nil {
					return err
				}
				return tx.SaveCase(w.ctx, c, entry)
			})
			equal(t, "case", read(w.CasesAfter(w.ctx, bot.CaseNumber{}, 9))(t), []bot.Case{c})
			equal(t, "timeline", read(w.ReadTimeline(w.ctx, c.ID))(t)[1], entry)
		},
		"messages of a case's drafts take over its unit and confidentiality": func(t *testing.T, w world) {
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Draft: "d1", At: noon}, {Chat: ann, Draft: "d2", At: noon}, {Chat: ann, At: noon},
			}}, bot.Lease{})
			c := complaint("d1")
			c.Confidential = true
			c = w.openCase(c)
			equal(t, "after opening", units(w), []string{"trade!", "", ""})
			w.do(func(tx storage.Tx) error { return tx.SaveCase(w.ctx, c, bot.CaseEntry{Draft: "d2", At: noon}) })
			equal(t, "after adding", units(w), []string{"trade!", "trade!", ""})
		},
		"a member sees his cases, and those of the chat before he was known, open ones first": func(t *testing.T, w world) {
			open := func(id bot.CaseID, chat bot.ChatKey, member bot.MemberID, state bot.CaseState, at time.Time) {
				c := complaint("")
				c.ID, c.Chat, c.Member, c.State, c.OpenedAt = id, chat, member, state, at
				w.openCase(c)
			}
			open("old", ann, "", bot.Received, noon.Add(-time.Hour))
			open("closed", ann, "m1", bot.Closed, noon.Add(time.Hour))
			open("elsewhere", bob, "m1", bot.InWork, noon)
			open("foreign", ann, "m2", bot.InWork, noon)
			open("stranger", bob, "", bot.InWork, noon)
			list := func(owner cases.Owner, limit int) (ids []bot.CaseID) {
				w.do(func(tx storage.Tx) error {
					ids = nil
					got, err := tx.Cases(w.ctx, owner, limit)
					for _, c := range got {
						ids = append(ids, c.ID)
					}
					return err
				})
				return ids
			}
			equal(t, "member", list(cases.Owner{Chat: ann, Member: "m1"}, 9), []bot.CaseID{"elsewhere", "old", "closed"})
			equal(t, "limit", list(cases.Owner{Chat: ann, Member: "m1"}, 2), []bot.CaseID{"elsewhere", "old"})
			equal(t, "unknown", list(cases.Owner{Chat: ann}, 9), []bot.CaseID{"old"})
		},
		"two officers who change a case do it one after the other": func(t *testing.T, w world) {
			c := w.openCase(complaint("d1"))
			var wg sync.WaitGroup
			for range 20 {
				wg.Go(func() {
					w.do(func(tx storage.Tx) error {
						c, err := tx.Case(w.ctx, c.Number)
						if err != nil {
							return err
						}
						c.Text += "x"
						return tx.SaveCase(w.ctx, c, bot.CaseEntry{What: "edited", At: noon})
					})
				})
			}
			wg.Wait()
			got := read(w.CasesAfter(w.ctx, bot.CaseNumber{}, 1))(t)[0].Text
			equal(t, "changes", len(got)-len(c.Text), 20)
		},
		"tries are counted since an instant": func(t *testing.T, w world) {
			count := func(name string, now time.Time) (n int) {
				w.do(func(tx storage.Tx) (err error) {
					n, err = tx.CountTry(w.ctx, name, now, now.Add(-time.Hour))
					return err
				})
				return n
			}
			got := []int{
				count("a", noon), count("a", noon), count("b", noon), count("a", noon.Add(time.Hour)),
				count("a", noon.Add(2*time.Hour)),
			}
			equal(t, "tries", got, []int{1, 2, 1, 3, 2})
		},
	}
}

func complaint(draft bot.DraftID) bot.Case {
	return bot.Case{
		ID: bot.CaseID(fresh("c")), Number: bot.CaseNumber{Year: 1405}, Kind: bot.Complaint, Category: "delay",
		Unit: "trade", State: bot.Received, Chat: ann, Member: "m1", Draft: draft, Text: "late", Phone: "+989121234567",
		Urgency: "high", OpenedAt: noon, DueAt: noon.Add(72 * time.Hour), FirstAnswerAt: noon.Add(4 * time.Hour),
		NoticeAt: noon.Add(24 * time.Hour),
	}
}

func (w world) openCase(c bot.Case) (got bot.Case) {
	w.t.Helper()
	err := w.Do(w.ctx, func(tx storage.Tx) (err error) {
		got, err = tx.OpenCase(w.ctx, c)
		return err
	})
	if err != nil {
		w.t.Error(err) // not Fatal: cases are also opened in goroutines of their own
	}
	return got
}

// units tells the unit of each message of ann's, with a mark for confidential ones.
func units(w world) []string {
	return slices.Collect(func(yield func(string) bool) {
		for _, m := range read(w.ReadMessages(w.ctx, ann, 9))(w.t) {
			unit := string(m.Unit)
			if m.Confidential {
				unit += "!"
			}
			if !yield(unit) {
				return
			}
		}
	})
}
