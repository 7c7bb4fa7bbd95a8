package app

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
	"javab/bot/hours"
	"javab/storage"
)

// hoursEvery is how often the working time is looked after: what a lost signal hid is found, and the calendars move on
// with the days.
const hoursEvery = 15 * time.Second

// hoursTopic is where instances tell one another that the working time has changed.
const hoursTopic = "hours"

// hoursSignals tells the other instances of a change. Each finds in the database what it is.
type hoursSignals struct{ wire storage.Signals }

// Recount implements hours.Promises.
func (s hoursSignals) Recount(ctx context.Context, unit bot.UnitID, _ string) error {
	return s.wire.Publish(ctx, hoursTopic, []byte(unit))
}

// openHours lays out the working time as its rows say now.
func (h *house) openHours(ctx context.Context) error {
	h.hours = &hours.Rota{
		Store: storage.As[hours.Tx](h.store), Promises: hoursSignals{h.hot}, Clock: h.env.Clock, Log: h.log,
		ID: func() string { return fmt.Sprintf("%016x", h.env.Random()) },
	}
	h.beside = append(h.beside, h.keepHours)
	return h.hours.Refresh(ctx)
}

// keepHours follows the changes of all instances until ctx ends.
func (h *house) keepHours(ctx context.Context) error {
	told, err := h.hot.Subscribe(ctx, hoursTopic)
	if err != nil {
		return fmt.Errorf("listen for changes of the working time: %w", err)
	}
	tick := time.NewTicker(hoursEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case _, open := <-told:
			if !open {
				told = nil
			}
		case <-tick.C:
		}
		if err := h.hours.Refresh(ctx); err != nil && ctx.Err() == nil {
			h.log.Warn("the working time was not looked after", "err", err)
		}
	}
}
