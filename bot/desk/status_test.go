package desk_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/storage"
)

// works files a case of trade on which somebody works.
func (w *world) works(by bot.StaffID, chat bot.ChatKey, state bot.CaseState, confidential bool) bot.CaseNumber {
	w.t.Helper()
	c := bot.Case{
		ID: bot.CaseID(fmt.Sprintf("c%d", w.Random())), Number: bot.CaseNumber{Year: 1405}, Kind: bot.Complaint, Unit: "trade",
		State: state, Chat: chat, Holder: by, Confidential: confidential, OpenedAt: w.now,
	}
	w.do(func(tx storage.Tx) (err error) {
		c, err = tx.OpenCase(w.t.Context(), c)
		return err
	})
	return c.Number
}

// worked is who works on a case, after how it came to be his.
func (w *world) worked(number bot.CaseNumber, want ...string) {
	w.t.Helper()
	var c bot.Case
	w.do(func(tx storage.Tx) (err error) {
		c, err = tx.Case(w.t.Context(), number)
		return err
	})
	entries, err := w.store.ReadTimeline(w.t.Context(), c.ID)
	w.ok(err)
	var got []string
	for _, e := range entries[1:] { // the first says that it was opened
		got = append(got, fmt.Sprintf("%s %s %s>%s %s", e.Author, e.What, e.Before, e.After, e.At.Sub(noon)))
	}
	if got = append(got, string(c.Holder)); !slices.Equal(got, want) {
		w.t.Errorf("case %s came to %q, want %q", number, got, want)
	}
}

func TestWhoeverGoesOnLeaveLeavesHisOpenCasesToHisSubstitute(t *testing.T) {
	w := open(t)
	leaving := sara
	leaving.Substitute = omid.ID
	w.save(leaving)
	first := w.works(leaving.ID, ann, bot.InWork, false)
	second := w.works(leaving.ID, "tg:b:2", bot.WaitingMember, false)
	closed := w.works(leaving.ID, ann, bot.Closed, false)
	other := w.works(nada.ID, ann, bot.InWork, false)
	w.ok(w.Status(t.Context(), leaving, bot.OnBreak))
	w.worked(first, "sara")
	w.now = noon.Add(time.Hour)
	w.ok(w.Status(t.Context(), leaving, bot.Away))
	w.ok(w.Status(t.Context(), leaving, bot.Away)) // and says so twice
	w.worked(first, "bot moved sara>omid 1h0m0s", "omid")
	w.worked(second, "bot moved sara>omid 1h0m0s", "omid")
	w.worked(closed, "sara")
	w.worked(other, "nada")
	w.ok(w.Status(t.Context(), leaving, bot.Available))
	w.worked(first, "bot moved sara>omid 1h0m0s", "omid")
}

func TestACaseThatTheSubstituteMayNotSeeGoesBackToItsUnit(t *testing.T) {
	w := open(t)
	leaving := sara
	leaving.Substitute, leaving.Confidential = omid.ID, true
	w.save(leaving)
	secret := w.works(leaving.ID, ann, bot.InWork, true)
	accusing := w.works(leaving.ID, "tg:b:2", bot.InWork, false)
	plain := w.works(leaving.ID, ann, bot.InWork, false)
	w.do(func(tx storage.Tx) error { return tx.Accuse(t.Context(), "tg:b:2", omid.ID, noon) })
	w.ok(w.Status(t.Context(), leaving, bot.Away))
	w.worked(secret, "bot moved sara> 0s", "")
	w.worked(accusing, "bot moved sara> 0s", "")
	w.worked(plain, "bot moved sara>omid 0s", "omid")
}

func TestAConfidentialCaseGoesToASubstituteWhoIsANamedHandler(t *testing.T) {
	w := open(t)
	leaving, handler := sara, omid
	leaving.Substitute, handler.Confidential = omid.ID, true
	w.save(leaving)
	w.save(handler)
	secret := w.works(leaving.ID, ann, bot.InWork, true)
	w.ok(w.Status(t.Context(), leaving, bot.Away))
	w.worked(secret, "bot moved sara>omid 0s", "omid")
}

func TestCasesOfSomebodyWithoutASubstituteWhoMayWorkGoBackToTheirUnit(t *testing.T) {
	disabled := omid
	disabled.Disabled = true
	for name, substitute := range map[string]bot.Staff{"nobody": {}, "disabled": disabled} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			leaving := sara
			leaving.Substitute = substitute.ID
			w.save(leaving)
			if substitute.ID != "" {
				w.save(substitute)
			}
			number := w.works(leaving.ID, ann, bot.InWork, false)
			w.ok(w.Status(t.Context(), leaving, bot.Away))
			w.worked(number, "bot moved sara> 0s", "")
		})
	}
}
