package converse_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/flows"
	"javab/storage"
)

// sure is a matcher that knows what everybody means, and remembers what it was asked.
type sure struct {
	found flows.Match
	asked *[]converse.Ask
}

func (s sure) Match(ask converse.Ask) flows.Match {
	*s.asked = append(*s.asked, ask)
	return s.found
}

func (h *house) questions() []bot.FreeQuestion {
	h.t.Helper()
	list, err := h.store.Questions(h.t.Context(), time.Time{}, h.clock().Add(time.Hour), 99)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func TestAQuestionIsKeptWithWhatWasMadeOfItAndWithoutWhatIsPersonal(t *testing.T) {
	h := meet(t)
	top := []bot.Guess{{ID: "answers/fees", P: 0.25}}
	var asked []converse.Ask
	h.Matcher = sure{flows.Match{Class: "fa-Latn", Top: top, P: 0.25}, &asked}
	h.says("Kart-e 0912 123 4567 koja ast?")
	got := h.questions()
	if len(got) != 1 {
		t.Fatalf("%d questions", len(got))
	}
	q := got[0]
	if q.Text != "kart e [number] koja ast" || q.Lang != h.chat().Lang || q.Class != "fa-Latn" || q.P != 0.25 || !slices.Equal(q.Top, top) ||
		q.Action != bot.QuestionRephrase || q.Bundle != 7 || q.Chat != h.chat().Key || q.ID == "" || q.At.IsZero() {
		t.Errorf("kept %+v", q)
	}
	if len(asked) != 1 || asked[0].Text == "" {
		t.Errorf("the matcher was asked %+v", asked)
	}
}

func TestWhatIsNoQuestionIsNotKept(t *testing.T) {
	h := meet(t)
	h.says("/complaint")
	h.taps("Corruption")
	h.says("My phone is 0912 123 4567 and I was asked for money.")
	h.says("done")
	if got := h.questions(); len(got) != 0 {
		t.Errorf("kept %+v", got)
	}
}

func TestAQuestionThatLeadsToAnOfficerKnowsItsHandOver(t *testing.T) {
	h := meet(t)
	h.Matcher = sure{flows.Match{Sure: "flow/officer"}, new([]converse.Ask)}
	h.says("I would rather talk to somebody")
	got := h.questions()
	given, err := h.store.ReadHandOver(t.Context(), h.chat().Key)
	if err != nil || len(got) != 1 || got[0].HandOver != given.ID || got[0].Action != bot.QuestionAnswered {
		t.Errorf("kept %+v", got)
	}
}

func TestTheMatcherHearsWhetherATextCanOnlyBeAQuestion(t *testing.T) {
	h := meet(t)
	var asked []converse.Ask
	h.Matcher = sure{flows.Match{}, &asked}
	h.says("where is my card")
	if len(asked) != 1 || !asked[0].Free {
		t.Errorf("at the menu: %+v", asked)
	}
	asked = nil
	h.says("/complaint")
	h.taps("Corruption")
	h.says("Somebody asked me for money.")
	if len(asked) == 0 || slices.ContainsFunc(asked, func(a converse.Ask) bool { return a.Free }) {
		t.Errorf("in a complaint: %+v", asked)
	}
}

// late is a store whose chat has moved since each plan, once.
type late struct {
	converse.Store
	moved atomic.Bool
}

func (s *late) CommitTurn(ctx context.Context, a converse.Acceptance, rows converse.Rows, lease bot.Lease) (converse.Verdict, []bot.Job, error) {
	if s.moved.CompareAndSwap(false, true) {
		return converse.Moved, nil, nil
	}
	return s.Store.CommitTurn(ctx, a, rows, lease)
}

func TestAPlanThatIsMadeAnewKeepsItsQuestionOnceAndAsksNobodyAgain(t *testing.T) {
	h := meet(t)
	var asked []converse.Ask
	h.Matcher = sure{flows.Match{}, &asked}
	h.Store = &late{Store: storage.As[converse.Tx](h.store)}
	h.says("where is my card")
	if got := h.questions(); len(got) != 1 || len(asked) != 1 {
		t.Errorf("kept %+v, asked %+v", got, asked)
	}
}
