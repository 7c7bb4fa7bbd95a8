package memstore

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// Staff implements staff.People.
func (t *tx) Staff(_ context.Context, id bot.StaffID) (bot.Staff, error) {
	s, known := t.staff[id]
	if !known {
		return bot.Staff{}, storage.NotFound("staff", string(id))
	}
	return rowOfStaff(s), nil
}

// StaffByLogin implements staff.People.
func (t *tx) StaffByLogin(_ context.Context, login string) (bot.Staff, error) {
	for _, s := range t.staff {
		if s.Login == login {
			return rowOfStaff(s), nil
		}
	}
	return bot.Staff{}, storage.NotFound("staff", login)
}

// Admins implements staff.People.
func (t *tx) Admins(context.Context) ([]bot.Staff, error) {
	var admins []bot.Staff
	for _, s := range t.staff {
		if s.Role == bot.RoleAdmin && !s.Disabled {
			admins = append(admins, rowOfStaff(s))
		}
	}
	slices.SortFunc(admins, func(a, b bot.Staff) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return admins, nil
}

// SaveStaff implements staff.People.
func (t *tx) SaveStaff(ctx context.Context, s bot.Staff) error {
	if other, err := t.StaffByLogin(ctx, s.Login); err == nil && other.ID != s.ID {
		return storage.Taken("login")
	}
	put(t, &t.staff, s.ID, rowOfStaff(s))
	return nil
}

func rowOfStaff(s bot.Staff) bot.Staff {
	s.Units, s.Langs = slices.Clone(s.Units), slices.Clone(s.Langs)
	s.SeenAt, s.CreatedAt = storage.Round(s.SeenAt), storage.Round(s.CreatedAt)
	return s
}

// Secrets implements staff.People.
func (t *tx) Secrets(_ context.Context, id bot.StaffID) (staff.Secrets, error) {
	s := t.secrets[id]
	s.Recovery = slices.Clone(s.Recovery)
	return s, nil
}

// SaveSecrets implements staff.People.
func (t *tx) SaveSecrets(_ context.Context, id bot.StaffID, s staff.Secrets) error {
	s.Recovery = slices.Clone(s.Recovery)
	put(t, &t.secrets, id, s)
	return nil
}

// Failure implements staff.Failures.
func (t *tx) Failure(_ context.Context, name string) (staff.Failure, error) {
	return t.failures[name], nil
}

// SaveFailure implements staff.Failures.
func (t *tx) SaveFailure(_ context.Context, name string, f staff.Failure) error {
	f.At, f.Until = storage.Round(f.At), storage.Round(f.Until)
	put(t, &t.failures, name, f)
	return nil
}

// Session implements staff.Sessions.
func (t *tx) Session(_ context.Context, id string) (staff.Session, error) {
	s, there := t.sessions[id]
	if !there {
		return staff.Session{}, storage.NotFound("session", "")
	}
	return s, nil
}

// SaveSession implements staff.Sessions.
func (t *tx) SaveSession(_ context.Context, s staff.Session) error {
	s.CreatedAt, s.SeenAt, s.CodeAt = storage.Round(s.CreatedAt), storage.Round(s.SeenAt), storage.Round(s.CodeAt)
	put(t, &t.sessions, s.ID, s)
	return nil
}

// Touch implements staff.Sessions. A session that was locked by hand stays so.
func (t *tx) Touch(_ context.Context, id string, at time.Time) error {
	if s, there := t.sessions[id]; there && s.SeenAt.Before(at) && !s.SeenAt.IsZero() {
		s.SeenAt = storage.Round(at)
		put(t, &t.sessions, id, s)
	}
	return nil
}

// EndSession implements staff.Sessions.
func (t *tx) EndSession(_ context.Context, id string) error {
	del(t, t.sessions, id)
	return nil
}

// EndSessions implements staff.Sessions.
func (t *tx) EndSessions(_ context.Context, of bot.StaffID, but string) (n int, err error) {
	for id, s := range t.sessions {
		if s.Staff == of && id != but {
			del(t, t.sessions, id)
			n++
		}
	}
	return n, nil
}

// AllStaff implements staff.Roll.
func (s *Store) AllStaff(context.Context) ([]bot.Staff, error) {
	return locked(s, (*tx).everybody), nil
}

// Everybody implements staffchat.Tx.
func (t *tx) Everybody(context.Context) ([]bot.Staff, error) { return t.everybody(), nil }

func (t *tx) everybody() []bot.Staff {
	all := []bot.Staff{}
	for _, row := range t.staff {
		all = append(all, rowOfStaff(row))
	}
	slices.SortFunc(all, func(a, b bot.Staff) int { return strings.Compare(a.Login, b.Login) })
	return all
}

// Proofs implements staff.Roll.
func (s *Store) Proofs(context.Context) (map[bot.StaffID]staff.Proof, error) {
	return locked(s, func(t *tx) map[bot.StaffID]staff.Proof {
		proofs := map[bot.StaffID]staff.Proof{}
		for id, secrets := range t.secrets {
			proofs[id] = secrets.Proof()
		}
		return proofs
	}), nil
}

// SessionStaff implements staff.Reads.
func (s *Store) SessionStaff(ctx context.Context, id string) (staff.Session, bot.Staff, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{data: &s.data}
	session, err := t.Session(ctx, id)
	if err != nil {
		return staff.Session{}, bot.Staff{}, err
	}
	who, err := t.Staff(ctx, session.Staff)
	return session, who, err
}

// SessionsOf implements staff.Reads.
func (s *Store) SessionsOf(_ context.Context, id bot.StaffID) ([]staff.Session, error) {
	return locked(s, func(t *tx) []staff.Session {
		of := []staff.Session{}
		for _, row := range t.sessions {
			if row.Staff == id {
				of = append(of, row)
			}
		}
		slices.SortFunc(of, func(a, b staff.Session) int {
			return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.ID, b.ID))
		})
		return of
	}), nil
}
