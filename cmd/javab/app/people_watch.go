package app

import (
	"context"
	"sync"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/storage"
	"javab/webhook/deskweb"
)

// caseWatch lets the browsers that show a case hear of it when its member, an officer or time has changed something. It only
// notes the number: who sees the case is read beside, in nobody's way. Losing one is harmless: what is shown is read anew
// from time to time.
type caseWatch struct {
	moved chan bot.CaseNumber

	mu      sync.Mutex
	touched map[bot.ChatKey][]bot.CaseNumber // by turns that have not committed yet
}

// watched is how many changed cases wait to be told; what is more is not told.
const watched = 1024

func newCaseWatch() *caseWatch {
	return &caseWatch{moved: make(chan bot.CaseNumber, watched), touched: map[bot.ChatKey][]bot.CaseNumber{}}
}

// changed is told of a case whose change is committed. It never waits.
func (w *caseWatch) changed(number bot.CaseNumber) {
	select {
	case w.moved <- number:
	default:
	}
}

// touches notes that a turn in a chat does something to a case. Should the turn fail, the next one in the chat tells it for
// nothing.
func (w *caseWatch) touches(chat bot.ChatKey, number bot.CaseNumber) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.touched[chat] = append(w.touched[chat], number)
}

// committed tells what the turns in a chat have done to cases.
func (w *caseWatch) committed(chat bot.ChatKey) {
	w.mu.Lock()
	numbers := w.touched[chat]
	delete(w.touched, chat)
	w.mu.Unlock()
	for _, number := range numbers {
		w.changed(number)
	}
}

// watchedActions are the actions of scripts; those that change a case are noted.
type watchedActions struct {
	*actions
	watch *caseWatch
}

// Do implements converse.Actions.
func (a watchedActions) Do(ctx context.Context, tx converse.Tx, call bot.Call) (bot.Result, error) {
	result, err := a.actions.Do(ctx, tx, call)
	if number, changed := cases.Touched(call, result); err == nil && changed {
		a.watch.touches(call.Chat.Key, number)
	}
	return result, err
}

// watchedHot is the hot state of turns, which is put when a turn has committed.
type watchedHot struct {
	converse.Hot
	watch *caseWatch
}

// Put implements converse.Hot.
func (h watchedHot) Put(chat bot.Chat) {
	h.Hot.Put(chat)
	h.watch.committed(chat.Key)
}

// tellCases tells of changed cases until ctx ends.
func (h *house) tellCases(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case number := <-h.moves.moved:
			h.caseChanged(ctx, number)
		}
	}
}

// alerted tells the browsers of those whom an alert concerns. Losing it is harmless.
func (h *house) alerted(ctx context.Context, a bot.Alert) {
	err := h.tellOf(ctx, a.Chat, deskweb.Signal{Kind: deskweb.CaseChanged, Chat: a.Chat, Unit: a.Unit, Confidential: a.Confidential, By: a.Owner})
	if err != nil {
		h.log.Warn("an alert was not told to the pages", "err", err)
	}
}

// caseChanged tells those who see a case that something was done to it.
func (h *house) caseChanged(ctx context.Context, number bot.CaseNumber) {
	c, err := h.store.ReadCase(ctx, number)
	if err == nil {
		err = h.tellOf(ctx, c.Chat, deskweb.Signal{Kind: deskweb.CaseChanged, Chat: c.Chat, Unit: c.Unit, Confidential: c.Confidential, By: c.Holder})
	}
	if err != nil && ctx.Err() == nil {
		h.log.Warn("that a case has changed was not told", "err", err)
	}
}

// tellOf publishes a signal of a chat; whom the chat complains about hears nothing of it.
func (h *house) tellOf(ctx context.Context, chat bot.ChatKey, signal deskweb.Signal) error {
	err := h.store.Do(ctx, func(tx storage.Tx) (err error) {
		signal.About, err = tx.About(ctx, chat)
		return err
	})
	if err != nil {
		return err
	}
	return deskSignals{wire: h.hot}.Publish(ctx, signal)
}
