package desk

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/worktime"
)

// Queue gives chats to people. Its fields are set once; it is safe for use from anywhere.
type Queue struct {
	Content Content
	Hours   Hours
	Waits   Waits // nil: how long one waits is not known
}

// Hours gives each unit's working calendar; "" is the chamber at large.
type Hours interface {
	For(unit bot.UnitID) *worktime.Calendar
}

// Waits estimates how long a place in a queue takes.
type Waits interface {
	// Wait returns the range of working time, and false when too little is known to be honest.
	Wait(unit bot.UnitID, place int) (Span, bool)
}

// Action carries out one call of a script inside the turn's transaction.
type Action = func(ctx context.Context, tx QueueTx, call bot.Call) (bot.Result, error)

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

// HandOver puts a chat into its unit's queue: by when somebody should answer, as urgent as its topic and one step more
// for a key account. A chat that waits or is held already keeps its place.
func (q *Queue) HandOver(ctx context.Context, tx QueueTx, h bot.HandOver) error {
	h.State = bot.HandOverWaiting
	if h.SnoozedUntil.After(h.At) { // muted: it waits from then on
		h.State = bot.HandOverSnoozed
	} else {
		h.SnoozedUntil = time.Time{}
	}
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
			if h.Named, err = q.owner(ctx, tx, member, h); err != nil {
				return err
			}
		}
	}
	if h.DueAt, err = q.due(ctx, tx, h); err != nil {
		return err
	}
	if err := tx.Enqueue(ctx, h); err != nil {
		return fmt.Errorf("hand over chat %s: %w", h.Chat, err)
	}
	return nil
}

// openCases is how many of a member's cases are looked at for a promise.
const openCases = 20

// due is by when somebody should answer: the target for a first answer, or an earlier promise of one of his open cases.
func (q *Queue) due(ctx context.Context, tx QueueTx, h bot.HandOver) (time.Time, error) {
	due, err := q.Hours.For(h.Unit).Add(h.At, q.Content.FirstAnswer(h.Topic))
	if err != nil {
		return time.Time{}, fmt.Errorf("when chat %s should be answered: %w", h.Chat, err)
	}
	list, err := tx.Cases(ctx, cases.Owner{Chat: h.Chat, Member: h.Member}, openCases)
	if err != nil {
		return time.Time{}, fmt.Errorf("read cases of chat %s: %w", h.Chat, err)
	}
	for _, c := range list {
		if c.State.Open() && !c.DueAt.IsZero() && c.DueAt.Before(due) {
			due = c.DueAt
		}
	}
	return due.Truncate(dueGrain), nil
}

// dueGrain is what a promise is counted in: among those that are due in the same minutes, urgency decides.
const dueGrain = 5 * time.Minute

// Leave takes the chat back from the queue (queue.leave): the bot answers again. A chat that an officer holds does not
// wait, and stays his.
func (q *Queue) Leave(ctx context.Context, tx QueueTx, call bot.Call) (bot.Result, error) {
	left, err := tx.Leave(ctx, call.Chat.Key)
	switch {
	case err != nil:
		return bot.Result{}, fmt.Errorf("take chat %s out of the queue: %w", call.Chat.Key, err)
	case !left:
		return bot.Result{Outcome: "not_waiting"}, nil
	}
	return bot.Result{Outcome: "left", Mode: bot.ModeBot}, nil
}

// Place tells a waiting member honestly how many are before him, how long that takes as far as it is known, and from
// when officers answer (queue.place).
func (q *Queue) Place(ctx context.Context, tx QueueTx, call bot.Call) (bot.Result, error) {
	if call.Chat.Mode.Held() {
		return bot.Result{Outcome: "held"}, nil
	}
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
	result := bot.Result{Outcome: "waiting", Vars: map[string]bot.Value{
		"place":   {Text: strconv.Itoa(place)},
		"opening": instant(opening),
	}}
	return result, q.estimate(ctx, tx, call.Chat.Key, place, result.Vars)
}

// estimate adds the range of the wait in working minutes, when it is known: of a paused queue it is not.
func (q *Queue) estimate(ctx context.Context, tx QueueTx, chat bot.ChatKey, place int, vars map[string]bot.Value) error {
	if q.Waits == nil {
		return nil
	}
	h, err := tx.Running(ctx, chat)
	if err != nil {
		return fmt.Errorf("read hand-over of chat %s: %w", chat, err)
	}
	if _, paused, err := pause(ctx, tx, h.Unit); err != nil || paused {
		return err
	}
	if span, known := q.Waits.Wait(h.Unit, place); known {
		vars["wait.from"], vars["wait.to"] = bot.Value{Text: minutes(span.From)}, bot.Value{Text: minutes(span.To)}
	}
	return nil
}

func minutes(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }

// Wake gives a chat back to the officer who has put it off: its member has written.
func (q *Queue) Wake(ctx context.Context, tx QueueTx, chat bot.Chat, at time.Time) ([]bot.Message, error) {
	woken, err := tx.Wake(ctx, chat.Key, at)
	if err != nil {
		return nil, fmt.Errorf("wake chat %s: %w", chat.Key, err)
	}
	if !woken {
		return nil, nil
	}
	return []bot.Message{{
		Chat: chat.Key, Direction: bot.Note, Author: bot.ByBot, Kind: bot.KindText, Flow: NoteFlow, Step: ActWoken, At: at,
	}}, nil
}

// Now tells whether officers answer at this moment, until when, or from when, or that nobody can say so since the queue is
// paused: of the unit that is named, else of the one in which the chat waits (hours.now).
func (q *Queue) Now(ctx context.Context, tx QueueTx, call bot.Call) (bot.Result, error) {
	unit := bot.UnitID(call.With["unit"])
	if unit == "" {
		h, err := tx.Running(ctx, call.Chat.Key)
		if err != nil && bot.KindOf(err) != bot.NotFound {
			return bot.Result{}, fmt.Errorf("read hand-over of chat %s: %w", call.Chat.Key, err)
		}
		unit = h.Unit
	}
	if _, paused, err := pause(ctx, tx, unit); err != nil || paused {
		return bot.Result{Outcome: "paused"}, err
	}
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
