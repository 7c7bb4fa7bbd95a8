package desk

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

// Queue gives chats to people. Its fields are set once; it is safe for use from anywhere.
type Queue struct {
	Content Content
	Hours   Hours
}

// Content says how urgent a topic is, as the bundle has it now.
type Content interface {
	// Priority is the number of a topic's urgency, higher first; what is about nothing in particular has that of a
	// normal matter.
	Priority(topic string) int
}

// Hours gives each unit's working calendar; "" is the chamber at large.
type Hours interface {
	For(unit bot.UnitID) *worktime.Calendar
}

// Action carries out one call of a script inside the turn's transaction.
type Action = func(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error)

// Actions returns the actions by the names that scripts use.
func (q *Queue) Actions() map[string]Action {
	return map[string]Action{
		"queue.leave": q.Leave,
		"queue.place": q.Place,
		"hours.now":   q.Now,
	}
}

// keyAccount is what a key account's matters are lifted by: as if one step more urgent.
const keyAccount = 1

// HandOver puts a chat into its unit's queue, as urgent as its topic and one step more for a key account. A chat that
// waits already keeps its place.
func (q *Queue) HandOver(ctx context.Context, tx Tx, h bot.HandOver) error {
	h.Priority = q.Content.Priority(h.Topic)
	member, err := tx.MemberOf(ctx, h.Chat)
	switch {
	case bot.KindOf(err) == bot.NotFound:
	case err != nil:
		return fmt.Errorf("read member of chat %s: %w", h.Chat, err)
	default:
		h.Member = member.ID
		if member.KeyAccount {
			h.Priority += keyAccount
		}
	}
	if err := tx.Enqueue(ctx, h); err != nil {
		return fmt.Errorf("hand over chat %s: %w", h.Chat, err)
	}
	return nil
}

// Leave takes the chat back from the queue (queue.leave): the bot answers again. A chat that an officer holds does not
// wait, and stays his.
func (q *Queue) Leave(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	left, err := tx.Leave(ctx, call.Chat.Key)
	switch {
	case err != nil:
		return bot.Result{}, fmt.Errorf("take chat %s out of the queue: %w", call.Chat.Key, err)
	case !left:
		return bot.Result{Outcome: "not_waiting"}, nil
	}
	return bot.Result{Outcome: "left", Mode: bot.ModeBot}, nil
}

// Place tells a waiting member honestly how many are before him and from when officers answer (queue.place).
func (q *Queue) Place(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	place, err := tx.Place(ctx, call.Chat.Key)
	switch {
	case err != nil:
		return bot.Result{}, fmt.Errorf("find chat %s in the queue: %w", call.Chat.Key, err)
	case place == 0:
		return bot.Result{Outcome: "not_waiting"}, nil
	}
	opening, err := q.Hours.For("").NextOpening(call.Now)
	if err != nil {
		return bot.Result{}, err
	}
	return bot.Result{Outcome: "waiting", Vars: map[string]bot.Value{
		"place":   {Text: strconv.Itoa(place)},
		"opening": instant(opening),
	}}, nil
}

// Now tells whether officers answer at this moment, until when, or from when (hours.now).
func (q *Queue) Now(_ context.Context, _ Tx, call bot.Call) (bot.Result, error) {
	calendar := q.Hours.For("")
	if calendar.Open(call.Now) {
		closing, err := calendar.NextClosing(call.Now)
		return told("open", "closing", closing), err
	}
	opening, err := calendar.NextOpening(call.Now)
	return told("closed", "opening", opening), err
}

func told(outcome, name string, at time.Time) bot.Result {
	return bot.Result{Outcome: outcome, Vars: map[string]bot.Value{name: instant(at)}}
}

func instant(t time.Time) bot.Value { return bot.Value{At: t.UnixMilli()} }
