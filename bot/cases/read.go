package cases

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"javab/bot"
)

// listLimit bounds how many of the owner's cases are read; he is shown the first bot.MaxItems that fit.
const listLimit = 64

// List offers the caller's own cases as choices (case.list): when asked, only those of one kind, and only those whose result
// was told.
func (p *Procedure) List(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	kind, told := bot.CaseKind(call.With["kind"]), call.With["result"] == "told"
	found, err := mine(ctx, tx, call, func(c bot.Case) bool {
		return (kind == "" || c.Kind == kind) && (!told || c.State == bot.Proposed || c.State == bot.Closed)
	})
	if err != nil || len(found) == 0 {
		return bot.Result{Outcome: "none"}, err
	}
	return bot.Result{Outcome: "some", Vars: map[string]bot.Value{"cases": p.choices(found, call.Chat.Lang)}}, nil
}

// OpenCount tells how many of the caller's cases are open (case.open_count), so that a text which could belong to one
// of them is asked about.
func (p *Procedure) OpenCount(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	found, err := mine(ctx, tx, call, func(c bot.Case) bool { return c.State.Open() })
	switch {
	case err != nil || len(found) == 0:
		return bot.Result{Outcome: "none"}, err
	case len(found) == 1:
		return bot.Result{Outcome: "one", Vars: map[string]bot.Value{"case.number": line(found[0].Number.String())}}, nil
	default:
		return bot.Result{Outcome: "many", Vars: map[string]bot.Value{"cases": p.choices(found, call.Chat.Lang)}}, nil
	}
}

func mine(ctx context.Context, tx Tx, call bot.Call, fits func(bot.Case) bool) ([]bot.Case, error) {
	found, err := tx.Cases(ctx, owner(call), listLimit)
	if err != nil {
		return nil, fmt.Errorf("list cases of chat %s: %w", call.Chat.Key, err)
	}
	found = slices.DeleteFunc(found, func(c bot.Case) bool { return !fits(c) })
	return found[:min(len(found), bot.MaxItems)], nil
}

// choices are buttons that say what each case is about: nobody knows his cases by their numbers.
func (p *Procedure) choices(found []bot.Case, lang bot.Lang) bot.Value {
	items := make([]bot.Item, len(found))
	for i, c := range found {
		number := c.Number.String()
		items[i] = bot.Item{ID: number, Label: number}
		if category, known := p.Catalog.Category(c.Kind, c.Category); known && !category.Name.Empty() {
			items[i].Label = category.Name.In(lang) + " · " + number
		}
	}
	return bot.Value{Items: items}
}

// Numbers that are not the caller's own are counted: so many a day, then he is told to wait.
const (
	triesADay = 5
	tryPeriod = 24 * time.Hour
)

// Show tells the owner how his case stands (case.show). A stranger learns nothing from a number: somebody else's case
// and none at all are both "unknown". Only such misses are counted, so nobody is locked out of his own list.
func (p *Procedure) Show(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	c, err := own(ctx, tx, call)
	if bot.KindOf(err) == bot.NotFound {
		return missed(ctx, tx, call)
	}
	if err != nil {
		return bot.Result{}, err
	}
	return bot.Result{Outcome: "found", Vars: p.told(c, call.Now)}, nil
}

func missed(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	tries, err := tx.CountTry(ctx, "case.show:"+string(call.Chat.Key), call.Now, call.Now.Add(-tryPeriod))
	if err != nil {
		return bot.Result{}, fmt.Errorf("count tries of chat %s: %w", call.Chat.Key, err)
	}
	if tries > triesADay {
		return bot.Result{Outcome: "too_many"}, nil
	}
	return bot.Result{Outcome: "unknown"}, nil
}

// told is what a script can say of a case. The date of the reply is told while the case is open, that of the next notice
// only while it lies ahead; the result once it was proposed, with the round that buttons name.
func (p *Procedure) told(c bot.Case, now time.Time) map[string]bot.Value {
	vars := map[string]bot.Value{
		"case.number":   line(c.Number.String()),
		"case.kind":     line(string(c.Kind)),
		"case.category": {Ref: p.Catalog.List(c.Kind) + "/" + c.Category},
		"case.state":    {Ref: "statuses/" + string(c.State)},
		"case.unit":     {Ref: "units/" + string(c.Unit)},
		"case.opened":   instant(c.OpenedAt),
		"case.text":     line(excerpt(c.Text, excerptLength)),
	}
	if c.State.Open() {
		vars["case.due"] = instant(c.DueAt)
	}
	if c.State.Open() && c.NoticeAt.After(now) {
		vars["case.notice"] = instant(c.NoticeAt)
	}
	if result := c.Closure.Result; result != "" && (c.State == bot.Proposed || c.State == bot.Closed) {
		vars["case.result"], vars["case.round"] = line(excerpt(result, resultLength)), line(strconv.Itoa(c.Closure.Round))
	}
	if c.State == bot.Closed && !now.After(c.Closure.ReopenUntil) {
		vars["case.reopen_until"] = instant(c.Closure.ReopenUntil)
	}
	return vars
}

// excerptLength is how much of a member's own words remind him of the case, resultLength how much of its result; they lie in
// the chat's small state. The message that told the result has all of it.
const (
	excerptLength = 60
	resultLength  = 400
)

func excerpt(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "\u2026"
}
