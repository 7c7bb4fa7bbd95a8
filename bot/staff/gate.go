package staff

import (
	"context"
	"fmt"
	"strings"
	"time"

	"javab/bot"
)

// Gate lets people in: password, then second factor, then a session that locks itself.
type Gate struct {
	Store  Store
	Hasher *Hasher
	Clock  func() time.Time
	Issuer string // the house's name in people's authenticators
}

// From is where a request comes from.
type From struct {
	Address string
	Agent   string
}

// Entry is a session with the token that the browser keeps from now on.
type Entry struct {
	Session
	Token string
}

// The refusals do not tell which half was wrong, or that there is no such account.
var (
	refused = &bot.Error{Kind: bot.Forbidden, Key: "auth.refused"}
	badCode = &bot.Error{Kind: bot.Forbidden, Key: "auth.code_refused"}
	// ErrOver is returned for a session that has ended, or never began.
	ErrOver = &bot.Error{Kind: bot.Forbidden, Key: "auth.over"}
)

// Password is the first half of a sign-in. The session that it returns opens the second factor's page alone. old is the
// token that the browser had before, which is worth nothing afterwards.
func (g *Gate) Password(ctx context.Context, login, password, old string, from From) (Entry, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	limits := limits(login, from.Address)
	who, secrets, err := g.look(ctx, login, limits)
	if err != nil {
		return Entry{}, err
	}
	known := who.ID != "" && !who.Disabled
	if !known {
		secrets.Password = ""
	}
	same, err := g.Hasher.matches(ctx, password, secrets.Password)
	if err != nil {
		return Entry{}, err
	}
	if !same {
		return Entry{}, g.refuse(ctx, who.ID, "signin.refused", from, refused)
	}
	return g.halfway(ctx, who, secrets, old, from, limits)
}

// look counts the try and reads who it may be: nobody, for an unknown login.
func (g *Gate) look(ctx context.Context, login string, limits []limit) (who bot.Staff, secrets Secrets, err error) {
	err = g.Store.Do(ctx, func(tx Tx) (err error) {
		if err := begin(ctx, tx, g.Clock(), limits); err != nil {
			return err
		}
		if who, err = tx.StaffByLogin(ctx, login); err != nil {
			who = bot.Staff{}
			if bot.KindOf(err) == bot.NotFound {
				return nil
			}
			return fmt.Errorf("read an account: %w", err)
		}
		secrets, err = tx.Secrets(ctx, who.ID)
		return err
	})
	return who, secrets, err
}

// refuse writes down that somebody was not let in. The counted failure stands.
func (g *Gate) refuse(ctx context.Context, who bot.StaffID, what string, from From, why error) error {
	err := g.Store.Do(ctx, func(tx Tx) error {
		return tx.Audit(ctx, bot.AuditEntry{At: g.Clock(), What: what, Subject: subject(who), From: from.Address})
	})
	if err != nil {
		return fmt.Errorf("write down a refusal: %w", err)
	}
	return why
}

// subject names an account in the audit. What was typed for an unknown one is not kept: it may be a password.
func subject(id bot.StaffID) string {
	if id == "" {
		return "staff unknown"
	}
	return "staff " + string(id)
}

func (g *Gate) halfway(ctx context.Context, who bot.Staff, secrets Secrets, old string, from From, limits []limit) (Entry, error) {
	s := Session{Staff: who.ID, Stage: StageCode, CreatedAt: g.Clock(), SeenAt: g.Clock(), From: from.Address, Agent: short(from.Agent)}
	if secrets.TOTP == "" {
		s.Stage = StageEnrol
	}
	s, token := s.renewed()
	err := g.Store.Do(ctx, func(tx Tx) error {
		if err := succeeded(ctx, tx, limits); err != nil {
			return err
		}
		if err := tx.EndSession(ctx, SessionID(old)); err != nil {
			return fmt.Errorf("end the former session: %w", err)
		}
		return tx.SaveSession(ctx, s)
	})
	if err != nil {
		return Entry{}, fmt.Errorf("open a session: %w", err)
	}
	return Entry{s, token}, nil
}

// short bounds what a browser calls itself.
func short(agent string) string {
	if runes := []rune(agent); len(runes) > 200 {
		return string(runes[:200])
	}
	return agent
}

// Code is the second half of a sign-in, what opens a locked session again, and what makes an open one fresh. The session
// goes on under a new token.
func (g *Gate) Code(ctx context.Context, token, code string, from From) (entry Entry, err error) {
	s, _, err := g.current(ctx, token)
	if err != nil {
		return Entry{}, err
	}
	if s.Stage == StageEnrol {
		return Entry{}, badCode
	}
	limits, right := codeLimit(s.Staff), false
	err = g.Store.Do(ctx, func(tx Tx) error {
		if err := begin(ctx, tx, g.Clock(), limits); err != nil {
			return err
		}
		entry, right, err = g.prove(ctx, tx, s, code, from)
		if err != nil || !right {
			return err
		}
		return succeeded(ctx, tx, limits)
	})
	if err == nil && !right {
		err = badCode
	}
	return entry, err
}

// prove compares a code and lets the session on. A wrong one is no error here: that it was tried must be kept.
func (g *Gate) prove(ctx context.Context, tx Tx, s Session, code string, from From) (Entry, bool, error) {
	note := bot.AuditEntry{At: g.Clock(), Subject: subject(s.Staff), From: from.Address}
	if err := alive(ctx, tx, s); err != nil { // the account is locked: two codes at once are one after the other
		return Entry{}, false, err
	}
	secrets, err := tx.Secrets(ctx, s.Staff)
	if err != nil {
		return Entry{}, false, fmt.Errorf("read the second factor of %s: %w", s.Staff, err)
	}
	left, by, right := secrets.proves(code, g.Clock())
	if !right {
		note.What, note.Reason = "signin.refused", "code"
		return Entry{}, false, tx.Audit(ctx, note)
	}
	note.By, note.What, note.Reason = s.Staff, "signin", by
	if s.Stage != StageCode {
		note.What = "signin.again"
	}
	if err := tx.SaveSecrets(ctx, s.Staff, left); err != nil {
		return Entry{}, false, fmt.Errorf("keep that a code was used: %w", err)
	}
	entry, err := g.letOn(ctx, tx, s, left)
	if err != nil {
		return Entry{}, false, err
	}
	return entry, true, tx.Audit(ctx, note)
}

// alive fails when the session has ended, or its person was disabled, since it was read. It locks the account.
func alive(ctx context.Context, tx Tx, s Session) error {
	who, err := tx.Staff(ctx, s.Staff)
	if err == nil && !who.Disabled {
		_, err = tx.Session(ctx, s.ID)
	}
	if who.Disabled || bot.KindOf(err) == bot.NotFound {
		return ErrOver
	}
	return err
}

// letOn opens the session to what its stage is followed by, under a new token.
func (g *Gate) letOn(ctx context.Context, tx Tx, s Session, secrets Secrets) (Entry, error) {
	former := s.ID
	s.Stage, s.SeenAt, s.CodeAt = StageOpen, g.Clock(), g.Clock()
	if secrets.Temporary {
		s.Stage = StageChange
	}
	s, token := s.renewed()
	if err := tx.EndSession(ctx, former); err != nil {
		return Entry{}, fmt.Errorf("renew a session: %w", err)
	}
	if err := tx.SaveSession(ctx, s); err != nil {
		return Entry{}, fmt.Errorf("renew a session: %w", err)
	}
	return Entry{s, token}, nil
}
