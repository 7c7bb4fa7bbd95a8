package storagetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// sara is an officer with everything set.
func sara() bot.Staff {
	return bot.Staff{
		ID: "s1", Login: "sara", Name: "Sara A.", Display: bot.Text{Fa: "f", Ar: "a", En: "e"}, Role: bot.RoleOfficer,
		Units: []bot.UnitID{"cards", "rules"}, Langs: []bot.Lang{bot.Fa, bot.En}, Lang: bot.En, Capacity: 5,
		Status: bot.Available, SeenAt: noon, Confidential: true, Substitute: "s2", CreatedAt: noon, CreatedBy: "s9",
	}
}

func (w world) hire(list ...bot.Staff) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		for _, s := range list {
			if err := tx.SaveStaff(w.ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// in reads something inside a transaction.
func in[V any](w world, f func(storage.Tx) (V, error)) (v V) {
	w.t.Helper()
	w.do(func(tx storage.Tx) (err error) {
		v, err = f(tx)
		return err
	})
	return v
}

func (w world) failure(name string) staff.Failure {
	w.t.Helper()
	return in(w, func(tx storage.Tx) (staff.Failure, error) { return tx.Failure(w.ctx, name) })
}

// accounts is what staff.People and staff.Failures promise.
func accounts() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"an account comes back as it was saved": func(t *testing.T, w world) {
			w.hire(sara())
			equal(t, "by id", in(w, func(tx storage.Tx) (bot.Staff, error) { return tx.Staff(w.ctx, "s1") }), sara())
			equal(t, "by login", in(w, func(tx storage.Tx) (bot.Staff, error) { return tx.StaffByLogin(w.ctx, "sara") }), sara())
			changed := sara()
			changed.Role, changed.Units, changed.Disabled = bot.RoleHead, nil, true
			w.hire(changed)
			equal(t, "all", read(w.AllStaff(w.ctx))(t), []bot.Staff{changed})
		},
		"somebody who is not there is not found": func(t *testing.T, w world) {
			for _, f := range []func(storage.Tx) error{
				func(tx storage.Tx) error { _, err := tx.Staff(w.ctx, "s1"); return err },
				func(tx storage.Tx) error { _, err := tx.StaffByLogin(w.ctx, "sara"); return err },
				func(tx storage.Tx) error { _, err := tx.Session(w.ctx, "x"); return err },
			} {
				wantKind(t, w.Do(w.ctx, f), bot.NotFound)
			}
			_, _, err := w.SessionStaff(w.ctx, "x")
			wantKind(t, err, bot.NotFound)
			equal(t, "nobody's secrets", in(w, func(tx storage.Tx) (staff.Secrets, error) { return tx.Secrets(w.ctx, "s1") }), staff.Secrets{})
		},
		"two people cannot have one login": func(t *testing.T, w world) {
			w.hire(sara())
			twin := sara()
			twin.ID = "s2"
			wantKind(t, w.Do(w.ctx, func(tx storage.Tx) error { return tx.SaveStaff(w.ctx, twin) }), bot.Conflict)
			twin.Login = "layla"
			w.hire(twin)
			all := read(w.AllStaff(w.ctx))(t)
			equal(t, "in order", []string{all[0].Login, all[1].Login}, []string{"layla", "sara"})
		},
		"secrets come back whole and are replaced whole": func(t *testing.T, w world) {
			w.hire(sara())
			for _, s := range []staff.Secrets{
				{Password: "$argon2id$x", Temporary: true, Offered: "SECRET"},
				{Password: "$argon2id$y", TOTP: "SECRET", Step: 58_000_000, Recovery: []string{"a", "b"}},
			} {
				w.do(func(tx storage.Tx) error { return tx.SaveSecrets(w.ctx, "s1", s) })
				equal(t, "secrets", in(w, func(tx storage.Tx) (staff.Secrets, error) { return tx.Secrets(w.ctx, "s1") }), s)
			}
		},
		"what may be known of secrets is known of everybody who has some": func(t *testing.T, w world) {
			layla, nobody := sara(), sara()
			layla.ID, layla.Login, nobody.ID, nobody.Login = "s2", "layla", "s3", "nobody"
			w.hire(sara(), layla, nobody)
			w.do(func(tx storage.Tx) error {
				return errors.Join(
					tx.SaveSecrets(w.ctx, "s1", staff.Secrets{Password: "$argon2id$x", Temporary: true, Offered: "SECRET"}),
					tx.SaveSecrets(w.ctx, "s2", staff.Secrets{Password: "$argon2id$y", TOTP: "SECRET"}),
				)
			})
			equal(t, "proofs", read(w.Proofs(w.ctx))(t), map[bot.StaffID]staff.Proof{"s1": {Temporary: true}, "s2": {TOTP: true}})
		},
		"admins are those who may act, in one order": func(t *testing.T, w world) {
			list := []bot.Staff{sara(), sara(), sara(), sara()}
			for i := range list {
				list[i].ID, list[i].Login, list[i].Role = bot.StaffID(fmt.Sprint("s", 4-i)), fmt.Sprint("login", i), bot.RoleAdmin
			}
			list[1].Disabled, list[2].Role = true, bot.RoleHead
			w.hire(list...)
			equal(t, "admins", in(w, func(tx storage.Tx) ([]bot.Staff, error) { return tx.Admins(w.ctx) }), []bot.Staff{list[3], list[0]})
		},
		"of two admins who lock each other out at once, one stays": func(t *testing.T, w world) {
			list := []bot.Staff{sara(), sara()}
			for i := range list {
				list[i].ID, list[i].Login, list[i].Role = bot.StaffID(fmt.Sprint("s", i)), fmt.Sprint("login", i), bot.RoleAdmin
			}
			w.hire(list...)
			var wg sync.WaitGroup
			for _, one := range list {
				wg.Go(func() {
					w.do(func(tx storage.Tx) error {
						admins, err := tx.Admins(w.ctx)
						if err != nil || len(admins) < 2 {
							return err
						}
						one.Disabled = true
						return tx.SaveStaff(w.ctx, one)
					})
				})
			}
			wg.Wait()
			equal(t, "left", len(in(w, func(tx storage.Tx) ([]bot.Staff, error) { return tx.Admins(w.ctx) })), 1)
		},
		"of many who read and change one account none is lost": func(t *testing.T, w world) {
			w.hire(sara())
			var wg sync.WaitGroup
			for range 20 {
				wg.Go(func() {
					w.do(func(tx storage.Tx) error {
						s, err := tx.Staff(w.ctx, "s1")
						if err != nil {
							return err
						}
						s.Capacity++
						return tx.SaveStaff(w.ctx, s)
					})
				})
			}
			wg.Wait()
			equal(t, "capacity", in(w, func(tx storage.Tx) (bot.Staff, error) { return tx.Staff(w.ctx, "s1") }).Capacity, 25)
		},
		"of many failures at once none is lost": func(t *testing.T, w world) {
			equal(t, "at first", w.failure("ip 192.0.2.1"), staff.Failure{})
			var wg sync.WaitGroup
			for range 20 {
				wg.Go(func() {
					w.do(func(tx storage.Tx) error {
						f, err := tx.Failure(w.ctx, "ip 192.0.2.1")
						if err != nil {
							return err
						}
						return tx.SaveFailure(w.ctx, "ip 192.0.2.1", staff.Failure{N: f.N + 1, At: noon, Until: noon.Add(time.Second)})
					})
				})
			}
			wg.Wait()
			equal(t, "failures", w.failure("ip 192.0.2.1"), staff.Failure{N: 20, At: noon, Until: noon.Add(time.Second)})
			equal(t, "of another", w.failure("ip 192.0.2.2").N, 0)
		},
		"old failures and dead sessions are purged, others stay": func(t *testing.T, w world) {
			w.hire(sara())
			w.do(func(tx storage.Tx) error {
				return errors.Join(
					tx.SaveFailure(w.ctx, "old", staff.Failure{N: 1, At: noon.Add(-storage.KeepTries - time.Minute)}),
					tx.SaveFailure(w.ctx, "new", staff.Failure{N: 1, At: noon}),
					tx.SaveSession(w.ctx, staff.Session{ID: "old", Staff: "s1", CreatedAt: noon.Add(-storage.KeepTries - time.Minute)}),
					tx.SaveSession(w.ctx, staff.Session{ID: "new", Staff: "s1", CreatedAt: noon}),
				)
			})
			equal(t, "purged", read(w.Purge(w.ctx, noon))(t), 2)
			equal(t, "failures", w.failure("new").N, 1)
			equal(t, "sessions", len(read(w.SessionsOf(w.ctx, "s1"))(t)), 1)
		},
	}
}

