package desk

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
)

// Pause is a queue that was stopped, by whom and why: its chats keep their places, and nobody takes one but who leads. New
// ones are taken in all the same.
type Pause struct {
	Unit   bot.UnitID
	By     bot.StaffID
	Reason string
	At     time.Time
}

// Pause stops the queue of a unit. Only who stands over the unit may.
func (d *Desk) Pause(ctx context.Context, by bot.Staff, unit bot.UnitID, reason string) error {
	return d.stopping(ctx, by, unit, reason, "queue.paused", func(ctx context.Context, tx Tx, p Pause) (bool, error) { return tx.Pause(ctx, p) })
}

// Resume lets the queue of a unit go on. Only who stands over the unit may.
func (d *Desk) Resume(ctx context.Context, by bot.Staff, unit bot.UnitID, reason string) error {
	return d.stopping(ctx, by, unit, reason, "queue.resumed", func(ctx context.Context, tx Tx, p Pause) (bool, error) { return tx.Resume(ctx, p.Unit) })
}

// stopping stops a queue or lets it go on, and audits that once.
func (d *Desk) stopping(ctx context.Context, by bot.Staff, unit bot.UnitID, reason, what string, f func(context.Context, Tx, Pause) (bool, error)) error {
	if err := over(by, reason); err != nil {
		return err
	}
	if d.Content.UnitName(unit).Empty() {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_unit"}
	}
	if !by.Serves(unit) {
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_queue"}
	}
	p := Pause{Unit: unit, By: by.ID, Reason: reason, At: d.Clock()}
	return d.Store.Do(ctx, func(tx Tx) error {
		isNew, err := f(ctx, tx, p)
		if err != nil {
			return fmt.Errorf("%s of %s: %w", what, unit, err)
		}
		if !isNew {
			return nil
		}
		return tx.Audit(ctx, bot.AuditEntry{At: p.At, By: by.ID, What: what, Subject: "unit " + string(unit), Reason: reason})
	})
}

// pause returns the pause of a unit's queue, and whether there is one.
func pause(ctx context.Context, tx QueueTx, unit bot.UnitID) (Pause, bool, error) {
	p, err := tx.Paused(ctx, unit)
	if bot.KindOf(err) == bot.NotFound {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("read whether the queue of %s is paused: %w", unit, err)
	}
	return p, true, nil
}

// free fails when the chat's queue is paused and who does not lead.
func (a *act) free(ctx context.Context, who bot.Staff) error {
	if Supervises(who) {
		return nil
	}
	p, paused, err := pause(ctx, a.tx, a.hand.Unit)
	if err != nil || !paused {
		return err
	}
	return &bot.Error{Kind: bot.Conflict, Key: "queue_paused", Params: map[string]string{"Holder": string(p.By), "Reason": p.Reason}}
}
