package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/training"
	"javab/storage"
)

// practised is what the store promises about exercises.
func practised() map[string]func(*testing.T, world) {
	exercise := func(id string, by bot.StaffID, at time.Duration) training.Exercise {
		return training.Exercise{
			ID: id, Staff: by, Persona: "renewal", Lang: bot.Ar, Began: noon, Ended: noon.Add(at), Met: 7, Of: 9,
		}
	}
	return map[string]func(*testing.T, world){
		"an exercise is kept once, and read the newest first by those who are asked for": func(t *testing.T, w world) {
			early, late, other := exercise("e1", "sara", time.Minute), exercise("e2", "omid", time.Hour), exercise("e3", "nada", time.Hour)
			for _, e := range []training.Exercise{late, early, other} {
				equal(t, "new", w.practises(e), true)
			}
			again := early
			again.Met = 0
			equal(t, "again", w.practises(again), false)
			equal(t, "of two", read(w.Exercises(w.ctx, []bot.StaffID{"sara", "omid"}, 9))(t), []training.Exercise{late, early})
			equal(t, "the newest", read(w.Exercises(w.ctx, []bot.StaffID{"sara", "omid"}, 1))(t), []training.Exercise{late})
			equal(t, "of nobody", len(read(w.Exercises(w.ctx, nil, 9))(t)), 0)
		},
		"an exercise that is rolled back never was": func(t *testing.T, w world) {
			_ = w.Do(w.ctx, func(tx storage.Tx) error {
				if _, err := tx.SaveExercise(w.ctx, exercise("e1", "sara", 0)); err != nil {
					return err
				}
				return &bot.Error{Kind: bot.Conflict, Key: "x"}
			})
			equal(t, "exercises", len(read(w.Exercises(w.ctx, []bot.StaffID{"sara"}, 9))(t)), 0)
		},
	}
}

// practises keeps an exercise and reports whether that is new.
func (w world) practises(e training.Exercise) bool {
	return in(w, func(tx storage.Tx) (bool, error) { return tx.SaveExercise(w.ctx, e) })
}
