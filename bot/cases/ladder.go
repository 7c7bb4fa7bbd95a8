package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// look is a moment at which nothing happens: the case is looked at again, since something else may have happened meanwhile.
const look = "look"

// Between two such looks lies a tenth of the time that was waited already, within these bounds: an outage of days with
// thousands of results on their way must not keep the keeper from everything else.
const (
	lookSoon = time.Minute
	lookLate = 10 * time.Minute
)

// again is the next look at what has been waited for since an instant.
func again(since, now time.Time) time.Time {
	return now.Add(min(max(now.Sub(since)/10, lookSoon), lookLate))
}

// ladder is what time needs to know of the silence after a proposed result.
type ladder struct {
	last    Carriage      // of the last message of the round; no state: there is none
	from    time.Time     // silence is counted from here on
	lost    time.Duration // working time in which the channel was away since then
	away    bool          // and it is away now
	calling bool          // somebody is to call the member
	heard   bool          // the member has written or pressed something since the result arrived
}

// waits reports whether the last message is still on its way.
func (l ladder) waits() bool { return l.last.State == bot.JobOpen || l.last.State == bot.JobHeld }

// failed reports whether it will never arrive.
func (l ladder) failed() bool { return l.last.State != bot.JobDone && !l.waits() }

// rungs are the moments of a result that waits for its member's word.
func (p promise) rungs(a *agenda, c bot.Case, l ladder, now time.Time) {
	switch {
	case c.State != bot.Proposed || l.calling: // then the call decides
	case !c.Closure.Tried && l.failed():
		a.add(Undelivered, now, nil)
	case !c.Closure.Tried && l.waits() || l.away:
		since := c.Closure.ProposedAt
		if c.Closure.RemindedAt.After(since) {
			since = c.Closure.RemindedAt
		}
		a.add(look, again(since, now), nil)
	case !p.rules.confirms(c.Kind) && !c.Closure.Tried:
		a.add(Ended, now, nil) // it has arrived, which is all that was asked
	case !c.Closure.Tried && c.Closure.Reminders < len(p.rules.Remind):
		at, err := p.silent(l, p.rules.Remind[c.Closure.Reminders]-p.climbed(c), now)
		a.add(Reminded, at, err)
	default:
		what := CallMade
		if c.Closure.Tried || l.heard {
			what = Ended
		}
		at, err := p.silent(l, p.rules.CloseAfter-p.climbed(c), now)
		a.add(what, at, err)
	}
}

// climbed is how much silence the reminders so far stand for.
func (p promise) climbed(c bot.Case) time.Duration {
	if n := min(c.Closure.Reminders, len(p.rules.Remind)); n > 0 {
		return p.rules.Remind[n-1]
	}
	return 0
}

// silent is when so much working time has passed since the last word to the member, not counting what he could not answer.
func (p promise) silent(l ladder, d time.Duration, now time.Time) (time.Time, error) {
	at, err := p.calendar.Add(l.from, max(0, d)+l.lost)
	if err != nil {
		return at, fmt.Errorf("count the silence: %w", err)
	}
	return p.spoken(at, now)
}

// climb learns how far the round of a proposed result has come: whether its last message has arrived, who was heard, what
// the channel lost.
func (p *pass) climb(ctx context.Context) (l ladder, err error) {
	if p.c.State != bot.Proposed {
		return l, nil
	}
	l.last, err = p.tx.Carried(ctx, roundKey(p.c, p.c.Closure.Reminders))
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return l, fmt.Errorf("read what became of the result: %w", err)
	}
	if l.last.State == bot.JobDone && p.c.Closure.Reminders > 0 {
		p.c.Closure.RemindedAt = l.last.At // silence is counted from when it came
	}
	l.calling = slices.ContainsFunc(p.facts.tasks, func(t bot.Task) bool { return t.Kind == bot.TaskCall && t.Open() })
	if l.from = p.c.Closure.RemindedAt; l.from.IsZero() {
		l.from = p.c.Closure.DeliveredAt
	}
	if l.from.IsZero() {
		return l, nil
	}
	heard, err := p.tx.Heard(ctx, ownerOf(p.c))
	if err != nil {
		return l, fmt.Errorf("read when the member was last heard: %w", err)
	}
	l.heard = heard.After(p.c.Closure.DeliveredAt)
	return l, p.frozen(ctx, &l)
}

