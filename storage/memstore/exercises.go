package memstore

import (
	"cmp"
	"context"
	"slices"

	"javab/bot"
	"javab/bot/training"
)

// SaveExercise implements training.Tx.
func (t *tx) SaveExercise(_ context.Context, e training.Exercise) (bool, error) {
	if _, kept := t.exercises[e.ID]; kept {
		return false, nil
	}
	round(&e.Began, &e.Ended)
	put(t, &t.exercises, e.ID, e)
	return true, nil
}

// Exercises implements training.Reads.
func (s *Store) Exercises(_ context.Context, of []bot.StaffID, limit int) ([]training.Exercise, error) {
	return locked(s, func(t *tx) []training.Exercise {
		list := where(t.exercises, func(e training.Exercise) bool { return slices.Contains(of, e.Staff) }, func(a, b training.Exercise) int {
			return cmp.Or(b.Ended.Compare(a.Ended), cmp.Compare(b.ID, a.ID))
		})
		return list[:min(limit, len(list))]
	}), nil
}
