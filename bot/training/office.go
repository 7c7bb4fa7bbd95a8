package training

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// Exercise is what is kept of one: who practised what and when, and how much of the checklist he met. What was said in it
// is kept nowhere.
type Exercise struct {
	ID           string
	Staff        bot.StaffID
	Persona      string
	Lang         bot.Lang // of the member
	Began, Ended time.Time
	Met, Of      int // items met, of those that applied
}

// Tx is what is written when an exercise has ended.
type Tx interface {
	// SaveExercise keeps an exercise; the same id is kept once, and it reports whether that is new.
	SaveExercise(ctx context.Context, e Exercise) (bool, error)
	Audit(ctx context.Context, e bot.AuditEntry) error
}

// Reads are the exercises that were done.
type Reads interface {
	// Exercises returns the newest exercises of some people, the newest first; of nobody there are none.
	Exercises(ctx context.Context, of []bot.StaffID, limit int) ([]Exercise, error)
	AllStaff(ctx context.Context) ([]bot.Staff, error)
}

// Store runs closures in one transaction each, and reads outside of any.
type Store interface {
	Do(ctx context.Context, f func(Tx) error) error
	Reads
}

// Office keeps what was practised. It writes into the house's real store, and is the only part of an exercise that does.
type Office struct{ Store Store }

// Keep keeps how an exercise ended, with a line in the audit. Told twice, it is kept once.
func (o *Office) Keep(ctx context.Context, e Exercise) error {
	err := o.Store.Do(ctx, func(tx Tx) error {
		fresh, err := tx.SaveExercise(ctx, e)
		if err != nil || !fresh {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{
			At: e.Ended, By: e.Staff, What: "training.done", Subject: "staff " + string(e.Staff),
			After: fmt.Sprintf("%s %s %d/%d", e.Persona, e.Lang, e.Met, e.Of),
		})
	})
	if err != nil {
		return fmt.Errorf("keep exercise %s: %w", e.ID, err)
	}
	return nil
}

// shown is how many exercises are read at once.
const shown = 100

// Done returns the newest exercises that by may see: his own, and of who stands over others those of the people in his
// units. The staff comes with them, for their names.
func (o *Office) Done(ctx context.Context, by bot.Staff) ([]Exercise, []bot.Staff, error) {
	staff, err := o.Store.AllStaff(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the staff: %w", err)
	}
	of := []bot.StaffID{by.ID}
	for _, one := range staff {
		if one.ID != by.ID && over(by, one) {
			of = append(of, one.ID)
		}
	}
	list, err := o.Store.Exercises(ctx, of, shown)
	if err != nil {
		return nil, nil, fmt.Errorf("read the exercises: %w", err)
	}
	return list, staff, nil
}

// over reports whether somebody stands over another: over everybody as the head, else over who works in one of his units.
func over(by, one bot.Staff) bool {
	return by.Supervises() && (by.Role == bot.RoleHead || slices.ContainsFunc(one.Units, by.Serves))
}
