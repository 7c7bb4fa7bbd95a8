package staff_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/pquerna/otp/totp"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
	"javab/storage/memstore"
)

// house is a desk with a door.
type house struct {
	t      *testing.T
	store  *memstore.Store
	gate   *staff.Gate
	roster *staff.Roster
	now    time.Time
}

// here is where most people sign in from.
var here = staff.From{Address: "192.0.2.1", Agent: "Browser/1"}

const strong = "blue ferry under seven maples"

func open(t *testing.T) *house {
	h := &house{t: t, store: memstore.New(), now: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
	clock, hasher, store := func() time.Time { return h.now }, staff.NewHasher(), storage.As[staff.Tx](h.store)
	h.gate = &staff.Gate{Store: store, Hasher: hasher, Clock: clock, Issuer: "Javab"}
	h.roster = &staff.Roster{Store: store, Hasher: hasher, Clock: clock}
	return h
}

// must takes a result that may not fail.
func must[V any](v V, err error) func(*testing.T) V {
	return func(t *testing.T) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func officer(login string) bot.Staff {
	return bot.Staff{Login: login, Name: "Sara Ahmadi", Role: bot.RoleOfficer, Units: []bot.UnitID{"cards"}, Lang: bot.Fa, Capacity: 5}
}

// add makes an account and returns its handed password.
func (h *house) add(login string) (bot.Staff, string) {
	h.t.Helper()
	s, password, err := h.roster.Add(h.t.Context(), "", officer(login))
	if err != nil {
		h.t.Fatal(err)
	}
	return s, password
}

// secret is what the person's authenticator knows.
func (h *house) secret(id bot.StaffID) (s staff.Secrets) {
	h.t.Helper()
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) (err error) {
		s, err = tx.Secrets(h.t.Context(), id)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// code is what the authenticator shows now.
func (h *house) code(secret string) string {
	h.t.Helper()
	return must(totp.GenerateCode(secret, h.now))(h.t)
}

// hash is that of strong, made once: it is dear.
var hash = sync.OnceValue(func() string {
	hash, err := argon2id.CreateHash(strong, &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		panic(err)
	}
	return hash
})

// settled is somebody with a second factor and a password of her own, and her session. A minute has passed since.
func (h *house) settled(login string) (bot.Staff, staff.Entry) {
	h.t.Helper()
	s := officer(login)
	s.ID = bot.StaffID("id-" + login)
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) error {
		return errors.Join(tx.SaveStaff(h.t.Context(), s),
			tx.SaveSecrets(h.t.Context(), s.ID, staff.Secrets{Password: hash(), TOTP: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}))
	})
	if err != nil {
		h.t.Fatal(err)
	}
	half := must(h.gate.Password(h.t.Context(), login, strong, "", here))(h.t)
	entry := must(h.gate.Code(h.t.Context(), half.Token, h.code(h.secret(s.ID).TOTP), here))(h.t)
	h.now = h.now.Add(time.Minute)
	return s, entry
}

// signIn goes through both halves.
func (h *house) signIn(s bot.Staff) staff.Entry {
	h.t.Helper()
	half := must(h.gate.Password(h.t.Context(), s.Login, strong, "", here))(h.t)
	h.now = h.now.Add(30 * time.Second) // a code is not good twice
	return must(h.gate.Code(h.t.Context(), half.Token, h.code(h.secret(s.ID).TOTP), here))(h.t)
}

// over reports whether a token opens nothing any more.
func (h *house) over(token string) bool {
	h.t.Helper()
	_, _, err := h.gate.Visit(h.t.Context(), token, true)
	if err != nil && !errors.Is(err, staff.ErrOver) {
		h.t.Fatal(err)
	}
	return err != nil
}

// told is what the audit has of one kind.
func (h *house) told(what string) []staff.AuditLine {
	h.t.Helper()
	return must(h.store.AuditLines(h.t.Context(), staff.AuditQuery{What: what, Limit: 100}))(h.t)
}

// key is the sentence of an error.
func key(err error) string {
	if e, is := errors.AsType[*bot.Error](err); is {
		return e.Key
	}
	return ""
}

func wantKey(t *testing.T, err error, want string) {
	t.Helper()
	if key(err) != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}
