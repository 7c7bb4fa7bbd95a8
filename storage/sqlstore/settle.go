package sqlstore

import (
	"context"
	"strings"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// The whole turn in one journey to the server, for PostgreSQL, where four journeys cost more than all the rest. The
// chat's row is the lock: nothing is written unless it is still at the plan's revision and the receipt is new. Rows are
// taken from c, which is empty otherwise; parameters of a SELECT have no type of their own.
const (
	settleChat = "WITH c AS (" + swapChat + " AND NOT EXISTS (SELECT 1 FROM receipts WHERE source=? AND id=?) RETURNING 1)," +
		" r AS (INSERT INTO receipts (source, id, at) SELECT ?::text, ?::text, ?::bigint FROM c)"
	settleMessages = ", m AS (INSERT INTO messages (chat, direction, author, kind, text, search_key, files, flow, step, bundle," +
		" draft, unit, confidential, job_key, ref, at) "
	settleMessage = "SELECT ?::text,?::text,?::text,?::text,?::text,?::text,?::text,?::text,?::text,?::bigint," +
		"?::text,?::text,?::bool,?::text,?::text,?::bigint FROM c"
	settleJobs = ", j AS (" + "INSERT INTO jobs (kind, lane, key, payload, run_at, attempts, lease_owner, lease_token, leased_until) "
	settleJob  = "SELECT ?::text,?::text,?::text,?::bytea,?::bigint,?::bigint,?::text,?::bigint,?::bigint FROM c"
	settleBorn = "SELECT ?::text,?::text,?::text,?::bytea,?::bigint,?::bigint,?::text,?::bigint," +
		"CASE WHEN EXISTS (SELECT 1 FROM jobs WHERE state='open' AND lane=?::text) THEN 0 ELSE ?::bigint END FROM c"
	settleEnd = " ON CONFLICT (key) DO NOTHING RETURNING id, COALESCE(key, '') AS key, leased_until)" +
		" SELECT (SELECT COUNT(*) FROM c), COALESCE(j.id, 0), COALESCE(j.key, ''), COALESCE(j.leased_until, 0)" +
		" FROM (SELECT 1) AS one LEFT JOIN j ON TRUE ORDER BY 2"
	settleBare = " SELECT (SELECT COUNT(*) FROM c), 0, '', 0"
)

// CommitTurn implements converse.Store.
func (s *Store) CommitTurn(ctx context.Context, a converse.Acceptance, rows converse.Rows, lease bot.Lease) (converse.Verdict, []bot.Job, error) {
	if s.dialect() == liteSQL || a.From == 0 || !plain(rows) {
		return storage.CommitTurn(ctx, s, a, rows, lease)
	}
	var verdict converse.Verdict
	var jobs []bot.Job
	err := s.single(ctx, func(t *tx) (err error) {
		verdict, jobs, err = t.settle(ctx, a, rows, lease)
		return err
	})
	if isRace(err) { // the same delivery, at the same moment
		return converse.Moved, nil, nil
	}
	return verdict, jobs, err
}

// plain reports that the rows are messages and jobs alone, and few.
func plain(rows converse.Rows) bool {
	if len(rows.Pieces) > 0 || len(rows.Messages)+len(rows.Jobs) > slice {
		return false
	}
	for _, m := range rows.Messages {
		if len(m.Files) > 0 {
			return false
		}
	}
	return true
}

func (t *tx) settle(ctx context.Context, a converse.Acceptance, rows converse.Rows, lease bot.Lease) (converse.Verdict, []bot.Job, error) {
	query, args := t.settlement(a, rows, lease)
	var moved int
	var got []inserted
	err := each(ctx, t.pool, func(scan func(...any) error) error {
		var in inserted
		err := scan(&moved, &in.id, &in.key, &in.until)
		if in.id != 0 {
			got = append(got, in)
		}
		return err
	}, query, args...)
	if err != nil || moved == 0 {
		return converse.Moved, nil, err
	}
	return converse.Fresh, born(rows.Jobs, lease, got), nil
}

func (t *tx) settlement(a converse.Acceptance, rows converse.Rows, lease bot.Lease) (string, []any) {
	source, id := string(a.Receipt.Source), a.Receipt.ID
	args := append(t.s.chatValues(a.Chat), a.From, source, id, source, id, storage.Millis(a.At))
	var query strings.Builder
	query.WriteString(settleChat)
	if len(rows.Messages) > 0 {
		_, values := t.messageRows(rows.Messages)
		args = append(args, values...)
		query.WriteString(settleMessages + settleMessage + strings.Repeat(" UNION ALL "+settleMessage, len(rows.Messages)-1) + ")")
	}
	if len(rows.Jobs) == 0 {
		return query.String() + settleBare, args
	}
	for i, j := range rows.Jobs {
		query.WriteString(map[bool]string{true: settleJobs, false: " UNION ALL "}[i == 0])
		row, values := t.jobRow(j, lease, nil)
		query.WriteString(map[bool]string{true: settleBorn, false: settleJob}[row == bornUntil])
		args = append(args, values...)
	}
	return query.String() + settleEnd, args
}

// single runs f outside of a transaction of ours: each of its statements is one of its own where the engine allows.
func (s *Store) single(ctx context.Context, f func(*tx) error) error {
	return s.guard(ctx, func() error {
		return s.engine.single(ctx, func(p pool) error { return f(&tx{s: s, pool: p}) })
	})
}
