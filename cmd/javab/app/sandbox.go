package app

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/deliver"
	"javab/bot/telegram"
	"javab/bot/training"
	"javab/bot/worktime"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/approveweb"
	"javab/webhook/caseweb"
	"javab/webhook/deskweb"
)

// sandbox is a house of its own for one exercise of one officer: the same parts as the real one, on a store in memory and
// with a messenger that reaches nobody. It has a clock of its own, which begins in opening hours and runs as fast as the
// world's.
type sandbox struct {
	*house
	practice training.Exercise
	persona  *training.Persona
	officer  bot.Staff // who practises; in here he is an officer, whatever he is outside
	coach    bot.Staff // the manager in here
	chat     bot.ChatKey
	phone    *handset
	finished chan struct{}               // messages have gone out
	moves    int                         // of the member, so far
	refuses  string                      // what the coach says to words that bind the chamber
	world    func() time.Time            // the clock outside
	ends     func(context.Context) error // the exercise, when its record is full
	outside  *slog.Logger                // the real house's: no word of an exercise is written there

	mu    sync.Mutex // of what follows
	actor training.Actor
	rev   int64 // of the chat, when it was looked at last
	found []training.Finding
	came  time.Time // when the member came to the desk

	inbox *deskweb.Desk
	files *caseweb.Cases
	held  *approveweb.Approvals

	done chan struct{} // closed when the sandbox ends: its streams end with it
	stop context.CancelFunc
	work sync.WaitGroup
}

// sandboxAccount stands in the key of the chat of every sandbox.
const sandboxAccount = "training"

// build puts the house of a sandbox together. Nothing of the real one is in it but the content as it is live now, the
// working time that the program comes with, and randomness.
func (h *house) build(ctx context.Context) (*house, error) {
	dialect, began, start := telegram.Telegram(), h.env.world()(), h.env.world()()
	env := h.env
	env.Clock = func() time.Time { return start.Add(h.env.world()().Sub(began)) }
	env.World = env.Clock
	s := &house{
		env: env, config: Config{Senders: 1}, log: slog.New(slog.DiscardHandler), store: memstore.New(), library: h.library.frozen(),
		channels: []*telegram.Channel{{ID: dialect.Channel, Caps: dialect.Caps, Account: sandboxAccount}},
	}
	s.hot = &memstore.Hot{Now: env.Clock}
	if err := s.assemble(ctx); err != nil {
		return nil, fmt.Errorf("put a sandbox together: %w", err)
	}
	start = inHours(s.hours.For(""), began)
	return s, nil
}

// frozen is a library that stays at the content which is live now.
func (l *library) frozen() *library {
	copied := &library{opened: l.opened, reader: l.reader}
	copied.live.Store(l.live.Load())
	return copied
}

// An exercise begins where so much of the day is left, at most so long ago.
const (
	practiceTime = 3 * time.Hour
	practiceBack = 21 * 24 * time.Hour
)

// inHours is now, or the last time before at which the chamber was open for long enough.
func inHours(calendar *worktime.Calendar, now time.Time) time.Time {
	for at := now; now.Sub(at) < practiceBack; at = at.Add(-30 * time.Minute) {
		if calendar.Open(at) && calendar.Open(at.Add(practiceTime)) {
			return at
		}
	}
	return now
}

// run begins all that goes on beside the pages. It ends with close.
func (s *sandbox) run(ctx context.Context) {
	ctx, s.stop = context.WithCancel(ctx)
	s.work.Go(func() { s.courier.Run(ctx) })
	for _, beside := range append(s.beside, s.inbox.Run, s.tellCases, s.play) {
		s.work.Go(func() { _ = beside(ctx) }) // it ends with the sandbox, and nobody reads its log
	}
}

// close ends everything that the sandbox began, and waits for it.
func (s *sandbox) close() {
	close(s.done)
	s.stop()
	s.work.Wait()
}

// furnish puts the people into the sandbox: who practises, and a manager who decides.
func (s *sandbox) furnish(ctx context.Context) error {
	s.courier.Queue = heardQueue{s.store, s.finished}
	s.courier.Senders = map[bot.ChannelID]deliver.Sender{s.chat.Channel(): s.phone}
	return s.store.Do(ctx, func(tx storage.Tx) error {
		if err := tx.SaveStaff(ctx, s.officer); err != nil {
			return err
		}
		return tx.SaveStaff(ctx, s.coach)
	})
}

// hire makes somebody of a sandbox's staff: they serve all units.
func (s *sandbox) hire(who bot.Staff, role bot.Role) bot.Staff {
	return bot.Staff{
		ID: who.ID, Login: who.Login, Name: who.Name, Display: who.Display, Role: role, Units: s.library.Units(), Langs: bot.Langs[:],
		Lang: who.Lang, Capacity: max(who.Capacity, 3), Status: bot.Available, SeenAt: s.env.Clock(), CreatedAt: s.env.Clock(),
	}
}
