package sqlstore

import (
	"context"
	"strings"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// On PostgreSQL a journey to the server costs more than all that it carries: whatever a turn writes goes in one
// statement. Its head c is the lock and the condition: the chat's row, still at the plan's revision, with a receipt
// that is new. All other rows are taken from c and are not written when it is empty.
const (
	unreceived = "NOT EXISTS (SELECT 1 FROM receipts WHERE source=? AND id=?)"
	moved      = "WITH c AS (" + swapChat + " AND " + unreceived + " RETURNING 1)"
	put        = "WITH c AS (" + putChat + " RETURNING 1)"
	nothing    = "WITH c AS (SELECT 1)"

	jobsMade = " SELECT (SELECT COUNT(*) FROM c), COALESCE(j.id, 0), COALESCE(j.key, ''), COALESCE(j.leased_until, 0)" +
		" FROM (SELECT 1) AS one LEFT JOIN j ON TRUE ORDER BY 2"
	noJobs = " SELECT (SELECT COUNT(*) FROM c), 0, '', 0"
)

var (
	made = "WITH c AS (" + chatTable.insert + "SELECT " + chatTable.typed + " WHERE " + unreceived + overEmpty + " RETURNING 1)"
	// The lane is empty or not as of the statement's beginning: the rows beside it do not fill it.
	typedBorn = strings.TrimSuffix(jobTable.typed, "?::bigint") +
		"CASE WHEN EXISTS (SELECT 1 FROM jobs WHERE state='open' AND lane<>'' AND lane=?::text) THEN 0 ELSE ?::bigint END"
)

// CommitTurn implements converse.Store.
func (s *Store) CommitTurn(ctx context.Context, a converse.Acceptance, rows converse.Rows, lease bot.Lease) (converse.Verdict, []bot.Job, error) {
	if s.dialect() == liteSQL || len(rows.Messages)+len(rows.Pieces)+len(rows.Jobs) > slice {
		return storage.CommitTurn(ctx, s, a, rows, lease)
	}
	q := receipted(s, a)
	q.append(s, rows, lease)
	var written bool
	var jobs []bot.Job
	err := s.single(ctx, func(t *tx) (err error) {
		written, jobs, err = q.run(ctx, t.pool, rows.Jobs, lease)
		return err
	})
	switch {
	case isRace(err): // the same delivery, at the same moment
		return converse.Moved, nil, nil
	case err != nil || !written:
		return converse.Moved, nil, err
	}
	return converse.Fresh, jobs, nil
}

// appendAtOnce is Append for PostgreSQL.
func (t *tx) appendAtOnce(ctx context.Context, rows converse.Rows, lease bot.Lease) ([]bot.Job, error) {
	var q settlement
	if rows.Chat == nil {
		q.add(nothing)
	} else {
		q.add(put, t.s.chatValues(*rows.Chat)...)
	}
	q.append(t.s, rows, lease)
	_, jobs, err := q.run(ctx, t.pool, rows.Jobs, lease)
	return jobs, err
}

// settlement is the statement of a turn while it is put together.
type settlement struct {
	text strings.Builder
	args []any
}

// receipted begins with the receipt and the chat's move.
func receipted(s *Store, a converse.Acceptance) *settlement {
	source, id := string(a.Receipt.Source), a.Receipt.ID
	q := &settlement{args: s.chatValues(a.Chat)}
	if a.From == 0 {
		q.add(made, source, id)
	} else {
		q.add(moved, a.From, source, id)
	}
	q.rows("r", receiptTable, "", []any{source, id, storage.Millis(a.At)})
	return q
}

func (q *settlement) add(text string, args ...any) {
	q.text.WriteString(text)
	q.args = append(q.args, args...)
}

// rows inserts rows into a table, if there are any.
func (q *settlement) rows(name string, into table, tail string, rows ...[]any) {
	head := ", " + name + " AS (" + into.insert
	for _, row := range rows {
		q.add(head+"SELECT "+into.typed+" FROM c", row...)
		head = " UNION ALL "
	}
	if len(rows) > 0 {
		q.add(tail + ")")
	}
}

func (q *settlement) append(s *Store, rows converse.Rows, lease bot.Lease) {
	pieces := latest(rows.Pieces)
	q.replace(pieces)
	q.rows("f", fileTable, onceEach, fileRows(rows)...)
	q.rows("p", pieceTable, "", s.pieceRows(pieces)...)
	q.rows("m", messageTable, "", messageRows(rows.Messages)...)
	q.rows("q", questionTable, "", questionRows(rows.Question)...)
	if rows.Handled.Question != "" {
		q.add(", h AS ("+handled+" AND EXISTS (SELECT 1 FROM c))", handledValues(rows.Handled)...)
	}
	q.jobs(s, rows.Jobs, lease)
}

// replace deletes the pieces that others take the place of.
func (q *settlement) replace(pieces []bot.Piece) {
	head, tail := ", d AS (DELETE FROM pieces WHERE EXISTS (SELECT 1 FROM c) AND (draft, field) IN (", ""
	for _, p := range pieces {
		if !p.Append {
			q.add(head+"(?,?)", string(p.Draft), p.Field)
			head, tail = ",", "))"
		}
	}
	q.add(tail)
}

func (q *settlement) jobs(s *Store, jobs []bot.Job, lease bot.Lease) {
	head := ", j AS (" + jobTable.insert
	for _, j := range jobs {
		row, typed := s.jobRow(j, lease), jobTable.typed
		if until := len(row) - 1; j.Lane != "" && !lease.Until.IsZero() {
			row, typed = append(row[:until:until], string(j.Lane), row[until]), typedBorn
		}
		q.add(head+"SELECT "+typed+" FROM c", row...)
		head = " UNION ALL "
	}
	if len(jobs) == 0 {
		q.add(noJobs)
		return
	}
	q.add(newJobs + ")" + jobsMade)
}

// run reports whether c had a row, and returns the jobs that were born with the lease.
func (q *settlement) run(ctx context.Context, p pool, jobs []bot.Job, lease bot.Lease) (written bool, leased []bot.Job, err error) {
	leased, err = born(jobs, lease, func(take func(inserted)) error {
		return each(ctx, p, func(scan func(...any) error) error {
			var in inserted
			err := scan(&written, &in.id, &in.key, &in.until)
			if in.id != 0 {
				take(in)
			}
			return err
		}, q.text.String(), q.args...)
	})
	return written, leased, err
}

// single runs f outside of a transaction of ours: each of its statements is one of its own where the engine allows.
func (s *Store) single(ctx context.Context, f func(*tx) error) error {
	return s.guard(ctx, func() error {
		return s.engine.single(ctx, func(p pool) error { return f(&tx{s: s, pool: p}) })
	})
}
