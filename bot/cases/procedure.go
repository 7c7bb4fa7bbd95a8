package cases

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/worktime"
	"javab/locales/text"
)

// Procedure carries out what scripts ask about cases. Its fields are set once; it is safe for use from anywhere.
type Procedure struct {
	Catalog Catalog
	Hours   Hours
}

// Catalog is the content's list of what cases can be about, as it is live now.
type Catalog interface {
	// Category returns an entry by the id that scripts use; false when the content knows none.
	Category(kind bot.CaseKind, id string) (bot.Category, bool)
	// List names the content list that holds the categories of a kind.
	List(kind bot.CaseKind) string
	// PromiseRules are the times of promises, and what their clocks do.
	PromiseRules() Rules
}

// Hours gives each unit's working calendar.
type Hours interface {
	For(unit bot.UnitID) *worktime.Calendar
	// Book returns all calendars of this moment, with the version of the working time that they were laid out from.
	Book() *worktime.Book
}

// Action carries out one call of a script inside the turn's transaction.
type Action = func(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error)

// Actions returns the actions by the names that scripts use.
func (p *Procedure) Actions() map[string]Action {
	return map[string]Action{
		"case.open":        p.Open,
		"case.list":        p.List,
		"case.show":        covered(p.Show),
		"case.edit":        covered(p.Edit),
		"case.add":         covered(p.Add),
		"case.withdraw":    covered(p.Withdraw),
		"case.solved":      covered(p.Solve),
		"case.not_solved":  covered(p.Refuse),
		"case.reopen":      covered(p.Reopen),
		"case.rate":        covered(p.Rate),
		"case.rate_reason": covered(p.RateReason),
		"case.holds":       covered(p.Hold),
		"case.fails":       covered(p.Fail),
		"case.open_count":  p.OpenCount,
	}
}

// looks are the actions that change nothing.
var looks = []string{"case.list", "case.show", "case.open_count"}

// Touched is the case that an action has changed; false when it only looked at one, or is none on cases.
func Touched(call bot.Call, result bot.Result) (bot.CaseNumber, bool) {
	if !strings.HasPrefix(call.Action, "case.") || slices.Contains(looks, call.Action) {
		return bot.CaseNumber{}, false
	}
	number, named := bot.ParseCaseNumber(text.Digits(call.With["number"]))
	if !named {
		number, named = bot.ParseCaseNumber(result.Vars["case.number"].Text)
	}
	return number, named
}

// covered makes what is said after an action on a case as confidential as the case.
func covered(do Action) Action {
	return func(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
		result, err := do(ctx, tx, call)
		if err != nil {
			return result, err
		}
		c, err := own(ctx, tx, call)
		if bot.KindOf(err) == bot.NotFound {
			return result, nil
		}
		if c.Confidential {
			result.Confidential, result.Unit = true, c.Unit
		}
		return result, err
	}
}

// own locks and returns the case of that number when it is the caller's. A number of somebody else's, of nobody's and
// one that is no number at all are the same: bot.NotFound.
func own(ctx context.Context, tx Tx, call bot.Call) (bot.Case, error) {
	number, ok := bot.ParseCaseNumber(text.Digits(call.With["number"]))
	if !ok {
		return bot.Case{}, notFound()
	}
	c, err := tx.Case(ctx, number)
	if err != nil {
		return bot.Case{}, fmt.Errorf("read case %s: %w", number, err)
	}
	if !owns(call.Chat, c) {
		return bot.Case{}, notFound()
	}
	return c, nil
}

// owns reports whether the case is the chat's: of its verified member, or filed from it before he was known.
func owns(chat bot.Chat, c bot.Case) bool {
	if c.Member == "" {
		return c.Chat == chat.Key
	}
	return c.Member == chat.Member
}

func owner(call bot.Call) Owner { return Owner{Chat: call.Chat.Key, Member: call.Chat.Member} }

func notFound() error { return &bot.Error{Kind: bot.NotFound, Key: "case.unknown"} }

// unless turns an error of not finding into an outcome; every other error stops the turn.
func unless(outcome string, err error) (bot.Result, error) {
	if bot.KindOf(err) == bot.NotFound {
		return bot.Result{Outcome: outcome}, nil
	}
	return bot.Result{}, err
}

func instant(t time.Time) bot.Value { return bot.Value{At: t.UnixMilli()} }

func line(s string) bot.Value { return bot.Value{Text: s} }
