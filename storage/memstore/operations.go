package memstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/learning"
	"javab/bot/staff"
	"javab/storage"
)

// Count implements storage.Health.
func (s *Store) Count(context.Context) (storage.Counts, error) {
	return locked(s, func(t *tx) storage.Counts {
		c := storage.Counts{OpenJobs: len(t.open), Chats: len(t.chats), Cases: len(t.cases)}
		for id := range t.open {
			c.OldestJob = earlier(c.OldestJob, t.jobs[id].RunAt)
		}
		for _, j := range t.jobs {
			if j.state == bot.JobGivenUp {
				c.GivenUp++
			}
		}
		for h := range t.waiting() {
			c.Waiting++
			c.OldestWait = earlier(c.OldestWait, h.At)
		}
		for _, q := range t.poison {
			if q.resolved.IsZero() {
				c.Quarantined++
			}
		}
		for _, row := range t.cases {
			if row.State.Open() {
				c.OpenCases++
			}
		}
		return c
	}), nil
}

// Backlog implements storage.Health.
func (s *Store) Backlog(context.Context) (storage.Backlog, error) {
	return locked(s, func(t *tx) storage.Backlog {
		b := storage.Backlog{Jobs: make(map[bot.JobKind]storage.Line), HandOvers: make(map[bot.UnitID]storage.Line)}
		for _, j := range t.jobs {
			switch j.state {
			case bot.JobOpen:
				lengthen(b.Jobs, j.Kind, j.RunAt)
			case bot.JobGivenUp:
				b.GivenUp++
			case bot.JobHeld:
				b.Held++
			}
		}
		for h := range t.waiting() {
			lengthen(b.HandOvers, h.Unit, h.At)
		}
		for _, q := range t.poison {
			if q.resolved.IsZero() {
				b.Quarantined++
			}
		}
		return b
	}), nil
}

func lengthen[K comparable](lines map[K]storage.Line, where K, at time.Time) {
	line := lines[where]
	lines[where] = storage.Line{N: line.N + 1, Oldest: earlier(line.Oldest, at)}
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// Quarantined implements storage.Repairs.
func (s *Store) Quarantined(_ context.Context, limit int) ([]storage.Kept, error) {
	return locked(s, func(t *tx) (list []storage.Kept) {
		for id, q := range ordered(t.poison) {
			if q.resolved.IsZero() && len(list) < limit {
				list = append(list, storage.Kept{ID: id, Quarantined: q.Quarantined})
			}
		}
		return list
	}), nil
}

// Resolve implements storage.Repairs.
func (s *Store) Resolve(_ context.Context, id int64, at time.Time) error {
	return locked(s, func(t *tx) error {
		q, ok := t.poison[id]
		if !ok || !q.resolved.IsZero() {
			return storage.NotFound("quarantined", "")
		}
		q.Raw, q.resolved = nil, storage.Round(at)
		put(t, &t.poison, id, q)
		return nil
	})
}

// GivenUp implements storage.Repairs.
func (s *Store) GivenUp(_ context.Context, limit int) ([]storage.GivenUp, error) {
	return locked(s, func(t *tx) (list []storage.GivenUp) {
		for _, j := range ordered(t.jobs) {
			if j.state == bot.JobGivenUp {
				list = append(list, storage.GivenUp{Job: rowOfJob(j.Job), Err: j.err, At: j.ended})
			}
		}
		slices.Reverse(list)
		return list[:min(limit, len(list))]
	}), nil
}

// Retry implements storage.Repairs.
func (s *Store) Retry(_ context.Context, id int64, at time.Time) error {
	return locked(s, func(t *tx) error {
		j, ok := t.jobs[id]
		if !ok || j.state != bot.JobGivenUp {
			return storage.NotFound("job", "")
		}
		j.state, j.Attempts, j.RunAt, j.ended = bot.JobOpen, 0, storage.Round(at), time.Time{}
		t.putJob(j)
		return nil
	})
}

// Setting implements storage.Settings.
func (s *Store) Setting(_ context.Context, name string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := s.settings[name]
	if !ok {
		return "", storage.NotFound("setting", name)
	}
	return value, nil
}

// Settle implements storage.Settings.
func (s *Store) Settle(_ context.Context, name, value string) (string, error) {
	return locked(s, func(t *tx) string {
		if held, ok := t.settings[name]; ok {
			return held
		}
		put(t, &t.settings, name, value)
		return value
	}), nil
}

// PutSetting implements storage.Settings.
func (s *Store) PutSetting(_ context.Context, name, value string) error {
	return locked(s, func(t *tx) error {
		put(t, &t.settings, name, value)
		return nil
	})
}

// Lease implements storage.Settings.
func (s *Store) Lease(_ context.Context, name, owner string, now, until time.Time) (bool, error) {
	return locked(s, func(t *tx) bool {
		if held := t.leases[name]; held.owner != owner && held.until.After(now) {
			return false
		}
		put(t, &t.leases, name, lease{owner, storage.Round(until)})
		return true
	}), nil
}

// lease says who is in charge of something, and until when.
type lease struct {
	owner string
	until time.Time
}

// CasesAfter implements storage.Operations.
func (s *Store) CasesAfter(_ context.Context, after bot.CaseNumber, limit int) ([]bot.Case, error) {
	return locked(s, func(t *tx) []bot.Case {
		list := t.casesWhere(
			func(c bot.Case) bool { return byNumber(c.Number, after) > 0 },
			func(a, b bot.Case) int { return byNumber(a.Number, b.Number) },
		)
		return list[:min(limit, len(list))]
	}), nil
}

func byNumber(a, b bot.CaseNumber) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Seq, b.Seq))
}

// Purge implements storage.Operations.
func (s *Store) Purge(_ context.Context, now time.Time) (int, error) {
	return locked(s, func(t *tx) int {
		return drop(t.receipts, func(at time.Time) bool { return old(at, now, storage.KeepReceipts) }) +
			t.dropJobs(now) +
			drop(t.poison, func(q quarantined) bool { return old(q.resolved, now, storage.KeepResolved) && !t.held[q.Chat] }) +
			drop(t.tries, func(row try) bool { return old(row.at, now, storage.KeepTries) }) +
			drop(t.failures, func(f staff.Failure) bool { return f.At.Before(now.Add(-storage.KeepTries)) }) +
			drop(t.sessions, func(row staff.Session) bool { return old(row.CreatedAt, now, storage.KeepTries) }) +
			drop(t.questions, func(q bot.FreeQuestion) bool { return old(q.At, now, storage.KeepQuestions) && !t.held[q.Chat] }) +
			drop(t.asides, func(a learning.Aside) bool { return old(a.At, now, storage.KeepQuestions) })
	}), nil
}

func (t *tx) dropJobs(now time.Time) int {
	return drop(t.jobs, func(j job) bool {
		gone := j.state == bot.JobDone && old(j.ended, now, storage.KeepDone) ||
			j.state == bot.JobGivenUp && old(j.ended, now, storage.KeepGivenUp) && !t.held[j.Lane]
		if gone {
			delete(t.jobKeys, j.Key)
		}
		return gone
	})
}

func old(at, now time.Time, keep time.Duration) bool {
	return !at.IsZero() && at.Before(now.Add(-keep))
}

func drop[K comparable, V any](rows table[K, V], gone func(V) bool) int {
	n := 0
	for key, row := range rows {
		if gone(row) {
			delete(rows, key)
			n++
		}
	}
	return n
}
