package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"javab/bot"
)

// Roster keeps the accounts: what admins do on their page and operators in the shell.
type Roster struct {
	Store  Store
	Hasher *Hasher
	Clock  func() time.Time
}

// login is what people sign in with. It holds nothing that looks alike in another script.
var login = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,39}$`)

// Check says what is wrong with an account, if anything is.
func Check(s bot.Staff) error {
	switch {
	case !login.MatchString(s.Login):
		return wrong("staff.bad_login", s.Login)
	case strings.TrimSpace(s.Name) == "" || len(s.Name) > 200:
		return wrong("staff.bad_name", s.Name)
	case !s.Role.Valid():
		return wrong("staff.bad_role", string(s.Role))
	case !s.Lang.Valid():
		return wrong("staff.bad_lang", string(s.Lang))
	case s.Capacity < 0 || s.Capacity > 100:
		return wrong("staff.bad_capacity", fmt.Sprint(s.Capacity))
	case len(s.Units) == 0 && (s.Role == bot.RoleOfficer || s.Role == bot.RoleSenior || s.Role == bot.RoleUnit || s.Role == bot.RoleManager):
		return wrong("staff.no_unit", string(s.Role))
	}
	for _, l := range s.Langs {
		if !l.Valid() {
			return wrong("staff.bad_lang", string(l))
		}
	}
	return nil
}

func wrong(key, value string) error {
	return &bot.Error{Kind: bot.Invalid, Key: key, Params: map[string]string{"Value": value}}
}

// Add makes an account and returns it with a password to hand over: it opens nothing but the setting up of a second
// factor and of another password.
func (r *Roster) Add(ctx context.Context, by bot.StaffID, s bot.Staff) (bot.Staff, string, error) {
	s.ID, s.CreatedAt, s.CreatedBy = bot.StaffID(strings.ToLower(rand.Text()[:20])), r.Clock(), by
	s.Login, s.Status = strings.ToLower(strings.TrimSpace(s.Login)), bot.Away
	if err := Check(s); err != nil {
		return bot.Staff{}, "", err
	}
	password := newPassword()
	hash, err := r.Hasher.hash(ctx, password)
	if err != nil {
		return bot.Staff{}, "", err
	}
	err = r.Store.Do(ctx, func(tx Tx) error {
		if err := standsIn(ctx, tx, s); err != nil {
			return err
		}
		if err := tx.SaveStaff(ctx, s); err != nil {
			return err
		}
		if err := tx.SaveSecrets(ctx, s.ID, Secrets{Password: hash, Temporary: true}); err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{At: r.Clock(), By: by, What: "staff.added", Subject: subject(s.ID), After: rights(s)})
	})
	if err != nil {
		return bot.Staff{}, "", err
	}
	return s, password, nil
}

// rights is what the audit keeps of an account: what it may, not whose it is.
func rights(s bot.Staff) string {
	units := make([]string, len(s.Units))
	for i, u := range s.Units {
		units[i] = string(u)
	}
	text := string(s.Role) + " " + strings.Join(units, ",")
	if s.Confidential {
		text += " confidential"
	}
	return strings.TrimSpace(text)
}

// standsIn refuses a substitute who is not there, cannot work, or is the person himself.
func standsIn(ctx context.Context, tx Tx, s bot.Staff) error {
	if s.Substitute == "" {
		return nil
	}
	other, err := tx.Staff(ctx, s.Substitute)
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return fmt.Errorf("read the substitute of %s: %w", s.ID, err)
	}
	if err != nil || other.Disabled || other.ID == s.ID {
		return wrong("staff.bad_substitute", string(s.Substitute))
	}
	return nil
}

// lastAdmin is the refusal to leave nobody who could undo it. The shell may: whoever sits there makes another admin.
var lastAdmin = &bot.Error{Kind: bot.Conflict, Key: "staff.last_admin"}

// keepsAdmin refuses to let go of the only admin. It is asked before an account is read, so that everybody locks them in
// the same order.
func keepsAdmin(ctx context.Context, tx Tx, by bot.StaffID) (func(bot.StaffID) error, error) {
	admins, err := tx.Admins(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the admins: %w", err)
	}
	return func(leaves bot.StaffID) error {
		if by != "" && len(admins) == 1 && admins[0].ID == leaves {
			return lastAdmin
		}
		return nil
	}, nil
}

// Change replaces what an account is and may; login, status and signs of life stay as they are. Whose rights change
// signs in anew.
func (r *Roster) Change(ctx context.Context, by bot.StaffID, s bot.Staff, reason string) error {
	return r.Store.Do(ctx, func(tx Tx) error {
		keeps, err := keepsAdmin(ctx, tx, by)
		if err != nil {
			return err
		}
		old, err := tx.Staff(ctx, s.ID)
		if err != nil {
			return err
		}
		s.Login, s.Status, s.SeenAt, s.CreatedAt, s.CreatedBy, s.Disabled = old.Login, old.Status, old.SeenAt, old.CreatedAt, old.CreatedBy, old.Disabled
		if err := Check(s); err != nil {
			return err
		}
		if old.Substitute != s.Substitute {
			err = standsIn(ctx, tx, s)
		}
		if old.Role != s.Role {
			err = errors.Join(err, keeps(s.ID))
		}
		before, after := changes(old, s)
		if err != nil || before == after {
			return err
		}
		if err := tx.SaveStaff(ctx, s); err != nil {
			return err
		}
		if rights(old) != rights(s) {
			if _, err := r.shut(ctx, tx, by, s.ID); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, bot.AuditEntry{
			At: r.Clock(), By: by, What: "staff.changed", Subject: subject(s.ID), Before: before, After: after, Reason: reason,
		})
	})
}

// changes is what the audit keeps of a change: of names only that they are others.
func changes(old, s bot.Staff) (before, after string) {
	fact := func(was, is string) {
		if was != is {
			before, after = before+"; "+was, after+"; "+is
		}
	}
	fact(rights(old), rights(s))
	fact(fmt.Sprint("capacity ", old.Capacity), fmt.Sprint("capacity ", s.Capacity))
	fact(fmt.Sprint("langs ", old.Langs), fmt.Sprint("langs ", s.Langs))
	fact("pages "+string(old.Lang), "pages "+string(s.Lang))
	fact("substitute "+string(old.Substitute), "substitute "+string(s.Substitute))
	if old.Name != s.Name {
		fact("name", "another name")
	}
	if old.Display != s.Display {
		fact("display", "another display")
	}
	return strings.TrimPrefix(before, "; "), strings.TrimPrefix(after, "; ")
}

// ResetPassword makes a new password to hand over. The former one and all sessions end.
func (r *Roster) ResetPassword(ctx context.Context, by bot.StaffID, login string) (string, error) {
	password := newPassword()
	hash, err := r.Hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	return password, r.secrets(ctx, by, login, "staff.password", func(s *Secrets) { s.Password, s.Temporary = hash, true })
}

// ResetTOTP takes the second factor away: its owner sets a new one up at his next sign-in. All sessions end.
func (r *Roster) ResetTOTP(ctx context.Context, by bot.StaffID, login string) error {
	return r.secrets(ctx, by, login, "staff.totp_removed", func(s *Secrets) { *s = Secrets{Password: s.Password, Temporary: s.Temporary} })
}

func (r *Roster) secrets(ctx context.Context, by bot.StaffID, login, what string, change func(*Secrets)) error {
	return r.Store.Do(ctx, func(tx Tx) error {
		who, err := tx.StaffByLogin(ctx, login)
		if err != nil {
			return err
		}
		secrets, err := tx.Secrets(ctx, who.ID)
		if err != nil {
			return err
		}
		change(&secrets)
		if err := tx.SaveSecrets(ctx, who.ID, secrets); err != nil {
			return fmt.Errorf("keep the secrets of %s: %w", who.ID, err)
		}
		if _, err := r.shut(ctx, tx, by, who.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{At: r.Clock(), By: by, What: what, Subject: subject(who.ID)})
	})
}

// Disable shuts an account, or opens it again. What its owner did stays his.
func (r *Roster) Disable(ctx context.Context, by bot.StaffID, login string, disabled bool) error {
	return r.Store.Do(ctx, func(tx Tx) error {
		keeps, err := keepsAdmin(ctx, tx, by)
		if err != nil {
			return err
		}
		who, err := tx.StaffByLogin(ctx, login)
		if err != nil || who.Disabled == disabled {
			return err
		}
		if err := keeps(who.ID); err != nil {
			return err
		}
		who.Disabled, who.Status = disabled, bot.Away
		if err := tx.SaveStaff(ctx, who); err != nil {
			return err
		}
		if _, err := r.shut(ctx, tx, by, who.ID); err != nil {
			return err
		}
		what := "staff.disabled"
		if !disabled {
			what = "staff.enabled"
		}
		return tx.Audit(ctx, bot.AuditEntry{At: r.Clock(), By: by, What: what, Subject: subject(who.ID)})
	})
}

// shut closes all ways in that somebody has opened: his sessions, whose number it returns, and the chats that he has linked.
func (r *Roster) shut(ctx context.Context, tx Tx, by, who bot.StaffID) (int, error) {
	n, err := tx.EndSessions(ctx, who, "")
	if err != nil {
		return 0, fmt.Errorf("end the sessions of %s: %w", who, err)
	}
	if err := tx.SaveLinkCode(ctx, LinkCode{Staff: who}); err != nil {
		return 0, fmt.Errorf("take the link code of %s away: %w", who, err)
	}
	return n, unlink(ctx, tx, who, "", bot.AuditEntry{At: r.Clock(), By: by, Subject: subject(who)})
}

// EndSessions ends all of somebody's sessions and unlinks his chats: he signs in anew.
func (r *Roster) EndSessions(ctx context.Context, by bot.StaffID, login string) error {
	return r.Store.Do(ctx, func(tx Tx) error {
		who, err := tx.StaffByLogin(ctx, login)
		if err != nil {
			return err
		}
		n, err := r.shut(ctx, tx, by, who.ID)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, bot.AuditEntry{
			At: r.Clock(), By: by, What: "staff.sessions_ended", Subject: subject(who.ID), Before: fmt.Sprint(n),
		})
	})
}
