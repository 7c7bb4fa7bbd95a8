package sqlstore

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"javab/bot"
	"javab/bot/deliver"
	"javab/storage"
)

// Head of its lane: no earlier job of the lane is open.
const isHead = " AND (j.lane='' OR NOT EXISTS (SELECT 1 FROM jobs e WHERE e.state='open' AND e.lane=j.lane" +
	" AND e.lane<>'' AND e.id<j.id))"

// Claim implements deliver.Queue.
func (s *Store) Claim(ctx context.Context, want deliver.Claim) ([]bot.Job, error) {
	if want.N <= 0 || len(want.Kinds) == 0 {
		return nil, nil
	}
	due, args := s.due(want)
	if some, err := s.anyDue(ctx, due, args); err != nil || !some {
		return nil, err
	}
	var jobs []bot.Job
	err := s.guard(ctx, func() error {
		return s.claiming(ctx, func(p pool) (err error) {
			jobs, err = (&tx{s: s, pool: p}).claim(ctx, due, args, want.Lease)
			return err
		})
	})
	return jobs, err
}

// due is the query for the ids of jobs that a claim may take, and its values.
func (s *Store) due(want deliver.Claim) (query string, args []any) {
	now := storage.Millis(want.Now)
	query = "SELECT j.id FROM jobs j WHERE j.state='open' AND j.run_at<=? AND j.leased_until<=?" + isHead +
		" AND j.kind IN " + tuple(len(want.Kinds))
	args = []any{now, now}
	for _, k := range want.Kinds {
		args = append(args, string(k))
	}
	if want.Channel != "" {
		query += " AND j.lane>? AND j.lane<?" // ';' follows ':'
		args = append(args, string(want.Channel)+":", string(want.Channel)+";")
	}
	// The limit is written out: SQLite plans a statement anew whenever a bound one is bound.
	return query + " ORDER BY j.run_at, j.id LIMIT " + strconv.Itoa(want.N), args
}

// anyDue asks the readers of an embedded database first: most polls find nothing, and need not disturb the writer.
func (s *Store) anyDue(ctx context.Context, due string, args []any) (some bool, err error) {
	if s.dialect() == postSQL {
		return true, nil
	}
	var id int64
	err = s.guard(ctx, func() (err error) {
		some, err = one(ctx, s.read(), []any{&id}, due, args...)
		return err
	})
	return some, err
}

func (t *tx) claim(ctx context.Context, due string, args []any, lease bot.Lease) ([]bot.Job, error) {
	if t.s.dialect() == postSQL {
		due += " FOR UPDATE OF j SKIP LOCKED"
	}
	query := "WITH due AS MATERIALIZED (" + due + ") UPDATE jobs SET lease_owner=?, lease_token=?, leased_until=?" +
		" WHERE id IN (SELECT id FROM due) RETURNING id, kind, lane, COALESCE(key, ''), payload, run_at, attempts"
	args = append(slices.Clone(args), lease.Owner, lease.Token, storage.Millis(lease.Until))
	lease.Until = storage.Round(lease.Until)
	var jobs []bot.Job
	err := each(ctx, t.pool, func(scan func(...any) error) error {
		j := bot.Job{Lease: lease}
		var sealed []byte
		var at int64
		if err := scan(&j.ID, &j.Kind, &j.Lane, &j.Key, &sealed, &at, &j.Attempts); err != nil {
			return err
		}
		j.RunAt = storage.Instant(at)
		var err error
		j.Payload, err = t.s.vault.Open("jobs.payload", j.Key, sealed)
		jobs = append(jobs, j)
		return err
	}, query, args...)
	slices.SortFunc(jobs, func(a, b bot.Job) int {
		if c := a.RunAt.Compare(b.RunAt); c != 0 {
			return c
		}
		return int(a.ID - b.ID)
	})
	return jobs, err
}

