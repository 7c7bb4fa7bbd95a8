package desk_test

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/storage"
)

// question is what the member asked before his chat came to the desk.
func (w *world) question() bot.FreeQuestion {
	w.t.Helper()
	list, err := w.store.Questions(w.t.Context(), time.Time{}, time.Unix(1<<34, 0), 9)
	w.ok(err)
	if len(list) != 1 {
		w.t.Fatalf("%d questions", len(list))
	}
	return list[0]
}

// asks notes that a question has led to the hand-over of ann's chat.
func (w *world) asks() {
	w.do(func(tx storage.Tx) error {
		q := bot.FreeQuestion{ID: "q1", Chat: ann, At: noon, Lang: bot.En, Text: "refund", HandOver: w.handOverOf(tx)}
		_, err := tx.Append(w.t.Context(), converse.Rows{Question: &q}, bot.Lease{})
		return err
	})
}

func (w *world) handOverOf(tx storage.Tx) string {
	h, err := tx.Running(w.t.Context(), ann)
	w.ok(err)
	return h.ID
}

func TestTheFirstReplyAfterAHandOverIsKnownByTheQuestionThatLedToIt(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.asks()
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Note(t.Context(), sara, ann, desk.Note{ID: "n1", Text: "a regular"}))
	if q := w.question(); q.Reply != "" {
		t.Errorf("a note answers: %+v", q)
	}
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "Your card is on its way.", Ready: "card_sent@3"}))
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Text: "Anything else?"}))
	if q := w.question(); q.Reply != "or1" || q.Ready != "card_sent" {
		t.Errorf("answered by %+v", q)
	}
}

func TestAReplyThatWaitsForAYesAnswersAQuestionOnlyAfterIt(t *testing.T) {
	w := guarded(t)
	w.asks()
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "We will refund the fee.", Ready: "refund@3"}))
	if q := w.question(); q.Reply != "" {
		t.Errorf("a held reply answers: %+v", q)
	}
	a := w.asked()
	w.ok(w.Approvals.Approve(t.Context(), mona, a.ID, a.Hash))
	if q := w.question(); q.Reply == "" || q.Ready != "refund" {
		t.Errorf("answered by %+v", q)
	}
}
