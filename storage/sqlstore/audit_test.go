package sqlstore

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
	"javab/storage/storagetest"
	"javab/storage/vault"
)

// engines opens an empty store of either kind.
func engines(t *testing.T, f func(*testing.T, *Store)) {
	t.Run("sqlite", func(t *testing.T) { f(t, openLiteStore(t)) })
	t.Run("postgres", func(t *testing.T) {
		v, err := vault.New(bytes.Repeat([]byte("master key "), 4))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), Config{DSN: storagetest.Schema(t), Vault: v, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		if _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		f(t, s)
	})
}

// raw runs statements as somebody does who has the database and not the program.
func raw(t *testing.T, s *Store, statements ...string) error {
	t.Helper()
	return s.write(t.Context(), func(p pool) error {
		for _, statement := range statements {
			if _, err := p.ExecContext(context.Background(), statement); err != nil {
				return err
			}
		}
		return nil
	})
}

func mustRaw(t *testing.T, s *Store, statements ...string) {
	t.Helper()
	if err := raw(t, s, statements...); err != nil {
		t.Fatal(err)
	}
}

// disarm takes the triggers away, as the owner of the database can.
func disarm(t *testing.T, s *Store) {
	t.Helper()
	if s.dialect() == postSQL {
		mustRaw(t, s, "ALTER TABLE audit DISABLE TRIGGER ALL", "ALTER TABLE audit_head DISABLE TRIGGER ALL")
		return
	}
	mustRaw(t, s, "DROP TRIGGER audit_never_changed", "DROP TRIGGER audit_never_deleted", "DROP TRIGGER audit_head_goes_on")
}

func tellFive(t *testing.T, s *Store) {
	t.Helper()
	err := s.Do(t.Context(), func(tx storage.Tx) error {
		var errs error
		for _, what := range []string{"signin", "chat.claimed", "member.revealed", "chat.closed", "signout"} {
			errs = errors.Join(errs, tx.Audit(t.Context(), bot.AuditEntry{At: time.Unix(1, 0), By: "s1", What: what}))
		}
		return errs
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheAuditRefusesToBeChanged(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		tellFive(t, s)
		statements := []string{
			"UPDATE audit SET what='x' WHERE seq=2", "DELETE FROM audit WHERE seq=2", "DELETE FROM audit_head",
			"UPDATE audit_head SET seq=4",
		}
		if s.dialect() == postSQL {
			statements = append(statements, "TRUNCATE audit", "TRUNCATE audit_head")
		}
		for _, statement := range statements {
			if err := raw(t, s, statement); err == nil || !strings.Contains(err.Error(), "never changed") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		c, err := s.VerifyAudit(t.Context(), staff.Mark{})
		if err != nil || c.Broken != nil || c.Rows != 5 {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

func TestAWalkFindsWhatSomebodyWithTheDatabaseChanged(t *testing.T) {
	for name, row := range map[string]struct {
		do   []string
		want staff.Break
	}{
		"an entry was edited":          {[]string{"UPDATE audit SET author='s2' WHERE seq=3"}, staff.Break{Seq: 3, Why: staff.Edited}},
		"an entry was dated otherwise": {[]string{"UPDATE audit SET at=at+1 WHERE seq=1"}, staff.Break{Seq: 1, Why: staff.Edited}},
		"a word moved to the next field": {
			[]string{"UPDATE audit SET what='sign', subject='in' WHERE seq=1"}, staff.Break{Seq: 1, Why: staff.Edited},
		},
		"an entry was removed": {[]string{"DELETE FROM audit WHERE seq=3"}, staff.Break{Seq: 3, Why: staff.Missing}},
		"an entry was removed and the others moved up": {
			[]string{"DELETE FROM audit WHERE seq=3", "UPDATE audit SET seq=3 WHERE seq=4", "UPDATE audit SET seq=4 WHERE seq=5"},
			staff.Break{Seq: 3, Why: staff.Edited},
		},
		"two entries were swapped": {
			[]string{"UPDATE audit SET seq=9 WHERE seq=2", "UPDATE audit SET seq=2 WHERE seq=3", "UPDATE audit SET seq=3 WHERE seq=9"},
			staff.Break{Seq: 2, Why: staff.Edited},
		},
		"the last entry was removed":  {[]string{"DELETE FROM audit WHERE seq=5"}, staff.Break{Seq: 5, Why: staff.Missing}},
		"the first entry was removed": {[]string{"DELETE FROM audit WHERE seq=1"}, staff.Break{Seq: 1, Why: staff.Missing}},
		"an entry was added": {
			[]string{"INSERT INTO audit SELECT 6, at, author, what, subject, state_before, state_after, reason, origin, hash FROM audit WHERE seq=5"},
			staff.Break{Seq: 6, Why: staff.Edited},
		},
		"the last entry was removed and the head set back": {
			[]string{"DELETE FROM audit WHERE seq=5", "UPDATE audit_head SET seq=4, hash=(SELECT hash FROM audit WHERE seq=4)"},
			staff.Break{Seq: 5, Why: staff.Missing}, // by the mark alone
		},
	} {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, s *Store) {
				tellFive(t, s)
				whole, err := s.VerifyAudit(t.Context(), staff.Mark{})
				if err != nil {
					t.Fatal(err)
				}
				disarm(t, s)
				mustRaw(t, s, row.do...)
				c, err := s.VerifyAudit(t.Context(), whole.Head)
				if err != nil || c.Broken == nil || c.Broken.Seq != row.want.Seq || c.Broken.Why != row.want.Why {
					t.Errorf("found %+v, want %+v (%v)", c.Broken, row.want, err)
				}
			})
		})
	}
}

func TestNoSecretOfStaffIsReadableInTheDatabase(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		err := s.Do(t.Context(), func(tx storage.Tx) error {
			return errors.Join(
				tx.SaveStaff(t.Context(), bot.Staff{ID: "s1", Login: "sara"}),
				tx.SaveSecrets(t.Context(), "s1", staff.Secrets{TOTP: "JBSWY3DPEHPK3PXP", Offered: "KRSXG5CTMVRXEZLU"}))
		})
		if err != nil {
			t.Fatal(err)
		}
		var totp, offered []byte
		if _, err := one(t.Context(), s.read(), []any{&totp, &offered}, "SELECT totp, offered FROM staff_secrets"); err != nil {
			t.Fatal(err)
		}
		if len(totp) == 0 || bytes.Contains(totp, []byte("JBSWY3")) || bytes.Contains(offered, []byte("KRSXG5")) {
			t.Errorf("%q %q", totp, offered)
		}
		mustRaw(t, s, "UPDATE staff_secrets SET totp=offered")
		err = s.Do(t.Context(), func(tx storage.Tx) error { _, err := tx.Secrets(t.Context(), "s1"); return err })
		if !errors.Is(err, vault.ErrTampered) {
			t.Errorf("a secret moved to another column opens: %v", err)
		}
	})
}
