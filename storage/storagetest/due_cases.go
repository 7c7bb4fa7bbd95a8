package storagetest

import (
	"reflect"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/storage"
)

// promises is what the store promises about the cases that time changes, and about those that somebody works on.
func promises() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"a case is opened with all that its promise has come to": func(t *testing.T, w world) {
			c := promised("d1")
			whole(t, worked(c))
			got := w.openCase(c)
			c.Number.Seq = 1
			equal(t, "opened", got, c)
			equal(t, "locked", w.locked(c.Number), c)
			equal(t, "opened again", w.openCase(promised("d1")), c)
		},
		"a case is saved with all that its promise has come to, and without it again": func(t *testing.T, w world) {
			plain := w.openCase(complaint("d1"))
			c := worked(promised("d1"))
			c.ID, c.Number = plain.ID, plain.Number
			w.saveCase(c)
			equal(t, "saved", w.locked(c.Number), c)
			w.saveCase(plain)
			equal(t, "as before", w.locked(c.Number), plain)
		},
		"what a promise has used is kept to the millisecond": func(t *testing.T, w world) {
			c := complaint("d1")
			c.Clock = bot.Clock{Promised: time.Hour + 1500*time.Microsecond, Spent: 999 * time.Microsecond, Since: noon.Add(2500 * time.Microsecond)}
			want := bot.Clock{Promised: time.Hour + time.Millisecond, Since: noon.Add(2 * time.Millisecond)}
			c = w.openCase(c)
			equal(t, "opened", c.Clock, want)
			equal(t, "locked", w.locked(c.Number).Clock, want)
		},
		"cases whose time has come are found, longest ago first, then those counted by older hours": func(t *testing.T, w world) {
			var all []bot.Case
			for _, of := range []struct {
				wake    time.Duration
				version int64
			}{{time.Hour, 2}, {time.Hour, 0}, {0, 3}, {-time.Hour, 1}, {time.Minute, 3}, {-2 * time.Hour, 3}, {2 * time.Hour, 1}} {
				all = append(all, w.wakes(noon.Add(of.wake), of.version))
			}
			late, later, now := all[3], all[5], all[2]
			old, oldToo, older := all[1], all[6], all[0]
			due := []cases.Due{dueOf(later), dueOf(late), dueOf(now), dueOf(old), dueOf(oldToo), dueOf(older)}
			for _, limit := range []int{1, 3, 4, 6, 9} {
				equal(t, "the first", w.due(3, limit), due[:min(limit, len(due))])
			}
			equal(t, "by older hours", w.due(2, 9), due[:5])
		},
		"a case that sleeps, or that time changes no more, is not due": func(t *testing.T, w world) {
			w.wakes(noon.Add(time.Millisecond), 3)
			over := w.wakes(time.Time{}, 0)
			over.State = bot.Closed
			w.saveCase(over)
			asks := w.wakes(noon.Add(-time.Minute), 3)
			asks.State = bot.Closed // and its member is still to be asked how it was
			w.saveCase(asks)
			equal(t, "a closed one", w.due(3, 9), []cases.Due{dueOf(asks)})
			asks.WakeAt = time.Time{}
			w.saveCase(asks)
			slept := w.wakes(noon, 3)
			equal(t, "due", w.due(3, 9), []cases.Due{dueOf(slept)})
			slept.WakeAt = noon.Add(time.Hour)
			w.saveCase(slept)
			equal(t, "once it was looked at", len(w.due(3, 9)), 0)
		},
		"the open cases that somebody works on are found by his name": func(t *testing.T, w world) {
			hold := func(by bot.StaffID, year int, state bot.CaseState) bot.Case {
				c := promised(bot.DraftID(fresh("d")))
				c.Holder, c.State, c.Number.Year = by, state, year
				return w.openCase(c)
			}
			next, first, second := hold("sara", 1406, bot.WaitingMember), hold("sara", 1405, bot.Reopened), hold("sara", 1405, bot.Proposed)
			hold("sara", 1405, bot.Closed)
			hold("sara", 1405, bot.Withdrawn)
			hold("mina", 1405, bot.InWork)
			hold("", 1405, bot.InWork)
			equal(t, "hers", w.held("sara"), []bot.Case{first, second, next})
			equal(t, "nobody's", len(w.held("")), 0)
			first.Holder = "mina"
			w.saveCase(first)
			equal(t, "fewer", w.held("sara"), []bot.Case{second, next})
		},
		"who moves somebody's cases and who changes one do it one after the other": func(t *testing.T, w world) {
			c := w.openCase(promised("d1"))
			grow := func(tx storage.Tx, list []bot.Case, err error) error {
				for _, c := range list {
					c.Text += "x"
					if err := tx.SaveCase(w.ctx, c); err != nil {
						return err
					}
				}
				return err
			}
			var wg sync.WaitGroup
			for i := range 20 {
				wg.Go(func() {
					err := w.Do(w.ctx, func(tx storage.Tx) error {
						if i%2 == 0 {
							list, err := tx.HeldCases(w.ctx, c.Holder)
							return grow(tx, list, err)
						}
						one, err := tx.Case(w.ctx, c.Number)
						return grow(tx, []bot.Case{one}, err)
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			equal(t, "changes", len(w.locked(c.Number).Text)-len(c.Text), 20)
		},
		"when staff first and last wrote to a member after an instant": func(t *testing.T, w world) {
			answered := func(after time.Time) (first, last time.Time) {
				w.do(func(tx storage.Tx) (err error) {
					first, last, err = tx.Answered(w.ctx, ann, after)
					return err
				})
				return first, last
			}
			line := func(by bot.Author, d bot.Direction, after time.Duration) bot.Message {
				return bot.Message{Chat: ann, Direction: d, Author: by, Text: "t", At: noon.Add(after)}
			}
			elsewhere := line("sara", bot.Out, 9*time.Minute)
			elsewhere.Chat = bob
			another := line("sara", bot.Out, 8*time.Minute)
			another.Flow = cases.NoticeFlow
			w.append(converse.Rows{Messages: []bot.Message{
				line("sara", bot.Out, -time.Hour), line("sara", bot.Out, 0), line(bot.ByBot, bot.Out, time.Minute),
				line(bot.ByMember, bot.In, 2*time.Minute), line("sara", bot.Note, 3*time.Minute), line("sara", bot.In, 4*time.Minute), elsewhere,
				another,
			}}, bot.Lease{})
			first, last := answered(noon)
			equal(t, "nobody", []bool{first.IsZero(), last.IsZero()}, []bool{true, true})
			w.append(converse.Rows{Messages: []bot.Message{
				line("mina", bot.Out, 6*time.Minute), line("sara", bot.Out, 5*time.Minute), line("sara", bot.Out, 7*time.Minute), line(bot.ByBot, bot.Out, time.Hour),
			}}, bot.Lease{})
			first, last = answered(noon)
			equal(t, "after noon", []time.Time{first, last}, []time.Time{noon.Add(5 * time.Minute), noon.Add(7 * time.Minute)})
			first, last = answered(noon.Add(6 * time.Minute))
			equal(t, "after the second", []time.Time{first, last}, []time.Time{noon.Add(7 * time.Minute), noon.Add(7 * time.Minute)})
			first, last = answered(time.Time{})
			equal(t, "ever", []time.Time{first, last}, []time.Time{noon.Add(-time.Hour), noon.Add(7 * time.Minute)})
		},
		"a case is saved with several lines of its timeline, or with none": func(t *testing.T, w world) {
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Draft: "d1", At: noon}, {Chat: ann, Draft: "d2", At: noon}, {Chat: ann, Draft: "d3", At: noon}, {Chat: ann, At: noon},
			}}, bot.Lease{})
			c := w.openCase(complaint("d1"))
			line := func(what string, draft bot.DraftID, after time.Duration) bot.CaseEntry {
				return bot.CaseEntry{Case: c.ID, What: what, Author: bot.ByBot, Text: "t", Before: "b", After: "a", Draft: draft, At: noon.Add(after)}
			}
			lines := []bot.CaseEntry{line("at_risk", "d2", 0), line("recounted", "", time.Minute), line("notice", "d3", 0)}
			w.saveCase(c, lines...)
			equal(t, "timeline", read(w.ReadTimeline(w.ctx, c.ID))(t), append([]bot.CaseEntry{storage.Opened(c)}, lines...))
			equal(t, "their messages", units(w), []string{"trade", "trade", "trade", ""})
			c.Text = "new"
			w.saveCase(c)
			equal(t, "words", w.locked(c.Number).Text, "new")
			equal(t, "lines", len(read(w.ReadTimeline(w.ctx, c.ID))(t)), 4)
		},
	}
}

