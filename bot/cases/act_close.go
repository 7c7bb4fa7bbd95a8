package cases

import (
	"context"
	"fmt"
	"slices"

	"javab/bot"
)

// Propose tells the member the result of his case: he says whether it solves it. Over an open referral or task it is refused.
// What by may not say alone is held until somebody else says yes, and so is the final decision on a case whose promise is
// broken, unless a manager makes it.
type Propose struct {
	ID     string // the form's own: the same is proposed once
	Result string
	Cause  string // the root cause, by its id in the content; empty: as it is
}

func (a Propose) do(ctx context.Context, d *deed) (err error) {
	if err := readID(a.ID); err != nil {
		return err
	}
	if a.Result, err = read(a.Result, maxWords); err != nil {
		return err
	}
	last := d.c.Closure
	if d.idle = d.c.State == bot.Proposed && last.By == d.by.ID && last.Result == a.Result; d.idle {
		return nil
	}
	if err := d.decidable(ctx); err != nil {
		return err
	}
	kind, why := bot.ApproveClosure, []bot.Concern(nil)
	if d.c.Escalated() && !d.by.Supervises() {
		kind, why = bot.ApproveDecision, []bot.Concern{bot.ConcernKind}
	}
	if known, err := d.heldResult(ctx, d.approval(a.ID, kind, a.Result, a)); known || err != nil {
		return err
	}
	held, err := d.hold(ctx, a.ID, kind, a.Result, a, why...)
	if held || err != nil {
		return err
	}
	return a.carry(ctx, d)
}

// decidable refuses a result while something is still to be done for it, or the procedure has no place for one.
func (d *deed) decidable(ctx context.Context) error {
	open, err := d.openReferrals(ctx)
	if err != nil {
		return err
	}
	tasks, err := d.tx.Tasks(ctx, d.c.ID)
	if err != nil {
		return fmt.Errorf("read tasks of case %s: %w", d.c.Number, err)
	}
	switch {
	case len(open) > 0 && d.c.State.Open():
		return conflict("case_open_referral")
	case slices.ContainsFunc(tasks, bot.Task.Open) && d.c.State.Open():
		return conflict("case_open_task")
	}
	_, err = Move(d.c, bot.Proposed)
	return err
}

// heldResult reports whether this result waits for a yes already. While another one does, it is refused.
func (d *deed) heldResult(ctx context.Context, a bot.Approval) (bool, error) {
	all, err := d.approvals(ctx)
	if err != nil {
		return false, err
	}
	for _, other := range all {
		closes := other.Kind == bot.ApproveClosure || other.Kind == bot.ApproveDecision
		switch {
		case other.ID == a.ID:
			return d.repeated(ctx, a)
		case closes && other.Open():
			return false, conflict("case_result_held")
		}
	}
	return false, nil
}

// carry proposes it.
func (a Propose) carry(ctx context.Context, d *deed) (err error) {
	if err := d.decidable(ctx); err != nil { // things may have been asked since it was held
		return err
	}
	before := d.c.State
	if d.c, err = d.promise.propose(&d.letter, d.c, d.by.ID, a.Result, a.Cause); err != nil {
		return err
	}
	d.log(Proposed, a.Result, "", string(before), string(d.c.State))
	return nil
}

// Reopen opens a closed case again. After the time in which the member may do so himself, only a manager does.
type Reopen struct {
	Reason string
}

func (a Reopen) do(_ context.Context, d *deed) error {
	reason, err := read(a.Reason, maxWords)
	if err != nil {
		return err
	}
	if d.idle = d.c.State == bot.Reopened; d.idle {
		return nil
	}
	if d.c.State == bot.Closed && d.now.After(d.c.Closure.ReopenUntil) {
		if err := d.supervised(); err != nil {
			return err
		}
	}
	before := d.c.State
	if d.c, err = d.promise.reopen(d.c, d.now); err != nil {
		return err
	}
	d.log(ReopenedBy, "", reason, string(before), string(d.c.State))
	return nil
}
