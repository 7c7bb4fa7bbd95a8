package sqlstore

import (
	"context"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

const pauseColumns = "SELECT unit, staff, reason, at FROM paused_queues"

// Pause implements desk.Pausing.
func (t *tx) Pause(ctx context.Context, p desk.Pause) (bool, error) {
	return t.changed(ctx, "INSERT INTO paused_queues (unit, staff, reason, at) VALUES (?,?,?,?)"+onceEach,
		string(p.Unit), string(p.By), clean(p.Reason), storage.Millis(p.At))
}

// Resume implements desk.Pausing.
func (t *tx) Resume(ctx context.Context, unit bot.UnitID) (bool, error) {
	return t.changed(ctx, "DELETE FROM paused_queues WHERE unit=?", string(unit))
}

// Paused implements desk.QueueTx.
func (t *tx) Paused(ctx context.Context, unit bot.UnitID) (p desk.Pause, err error) {
	list, err := pauses(ctx, t.pool, " WHERE unit=?", string(unit))
	if err != nil {
		return p, err
	}
	if len(list) == 0 {
		return p, storage.NotFound("pause", string(unit))
	}
	return list[0], nil
}

// Pauses implements desk.Rounds.
func (s *Store) Pauses(ctx context.Context) (list []desk.Pause, err error) {
	err = s.guard(ctx, func() (err error) {
		list, err = pauses(ctx, s.read(), " ORDER BY unit")
		return err
	})
	return list, err
}

func pauses(ctx context.Context, p pool, tail string, args ...any) (list []desk.Pause, err error) {
	err = each(ctx, p, func(scan func(...any) error) error {
		var (
			one desk.Pause
			at  int64
		)
		err := scan(&one.Unit, &one.By, &one.Reason, &at)
		one.At = storage.Instant(at)
		list = append(list, one)
		return err
	}, pauseColumns+tail, args...)
	return list, err
}
