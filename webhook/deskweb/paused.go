package deskweb

import (
	"context"
	"fmt"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
)

// Queues are the queues that were stopped.
type Queues interface {
	Pauses(ctx context.Context) ([]desk.Pause, error)
}

// stop is a queue that was paused: of which unit, and by whom and why.
type stop struct {
	Unit bot.UnitID
	Name string
	Says string
}

// stops are those of the queues that the reader serves.
func (d *Desk) stops(c echo.Context, s screen) ([]stop, error) {
	pauses, err := d.Queues.Pauses(c.Request().Context())
	if err != nil || len(pauses) == 0 {
		return nil, err
	}
	staff, err := d.names(c.Request().Context())
	if err != nil {
		return nil, err
	}
	var list []stop
	for _, p := range pauses {
		if s.By.Serves(p.Unit) {
			list = append(list, stop{p.Unit, d.Content.Unit(p.Unit, s.Lang), s.stopped(staff.Name(p.By), p.Reason)})
		}
	}
	return list, nil
}

// stopped says who has paused a queue, and why.
func (s screen) stopped(who, why string) string {
	return s.desk.Words.T(s.Lang, "desk.paused.by", map[string]any{"Who": who, "Why": why})
}

// pause stops a queue; resume lets it go on.
func (d *Desk) pause(c echo.Context, s screen) (string, error) {
	return s.T("desk.live.pause.done"), d.stopping(c, s, d.Acts.Pause)
}

func (d *Desk) resume(c echo.Context, s screen) (string, error) {
	return s.T("desk.live.resume.done"), d.stopping(c, s, d.Acts.Resume)
}

func (d *Desk) stopping(c echo.Context, s screen, do func(context.Context, bot.Staff, bot.UnitID, string) error) error {
	ctx, unit := c.Request().Context(), bot.UnitID(c.FormValue("unit"))
	if err := do(ctx, s.By, unit, given(c, "why")); err != nil {
		return err
	}
	if err := d.Signals.Publish(ctx, Signal{Kind: QueueStopped, Unit: unit}); err != nil {
		return fmt.Errorf("tell of the queue of %s: %w", unit, err)
	}
	return nil
}
