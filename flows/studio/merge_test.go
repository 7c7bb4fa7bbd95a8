package studio_test

import (
	"context"
	"errors"
	"testing"

	"javab/bot"
	"javab/flows/studio"
)

// removed is a house in which ann edits a dialogue, and bob has published its removal.
func removed(t *testing.T) *house {
	t.Helper()
	h := open(t)
	if _, _, err := h.Save(t.Context(), ann, greets, h.sheet(ann, greets).Rev, []byte("mine\n")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Remove(t.Context(), bob, greets, h.sheet(bob, greets).Rev); err != nil {
		t.Fatal(err)
	}
	h.publish(bob)
	return h
}

var theirs = map[string]studio.Choice{"": studio.Theirs}

func TestWhoChoosesThatAFileGoesIsToldThatItIsGone(t *testing.T) {
	h := removed(t)
	sheet, clashes, err := h.Merge(t.Context(), ann, greets, theirs)
	if err != nil || len(clashes) != 0 || sheet.Name != greets || sheet.Live != 2 || sheet.Drafted {
		t.Errorf("%+v, %+v, %v", sheet, clashes, err)
	}
	if _, err := h.Open(t.Context(), ann, greets); bot.KindOf(err) != bot.NotFound {
		t.Errorf("the draft is still there: %v", err)
	}
}

func TestAMergeIsInTheAudit(t *testing.T) {
	h := removed(t)
	if _, clashes, err := h.Merge(t.Context(), ann, greets, nil); err != nil || len(clashes) != 1 {
		t.Fatalf("%+v, %v", clashes, err)
	}
	before := len(h.audit()) // what changes nothing is not told
	if _, _, err := h.Merge(t.Context(), ann, greets, theirs); err != nil {
		t.Fatal(err)
	}
	lines := h.audit()
	if lines[before-1] != "studio.published s-bob version 2 because" || lines[len(lines)-1] != "studio.merged s-ann file "+greets {
		t.Errorf("the audit tells %q", lines)
	}
}

// deaf is a store in whose transactions no draft can be read.
type deaf struct {
	studio.Store
	err error
}

type deafTx struct {
	studio.Tx
	err error
}

func (s deaf) Do(ctx context.Context, f func(studio.Tx) error) error {
	return s.Store.Do(ctx, func(tx studio.Tx) error { return f(deafTx{tx, s.err}) })
}

func (t deafTx) StudioDraft(context.Context, bot.StaffID, string) (studio.Draft, error) {
	return studio.Draft{}, t.err
}

func TestADraftThatCannotBeReadIsNoOtherWindow(t *testing.T) {
	h, broken := removed(t), errors.New("the database is away")
	store := h.Store
	h.Store = deaf{store, broken}
	if _, _, err := h.Merge(t.Context(), ann, greets, theirs); !errors.Is(err, broken) {
		t.Errorf("the store, which would try again, is told %v", err)
	}
	h.Store = deaf{store, &bot.Error{Kind: bot.NotFound}}
	_, _, err := h.Merge(t.Context(), ann, greets, theirs)
	wantKey(t, "a draft that was discarded meanwhile", err, "studio_saved_elsewhere")
}
