package app

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/bot/staffchat"
	"javab/storage"
)

// actions ties what scripts ask for to the use cases that carry it out.
type actions struct {
	library *library
	queue   *desk.Queue
	byName  map[string]action
}

type action func(ctx context.Context, tx storage.Tx, call bot.Call) (bot.Result, error)

// waits says how long one waits in the queue; nil where nobody knows.
func newActions(l *library, hours cases.Hours, waits desk.Waits, room *staffchat.Room) *actions {
	a := &actions{library: l, queue: &desk.Queue{Content: l, Hours: hours, Waits: waits}}
	a.byName = map[string]action{"categories.suggest": a.suggest}
	procedure := &cases.Procedure{Catalog: l, Hours: hours}
	for name, carryOut := range procedure.Actions() {
		a.byName[name] = func(ctx context.Context, tx storage.Tx, call bot.Call) (bot.Result, error) {
			return carryOut(ctx, tx, call)
		}
	}
	for name, carryOut := range a.queue.Actions() {
		a.byName[name] = func(ctx context.Context, tx storage.Tx, call bot.Call) (bot.Result, error) {
			return carryOut(ctx, tx, call)
		}
	}
	for name, carryOut := range room.Actions() {
		a.byName[name] = func(ctx context.Context, tx storage.Tx, call bot.Call) (bot.Result, error) {
			return carryOut(ctx, tx, call)
		}
	}
	register := &members.Register{}
	for name, carryOut := range register.Actions() {
		a.byName[name] = func(ctx context.Context, tx storage.Tx, call bot.Call) (bot.Result, error) {
			return carryOut(ctx, tx, call)
		}
	}
	return a
}

// Do carries out one call of a script. Check has proven that the action exists; one that does not is our own fault.
func (a *actions) Do(ctx context.Context, tx converse.Tx, call bot.Call) (bot.Result, error) {
	carryOut, known := a.byName[call.Action]
	if !known {
		return bot.Result{}, fmt.Errorf("no such action: %s", call.Action)
	}
	return carryOut(ctx, tx.(storage.Tx), call)
}

// HandOver puts a chat into the queue of humans.
func (a *actions) HandOver(ctx context.Context, tx converse.Tx, h bot.HandOver) error {
	return a.queue.HandOver(ctx, tx.(storage.Tx), h)
}

// Wake gives a chat that was put off back to its officer.
func (a *actions) Wake(ctx context.Context, tx converse.Tx, chat bot.Chat, at time.Time) ([]bot.Message, error) {
	return a.queue.Wake(ctx, tx.(storage.Tx), chat, at)
}

// suggest names the categories of complaint that a text may be about (categories.suggest).
func (a *actions) suggest(_ context.Context, _ storage.Tx, call bot.Call) (bot.Result, error) {
	likely := a.library.live.Load().complaints.Match(call.Chat.Lang, call.With["text"]).Likely
	if len(likely) == 0 {
		return bot.Result{Outcome: "none"}, nil
	}
	items := make([]bot.Item, len(likely))
	for i, ref := range likely {
		items[i] = bot.Item{ID: ref, Ref: ref}
	}
	return bot.Result{Outcome: "some", Vars: map[string]bot.Value{"suggested": {Items: items}}}, nil
}
