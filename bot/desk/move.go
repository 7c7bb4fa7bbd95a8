package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// To is where a chat goes: to a unit, or to a colleague, with a reason.
type To struct {
	Unit   bot.UnitID
	Staff  bot.StaffID
	Reason string
}

// Transfer gives a chat to another unit or to a colleague, for whom it waits. It keeps its place in time.
func (d *Desk) Transfer(ctx context.Context, by bot.Staff, chat bot.ChatKey, to To) error {
	if to.Reason == "" {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_reason"}
	}
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		if err := a.mine(); err != nil {
			return err
		}
		if to.Staff != "" {
			return a.toColleague(ctx, to)
		}
		return a.toUnit(ctx, to)
	}))
}

func (a *act) toUnit(ctx context.Context, to To) error {
	name := a.Content.UnitName(to.Unit)
	if name.Empty() {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_unit"}
	}
	before := a.hand.Holder
	a.wait()
	a.hand.Unit = to.Unit
	a.noted(ActTransferred, to.Reason, before, "")
	return a.tellPlace(ctx, saying(textUnit, "unit", name.In(a.chat.Lang)))
}

func (a *act) toColleague(ctx context.Context, to To) error {
	colleague, err := a.colleague(ctx, to.Staff)
	if err != nil {
		return err
	}
	before := a.hand.Holder
	a.wait()
	a.hand.Named = colleague.ID
	if !Sees(colleague, a.hand) {
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_colleague", Params: map[string]string{"Name": colleague.Name}}
	}
	if err := a.free(ctx, colleague); err != nil { // he could not take it
		return err
	}
	a.noted(ActTransferred, to.Reason, before, colleague.ID)
	return a.tellPlace(ctx, saying(textColleague, "name", a.signature(colleague)))
}

// colleague returns who takes over: he who is away may have a substitute.
func (a *act) colleague(ctx context.Context, id bot.StaffID) (bot.Staff, error) {
	who, err := a.tx.Staff(ctx, id)
	if err == nil && who.Status == bot.Away && who.Substitute != "" {
		who, err = a.tx.Staff(ctx, who.Substitute)
	}
	if err != nil {
		return bot.Staff{}, fmt.Errorf("read staff %s: %w", id, err)
	}
	return who, nil
}

// Ending says how a chat ended, and whether the bot greets the member again.
type Ending struct {
	Outcome string
	Greet   bool
}

// The ways a hand-over ends. The last one is the member's own.
const (
	Solved    = "solved"
	PassedOn  = "passed_on"
	NoAnswer  = "no_answer"
	Spam      = "spam"
	TakenBack = "taken_back"
)

// Outcomes are those that an officer may choose.
var Outcomes = []string{Solved, PassedOn, NoAnswer, Spam}

// Close ends a hand-over: the bot answers again, from the after_case step of the flow that handed over, if it has one.
func (d *Desk) Close(ctx context.Context, by bot.Staff, chat bot.ChatKey, e Ending) error {
	if !slices.Contains(Outcomes, e.Outcome) {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_outcome"}
	}
	return d.named(ctx, d.do(ctx, by, chat, func(_ context.Context, a *act) error {
		if err := a.mine(); err != nil {
			return err
		}
		a.end(e.Outcome)
		a.noted(ActClosed, e.Outcome, a.hand.Holder, "")
		if e.Outcome == Spam {
			return nil
		}
		a.tell(a.key(), saying(textHandedBack))
		a.handBack(e.Greet)
		return nil
	}))
}

func (a *act) end(outcome string) {
	a.hand.State, a.hand.Outcome, a.hand.EndedAt = bot.HandOverEnded, outcome, a.now
	a.chat.Mode = bot.ModeBot
}

// handBack lets the bot go on, by an event of its own that comes after the messages of this act.
func (a *act) handBack(greet bool) {
	event := bot.EventClosed
	if greet {
		event = bot.EventGreet
	}
	key := "closed:" + a.hand.ID
	a.rows.Jobs = append(a.rows.Jobs, bot.Job{Kind: bot.JobEvent, Key: key, RunAt: a.now, Payload: encode(bot.Inbound{
		Receipt: bot.ReceiptKey{Source: bot.SourceInternal, ID: key}, Chat: a.chat.Key,
		Kind: bot.KindEvent, Event: event, Flow: a.hand.Flow, At: a.now,
	})})
	a.waits = true
}

// Snooze puts a chat off until a time. A message of the member wakes it before.
func (d *Desk) Snooze(ctx context.Context, by bot.Staff, chat bot.ChatKey, until time.Time) error {
	return d.named(ctx, d.do(ctx, by, chat, func(ctx context.Context, a *act) error {
		if err := a.mine(); err != nil {
			return err
		}
		if !until.After(a.now) {
			return &bot.Error{Kind: bot.Invalid, Key: "desk_past"}
		}
		if a.hand.Holder == "" {
			if err := a.claim(ctx); err != nil {
				return err
			}
		}
		a.hand.State, a.hand.SnoozedUntil, a.hand.ClaimedAt = bot.HandOverSnoozed, until, a.now
		a.chat.Mode = bot.ModeSnoozed
		a.noted(ActSnoozed, "", a.by.ID, a.by.ID)
		return nil
	}))
}