// Finish implements deliver.Queue.
func (s *Store) Finish(ctx context.Context, results []deliver.Finish) ([]bool, error) {
	if len(results) == 0 {
		return nil, nil
	}
	var counted []bool
	run := s.single
	if slices.ContainsFunc(results, func(f deliver.Finish) bool { return f.Blocked }) {
		run = s.commit
	}
	err := run(ctx, func(t *tx) (err error) {
		if s.dialect() == postSQL {
			counted, err = t.finishAtOnce(ctx, results)
		} else {
			counted, err = t.finishEach(ctx, results)
		}
		if err != nil {
			return err
		}
		for i, f := range results {
			if counted[i] && f.Blocked {
				if err := t.block(ctx, f); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return counted, err
}

// outcome is what an ending writes into its job; no run time keeps the job's own.
func outcome(f deliver.Finish) (state bot.JobState, runAt, tried, ended int64) {
	switch f.Ending {
	case deliver.Snoozed:
		return bot.JobOpen, storage.Millis(f.Until), 0, 0
	case deliver.Failed:
		return bot.JobOpen, storage.Millis(f.Until), 1, 0
	case deliver.GaveUp:
		return bot.JobGivenUp, 0, 0, storage.Millis(f.At)
	default:
		return bot.JobDone, 0, 0, storage.Millis(f.At)
	}
}

const finishOne = "UPDATE jobs SET lease_owner='', leased_until=0, lease_token=0, err=?, state=?," +
	" payload=CASE WHEN ?='done' THEN NULL ELSE payload END, run_at=CASE WHEN ?>0 THEN ? ELSE run_at END," +
	" attempts=attempts+?, ended_at=? WHERE id=? AND lease_token=? AND state='open'"

// finishEach is for SQLite, where a statement costs no journey.
func (t *tx) finishEach(ctx context.Context, results []deliver.Finish) ([]bool, error) {
	counted := make([]bool, len(results))
	for i, f := range results {
		state, runAt, tried, ended := outcome(f)
		var err error
		counted[i], err = t.changed(ctx, finishOne, clean(f.Err), string(state), string(state), runAt, runAt, tried, ended,
			f.Job, f.Token)
		if err == nil && counted[i] && f.Ref != "" && f.Key != "" {
			_, err = t.ExecContext(ctx, "UPDATE messages SET ref=? WHERE job_key<>'' AND job_key=?", string(f.Ref), f.Key)
		}
		if err != nil {
			return nil, err
		}
	}
	return counted, nil
}

const (
	finishRow = "(?::bigint,?::bigint,?::text,?::text,?::bigint,?::bigint,?::bigint,?::text,?::text)"
	finishAll = "), u AS (UPDATE jobs j SET lease_owner='', leased_until=0, lease_token=0, err=f.err, state=f.state," +
		" payload=CASE WHEN f.state='done' THEN NULL ELSE j.payload END," +
		" run_at=CASE WHEN f.run_at>0 THEN f.run_at ELSE j.run_at END, attempts=j.attempts+f.tried, ended_at=f.ended" +
		" FROM f WHERE j.id=f.id AND j.lease_token=f.token AND j.state='open' RETURNING j.id)," +
		" m AS (UPDATE messages SET ref=f.ref FROM f JOIN u ON u.id=f.id" +
		" WHERE f.ref<>'' AND job_key<>'' AND job_key=f.key) SELECT id FROM u"
)

// finishAtOnce writes all results in one journey to the server.
func (t *tx) finishAtOnce(ctx context.Context, results []deliver.Finish) ([]bool, error) {
	rows, args := make([]string, len(results)), []any{}
	for i, f := range results {
		state, runAt, tried, ended := outcome(f)
		rows[i] = finishRow
		args = append(args, f.Job, f.Token, clean(f.Err), string(state), runAt, tried, ended, string(f.Ref), f.Key)
	}
	written := map[int64]bool{}
	err := each(ctx, t.pool, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		written[id] = true
		return err
	}, "WITH f(id, token, err, state, run_at, tried, ended, ref, key) AS (VALUES "+strings.Join(rows, ",")+finishAll, args...)
	counted := make([]bool, len(results))
	for i, f := range results {
		counted[i] = written[f.Job]
		delete(written, f.Job) // a second result for the same job is void
	}
	return counted, err
}

// block gives up what still wants to go to a chat that does not want us, and marks it. The chat gets a new revision,
// else a plan made before would unmark it.
func (t *tx) block(ctx context.Context, f deliver.Finish) error {
	_, err := t.ExecContext(ctx, "UPDATE jobs SET state='given_up', ended_at=?, err=?, lease_owner='', leased_until=0,"+
		" lease_token=0 WHERE state='open' AND lane<>'' AND lane=? AND kind IN (?,?)",
		storage.Millis(f.At), clean(f.Err), string(f.Lane), string(bot.JobSend), string(bot.JobUpload))
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, "UPDATE chats SET blocked=?, rev=? WHERE key=?", true, rand.Int64(), string(f.Lane))
	return err
}

// Sent implements deliver.Queue.
func (s *Store) Sent(ctx context.Context, key string) (ref bot.Ref, err error) {
	err = s.guard(ctx, func() error {
		_, err := one(ctx, s.read(), []any{&ref}, "SELECT ref FROM messages WHERE job_key<>'' AND job_key=?", key)
		return err
	})
	return ref, err
}

// Release implements deliver.Queue.
func (s *Store) Release(ctx context.Context, owner string) error {
	return s.commit(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, "UPDATE jobs SET lease_owner='', leased_until=0, lease_token=0"+
			" WHERE state='open' AND lease_owner=?", owner)
		return err
	})
}