// arrived notes that the result has reached its member, which stops the clock. This comes before the dates are counted: working
// time that has changed since does not move the date of a promise that was kept by then.
func (p *pass) arrived(ctx context.Context) error {
	if p.c.State != bot.Proposed || !p.c.Closure.DeliveredAt.IsZero() {
		return nil
	}
	sent, err := p.tx.Carried(ctx, roundKey(p.c, 0))
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return fmt.Errorf("read what became of the result: %w", err)
	}
	if sent.State != bot.JobDone {
		return nil
	}
	if err := p.deliver(&p.c, sent.At); err != nil {
		return err
	}
	p.note(Delivered, p.c.Closure.ProposedAt, sent.At)
	return nil
}

// frozen counts the working time that the member's channel was away: silence is no answer while nobody could speak.
func (p *pass) frozen(ctx context.Context, l *ladder) error {
	outages, err := p.tx.Outages(ctx, p.c.Chat.Channel(), l.from, p.now)
	if err != nil {
		return fmt.Errorf("read the outages: %w", err)
	}
	for _, o := range outages {
		lost, err := p.calendar.Between(o.From, o.Until)
		if err != nil {
			return fmt.Errorf("count an outage: %w", err)
		}
		l.lost += lost
		l.away = l.away || !o.Until.Before(p.now)
	}
	return nil
}

// silence does what the ladder comes to.
func (p *pass) silence(ctx context.Context, what string) error {
	switch what {
	case Undelivered:
		p.note(Undelivered, p.c.Closure.ProposedAt, time.Time{})
		return p.call(ctx)
	case CallMade:
		return p.call(ctx)
	case Reminded:
		return p.remind(ctx)
	}
	ending := bot.EndTold
	if p.rules.confirms(p.c.Kind) || p.c.Closure.Tried {
		ending = bot.EndSilence
	}
	at := p.now
	if ending == bot.EndTold {
		at = p.c.Closure.DeliveredAt
	}
	before := p.c.State
	c, err := p.promise.close(p.c, ending, at)
	if err != nil {
		return err
	}
	p.c = c
	p.moved(Ended, before, string(ending))
	if ending == bot.EndSilence && !p.chat.Blocked {
		p.closed(p.c)
	}
	return nil
}

// call has the member called with the result, once a round.
func (p *pass) call(ctx context.Context) error {
	due, err := p.calendar.Add(p.now, p.rules.CallWithin)
	if err != nil {
		return fmt.Errorf("count when he is called: %w", err)
	}
	task := bot.Task{
		ID: fmt.Sprintf("call:%s:r%d", p.c.ID, p.c.Closure.Round), Case: p.c.ID, Kind: bot.TaskCall, What: p.c.Closure.Result,
		Who: p.c.Holder, Unit: p.c.Unit, MadeAt: p.now, DueAt: due,
	}
	if err := p.tx.SaveTask(ctx, task); err != nil {
		return fmt.Errorf("have the member called: %w", err)
	}
	p.facts.tasks = append(p.facts.tasks, task)
	p.facts.closure.calling = true
	p.c.Next = bot.Next{What: NextCall, Who: p.c.Holder, At: due}
	p.note(CallMade, time.Time{}, due)
	return nil
}

// remind asks the member again. Whom no channel reaches any more is called.
func (p *pass) remind(ctx context.Context) error {
	if p.chat.Blocked {
		return p.silence(ctx, Undelivered)
	}
	p.c.Closure.Reminders++
	p.c.Closure.RemindedAt = p.now
	p.facts.closure.last = Carriage{State: bot.JobOpen}
	var ends time.Time
	if p.c.Closure.Reminders == len(p.rules.Remind) {
		var err error
		if ends, err = p.calendar.Add(p.now, p.rules.CloseAfter-p.climbed(p.c)); err != nil {
			return fmt.Errorf("count when silence ends it: %w", err)
		}
	}
	p.note(Reminded, p.c.Closure.DeliveredAt, time.Time{})
	p.letter.remind(p.c, ends)
	return nil
}

func ownerOf(c bot.Case) Owner { return Owner{Chat: c.Chat, Member: c.Member} }
