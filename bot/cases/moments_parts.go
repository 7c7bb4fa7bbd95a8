package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// What time does to referrals and tasks, as the timeline names it.
const (
	ReferralNear = "referral_near" // its unit is reminded
	ReferralLate = "referral_late" // the unit has not answered in time
	TaskLate     = "task_late"
)

// parts are the moments of what belongs to an open case: a unit is reminded once before its reply is due, and each referral
// and task is late once.
func (p promise) parts(a *agenda, f facts) {
	for _, r := range f.referrals {
		if r.Open() && r.RemindedAt.IsZero() && r.LateAt.IsZero() {
			at, err := p.near(r.AskedAt, r.DueAt)
			a.of(r.ID, ReferralNear, at, err)
		}
		if r.Open() && r.LateAt.IsZero() {
			a.of(r.ID, ReferralLate, r.DueAt, nil)
		}
	}
	for _, t := range f.tasks {
		if t.Open() && t.LateAt.IsZero() {
			a.of(t.ID, TaskLate, t.DueAt, nil)
		}
	}
}

// near is when who was asked is reminded: a while before it is due, or in the middle of what is shorter.
func (p promise) near(asked, due time.Time) (time.Time, error) {
	whole, err := p.calendar.Between(asked, due)
	if err != nil {
		return asked, fmt.Errorf("count a reminder: %w", err)
	}
	at, err := p.calendar.Add(asked, max(whole-p.rules.DueAhead, whole/2, 0))
	if err != nil {
		return at, fmt.Errorf("count a reminder: %w", err)
	}
	return at, nil
}

// part does what time has brought to a referral or a task. What is late is the manager's concern.
func (p *pass) part(ctx context.Context, m moment) error {
	if m.what == TaskLate {
		i := slices.IndexFunc(p.facts.tasks, func(t bot.Task) bool { return t.ID == m.part })
		return p.taskLate(ctx, &p.facts.tasks[i])
	}
	i := slices.IndexFunc(p.facts.referrals, func(r bot.Referral) bool { return r.ID == m.part })
	r := &p.facts.referrals[i]
	if m.what == ReferralLate {
		r.LateAt = r.DueAt
		if err := p.raise(ctx, ReferralLate, r.Unit, r.DueAt); err != nil {
			return err
		}
	} else {
		r.RemindedAt = p.now
		p.note(ReferralNear, time.Time{}, r.DueAt)
		p.entries[len(p.entries)-1].Text = string(r.Unit)
	}
	return p.tx.SaveReferral(ctx, *r)
}

// taskLate brings a task before the manager, and keeps its case before him until it is done. That a member was not called he
// hears at once: he is the one whom no message reaches.
func (p *pass) taskLate(ctx context.Context, t *bot.Task) error {
	t.LateAt, p.c.Overdue = t.DueAt, true
	if err := p.raise(ctx, TaskLate, t.Unit, t.DueAt); err != nil {
		return err
	}
	if t.Kind == bot.TaskCall {
		if err := p.tx.Alert(ctx, alert(p.c, bot.AlertCallLate, t.ID, p.now)); err != nil {
			return fmt.Errorf("alert that nobody has called: %w", err)
		}
	}
	return p.tx.SaveTask(ctx, *t)
}

// raise brings a case before its unit's manager, because something in it is late.
func (p *pass) raise(ctx context.Context, what string, unit bot.UnitID, due time.Time) error {
	was := p.c.Escalated()
	if !was {
		p.c.Alarm = bot.AlarmManager
	}
	p.c.Next = bot.Next{What: NextLate, At: p.now}
	p.note(what, due, time.Time{})
	p.entries[len(p.entries)-1].Text = string(unit)
	return p.escalated(ctx, was)
}

// escalated tells who looks after a key member that his case has come before the managers, when it was not there before.
func (p *pass) escalated(ctx context.Context, was bool) error {
	if was {
		return nil
	}
	told, err := unhappyKey(ctx, p.tx, p.c, bot.AlertEscalated, date(p.now), p.now)
	p.entries = append(p.entries, told...)
	return err
}
