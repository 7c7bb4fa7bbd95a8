package sqlstore

import (
	"context"
	"strings"

	"javab/bot"
	"javab/bot/training"
	"javab/storage"
)

// SaveExercise implements training.Tx.
func (t *tx) SaveExercise(ctx context.Context, e training.Exercise) (bool, error) {
	return t.changed(ctx, "INSERT INTO exercises (id, staff, persona, lang, began, ended, met, of_items) VALUES (?,?,?,?,?,?,?,?)"+onceEach,
		e.ID, string(e.Staff), e.Persona, string(e.Lang), storage.Millis(e.Began), storage.Millis(e.Ended), e.Met, e.Of)
}

// Exercises implements training.Reads.
func (s *Store) Exercises(ctx context.Context, of []bot.StaffID, limit int) (list []training.Exercise, err error) {
	if len(of) == 0 {
		return nil, nil
	}
	args := make([]any, len(of), len(of)+1)
	for i, id := range of {
		args[i] = string(id)
	}
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var (
				e            training.Exercise
				began, ended int64
			)
			err := scan(&e.ID, &e.Staff, &e.Persona, &e.Lang, &began, &ended, &e.Met, &e.Of)
			e.Began, e.Ended = storage.Instant(began), storage.Instant(ended)
			list = append(list, e)
			return err
		}, "SELECT id, staff, persona, lang, began, ended, met, of_items FROM exercises WHERE staff IN (?"+strings.Repeat(",?", len(of)-1)+
			") ORDER BY ended DESC, id DESC LIMIT ?", append(args, limit)...)
	})
	return list, err
}
