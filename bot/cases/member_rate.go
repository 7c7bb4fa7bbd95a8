package cases

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Rate takes the member's answer to how it was (case.rate), once for each closure. A low one is a manager's concern.
func (p *Procedure) Rate(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, s, err := asked(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	rating, err := strconv.Atoi(text.Digits(call.With["rating"]))
	if err != nil || rating < 1 || rating > lastRating {
		return bot.Result{Outcome: "unknown"}, nil
	}
	if !s.RatedAt.IsZero() {
		return bot.Result{Outcome: "old"}, nil
	}
	s.Rating, s.RatedAt = rating, call.Now
	if err := tx.SaveSurvey(ctx, s); err != nil {
		return bot.Result{}, fmt.Errorf("save what the member of case %s says: %w", c.Number, err)
	}
	entry := written(call, Rated, "")
	entry.After = strconv.Itoa(rating)
	if rating > p.Catalog.PromiseRules().LowRating {
		return bot.Result{Outcome: "ok"}, save(ctx, tx, c, entry)
	}
	lines, err := p.unhappy(ctx, tx, &c, call)
	if err != nil {
		return bot.Result{}, err
	}
	return bot.Result{Outcome: "low"}, save(ctx, tx, c, append([]bot.CaseEntry{entry}, lines...)...)
}

// unhappy brings a case before its unit's manager because its member is not content; a key account's is told apart.
func (p *Procedure) unhappy(ctx context.Context, tx Tx, c *bot.Case, call bot.Call) ([]bot.CaseEntry, error) {
	c.Next = bot.Next{What: NextRating, At: call.Now}
	lines := []bot.CaseEntry{{What: RatedLow, Author: bot.ByBot, At: call.Now}}
	told, err := unhappyKey(ctx, tx, *c, bot.AlertLowRating, call.With["round"], call.Now)
	return append(lines, told...), err
}

// RateReason adds why the member is content or not (case.rate_reason).
func (p *Procedure) RateReason(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, s, err := asked(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	words := strings.TrimSpace(call.With["text"])
	if s.RatedAt.IsZero() {
		return bot.Result{Outcome: "unknown"}, nil
	}
	reason := appended(s.Reason, words)
	if words == "" || reason == s.Reason {
		return bot.Result{Outcome: "ok"}, nil
	}
	if s.Reason == "" {
		reason = words
	}
	s.Reason = reason
	if err := tx.SaveSurvey(ctx, s); err != nil {
		return bot.Result{}, fmt.Errorf("save what the member of case %s says: %w", c.Number, err)
	}
	return bot.Result{Outcome: "ok"}, save(ctx, tx, c, written(call, RatedWhy, words))
}

// asked returns the caller's case and what he was asked after the round that the call names; bot.NotFound when he was not.
func asked(ctx context.Context, tx Tx, call bot.Call) (bot.Case, bot.Survey, error) {
	c, err := own(ctx, tx, call)
	if err != nil {
		return c, bot.Survey{}, err
	}
	round, err := roundOf(call)
	if err != nil {
		return c, bot.Survey{}, notFound()
	}
	s, err := tx.Survey(ctx, c.ID, round)
	if err != nil {
		return c, s, fmt.Errorf("read what the member of case %s was asked: %w", c.Number, err)
	}
	return c, s, nil
}

// Hold notes that the member says that the solution still holds (case.holds).
func (p *Procedure) Hold(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, err := own(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	if !p.checked(call, c) {
		return bot.Result{Outcome: "old"}, nil
	}
	c.Closure.HeldAt = call.Now
	return bot.Result{Outcome: "ok"}, save(ctx, tx, c, written(call, Holds, ""))
}

// Fail opens a case again whose solution does not hold (case.fails).
func (p *Procedure) Fail(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, err := own(ctx, tx, call)
	if err != nil {
		return unless("unknown", err)
	}
	if !p.checked(call, c) {
		return bot.Result{Outcome: "old"}, nil
	}
	before := c
	if c, err = p.promise(c).reopen(c, call.Now); err != nil {
		return bot.Result{}, err
	}
	told, err := unhappyKey(ctx, tx, c, bot.AlertNotSolved, Fails+round(c), call.Now)
	if err != nil {
		return bot.Result{}, err
	}
	return bot.Result{Outcome: "ok"}, save(ctx, tx, c, append(reopened(call, Fails, before, c), told...)...)
}

// checked reports whether the member may say whether the solution of this round holds: he was asked, not too long ago, and
// has not said yet.
func (p *Procedure) checked(call bot.Call, c bot.Case) bool {
	of := c.Closure
	return c.State == bot.Closed && sameRound(call, c) && !of.CheckAt.IsZero() && of.HeldAt.IsZero() &&
		!call.Now.After(of.CheckAt.Add(p.Catalog.PromiseRules().ReopenFor))
}
