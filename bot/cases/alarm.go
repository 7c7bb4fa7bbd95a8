package cases

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
)

// Alarms are what is told to people who have not asked.
type Alarms interface {
	// MemberOf returns the member of a chat; bot.NotFound when he is not known.
	MemberOf(ctx context.Context, chat bot.ChatKey) (bot.Member, error)
	// Alert keeps an alert until those whom it concerns were told, once under its id.
	Alert(ctx context.Context, a bot.Alert) error
}

// alert is what is told of a case; round by round it is another event.
func alert(c bot.Case, what bot.AlertKind, event string, at time.Time) bot.Alert {
	return bot.Alert{
		ID: fmt.Sprintf("%s:%s:%s", what, c.ID, event), What: what, Case: c.Number, Chat: c.Chat, Unit: c.Unit, Confidential: c.Confidential, At: at,
	}
}

// round names an event that happens once in each round of a case's closure.
func round(c bot.Case) string { return fmt.Sprint("r", c.Closure.Round) }

// unhappyKey alerts who looks after a key member, and the managers, that the member has reason to go. Of any other member
// nothing is said. It returns the line of the timeline that tells so.
func unhappyKey(ctx context.Context, tx Alarms, c bot.Case, what bot.AlertKind, event string, at time.Time) ([]bot.CaseEntry, error) {
	m, err := tx.MemberOf(ctx, c.Chat)
	if bot.KindOf(err) == bot.NotFound || err == nil && !m.KeyAccount {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read member of chat %s: %w", c.Chat, err)
	}
	a := alert(c, what, event, at)
	a.Owner = m.Owner
	if err := tx.Alert(ctx, a); err != nil {
		return nil, fmt.Errorf("alert %s: %w", a.ID, err)
	}
	return []bot.CaseEntry{{Case: c.ID, What: UnhappyKey, Author: bot.ByBot, At: at}}, nil
}

// overdue reports whether something in an open case is late that somebody still owes: a call, a piece of work.
func overdue(tasks []bot.Task) bool {
	for _, t := range tasks {
		if t.Open() && !t.LateAt.IsZero() {
			return true
		}
	}
	return false
}
