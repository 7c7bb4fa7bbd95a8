package app

import (
	"context"

	"javab/bot"
	"javab/bot/staff"
)

// endings is the store of accounts that tells of sessions which ended or were locked, once that is committed: what such
// a session holds open ends with it. The shell beside a running server tells by Redis; without one it tells nobody, and
// streams ask every 20 s.
type endings struct {
	staff.Store
	tell func(context.Context, bot.StaffID)
}

// Do implements staff.Store.
func (e endings) Do(ctx context.Context, f func(staff.Tx) error) error {
	var ended []bot.StaffID
	err := e.Store.Do(ctx, func(tx staff.Tx) error {
		ended = nil
		return f(&ending{tx, &ended})
	})
	if err == nil {
		for _, who := range ended {
			e.tell(ctx, who)
		}
	}
	return err
}

// ending notes whose sessions end in a transaction.
type ending struct {
	staff.Tx
	ended *[]bot.StaffID
}

// EndSession implements staff.Sessions.
func (e *ending) EndSession(ctx context.Context, id string) error {
	if s, err := e.Session(ctx, id); err == nil {
		*e.ended = append(*e.ended, s.Staff)
	} else if bot.KindOf(err) != bot.NotFound {
		return err
	}
	return e.Tx.EndSession(ctx, id)
}

// EndSessions implements staff.Sessions.
func (e *ending) EndSessions(ctx context.Context, of bot.StaffID, but string) (int, error) {
	*e.ended = append(*e.ended, of)
	return e.Tx.EndSessions(ctx, of, but)
}

// SaveSession implements staff.Sessions. One without a sign of life was locked by hand.
func (e *ending) SaveSession(ctx context.Context, s staff.Session) error {
	if s.SeenAt.IsZero() {
		*e.ended = append(*e.ended, s.Staff)
	}
	return e.Tx.SaveSession(ctx, s)
}
