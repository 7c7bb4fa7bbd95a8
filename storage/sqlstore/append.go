package sqlstore

import (
	"context"
	"slices"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// slice is how many rows one statement inserts at most: SQLite takes 32,766 parameters, PostgreSQL 65,535.
const slice = 500

// Append implements converse.Tx.
func (t *tx) Append(ctx context.Context, rows converse.Rows, lease bot.Lease) (born []bot.Job, err error) {
	add := t.appendInSteps
	if t.s.dialect() == postSQL {
		add = t.appendAtOnce
	}
	for part := range parts(rows) {
		got, err := add(ctx, part, lease)
		if err != nil {
			return nil, err
		}
		born = append(born, got...)
	}
	return born, nil
}

// parts cuts rows into what one statement can take; hardly any turn has more than one.
func parts(rows converse.Rows) func(yield func(converse.Rows) bool) {
	return func(yield func(converse.Rows) bool) {
		for {
			part := converse.Rows{Chat: rows.Chat, Question: rows.Question, Handled: rows.Handled}
			part.Messages, rows.Messages = cut(rows.Messages)
			part.Pieces, rows.Pieces = cut(rows.Pieces)
			part.Jobs, rows.Jobs = cut(rows.Jobs)
			rows.Chat, rows.Question, rows.Handled = nil, nil, bot.Handled{}
			if !yield(part) || len(rows.Messages)+len(rows.Pieces)+len(rows.Jobs) == 0 {
				return
			}
		}
	}
}

func cut[S ~[]E, E any](list S) (head, tail S) {
	n := min(len(list), slice)
	return list[:n:n], list[n:]
}

// appendInSteps is for SQLite, where a statement costs no journey.
func (t *tx) appendInSteps(ctx context.Context, rows converse.Rows, lease bot.Lease) ([]bot.Job, error) {
	if rows.Chat != nil {
		if _, err := t.ExecContext(ctx, putChat, t.s.chatValues(*rows.Chat)...); err != nil {
			return nil, err
		}
	}
	pieces := latest(rows.Pieces)
	for _, p := range pieces {
		if p.Append {
			continue
		}
		if _, err := t.ExecContext(ctx, "DELETE FROM pieces WHERE draft=? AND field=?", string(p.Draft), p.Field); err != nil {
			return nil, err
		}
	}
	for _, in := range []struct {
		table
		rows [][]any
		tail string
	}{
		{fileTable, fileRows(rows), onceEach},
		{pieceTable, t.s.pieceRows(pieces), ""},
		{messageTable, messageRows(rows.Messages), ""},
		{questionTable, questionRows(rows.Question), ""},
	} {
		if len(in.rows) == 0 {
			continue
		}
		if _, err := t.ExecContext(ctx, in.insert+in.values(len(in.rows))+in.tail, slices.Concat(in.rows...)...); err != nil {
			return nil, err
		}
	}
	if rows.Handled.Question != "" {
		if _, err := t.ExecContext(ctx, handled, handledValues(rows.Handled)...); err != nil {
			return nil, err
		}
	}
	return t.addJobs(ctx, rows.Jobs, lease)
}

// onceEach leaves what is there as it is.
const onceEach = " ON CONFLICT DO NOTHING"

// addJobs inserts jobs and returns those that were born with the lease. SQLite would see, in the statement itself, the
// rows that it has just inserted: whether a lane is busy is asked before.
func (t *tx) addJobs(ctx context.Context, jobs []bot.Job, lease bot.Lease) ([]bot.Job, error) {
	if len(jobs) == 0 {
		return nil, nil
	}
	busy := map[bot.ChatKey]bool{}
	if !lease.Until.IsZero() {
		var err error
		if busy, err = t.busyLanes(ctx, jobs); err != nil {
			return nil, err
		}
	}
	var args []any
	for _, j := range jobs {
		own := lease
		if busy[j.Lane] {
			own = bot.Lease{}
		}
		args = append(args, t.s.jobRow(j, own)...)
	}
	return born(jobs, lease, func(take func(inserted)) error {
		return each(ctx, t.pool, func(scan func(...any) error) error {
			var in inserted
			err := scan(&in.id, &in.key, &in.until)
			take(in)
			return err
		}, jobTable.insert+jobTable.values(len(jobs))+newJobs, args...)
	})
}

// newJobs skips a job whose key is there already, and tells of the others.
const newJobs = " ON CONFLICT (key) DO NOTHING RETURNING id, COALESCE(key, '') AS key, leased_until"

func (t *tx) busyLanes(ctx context.Context, jobs []bot.Job) (map[bot.ChatKey]bool, error) {
	busy := map[bot.ChatKey]bool{}
	for _, j := range jobs {
		if _, known := busy[j.Lane]; known || j.Lane == "" {
			continue
		}
		var is int
		found, err := one(ctx, t.pool, []any{&is}, "SELECT 1 FROM jobs WHERE state='open' AND lane<>'' AND lane=? LIMIT 1",
			string(j.Lane))
		if err != nil {
			return nil, err
		}
		busy[j.Lane] = found
	}
	return busy, nil
}

// inserted is what the database says of a new job.
type inserted struct {
	id, until int64
	key       string
}

// born picks the jobs that carry the lease. Rows come back in the order of their insertion; a key that was there
// before has none.
func born(jobs []bot.Job, lease bot.Lease, insert func(take func(inserted)) error) (list []bot.Job, err error) {
	err = insert(func(in inserted) {
		for len(jobs) > 0 {
			j := jobs[0]
			if jobs = jobs[1:]; j.Key != in.key {
				continue
			}
			if in.until != 0 {
				j.ID, j.RunAt, j.Lease = in.id, storage.Round(j.RunAt), lease
				j.Lease.Until = storage.Instant(in.until)
				list = append(list, j)
			}
			return
		}
	})
	return list, err
}

// SaveFile implements storage.Tx.
func (t *tx) SaveFile(ctx context.Context, f bot.File) error {
	found, err := t.changed(ctx, "UPDATE files SET state=?, sha256=?, size=?, mime=? WHERE id=?",
		string(f.State), f.SHA256, f.Size, f.MIME, f.ID)
	if err == nil && !found {
		return storage.NotFound("file", f.ID)
	}
	return err
}
