package cases

import (
	"slices"
	"testing"

	"javab/bot"
)

var states = []bot.CaseState{bot.Received, bot.InWork, bot.Referred, bot.WaitingMember, bot.WaitingExternal, bot.Proposed, bot.Closed, bot.Reopened, bot.Withdrawn}

func TestEveryStateIsReachedFromReceived(t *testing.T) {
	seen := []bot.CaseState{bot.Received}
	for i := 0; i < len(seen); i++ {
		for _, s := range next(seen[i]) {
			if !slices.Contains(seen, s) {
				seen = append(seen, s)
			}
		}
	}
	if len(seen) != len(states) {
		t.Errorf("reached only %v", seen)
	}
}

func TestAnOpenCaseCanAlwaysBeWithdrawnAndAClosedOneNever(t *testing.T) {
	for _, s := range states {
		moved, err := Move(bot.Case{State: s}, bot.Withdrawn)
		if s.Open() != (err == nil) || s.Open() && moved.State != bot.Withdrawn {
			t.Errorf("from %s: %v, %v", s, moved.State, err)
		}
	}
}

func TestNothingIsClosedBeforeItsResultWasProposed(t *testing.T) {
	for _, s := range states {
		if _, err := Move(bot.Case{State: s}, bot.Closed); (err == nil) != (s == bot.Proposed) {
			t.Errorf("%s to closed: %v", s, err)
		}
	}
}

func TestAMoveThatTheProcedureDoesNotKnowIsRefusedAndLeavesTheCase(t *testing.T) {
	c := bot.Case{Number: bot.CaseNumber{Year: 1405, Seq: 123}, State: bot.Withdrawn}
	for _, to := range states {
		moved, err := Move(c, to)
		if bot.KindOf(err) != bot.Conflict || moved.State != bot.Withdrawn {
			t.Errorf("a withdrawn case went to %s (%v)", moved.State, err)
		}
	}
	if _, err := Move(bot.Case{State: "invented"}, bot.InWork); bot.KindOf(err) != bot.Conflict {
		t.Errorf("an invented state moved: %v", err)
	}
}
