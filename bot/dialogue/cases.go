package dialogue

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/deliver"
)

// Cases is what officers and time do to the case of a conversation: the one that was opened last.
type Cases struct {
	Keeper *cases.Keeper
	Office *cases.Office
}

// open makes them work by the clock of a conversation. What they hold back is decided among its approvals.
func (k Cases) open(c *Conversation) Cases {
	if k.Office == nil {
		return k
	}
	keeper, office := *k.Keeper, *k.Office
	keeper.Post, keeper.Hot, keeper.Clock, keeper.Random = c.post, c.turn.Hot, c.turn.Clock, c.turn.Random
	office.Keeper = &keeper
	if held := c.approvals.Office; held != nil {
		office.Approvals = held
		for _, kind := range cases.Carried {
			held.Carriers[kind] = &office
		}
	}
	return Cases{&keeper, &office}
}

// act is what an officer does to the case; nil when the words say none of it.
func (c *Conversation) act(ctx context.Context, verb, object, words string) (cases.Act, error) {
	id := "f" + strconv.Itoa(c.count)
	switch verb {
	case "begins":
		return cases.Begin{}, nil
	case "proposes":
		return cases.Propose{ID: id, Result: words}, nil
	case "tells":
		return cases.Tell{ID: id, Text: words}, nil
	case "refers":
		c.referral = id
		return cases.Refer{ID: id, Unit: bot.UnitID(object), Question: words}, nil
	case "replies":
		return cases.AnswerReferral{ID: c.referral, Reply: words}, nil
	case "calls":
		task, err := c.call(ctx)
		return cases.EndTask{ID: task.ID, Outcome: bot.TaskOutcome(object), Words: words}, err
	case "reopens":
		return cases.Reopen{Reason: words}, nil
	}
	return nil, nil
}

// call is the open task to call the member.
func (c *Conversation) call(ctx context.Context) (bot.Task, error) {
	var found bot.Task
	at, err := c.cases.Office.Store.ReadCase(ctx, c.number)
	if err != nil {
		return found, fmt.Errorf("read the case: %w", err)
	}
	err = c.cases.Office.Store.Do(ctx, func(tx cases.OfficeTx) error {
		tasks, err := tx.Tasks(ctx, at.ID)
		for _, t := range tasks {
			if t.Kind == bot.TaskCall && t.Open() {
				found = t
			}
		}
		return err
	})
	if err == nil && found.ID == "" {
		err = fmt.Errorf("nobody is to call the member of case %s", c.number)
	}
	return found, err
}

// treat carries out an act on the case.
func (c *Conversation) treat(ctx context.Context, by bot.Staff, act cases.Act) error {
	if c.cases.Office == nil || c.number == (bot.CaseNumber{}) {
		return fmt.Errorf("there is no case yet")
	}
	return c.cases.Office.Do(ctx, by, c.number, act)
}

// send lets what was written leave: it has arrived at once.
func (c *Conversation) send(ctx context.Context) error {
	for {
		told, err := c.store.Claim(ctx, deliver.Claim{Kinds: []bot.JobKind{bot.JobSend}, N: 100, Now: c.now, Lease: lease})
		if err != nil {
			return fmt.Errorf("claim what was told: %w", err)
		}
		if len(told) == 0 {
			return nil
		}
		c.post.Carry("", lease, told)
		if err := c.finish(ctx, told); err != nil {
			return err
		}
	}
}

// changed tells how the case stands when that is not as it was: a part of the path.
func (c *Conversation) changed(ctx context.Context) ([]Block, error) {
	if c.cases.Office == nil || c.notes.opened == (bot.CaseNumber{}) {
		return nil, nil
	}
	now, err := c.cases.Office.Store.ReadCase(ctx, c.notes.opened)
	if err != nil {
		return nil, fmt.Errorf("read the case: %w", err)
	}
	known, before := c.number == now.Number, c.stood
	c.number, c.stood = now.Number, now.State
	if !known || before == now.State {
		return nil, nil
	}
	head := "case " + string(now.State)
	if now.State == bot.Closed {
		head += ": " + string(now.Closure.Ending)
	}
	return []Block{{Head: head}}, nil
}

// lapse lets time go by to an instant: whatever it brings to the case happens when it is due.
func (c *Conversation) lapse(ctx context.Context, until time.Time) (all []Block, err error) {
	for range maxRounds {
		at, due, err := c.wakes(ctx, until)
		if err != nil {
			return all, err
		}
		if c.now = at; !due {
			return all, nil
		}
		if err := c.cases.Keeper.Round(ctx); err != nil {
			return all, err
		}
		if err := c.send(ctx); err != nil {
			return all, err
		}
		blocks, err := c.show(ctx)
		if err != nil {
			return all, err
		}
		if all = append(all, blocks...); at.Equal(until) {
			return all, nil
		}
		c.now = at.Add(time.Second) // nothing comes due twice
	}
	return all, fmt.Errorf("time goes in circles")
}

// maxRounds bounds what one wait may bring.
const maxRounds = 1000

// wakes finds when time next does something to a case, at most until an instant, to the second.
func (c *Conversation) wakes(ctx context.Context, until time.Time) (time.Time, bool, error) {
	due := func(at time.Time) (bool, error) {
		if c.cases.Keeper == nil {
			return false, nil
		}
		found, err := c.cases.Keeper.Store.DueCases(ctx, at, c.cases.Keeper.Hours.Book().Version, 1)
		return len(found) > 0, err
	}
	ever, err := due(until)
	if err != nil || !ever {
		return until, false, err
	}
	from, to := c.now, until
	for to.Sub(from) > time.Second {
		middle := from.Add(to.Sub(from) / 2)
		is, err := due(middle)
		if err != nil {
			return until, false, err
		}
		if is {
			to = middle
		} else {
			from = middle
		}
	}
	return to, true, nil
}

// passes is what a line about the time says: so many working hours, days, or a duration as Go writes it.
func (c *Conversation) passes(ctx context.Context, act string) ([]Block, error) {
	var n int
	var unit string
	if _, err := fmt.Sscanf(act, "passes %d %s", &n, &unit); err == nil && c.cases.Keeper != nil {
		switch unit {
		case "working":
			until, err := c.cases.Keeper.Hours.For("").Add(c.now, time.Duration(n)*time.Hour)
			if err != nil {
				return nil, err
			}
			return c.Wait(ctx, until.Sub(c.now))
		case "days":
			return c.Wait(ctx, time.Duration(n)*24*time.Hour)
		}
	}
	return nil, fmt.Errorf("how much time? such as: time passes 8 working hours, time passes 3 days")
}
