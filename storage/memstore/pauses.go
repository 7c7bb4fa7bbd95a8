package memstore

import (
	"context"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

// Pause implements desk.Pausing.
func (t *tx) Pause(_ context.Context, p desk.Pause) (bool, error) {
	if _, paused := t.paused[p.Unit]; paused {
		return false, nil
	}
	p.At = storage.Round(p.At)
	put(t, &t.paused, p.Unit, p)
	return true, nil
}

// Resume implements desk.Pausing.
func (t *tx) Resume(_ context.Context, unit bot.UnitID) (bool, error) {
	_, paused := t.paused[unit]
	del(t, t.paused, unit)
	return paused, nil
}

// Paused implements desk.QueueTx.
func (t *tx) Paused(_ context.Context, unit bot.UnitID) (desk.Pause, error) {
	p, paused := t.paused[unit]
	if !paused {
		return p, storage.NotFound("pause", string(unit))
	}
	return p, nil
}

// Pauses implements desk.Rounds.
func (s *Store) Pauses(context.Context) ([]desk.Pause, error) {
	return locked(s, func(t *tx) (list []desk.Pause) {
		for _, p := range ordered(t.paused) {
			list = append(list, p)
		}
		return list
	}), nil
}
