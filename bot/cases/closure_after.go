package cases

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
)

// Why a member is not asked after a closure, as the timeline says it.
const (
	unaskedRecent  = "recent"  // he was asked not long ago
	unaskedBlocked = "blocked" // no channel reaches him
)

// aftermath are the moments after a closure: how was it, and does the solution hold? Each is asked once, while the chamber is
// open. Of what only wanted an answer there is no solution to hold.
func (p promise) aftermath(a *agenda, c bot.Case, now time.Time) {
	if c.Closure.ClosedAt.IsZero() { // closed before any of this was known
		return
	}
	if c.Closure.SurveyAt.IsZero() {
		at, err := p.spoken(c.Closure.ClosedAt.Add(p.rules.SurveyAfter), now)
		a.add(Surveyed, at, err)
	}
	if c.Closure.CheckAt.IsZero() && p.rules.confirms(c.Kind) {
		at, err := p.spoken(c.Closure.ClosedAt.Add(p.rules.CheckAfter), now)
		a.add(Checked, at, err)
	}
}

// ask asks the member how it was, unless he was asked not long ago, whatever it was about.
func (p *pass) ask(ctx context.Context) error {
	p.c.Closure.SurveyAt = p.now
	last, err := p.tx.LastSurvey(ctx, ownerOf(p.c))
	if err != nil {
		return fmt.Errorf("read when the member was last asked: %w", err)
	}
	switch {
	case p.chat.Blocked:
		p.leftOut(Unasked, unaskedBlocked)
		return nil
	case !last.IsZero() && p.now.Before(last.Add(p.rules.SurveyEvery)):
		p.leftOut(Unasked, unaskedRecent)
		return nil
	}
	p.note(Surveyed, p.c.Closure.ClosedAt, time.Time{})
	p.survey(p.c)
	return p.tx.SaveSurvey(ctx, bot.Survey{
		Case: p.c.ID, Number: p.c.Number, Round: p.c.Closure.Round, Chat: p.c.Chat, Member: p.c.Member, Unit: p.c.Unit, AskedAt: p.now,
	})
}

// checkIn asks whether the solution holds.
func (p *pass) checkIn() {
	p.c.Closure.CheckAt = p.now
	if p.chat.Blocked {
		p.leftOut(Unchecked, unaskedBlocked)
		return
	}
	p.note(Checked, p.c.Closure.ClosedAt, time.Time{})
	p.check(p.c)
}

// leftOut notes why something is not said.
func (p *pass) leftOut(what, why string) {
	p.note(what, time.Time{}, time.Time{})
	p.entries[len(p.entries)-1].Text = why
}
