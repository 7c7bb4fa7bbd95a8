package cases

import (
	"cmp"
	"slices"
	"time"

	"javab/bot"
)

// What happens on a case's way to its end, as the timeline names it.
const (
	Proposed    = "proposed"    // a result was written to the member
	Delivered   = "delivered"   // it has reached him
	Undelivered = "undelivered" // it has not, and will not
	CallMade    = "call_made"   // somebody is to call him with it
	Called      = "called"      // somebody did, or tried
	Reminded    = "reminded"    // he was asked again
	Solved      = "solved"      // he says that it solves the case
	Refused     = "not_solved"  // he says that it does not
	Ended       = "closed"      // the case is closed
	ReopenedBy  = "reopened"    // and open again
	Rated       = "rated"       // he has said how it was
	RatedWhy    = "rated_why"   // and why
	RatedLow    = "low_rating"  // badly, which is a manager's concern
	UnhappyKey  = "unhappy_key" // so has a key account
	Holds       = "holds"       // he says that the solution holds
	Fails       = "fails"       // he says that it does not
	Surveyed    = "survey"      // he is asked how it was
	Unasked     = "survey_none" // he is not, for the reason given
	Checked     = "check_in"    // he is asked whether the solution holds
	Unchecked   = "check_none"  // he is not, for the reason given
	Moot        = "moot"        // a task or referral that nobody needs any more
)

// What is to be done next about a case, as the pages name it (bot.Next.What).
const (
	NextMember  = "next.member"  // wait for the member's word about the result
	NextCall    = "next.call"    // call him with the result
	NextRefused = "next.refused" // work on what he finds missing
	NextReopen  = "next.reopen"  // work on a case that is open again
	NextRating  = "next.rating"  // a manager looks at a bad rating
	NextLate    = "next.late"    // a manager looks at what is late
)

// confirms reports whether the member of a case of this kind says himself that its result solves it. What only wanted an
// answer ends when the answer has arrived.
func (r Rules) confirms(kind bot.CaseKind) bool { return slices.Contains(r.Confirm, kind) }

// propose makes a result the next round of a case's closure, and writes it to its member unless no channel reaches him: the
// keeper then has him called. The promise is kept when the result arrives, not before.
func (p promise) propose(l *letter, c bot.Case, by bot.StaffID, result, cause string) (bot.Case, error) {
	c.Closure = bot.Closure{Round: c.Closure.Round + 1, Result: result, By: by, ProposedAt: l.now}
	c.Cause = cmp.Or(cause, c.Cause)
	c.Next = bot.Next{What: NextMember, Who: c.Holder, At: l.now}
	c, err := p.move(c, bot.Proposed, l.now)
	if err != nil {
		return c, err
	}
	if c.Next.At, err = p.calendar.Add(l.now, p.rules.CloseAfter); err != nil {
		return c, err
	}
	if !l.chat.Blocked {
		l.propose(c, p.rules.confirms(c.Kind))
	}
	return c, nil
}

// deliver notes when the result has reached its member: the clock stops at that instant, and a person has answered him.
func (p promise) deliver(c *bot.Case, at time.Time) error {
	c.Closure.DeliveredAt = at
	if at.After(c.ToldAt) {
		c.ToldAt = at
	}
	if c.AnsweredAt.IsZero() {
		c.AnsweredAt = at
	}
	return p.tick(c, at)
}

// close ends a case whose member knows the result.
func (p promise) close(c bot.Case, how bot.Ending, at time.Time) (bot.Case, error) {
	c, err := p.move(c, bot.Closed, at)
	if err != nil {
		return c, err
	}
	c.Closure.ClosedAt, c.Closure.Ending, c.Closure.ReopenUntil = at, how, at.Add(p.rules.ReopenFor)
	c.Next = bot.Next{}
	return c, nil
}

// withdraw ends a case by its member's wish.
func (p promise) withdraw(c bot.Case, at time.Time) (bot.Case, error) {
	c, err := p.move(c, bot.Withdrawn, at)
	c.Closure.ClosedAt, c.Closure.Ending, c.Next = at, bot.EndWithdrawn, bot.Next{}
	return c, err
}

// refuse takes a case back to work whose result does not solve it: the clock goes on where it stopped. Its member has just
// been answered.
func (p promise) refuse(c bot.Case, at time.Time) (bot.Case, error) {
	c.ToldAt = at
	c, err := p.move(c, bot.InWork, at)
	c.Next = bot.Next{What: NextRefused, Who: c.Holder, At: at}
	return c, err
}

// reopen opens a closed case again. One whose old deadline has passed by then was not solved in time, and is promised anew;
// of any other the promise goes on.
func (p promise) reopen(c bot.Case, at time.Time) (bot.Case, error) {
	if kept(c) && at.After(c.DueAt) {
		c.BreachedAt = c.DueAt
	}
	if !kept(c) {
		c.Clock.Spent, c.DueAt = 0, at // from here on counted anew
	}
	c.Alarm = bot.AlarmNone
	c.Closure = bot.Closure{Round: c.Closure.Round, Result: c.Closure.Result, By: c.Closure.By}
	c.Next = bot.Next{What: NextReopen, Who: c.Holder, At: at}
	c.ToldAt = at
	return p.move(c, bot.Reopened, at)
}

// called takes in what a call to the member about the result of his case has come to, and writes to him what follows from
// it. A case that he has meanwhile answered himself stays as it is.
func (p promise) called(l *letter, c bot.Case, outcome bot.TaskOutcome) (bot.Case, []bot.CaseEntry, error) {
	if c.State != bot.Proposed {
		return c, nil, nil
	}
	before, entry := c.State, bot.CaseEntry{Case: c.ID, What: Called, Author: bot.ByBot, Text: string(outcome), At: l.now}
	var err error
	switch outcome {
	case bot.CallSolved:
		if c, err = p.close(c, bot.EndCalled, l.now); err == nil && !l.chat.Blocked {
			l.closed(c)
		}
	case bot.CallNotSolved:
		c, err = p.refuse(c, l.now)
	default:
		c.Closure.Tried = true
		if c.Closure.DeliveredAt.IsZero() {
			c.Closure.RemindedAt = l.now // silence is counted from here on
		}
		err = p.tick(&c, l.now)
	}
	if c.State != before {
		entry.Before, entry.After = string(before), string(c.State)
	}
	return c, []bot.CaseEntry{entry}, err
}
