package cases

import (
	"context"

	"javab/bot"
)

// Take makes by who works on the case. One that somebody else works on is taken over by who leads others.
type Take struct{}

func (Take) do(_ context.Context, d *deed) error {
	if err := d.working(); err != nil {
		return err
	}
	switch {
	case d.c.Holder == d.by.ID:
		d.idle = true
		return nil
	case d.c.Holder != "" && !d.by.Leads():
		return conflict("case_taken")
	}
	d.gives(DidTake, d.by.ID)
	return nil
}

// Assign gives the case to a colleague who sees it, or back to its unit.
type Assign struct {
	To bot.StaffID // empty: its unit
}

func (a Assign) do(ctx context.Context, d *deed) error {
	if err := d.working(); err != nil {
		return err
	}
	if d.idle = d.c.Holder == a.To; d.idle {
		return nil
	}
	if !d.by.Leads() && d.c.Holder != d.by.ID {
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_senior"}
	}
	if a.To != "" {
		if _, err := d.colleague(ctx, a.To); err != nil {
			return err
		}
	}
	d.gives(DidAssign, a.To)
	return nil
}

// gives makes somebody else work on the case, and do what its officer was to do next.
func (d *deed) gives(what string, to bot.StaffID) {
	before := d.c.Holder
	if d.c.Next.Who == before {
		d.c.Next.Who = to
	}
	d.c.Holder = to
	d.log(what, "", "", string(before), string(to))
}

// Begin starts the work on a case that was filed or opened again. Whoever begins works on it, unless somebody does.
type Begin struct{}

func (Begin) do(_ context.Context, d *deed) error {
	if d.idle = d.c.State == bot.InWork; d.idle {
		return nil
	}
	before := d.c.State
	if before != bot.Received && before != bot.Reopened {
		return illegalMove(d.c, bot.InWork)
	}
	if err := d.move(bot.InWork); err != nil {
		return err
	}
	if d.c.Holder == "" {
		d.c.Holder = d.by.ID
	}
	d.log(DidBegin, "", "", string(before), string(bot.InWork))
	return nil
}

// Resume takes a case back to work that waited for somebody. Over an open referral it is refused: that is recalled first.
type Resume struct{}

func (Resume) do(ctx context.Context, d *deed) error {
	if d.idle = d.c.State == bot.InWork; d.idle {
		return nil
	}
	switch d.c.State {
	case bot.Referred, bot.WaitingMember, bot.WaitingExternal:
	default:
		return illegalMove(d.c, bot.InWork)
	}
	if open, err := d.openReferrals(ctx); err != nil {
		return err
	} else if len(open) > 0 {
		return conflict("case_open_referral")
	}
	return d.resume(DidResume, NextWork)
}

// resume goes on with a case that waited.
func (d *deed) resume(what, next string) error {
	before := d.c.State
	if err := d.move(bot.InWork); err != nil {
		return err
	}
	d.c.Waits = ""
	d.plan(next, d.now)
	d.log(what, "", "", string(before), string(bot.InWork))
	return nil
}
