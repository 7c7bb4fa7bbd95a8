package cases

import (
	"fmt"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

// Rules are the times of promises. All durations are working time.
type Rules struct {
	NoticeEvery time.Duration // between two words to the member
	NoticeAhead time.Duration // before a notice is due it goes out
	NoticeShare float64       // of the promise: once here too the member hears of his case
	RiskShare   float64       // of the promise: from here on it is at risk
	HeadAfter   time.Duration // a broken promise is the head's concern
	Clock       map[bot.CaseState]ClockRule

	Confirm     []bot.CaseKind  // whose results their members confirm
	Remind      []time.Duration // after a result has arrived, whose member says nothing
	CloseAfter  time.Duration   // when he goes on saying nothing
	CallWithin  time.Duration   // whom no message reaches is called
	ReplyWithin time.Duration   // a unit answers a referral that names no date
	DueAhead    time.Duration   // before a referral is due its unit is reminded

	// The rest is not working time: what it makes due while the chamber is closed waits until it opens.
	LinkFor     time.Duration // a reply link outlives the date of its referral
	ReopenFor   time.Duration // how long a member may reopen a closed case
	SurveyAfter time.Duration // after closing
	SurveyEvery time.Duration // no member is asked more often
	CheckAfter  time.Duration // after closing: does the solution hold?

	LowRating int // a rating up to this one is a manager's concern
}

// ClockRule says what a promise's clock does in a state.
type ClockRule string

// The rules. Paused and stopped time does not count; a stopped clock starts again only if the case comes back.
const (
	ClockRuns    ClockRule = "runs"
	ClockPaused  ClockRule = "paused"
	ClockStopped ClockRule = "stopped"
)

// promise counts the dates of one case, by the calendar of its unit as it is now.
type promise struct {
	calendar *worktime.Calendar
	rules    Rules
	version  int64
}

// give makes the promise of a case that is filed now.
func (p promise) give(c *bot.Case, category bot.Category) error {
	first, err := p.calendar.Add(c.OpenedAt, time.Duration(category.FirstResponseHours)*time.Hour)
	if err != nil {
		return err
	}
	c.FirstAnswerAt = first
	c.Clock = bot.Clock{Promised: time.Duration(category.SLAHours) * time.Hour, Since: c.OpenedAt}
	c.ToldAt = c.OpenedAt
	if err := p.count(c); err != nil {
		return err
	}
	c.ToldDue = c.DueAt
	return p.sleep(c, facts{}, c.OpenedAt)
}

// adopt takes over a case that was filed before promises had clocks: it keeps the dates that its member was told.
func (p promise) adopt(c *bot.Case, category bot.Category) {
	c.Clock = bot.Clock{Promised: time.Duration(category.SLAHours) * time.Hour, Since: c.OpenedAt}
	c.ToldAt, c.ToldDue = c.OpenedAt, c.DueAt
}

// count finds the dates anew from what the clock has used and from the last word to the member.
func (p promise) count(c *bot.Case) (err error) {
	c.HoursVersion = p.version
	if left := c.Clock.Promised - c.Clock.Spent; c.Clock.Runs() && kept(*c) && left > 0 {
		if c.DueAt, err = p.calendar.Add(c.Clock.Since, left); err != nil {
			return fmt.Errorf("count the deadline: %w", err)
		}
	}
	c.NoticeAt = time.Time{}
	if !owesNotice(c.State) {
		return nil
	}
	if c.NoticeAt, err = p.calendar.Add(c.ToldAt, p.rules.NoticeEvery); err != nil {
		return fmt.Errorf("count the next notice: %w", err)
	}
	if !c.Clock.Runs() {
		return nil
	}
	half, err := p.share(*c, p.rules.NoticeShare)
	if err != nil {
		return err
	}
	if err := p.sooner(c, half); err != nil {
		return err
	}
	return p.sooner(c, c.DueAt) // the result is news enough
}

// sooner brings the next notice forward to an instant, unless the member was told as it came near.
func (p promise) sooner(c *bot.Case, at time.Time) error {
	if !at.After(c.ToldAt) || !at.Before(c.NoticeAt) {
		return nil
	}
	since, err := p.calendar.Between(c.ToldAt, at)
	if err != nil {
		return fmt.Errorf("count the next notice: %w", err)
	}
	if since > p.rules.NoticeAhead {
		c.NoticeAt = at
	}
	return nil
}

// owesNotice reports whether the member hears of his case on the way: not while it waits for his own word about the
// result, which has reminders of its own.
func owesNotice(s bot.CaseState) bool { return s.Open() && s != bot.Proposed }

// share is when a share of the promise is used up, while the clock runs: not before it began to.
func (p promise) share(c bot.Case, share float64) (time.Time, error) {
	left := time.Duration(share*float64(c.Clock.Promised)) - c.Clock.Spent
	at, err := p.calendar.Add(c.Clock.Since, max(0, left))
	if err != nil {
		return at, fmt.Errorf("count a share of the promise: %w", err)
	}
	return at, nil
}

// kept reports whether the promise that a case has now is not broken. A broken one stays as it was counted; what was
// promised anew since can be broken again.
func kept(c bot.Case) bool { return c.BreachedAt.IsZero() || c.BreachedAt.Before(c.DueAt) }

// runs reports whether the clock of a case counts as it stands. A result that has not arrived keeps no promise, unless it was
// tried to tell him by phone; a manager may stop the clock of a case that waits for somebody outside the chamber.
func (p promise) runs(c bot.Case) bool {
	switch {
	case c.State == bot.Proposed && c.Closure.DeliveredAt.IsZero() && !c.Closure.Tried:
		return true
	case c.State == bot.WaitingExternal && c.Paused:
		return false
	}
	return p.rules.Clock[c.State] == ClockRuns
}

// move takes a case to another state at an instant; its clock runs on, pauses or stops as the rules say. A move that the
// procedure does not know is a bot.Conflict.
func (p promise) move(c bot.Case, to bot.CaseState, at time.Time) (bot.Case, error) {
	c, err := Move(c, to)
	if err != nil {
		return c, err
	}
	if to != bot.WaitingExternal {
		c.Paused = false
	}
	return c, p.tick(&c, at)
}

// tick lets the clock of a case run or stand from an instant on, as it stands now, counts its dates and wakes it.
func (p promise) tick(c *bot.Case, at time.Time) error {
	switch runs := p.runs(*c); {
	case runs && !c.Clock.Runs():
		c.Clock.Since = at
	case !runs && c.Clock.Runs():
		spent, err := p.calendar.Between(c.Clock.Since, at)
		if err != nil {
			return fmt.Errorf("stop the clock: %w", err)
		}
		c.Clock = bot.Clock{Promised: c.Clock.Promised, Spent: c.Clock.Spent + spent}
	}
	if err := p.count(c); err != nil {
		return err
	}
	return p.wake(c, at)
}
