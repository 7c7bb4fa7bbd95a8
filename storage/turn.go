package storage

import (
	"context"
	"errors"

	"javab/bot"
	"javab/bot/converse"
)

// errMoved rolls a settlement back: the turn has to be stepped again.
var errMoved = errors.New("the chat has moved")

// CommitTurn is converse.Store.CommitTurn by way of a closure, for stores that have no shorter one.
func CommitTurn(ctx context.Context, s Doer, a converse.Acceptance, rows converse.Rows, lease bot.Lease) (verdict converse.Verdict, born []bot.Job, err error) {
	err = s.Do(ctx, func(tx Tx) (err error) {
		if verdict, err = tx.Accept(ctx, a); err != nil || verdict == converse.Duplicate {
			return err
		}
		if verdict == converse.Moved {
			return errMoved
		}
		born, err = tx.Append(ctx, rows, lease)
		return err
	})
	if errors.Is(err, errMoved) {
		return converse.Moved, nil, nil
	}
	return verdict, born, err
}

// Doer runs closures in one transaction each.
type Doer interface {
	Do(ctx context.Context, f func(Tx) error) error
}
