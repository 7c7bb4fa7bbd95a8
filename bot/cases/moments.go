package cases

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// What time does to a case by itself, as the timeline names it.
const (
	FirstLate = "first_late"  // nobody has answered in time
	AtRisk    = "at_risk"     // most of the promise is used up
	Breached  = "breached"    // the promise is broken
	ToHead    = "to_head"     // and stays so
	Noticed   = "notice"      // the member is told how his case stands
	Late      = "notice_late" // the same, after he should have been
	Unsent    = "unsent"      // he should be told, and no channel reaches him
	Retold    = "due_changed" // the member is told another date, or that it has passed
	Recounted = "recounted"   // the working time has changed, and with it the deadline
)

// moment is something that time does at an instant, to the case or to the part of it with an id.
type moment struct {
	at   time.Time
	what string
	part string
}

// facts is what time looks at beside the case itself.
type facts struct {
	referrals []bot.Referral
	tasks     []bot.Task
	closure   ladder
}

// agenda gathers moments and the first error.
type agenda struct {
	all []moment
	err error
}

func (a *agenda) add(what string, at time.Time, err error) { a.of("", what, at, err) }

func (a *agenda) of(part, what string, at time.Time, err error) {
	a.err = cmp.Or(a.err, err)
	if !at.IsZero() {
		a.all = append(a.all, moment{at, what, part})
	}
}

// moments lists what time will do to a case, soonest first, as far as can be said now.
func (p promise) moments(c bot.Case, f facts, now time.Time) ([]moment, error) {
	var a agenda
	if c.State != bot.Withdrawn && kept(c) && (c.Clock.Runs() || c.Clock.Spent > c.Clock.Promised) {
		a.add(Breached, c.DueAt, nil) // also when the clock stopped after it, unseen
	}
	if answered := !c.AnsweredAt.IsZero(); c.FirstLateAt.IsZero() && (!answered && c.State.Open() || c.AnsweredAt.After(c.FirstAnswerAt)) {
		a.add(FirstLate, c.FirstAnswerAt, nil) // also when the answer came after it, unseen
	}
	switch {
	case c.State == bot.Closed:
		p.aftermath(&a, c, now)
	case c.State.Open():
		p.owed(&a, c, now)
		p.parts(&a, f)
		p.rungs(&a, c, f.closure, now)
	}
	if a.err != nil {
		return nil, fmt.Errorf("what comes next in case %s: %w", c.Number, a.err)
	}
	slices.SortStableFunc(a.all, func(a, b moment) int { return a.at.Compare(b.at) })
	return a.all, nil
}

// owed are the moments of the promise itself, while a case is open.
func (p promise) owed(a *agenda, c bot.Case, now time.Time) {
	if c.Clock.Runs() && c.Alarm == bot.AlarmNone && kept(c) {
		at, err := p.share(c, p.rules.RiskShare)
		a.add(AtRisk, at, err)
	}
	if !kept(c) && c.Alarm == bot.AlarmManager {
		at, err := p.calendar.Add(c.BreachedAt, p.rules.HeadAfter)
		a.add(ToHead, at, err)
	}
	if c.Clock.Runs() && !c.ToldDue.Equal(c.DueAt) {
		at, err := p.opening(now)
		a.add(Retold, at, err)
	}
	if breaks := c.Clock.Runs() && kept(c) && c.NoticeAt.Equal(c.DueAt); !c.NoticeAt.IsZero() && !breaks {
		at, err := p.ahead(c, now)
		a.add(Noticed, at, err)
	}
}

// ahead is when the notice goes out: a little before it is due, so that a closing day does not make it late, and never
// while the chamber is closed. One that is due with the promise itself needs none: then he has his answer or an apology.
func (p promise) ahead(c bot.Case, now time.Time) (time.Time, error) {
	apart, err := p.calendar.Between(c.ToldAt, c.NoticeAt)
	if err != nil {
		return time.Time{}, err
	}
	at, err := p.calendar.Add(c.ToldAt, max(apart-p.rules.NoticeAhead, apart/2))
	if err != nil {
		return at, err
	}
	return p.spoken(at, now)
}

// spoken is when a member is told what is due at an instant: then, or as soon as the chamber is open. What was due while the
// program was away is not said in the night in which it comes back.
func (p promise) spoken(at, now time.Time) (time.Time, error) {
	if at.Before(now) {
		at = now
	}
	return p.opening(at)
}

// opening is the instant itself while the chamber works, else when it next opens: members are told nothing at night.
func (p promise) opening(at time.Time) (time.Time, error) {
	if p.calendar.Open(at) {
		return at, nil
	}
	return p.calendar.NextOpening(at)
}

// wake lets the keeper look at a case that was changed: only it knows all that belongs to the case. A withdrawn one sleeps.
func (p promise) wake(c *bot.Case, now time.Time) error {
	c.WakeAt = now
	if c.State == bot.Withdrawn {
		c.WakeAt = time.Time{}
	}
	return nil
}

// sleep notes when time next does something to a case.
func (p promise) sleep(c *bot.Case, f facts, now time.Time) error {
	all, err := p.moments(*c, f, now)
	c.WakeAt = time.Time{}
	if err == nil && len(all) > 0 {
		c.WakeAt = all[0].at
	}
	return err
}
