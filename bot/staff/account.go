package staff

import (
	"context"
	"fmt"

	"javab/bot"
)

// Offer shows the second factor that the session's owner is about to take over. It stays the same until he confirms it.
func (g *Gate) Offer(ctx context.Context, token string) (o Offer, err error) {
	s, who, err := g.current(ctx, token)
	if err != nil {
		return Offer{}, err
	}
	if !g.mayEnrol(s) {
		return Offer{}, stale
	}
	var secrets Secrets
	err = g.Store.Do(ctx, func(tx Tx) (err error) {
		if err := alive(ctx, tx, s); err != nil {
			return err
		}
		if secrets, err = tx.Secrets(ctx, who.ID); err != nil || secrets.Offered != "" {
			return err
		}
		secrets.Offered = newSecret()
		return tx.SaveSecrets(ctx, who.ID, secrets)
	})
	if err != nil {
		return Offer{}, fmt.Errorf("offer a second factor to %s: %w", who.ID, err)
	}
	return offer(secrets.Offered, g.Issuer, who.Login)
}

// stale is the refusal of what asks for a code that is a few minutes old at most.
var stale = &bot.Error{Kind: bot.Forbidden, Key: "auth.stale"}

// mayEnrol reports whether a second factor may be set up: at the first sign-in, or soon after the old one was proven.
func (g *Gate) mayEnrol(s Session) bool {
	return s.Stage == StageEnrol || s.Stage == StageOpen && s.Fresh(g.Clock()) && !s.Locked(g.Clock())
}

// Enrol confirms the offered second factor by a code of it, and returns the recovery codes, which are shown this once.
// All other sessions of the person end.
func (g *Gate) Enrol(ctx context.Context, token, code string, from From) (entry Entry, recovery []string, err error) {
	s, who, err := g.current(ctx, token)
	if err != nil {
		return Entry{}, nil, err
	}
	if !g.mayEnrol(s) {
		return Entry{}, nil, stale
	}
	limits, right := codeLimit(who.ID), false
	err = g.Store.Do(ctx, func(tx Tx) error {
		if err := begin(ctx, tx, g.Clock(), limits); err != nil {
			return err
		}
		entry, recovery, right, err = g.takeOver(ctx, tx, s, code, from)
		if err != nil || !right {
			return err
		}
		return succeeded(ctx, tx, limits)
	})
	if err == nil && !right {
		err = badCode
	}
	return entry, recovery, err
}

func (g *Gate) takeOver(ctx context.Context, tx Tx, s Session, code string, from From) (entry Entry, recovery []string, right bool, err error) {
	if err := alive(ctx, tx, s); err != nil {
		return Entry{}, nil, false, err
	}
	secrets, err := tx.Secrets(ctx, s.Staff)
	if err != nil {
		return Entry{}, nil, false, fmt.Errorf("read the second factor of %s: %w", s.Staff, err)
	}
	step, right := stepOf(plain(code), secrets.Offered, g.Clock(), 0)
	if !right || secrets.Offered == "" {
		note := bot.AuditEntry{At: g.Clock(), What: "signin.refused", Subject: subject(s.Staff), Reason: "code", From: from.Address}
		return Entry{}, nil, false, tx.Audit(ctx, note)
	}
	secrets.TOTP, secrets.Offered, secrets.Step = secrets.Offered, "", step
	recovery, secrets.Recovery = newRecovery()
	if err := tx.SaveSecrets(ctx, s.Staff, secrets); err != nil {
		return Entry{}, nil, false, fmt.Errorf("keep the second factor of %s: %w", s.Staff, err)
	}
	if _, err := tx.EndSessions(ctx, s.Staff, s.ID); err != nil {
		return Entry{}, nil, false, fmt.Errorf("end the sessions of %s: %w", s.Staff, err)
	}
	first := s.Stage == StageEnrol
	if entry, err = g.letOn(ctx, tx, s, secrets); err != nil {
		return Entry{}, nil, false, err
	}
	note := bot.AuditEntry{At: g.Clock(), By: s.Staff, What: "totp.set", Subject: subject(s.Staff), From: from.Address}
	if err := tx.Audit(ctx, note); err != nil || !first {
		return entry, recovery, true, err
	}
	note.What, note.Reason = "signin", "totp"
	return entry, recovery, true, tx.Audit(ctx, note)
}