// promised is a case of which every field says something of its own.
func promised(draft bot.DraftID) bot.Case {
	c := complaint(draft)
	at := func(hours int) time.Time { return noon.Add(time.Duration(hours)*time.Hour + 7*time.Millisecond) }
	c.Answers, c.Confidential, c.Number.Seq = map[string]string{"order": "12"}, true, 1
	c.Name = "Reza"
	c.Holder, c.Alarm, c.HoursVersion = "sara", bot.AlarmManager, 5
	c.Clock = bot.Clock{Promised: 40 * time.Hour, Spent: 90*time.Minute + time.Millisecond, Since: at(1)}
	c.ToldAt, c.ToldDue, c.AnsweredAt, c.BreachedAt, c.FirstLateAt, c.WakeAt = at(2), at(3), at(4), at(5), at(6), at(7)
	return c
}

// worked is a case that people have done something about, up to its end.
func worked(c bot.Case) bot.Case {
	at := func(hours int) time.Time { return noon.Add(time.Duration(hours)*time.Hour + 9*time.Millisecond) }
	c.Next = bot.Next{What: "call the bank", Who: "sara", At: at(8)}
	c.Cause, c.External, c.Waits, c.Paused, c.Dispute, c.Financial, c.Overdue = "lost_file", "B-7", "the bank is closed", true, true, true, true
	c.Closure = bot.Closure{
		Round: 2, Result: "The card is sent.", By: "sara", ProposedAt: at(9), DeliveredAt: at(10), Reminders: 1, RemindedAt: at(11), Tried: true,
		ClosedAt: at(12), Ending: bot.EndSolved, ReopenUntil: at(13), SurveyAt: at(14), CheckAt: at(15), HeldAt: at(16),
	}
	return c
}

