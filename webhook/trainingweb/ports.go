package trainingweb

import (
	"context"

	"javab/bot"
	"javab/bot/training"
)

// Practice is the sandboxes: one for each person.
type Practice interface {
	// Personas are the exercises, the easiest first.
	Personas() []*training.Persona
	// Start begins an exercise with a member who speaks lang; what by practised before is over with it.
	Start(ctx context.Context, by bot.Staff, persona string, lang bot.Lang) error
	// Running is what somebody practises now; false: nothing.
	Running(by bot.StaffID) (Running, bool)
	// Finish goes through the checklist and keeps how many items were met. Finished twice, it is kept once.
	Finish(ctx context.Context, by bot.StaffID) error
	// Leave ends somebody's sandbox; what is not finished is not kept.
	Leave(by bot.StaffID)
}

// Results is what was practised.
type Results interface {
	// Done are the newest exercises that by may see, with the staff for their names.
	Done(ctx context.Context, by bot.Staff) ([]training.Exercise, []bot.Staff, error)
}

// Running is an exercise under way, or finished and still to be looked at.
type Running struct {
	training.Exercise
	Persona *training.Persona
	Chat    bot.ChatKey
	Found   []training.Finding // empty while it is under way
}
