package approve

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// perRound is how many approvals one round moves up.
const perRound = 100

// Round moves up what nobody has decided in its time: to the manager's substitute, then to the head. Nothing expires. It
// may be run as often as one likes.
func (o *Office) Round(ctx context.Context, now time.Time) error {
	overdue, err := o.Store.Overdue(ctx, now, perRound)
	if err != nil || len(overdue) == 0 {
		return err
	}
	bench, err := o.Bench(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, a := range overdue {
		errs = append(errs, o.Store.Do(ctx, func(tx Tx) error { return o.moveUp(ctx, tx, bench, a.ID, now) }))
	}
	return errors.Join(errs...)
}

func (o *Office) moveUp(ctx context.Context, tx Tx, bench Bench, id string, now time.Time) error {
	a, err := tx.Approval(ctx, id)
	if err != nil {
		return fmt.Errorf("lock approval %s: %w", id, err)
	}
	if !a.Open() || a.DueAt.IsZero() || a.DueAt.After(now) { // decided or moved up meanwhile
		return nil
	}
	about, err := tx.About(ctx, a.Chat)
	if err != nil {
		return fmt.Errorf("read whom chat %s is about: %w", a.Chat, err)
	}
	a.Level, _ = bench.Level(levels[slices.Index(levels, a.Level)+1], a, about)
	if a.DueAt, err = o.due(a); err != nil {
		return err
	}
	if err := tx.SaveApproval(ctx, a); err != nil {
		return fmt.Errorf("save approval %s: %w", id, err)
	}
	if err := o.tell(ctx, tx, bench, a, about); err != nil {
		return err
	}
	return o.audit(ctx, tx, a, "", "moved_up", string(a.Level))
}

// Waiting are the approvals that by may decide now, those due first, and his own that others decide.
func (o *Office) Waiting(ctx context.Context, by bot.Staff) (his, own []bot.Approval, err error) {
	bench, err := o.Bench(ctx)
	if err != nil {
		return nil, nil, err
	}
	all, err := o.Store.Asked(ctx, by, listed)
	if err != nil {
		return nil, nil, fmt.Errorf("read approvals: %w", err)
	}
	for _, a := range all {
		switch { // the store has left out what complains about him
		case a.Author == by.ID:
			own = append(own, a)
		case bench.Decides(by, a, nil):
			his = append(his, a)
		}
	}
	return his, own, nil
}

// listed is how many approvals a page shows.
const listed = 200