// whole fails when a field of a case says nothing: what is written of it then proves nothing.
func whole(t *testing.T, c bot.Case) {
	t.Helper()
	for _, v := range []reflect.Value{reflect.ValueOf(c), reflect.ValueOf(c.Clock), reflect.ValueOf(c.Next), reflect.ValueOf(c.Closure)} {
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("the case that is tried has no %s", v.Type().Field(i).Name)
			}
		}
	}
}

// wakes opens a case that time changes at an instant, counted by a version of the hours.
func (w world) wakes(at time.Time, version int64) bot.Case {
	w.t.Helper()
	c := complaint(bot.DraftID(fresh("d")))
	c.WakeAt, c.HoursVersion, c.Chat = at, version, bot.ChatKey(fresh("tg:javab:"))
	return w.openCase(c)
}

func dueOf(c bot.Case) cases.Due {
	return cases.Due{Number: c.Number, Chat: c.Chat, Version: c.HoursVersion}
}

// due are the cases that are due at noon, while the hours are of a version.
func (w world) due(version int64, limit int) []cases.Due {
	w.t.Helper()
	return read(w.DueCases(w.ctx, noon, version, limit))(w.t)
}

func (w world) held(by bot.StaffID) (list []bot.Case) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		list, err = tx.HeldCases(w.ctx, by)
		return err
	})
	return list
}

func (w world) locked(number bot.CaseNumber) (c bot.Case) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		c, err = tx.Case(w.ctx, number)
		return err
	})
	return c
}

func (w world) saveCase(c bot.Case, lines ...bot.CaseEntry) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error { return tx.SaveCase(w.ctx, c, lines...) })
}
