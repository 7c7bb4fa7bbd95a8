package cases

import (
	"context"
	"fmt"

	"javab/bot"
)

// AwaitMember tells the member what is missing, and waits for it. The clock of the promise stands meanwhile, and not before
// he was told: words that are held until somebody says yes stop nothing. Whom no message reaches is told on the phone.
type AwaitMember struct {
	ID     string // the form's own: the same is asked for once
	Reason string // what he is to send, in his language
}

func (a AwaitMember) do(ctx context.Context, d *deed) error {
	if d.chat.Blocked {
		return d.awaitMember(a.Reason)
	}
	if _, err := Move(d.c, bot.WaitingMember); err != nil && d.c.State != bot.WaitingMember {
		return err
	}
	return Tell{ID: a.ID, Text: a.Reason, Await: true}.do(ctx, d)
}

func (d *deed) awaitMember(reason string) error {
	return d.await(bot.WaitingMember, DidAwaitMember, reason, NextMissing)
}

// AwaitOutside waits for somebody outside the chamber. The clock runs on, unless a manager stops it.
type AwaitOutside struct {
	Reason   string
	External string // the number that an outside body gave it; empty: none, or the one that is known
}

func (a AwaitOutside) do(_ context.Context, d *deed) error {
	if a.External != "" {
		external, err := read(a.External, maxName)
		if err != nil {
			return err
		}
		d.c.External = external
	}
	return d.await(bot.WaitingExternal, DidAwaitOutside, a.Reason, NextOutside)
}

// await lets the case wait, and somebody ask after it in the time in which the member hears of it.
func (d *deed) await(state bot.CaseState, what, reason, next string) error {
	reason, err := read(reason, maxWords)
	if err != nil {
		return err
	}
	if d.idle = d.c.State == state && d.c.Waits == reason; d.idle {
		return nil
	}
	before := d.c.State
	if before != state { // else it goes on waiting, for something else
		if err := d.move(state); err != nil {
			return err
		}
	}
	at, err := d.soon(d.rules.NoticeEvery)
	if err != nil {
		return fmt.Errorf("when to ask after case %s: %w", d.c.Number, err)
	}
	d.c.Waits = reason
	d.plan(next, at)
	if state == bot.WaitingMember { // these are words to the member, which the audit does not keep
		d.log(what, reason, "", string(before), string(state))
		return nil
	}
	d.log(what, "", reason, string(before), string(state))
	return nil
}

// StopClock stops the clock of a case that waits for somebody outside the chamber: a manager says why.
type StopClock struct {
	Reason string
}

func (a StopClock) do(_ context.Context, d *deed) error {
	reason, err := d.outside(a.Reason)
	if err != nil {
		return err
	}
	if d.idle = d.c.Paused; d.idle {
		return nil
	}
	d.c.Paused = true
	if err := d.tick(&d.c, d.now); err != nil {
		return err
	}
	d.log(DidStopClock, "", reason, date(d.c.DueAt), "")
	return nil
}

// StartClock lets it run on.
type StartClock struct{}

func (StartClock) do(_ context.Context, d *deed) error {
	if _, err := d.outside("goes on"); err != nil {
		return err
	}
	if d.idle = !d.c.Paused; d.idle {
		return nil
	}
	d.c.Paused = false
	if err := d.tick(&d.c, d.now); err != nil {
		return err
	}
	d.log(DidStartClock, "", "", "", date(d.c.DueAt))
	return nil
}

// outside checks that a manager acts on a case that waits outside the chamber, and says why.
func (d *deed) outside(reason string) (string, error) {
	if err := d.supervised(); err != nil {
		return "", err
	}
	if d.c.State != bot.WaitingExternal {
		return "", conflict("case_clock")
	}
	return read(reason, maxWords)
}
