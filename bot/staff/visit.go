package staff

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
)

// Visit returns whose session it is, as he is at this moment. quiet is a request that the browser made by itself: it is
// no sign that anybody sits before it.
func (g *Gate) Visit(ctx context.Context, token string, quiet bool) (Session, bot.Staff, error) {
	s, who, err := g.current(ctx, token)
	if err != nil {
		return Session{}, bot.Staff{}, err
	}
	now := g.Clock()
	if quiet || s.Locked(now) || now.Sub(s.SeenAt) < touchEvery {
		return s, who, nil
	}
	err = g.Store.Do(ctx, func(tx Tx) error { return tx.Touch(ctx, s.ID, now) })
	if err != nil {
		return Session{}, bot.Staff{}, fmt.Errorf("note a visit: %w", err)
	}
	s.SeenAt = now
	return s, who, nil
}

// Who returns whose a token is.
func (g *Gate) Who(ctx context.Context, token string) (bot.Staff, error) {
	_, who, err := g.current(ctx, token)
	return who, err
}

// RecoveryLeft is how many recovery codes somebody still has.
func (g *Gate) RecoveryLeft(ctx context.Context, id bot.StaffID) (n int, err error) {
	err = g.Store.Do(ctx, func(tx Tx) error {
		secrets, err := tx.Secrets(ctx, id)
		n = len(secrets.Recovery)
		return err
	})
	return n, err
}

// current returns a session that is neither over nor a disabled person's.
func (g *Gate) current(ctx context.Context, token string) (Session, bot.Staff, error) {
	if token == "" {
		return Session{}, bot.Staff{}, ErrOver
	}
	s, who, err := g.Store.SessionStaff(ctx, SessionID(token))
	switch {
	case bot.KindOf(err) == bot.NotFound, err == nil && (s.Over(g.Clock()) || who.Disabled):
		return Session{}, bot.Staff{}, ErrOver
	case err != nil:
		return Session{}, bot.Staff{}, fmt.Errorf("read a session: %w", err)
	}
	return s, who, nil
}

// Lock makes the session wait for a code, as a pause does.
func (g *Gate) Lock(ctx context.Context, token string) error {
	s, _, err := g.current(ctx, token)
	if err != nil || s.Stage == StageCode || s.Stage == StageEnrol {
		return err
	}
	s.SeenAt, s.CodeAt = time.Time{}, time.Time{}
	return g.Store.Do(ctx, func(tx Tx) error {
		if err := alive(ctx, tx, s); err != nil {
			return err
		}
		return tx.SaveSession(ctx, s)
	})
}

// Leave ends the session.
func (g *Gate) Leave(ctx context.Context, token string, from From) error {
	s, _, err := g.current(ctx, token)
	if err != nil {
		return err
	}
	return g.Store.Do(ctx, func(tx Tx) error {
		if err := tx.EndSession(ctx, s.ID); err != nil {
			return fmt.Errorf("end a session: %w", err)
		}
		return tx.Audit(ctx, bot.AuditEntry{At: g.Clock(), By: s.Staff, What: "signout", Subject: subject(s.Staff), From: from.Address})
	})
}

// Admit opens a session without any proof: the demo's door. Whoever mounts one answers for it.
func (g *Gate) Admit(ctx context.Context, login string, from From) (entry Entry, err error) {
	err = g.Store.Do(ctx, func(tx Tx) error {
		who, err := tx.StaffByLogin(ctx, login)
		if err != nil {
			return err
		}
		if who.Disabled {
			return refused
		}
		s := Session{Staff: who.ID, CreatedAt: g.Clock(), From: from.Address, Agent: short(from.Agent)}
		if entry, err = g.letOn(ctx, tx, s, Secrets{}); err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{At: g.Clock(), By: who.ID, What: "signin", Subject: subject(who.ID), Reason: "demo", From: from.Address})
	})
	return entry, err
}
