package approve

import (
	"context"
	"fmt"

	"javab/bot"
)

// Approve says yes to exactly what by has seen: what he saw is told by its hash.
func (o *Office) Approve(ctx context.Context, by bot.Staff, id, hash string) error {
	return o.decide(ctx, by, id, verdict{state: bot.ApprovalApproved, hash: hash})
}

// Change gives it back to its author, with by's words on what to change.
func (o *Office) Change(ctx context.Context, by bot.Staff, id, reason string) error {
	return o.decide(ctx, by, id, verdict{state: bot.ApprovalChanged, reason: reason})
}

// Refuse says no, and why.
func (o *Office) Refuse(ctx context.Context, by bot.Staff, id, reason string) error {
	return o.decide(ctx, by, id, verdict{state: bot.ApprovalRefused, reason: reason})
}

// Withdraw takes back what by himself has asked.
func (o *Office) Withdraw(ctx context.Context, by bot.Staff, id string) error {
	return o.decide(ctx, by, id, verdict{state: bot.ApprovalWithdrawn})
}

type verdict struct {
	state        bot.ApprovalState
	hash, reason string
}

// decide writes a verdict down in the transaction of what follows on it.
func (o *Office) decide(ctx context.Context, by bot.Staff, id string, v verdict) error {
	if v.reason == "" && (v.state == bot.ApprovalChanged || v.state == bot.ApprovalRefused) {
		return &bot.Error{Kind: bot.Invalid, Key: "approval_reason"}
	}
	a, err := o.Store.ReadApproval(ctx, id)
	if err != nil {
		return err
	}
	bench, err := o.Bench(ctx)
	if err != nil {
		return err
	}
	carrier := o.Carriers[a.Kind]
	if carrier == nil {
		return fmt.Errorf("approval %s: nobody carries out a %s", id, a.Kind)
	}
	err = carrier.Decided(ctx, a, func(ctx context.Context, tx Tx) (bot.Approval, error) {
		return o.decided(ctx, tx, bench, by, id, v)
	})
	if err == nil && o.Decided != nil {
		o.Decided(ctx)
	}
	return err
}

func (o *Office) decided(ctx context.Context, tx Tx, bench Bench, by bot.Staff, id string, v verdict) (bot.Approval, error) {
	a, err := tx.Approval(ctx, id)
	if err != nil {
		return a, fmt.Errorf("lock approval %s: %w", id, err)
	}
	about, err := tx.About(ctx, a.Chat)
	if err != nil {
		return a, fmt.Errorf("read whom chat %s is about: %w", a.Chat, err)
	}
	if err := v.may(bench, by, a, about); err != nil {
		return a, err
	}
	a.State, a.DecidedBy, a.DecidedAt, a.Reason = v.state, by.ID, o.Clock(), v.reason
	if err := tx.SaveApproval(ctx, a); err != nil {
		return a, fmt.Errorf("save approval %s: %w", id, err)
	}
	return a, o.audit(ctx, tx, a, by.ID, string(v.state), v.reason)
}

// may says whether by may give a verdict. Who may not know of the approval learns nothing by asking.
func (v verdict) may(bench Bench, by bot.Staff, a bot.Approval, about []bot.StaffID) error {
	switch {
	case by.ID == a.Author && v.state != bot.ApprovalWithdrawn:
		return &bot.Error{Kind: bot.Forbidden, Key: "approval_own"}
	case v.state == bot.ApprovalWithdrawn && by.ID != a.Author, v.state != bot.ApprovalWithdrawn && !bench.Decides(by, a, about):
		return &bot.Error{Kind: bot.NotFound, Key: "approval_not_found"}
	case !a.Open():
		return &bot.Error{Kind: bot.Conflict, Key: "approval_decided"}
	case v.state == bot.ApprovalApproved && (v.hash != a.Hash || Hash(a) != a.Hash):
		return &bot.Error{Kind: bot.Conflict, Key: "approval_hash"}
	}
	return nil
}