// NewRecovery replaces the recovery codes and returns the new ones, which are shown this once.
func (g *Gate) NewRecovery(ctx context.Context, token string, from From) (codes []string, err error) {
	s, _, err := g.current(ctx, token)
	if err != nil {
		return nil, err
	}
	if s.Stage != StageOpen || !s.Fresh(g.Clock()) {
		return nil, stale
	}
	err = g.Store.Do(ctx, func(tx Tx) error {
		if err := alive(ctx, tx, s); err != nil {
			return err
		}
		secrets, err := tx.Secrets(ctx, s.Staff)
		if err != nil {
			return err
		}
		codes, secrets.Recovery = newRecovery()
		if err := tx.SaveSecrets(ctx, s.Staff, secrets); err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{At: g.Clock(), By: s.Staff, What: "recovery.made", Subject: subject(s.Staff), From: from.Address})
	})
	if err != nil {
		return nil, fmt.Errorf("make recovery codes for %s: %w", s.Staff, err)
	}
	return codes, nil
}

// ChangePassword replaces the session owner's own password. All his sessions end; this browser gets a new one.
func (g *Gate) ChangePassword(ctx context.Context, token, old, password string, from From) (entry Entry, err error) {
	s, who, err := g.current(ctx, token)
	if err != nil {
		return Entry{}, err
	}
	if s.Locked(g.Clock()) || s.Stage != StageOpen && s.Stage != StageChange {
		return Entry{}, ErrOver
	}
	if err := CheckPassword(password, who); err != nil {
		return Entry{}, err
	}
	if err := g.knows(ctx, who, old, password, from); err != nil {
		return Entry{}, err
	}
	hash, err := g.Hasher.hash(ctx, password)
	if err != nil {
		return Entry{}, err
	}
	err = g.Store.Do(ctx, func(tx Tx) error {
		if err := alive(ctx, tx, s); err != nil {
			return err
		}
		secrets, err := tx.Secrets(ctx, who.ID)
		if err != nil {
			return err
		}
		secrets.Password, secrets.Temporary = hash, false
		if err := setSecrets(ctx, tx, who.ID, secrets); err != nil {
			return err
		}
		proven := s.CodeAt
		if entry, err = g.letOn(ctx, tx, s, secrets); err != nil {
			return err
		}
		entry.CodeAt = proven // a password is no code
		if err := tx.SaveSession(ctx, entry.Session); err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{At: g.Clock(), By: who.ID, What: "password.changed", Subject: subject(who.ID), From: from.Address})
	})
	if err != nil {
		return Entry{}, fmt.Errorf("change the password of %s: %w", who.ID, err)
	}
	return entry, nil
}

// knows compares the password that somebody has; wrong ones are slowed down as at the door.
func (g *Gate) knows(ctx context.Context, who bot.Staff, old, password string, from From) error {
	limits := limits(who.Login, from.Address)
	_, secrets, err := g.look(ctx, who.Login, limits)
	if err != nil {
		return err
	}
	same, err := g.Hasher.matches(ctx, old, secrets.Password)
	if err != nil {
		return err
	}
	if !same {
		return g.refuse(ctx, who.ID, "password.refused", from, &bot.Error{Kind: bot.Forbidden, Key: "auth.password_wrong"})
	}
	if err := g.Store.Do(ctx, func(tx Tx) error { return succeeded(ctx, tx, limits) }); err != nil {
		return err
	}
	if old == password {
		return &bot.Error{Kind: bot.Invalid, Key: "auth.password_same"}
	}
	return nil
}

// setSecrets keeps secrets and ends all sessions that were opened with the former ones.
func setSecrets(ctx context.Context, tx Tx, id bot.StaffID, secrets Secrets) error {
	if err := tx.SaveSecrets(ctx, id, secrets); err != nil {
		return fmt.Errorf("keep the secrets of %s: %w", id, err)
	}
	if _, err := tx.EndSessions(ctx, id, ""); err != nil {
		return fmt.Errorf("end the sessions of %s: %w", id, err)
	}
	return nil
}

// EndSession ends one of the person's own sessions: the browser he has left somewhere.
func (g *Gate) EndSession(ctx context.Context, token, id string, from From) error {
	s, _, err := g.current(ctx, token)
	if err != nil {
		return err
	}
	return g.Store.Do(ctx, func(tx Tx) error {
		other, err := tx.Session(ctx, id)
		if bot.KindOf(err) == bot.NotFound || err == nil && other.Staff != s.Staff {
			return nil // it has ended, or is nothing of his: either way he has no such session
		}
		if err != nil {
			return err
		}
		if err := tx.EndSession(ctx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{At: g.Clock(), By: s.Staff, What: "session.ended", Subject: subject(s.Staff), From: from.Address})
	})
}
