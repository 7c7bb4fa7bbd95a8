package storagetest

import (
	"errors"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/learning"
	"javab/storage"
)

// freeQuestions is what the store promises about what members ask in their own words.
func freeQuestions() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"what a member asked is written with the turn that answers it, and never without": func(t *testing.T, w world) {
			q := asked("q1", noon)
			verdict, _, err := w.CommitTurn(w.ctx, acceptance("1", chatAt(ann, 10), 0), converse.Rows{Question: &q}, bot.Lease{})
			equal(t, "error", err, nil)
			equal(t, "verdict", verdict, converse.Fresh)
			late := asked("q2", noon)
			verdict, _, err = w.CommitTurn(w.ctx, acceptance("2", chatAt(ann, 30), 20), converse.Rows{Question: &late}, bot.Lease{})
			equal(t, "error of a chat that has moved", err, nil)
			equal(t, "verdict of a chat that has moved", verdict, converse.Moved)
			gone := errors.New("gone")
			equal(t, "error of a turn that fails", w.Do(w.ctx, func(tx storage.Tx) error {
				if _, err := tx.Append(w.ctx, converse.Rows{Question: &late}, bot.Lease{}); err != nil {
					return err
				}
				return gone
			}), gone)
			equal(t, "questions", w.questions(), []bot.FreeQuestion{q})
		},
		"an action's turn writes what was asked too": func(t *testing.T, w world) {
			q := asked("q1", noon)
			q.Top, q.P, q.Class = nil, 0, ""
			w.append(converse.Rows{Question: &q}, bot.Lease{})
			equal(t, "questions", w.questions(), []bot.FreeQuestion{q})
		},
		"what was pressed first stays, and so does the first hand-over": func(t *testing.T, w world) {
			q := asked("q1", noon)
			w.append(converse.Rows{Question: &q}, bot.Lease{})
			_, _, err := w.CommitTurn(w.ctx, acceptance("1", chatAt(ann, 10), 0),
				converse.Rows{Handled: bot.Handled{Question: "q1", Pressed: "not_solved"}}, bot.Lease{})
			equal(t, "error", err, nil)
			w.append(converse.Rows{Handled: bot.Handled{Question: "q1", Pressed: bot.QuestionOfficer, HandOver: "h1"}}, bot.Lease{})
			w.append(converse.Rows{Handled: bot.Handled{Question: "q1", HandOver: "h2"}}, bot.Lease{})
			w.append(converse.Rows{Handled: bot.Handled{Question: "q9", Pressed: "solved"}}, bot.Lease{})
			q.Pressed, q.HandOver = "not_solved", "h1"
			equal(t, "questions", w.questions(), []bot.FreeQuestion{q})
		},
		"what is pressed in a turn that does not happen was not pressed": func(t *testing.T, w world) {
			q := asked("q1", noon)
			w.append(converse.Rows{Question: &q}, bot.Lease{})
			w.turn("1", chatAt(ann, 10), 0)
			verdict, _, err := w.CommitTurn(w.ctx, acceptance("2", chatAt(ann, 30), 20),
				converse.Rows{Handled: bot.Handled{Question: "q1", Pressed: "solved"}}, bot.Lease{})
			equal(t, "error", err, nil)
			equal(t, "verdict", verdict, converse.Moved)
			equal(t, "questions", w.questions(), []bot.FreeQuestion{q})
		},
		"an officer's first reply is noted with the question that led to him": func(t *testing.T, w world) {
			first, other := asked("q1", noon), asked("q2", noon.Add(-time.Second))
			first.HandOver, other.HandOver = "h1", "h2"
			w.append(converse.Rows{Question: &first}, bot.Lease{})
			w.append(converse.Rows{Question: &other}, bot.Lease{})
			for _, reply := range []string{"o1", "o2"} {
				w.do(func(tx storage.Tx) error { return tx.Replied(w.ctx, "h1", reply, "refund") })
			}
			w.do(func(tx storage.Tx) error { return tx.Replied(w.ctx, "h9", "o9", "") })
			first.Reply, first.Ready = "o1", "refund"
			equal(t, "questions", w.questions(), []bot.FreeQuestion{first, other})
		},
		"questions are found by when they were asked, the newest first": func(t *testing.T, w world) {
			for i, id := range []string{"q1", "q2", "q3", "q4"} {
				q := asked(id, noon.Add(time.Duration(i)*time.Minute))
				w.append(converse.Rows{Question: &q}, bot.Lease{})
			}
			found := read(w.Questions(w.ctx, noon.Add(time.Minute), noon.Add(3*time.Minute), 9))(t)
			equal(t, "in the window", questionIDs(found), []string{"q3", "q2"})
			equal(t, "at most", questionIDs(read(w.Questions(w.ctx, noon, noon.Add(time.Hour), 3))(t)), []string{"q4", "q3", "q2"})
		},
		"questions and what was put aside of them are forgotten in their time, those of a chat that is held legally are not": func(t *testing.T, w world) {
			old, late, held := asked("q1", noon), asked("q2", noon.Add(2*time.Minute)), asked("q3", noon)
			held.Chat = bob
			for _, q := range []bot.FreeQuestion{old, late, held} {
				w.append(converse.Rows{Question: &q}, bot.Lease{})
			}
			w.do(func(tx storage.Tx) error {
				_, err := tx.HoldLegally(w.ctx, bob, chief.ID, noon)
				return errors.Join(err,
					tx.PutAside(w.ctx, learning.Aside{Question: "q1", N: 1, At: noon, By: "reza"}),
					tx.PutAside(w.ctx, learning.Aside{Question: "q2", N: 1, At: noon.Add(2 * time.Minute), By: "reza"}),
				)
			})
			equal(t, "purged too early", read(w.Purge(w.ctx, noon.Add(storage.KeepQuestions)))(t), 0)
			equal(t, "purged", read(w.Purge(w.ctx, noon.Add(storage.KeepQuestions+time.Minute)))(t), 2)
			equal(t, "questions", questionIDs(w.questions()), []string{"q2", "q3"})
			asides := read(w.Asides(w.ctx, time.Time{}))(t)
			equal(t, "asides", []any{len(asides), asides[0].Question}, []any{1, "q2"})
		},
	}
}

func asked(id string, at time.Time) bot.FreeQuestion {
	return bot.FreeQuestion{
		ID: id, Chat: ann, At: at, Lang: bot.Fa, Class: "fa-Latn", Text: "kart [number]", P: 0.25, Action: bot.QuestionAsked, Bundle: 7,
		Top: []bot.Guess{{ID: "answers/card", P: 0.25}, {ID: "flow/complaint", P: 0.125}},
	}
}

func (w world) questions() []bot.FreeQuestion {
	w.t.Helper()
	return read(w.Questions(w.ctx, noon.Add(-time.Hour), noon.Add(time.Hour), 9))(w.t)
}

func questionIDs(list []bot.FreeQuestion) []string {
	ids := make([]string, len(list))
	for i, q := range list {
		ids[i] = q.ID
	}
	return ids
}
