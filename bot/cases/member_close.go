package cases

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Solve closes a case whose member says that the proposed result solves it (case.solved).
func (p *Procedure) Solve(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	return p.answer(ctx, tx, call, Solved, func(of promise, c bot.Case) (bot.Case, error) { return of.close(c, bot.EndSolved, call.Now) })
}

// Refuse takes a case back to work whose member says that the proposed result does not solve it (case.not_solved).
func (p *Procedure) Refuse(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	return p.answer(ctx, tx, call, Refused, func(of promise, c bot.Case) (bot.Case, error) { return of.refuse(c, call.Now) })
}

// answer takes the member's word about the result of a round. Only of the present one, and only once: every other is "old".
func (p *Procedure) answer(ctx context.Context, tx Tx, call bot.Call, what string, move func(promise, bot.Case) (bot.Case, error)) (bot.Result, error) {
	c, err := own(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	if c.State != bot.Proposed || !sameRound(call, c) {
		return bot.Result{Outcome: "old"}, nil
	}
	of, before := p.promise(c), c
	if err := of.arrived(ctx, tx, &c, call.Now); err != nil {
		return bot.Result{}, err
	}
	if c, err = move(of, c); err != nil {
		return bot.Result{}, err
	}
	lines, err := settle(ctx, tx, &c, call.Now)
	if err != nil {
		return bot.Result{}, err
	}
	lines = append(lines, shifted(call, what, before, c))
	if what == Refused {
		told, err := unhappyKey(ctx, tx, c, bot.AlertNotSolved, round(c), call.Now)
		if err != nil {
			return bot.Result{}, err
		}
		lines = append(lines, told...)
	}
	return bot.Result{Outcome: "ok"}, save(ctx, tx, c, lines...)
}

// arrived notes when the result that the member answers had reached him, if nobody has looked since: at the latest now.
func (p promise) arrived(ctx context.Context, tx Tx, c *bot.Case, now time.Time) error {
	if !c.Closure.DeliveredAt.IsZero() {
		return nil
	}
	sent, err := tx.Carried(ctx, roundKey(*c, 0))
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return fmt.Errorf("read what became of the result of case %s: %w", c.Number, err)
	}
	if sent.State != bot.JobDone {
		sent.At = now
	}
	return p.deliver(c, sent.At)
}

// Reopen opens a closed case again (case.reopen), for so many days after it was closed. A withdrawn one stays so: a second
// thought is a new case.
func (p *Procedure) Reopen(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, err := own(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	switch {
	case c.State.Open():
		return bot.Result{Outcome: "open"}, nil
	case c.State == bot.Withdrawn || call.Now.After(c.Closure.ReopenUntil):
		return bot.Result{Outcome: "late"}, nil
	}
	before := c
	if c, err = p.promise(c).reopen(c, call.Now); err != nil {
		return bot.Result{}, err
	}
	told, err := unhappyKey(ctx, tx, c, bot.AlertNotSolved, ReopenedBy+string(call.Event), call.Now)
	if err != nil {
		return bot.Result{}, err
	}
	c.ToldDue = c.DueAt // he is told the date in the same breath
	return bot.Result{Outcome: "ok", Vars: map[string]bot.Value{
		"case.number": line(c.Number.String()), "case.due": instant(c.DueAt),
	}}, save(ctx, tx, c, append(reopened(call, ReopenedBy, before, c), told...)...)
}

// reopened are the lines of a case that its member opens again: when its old deadline has passed by then, that too.
func reopened(call bot.Call, what string, before, after bot.Case) []bot.CaseEntry {
	lines := []bot.CaseEntry{shifted(call, what, before, after)}
	if kept(before) && !after.BreachedAt.Equal(before.BreachedAt) {
		lines = append(lines, bot.CaseEntry{What: Breached, Author: bot.ByBot, Before: date(after.BreachedAt), After: date(after.DueAt), At: call.Now})
	}
	return lines
}

// shifted is a line of the member's that says from which state to which the case went by it.
func shifted(call bot.Call, what string, before, after bot.Case) bot.CaseEntry {
	entry := written(call, what, call.With["text"])
	entry.Before, entry.After = string(before.State), string(after.State)
	return entry
}

// settle ends what belongs to a case and is needed no more: whoever is asked or is to call need not.
func settle(ctx context.Context, tx Tx, c *bot.Case, now time.Time) ([]bot.CaseEntry, error) {
	var lines []bot.CaseEntry
	c.Overdue = false
	moot := func(of string) {
		lines = append(lines, bot.CaseEntry{What: Moot, Author: bot.ByBot, Text: of, At: now})
	}
	tasks, err := tx.Tasks(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("read the tasks of case %s: %w", c.Number, err)
	}
	for _, t := range tasks {
		if !t.Open() {
			continue
		}
		t.Outcome, t.DoneAt = bot.TaskDropped, now
		if err := tx.SaveTask(ctx, t); err != nil {
			return nil, fmt.Errorf("drop a task of case %s: %w", c.Number, err)
		}
		moot(string(t.Kind))
	}
	referrals, err := tx.Referrals(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("read the referrals of case %s: %w", c.Number, err)
	}
	for _, r := range referrals {
		if !r.Open() {
			continue
		}
		r.WithdrawnAt, r.Link, r.LinkUntil = now, "", time.Time{}
		if err := tx.SaveReferral(ctx, r); err != nil {
			return nil, fmt.Errorf("take a referral of case %s back: %w", c.Number, err)
		}
		moot(string(r.Unit))
	}
	return lines, nil
}

// promise counts for a case by the working time of this moment.
func (p *Procedure) promise(c bot.Case) promise {
	book := p.Hours.Book()
	return promise{book.For(c.Unit), p.Catalog.PromiseRules(), book.Version}
}

// sameRound reports whether the call is about the present round of a case's closure.
func sameRound(call bot.Call, c bot.Case) bool {
	round, err := roundOf(call)
	return err == nil && round == c.Closure.Round
}

func roundOf(call bot.Call) (int, error) { return strconv.Atoi(text.Digits(call.With["round"])) }
