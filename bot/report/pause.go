package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/cases"
)

// Pause is a time in which the clock of a promise did not run.
type Pause struct {
	From, To time.Time // To is zero while it goes on
	State    bot.CaseState
	Reason   string
	Worked   time.Duration // the working time in it, which does not count
}

// What the timeline calls that which stops a clock and starts it again within a state.
const (
	ClockStopped = cases.DidStopClock // by a manager's word
	ClockStarted = cases.DidStartClock
	Delivered    = cases.Delivered // the proposed result has reached the member
)

// States are those between which the lines of a timeline move a case.
var States = []bot.CaseState{
	bot.Received, bot.InWork, bot.Referred, bot.WaitingMember, bot.WaitingExternal, bot.Proposed, bot.Closed, bot.Reopened, bot.Withdrawn,
}

// IsMove reports whether a line of a timeline may begin or end a pause. The stores ask the same in their queries.
func IsMove(line bot.CaseEntry) bool {
	switch line.What {
	case ClockStopped, ClockStarted, Delivered:
		return true
	case edited:
		return false
	}
	before, after := bot.CaseState(line.Before), bot.CaseState(line.After)
	return before != after && slices.Contains(States, before) && slices.Contains(States, after)
}

// edited is what the timeline calls a change of what the member wrote: its before and after are his words.
const edited = "edited"

// WithPauses completes items of complaints with the pauses of their promises, each with its reason.
func (o *Office) WithPauses(ctx context.Context, items []Item) error {
	at := make(map[bot.CaseID]*Item, len(items))
	ids := make([]bot.CaseID, len(items))
	for i := range items {
		ids[i] = items[i].Case.ID
		at[ids[i]] = &items[i]
	}
	moves, err := o.Store.ReportMoves(ctx, ids)
	if err != nil {
		return fmt.Errorf("read when clocks stood: %w", err)
	}
	for _, move := range moves {
		if item := at[move.Case]; item != nil {
			item.move(move, o.Content.Pauses)
		}
	}
	for i := range items {
		items[i].resolve()
		if err := o.work(&items[i]); err != nil {
			return err
		}
	}
	return nil
}

// move takes in what a line of the timeline says: a pause begins, or the one that goes on ends. That the member has a
// result is one, once he has said that it does not solve his case.
func (i *Item) move(line bot.CaseEntry, pauses func(bot.CaseState) bool) {
	running := i.paused()
	state := bot.CaseState(line.After)
	stops := pauses(state) || state == bot.Closed
	switch line.What {
	case ClockStopped:
		stops = true
	case ClockStarted:
		stops = false
	case Delivered:
		stops, state = true, bot.Proposed
	}
	switch {
	case stops && !running:
		i.Pauses = append(i.Pauses, Pause{From: line.At, State: state, Reason: line.Text})
	case !stops && running:
		i.Pauses[len(i.Pauses)-1].To = line.At
	}
}

// paused reports whether the last of its pauses goes on.
func (i *Item) paused() bool {
	return len(i.Pauses) > 0 && i.Pauses[len(i.Pauses)-1].To.IsZero()
}

// resolve takes away a pause that goes on because the case is resolved.
func (i *Item) resolve() {
	if n := len(i.Pauses) - 1; i.paused() && (i.Pauses[n].State == bot.Proposed || i.Pauses[n].State == bot.Closed) {
		i.Pauses = i.Pauses[:n]
	}
}

// work counts the working time in the pauses; of one that goes on, until now.
func (o *Office) work(i *Item) error {
	calendar := o.Hours.Book().For(i.Case.Unit)
	for n := range i.Pauses {
		p := &i.Pauses[n]
		to := p.To
		if to.IsZero() {
			to = o.Clock()
		}
		var err error
		if p.Worked, err = calendar.Between(p.From, to); err != nil {
			return fmt.Errorf("time a pause of case %s: %w", i.Case.Number, err)
		}
	}
	return nil
}