// session is one of sara's.
func session(id string, after time.Duration) staff.Session {
	return staff.Session{
		ID: id, Staff: "s1", Stage: staff.StageOpen, CreatedAt: noon.Add(after), SeenAt: noon.Add(after), CodeAt: noon,
		From: "192.0.2.1", Agent: "Browser/1",
	}
}

// sessions is what staff.Sessions promises.
func sessions() map[string]func(*testing.T, world) {
	open := func(w world, list ...staff.Session) {
		w.hire(sara())
		w.do(func(tx storage.Tx) error {
			for _, s := range list {
				if err := tx.SaveSession(w.ctx, s); err != nil {
					return err
				}
			}
			return nil
		})
	}
	ids := func(w world) (ids []string) {
		for _, s := range read(w.SessionsOf(w.ctx, "s1"))(w.t) {
			ids = append(ids, s.ID)
		}
		return ids
	}
	return map[string]func(*testing.T, world){
		"a session comes back with its person as he is now": func(t *testing.T, w world) {
			open(w, session("a", 0))
			changed := sara()
			changed.Role = bot.RoleSenior
			w.hire(changed)
			got, who, err := w.SessionStaff(w.ctx, "a")
			equal(t, "session", []any{got, who, err}, []any{session("a", 0), changed, nil})
		},
		"sessions are listed with the latest first, and saved anew in their place": func(t *testing.T, w world) {
			open(w, session("a", 0), session("b", time.Minute), session("c", 0))
			equal(t, "order", ids(w), []string{"b", "a", "c"})
			open(w, session("a", time.Hour))
			equal(t, "order", ids(w), []string{"a", "b", "c"})
		},
		"a session that has ended is gone, and others stay": func(t *testing.T, w world) {
			open(w, session("a", 0), session("b", 0), session("c", 0))
			w.do(func(tx storage.Tx) error {
				return errors.Join(tx.EndSession(w.ctx, "a"), tx.EndSession(w.ctx, "never was"))
			})
			equal(t, "left", ids(w), []string{"b", "c"})
			n := in(w, func(tx storage.Tx) (int, error) { return tx.EndSessions(w.ctx, "s1", "c") })
			equal(t, "left but one", []any{n, ids(w)}, []any{1, []string{"c"}})
		},
		"a sign of life is never taken back, and wakes no session that was locked": func(t *testing.T, w world) {
			locked := session("b", 0)
			locked.SeenAt = time.Time{}
			open(w, session("a", time.Minute), locked)
			for _, after := range []time.Duration{2 * time.Minute, time.Second} {
				w.do(func(tx storage.Tx) error {
					return errors.Join(tx.Touch(w.ctx, "a", noon.Add(after)), tx.Touch(w.ctx, "b", noon.Add(after)), tx.Touch(w.ctx, "gone", noon))
				})
			}
			for id, want := range map[string]time.Time{"a": noon.Add(2 * time.Minute), "b": {}} {
				s, _, err := w.SessionStaff(w.ctx, id)
				equal(t, id, fmt.Sprint(s.SeenAt, err), fmt.Sprint(want, nil))
			}
		},
	}
}
