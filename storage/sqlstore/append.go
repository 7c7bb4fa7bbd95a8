package sqlstore

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

const (
	insertMessages = "INSERT INTO messages (chat, direction, author, kind, text, search_key, files, flow, step, bundle," +
		" draft, unit, confidential, job_key, ref, at) VALUES "
	messageColumns = 16
	insertPieces   = "INSERT INTO pieces (draft, field, text, file, append, at) VALUES "
	pieceColumns   = 6
	insertFiles    = "INSERT INTO files (id, handle, kind, name, mime, size, state, sha256) VALUES "
	fileColumns    = 8
	insertJobs     = "INSERT INTO jobs (kind, lane, key, payload, run_at, attempts, lease_owner, lease_token," +
		" leased_until) VALUES "
	jobColumns = 9
	// The lane is empty or not as of the statement's beginning: the rows beside it do not fill it.
	bornUntil = "(?,?,?,?,?,?,?,?,CASE WHEN EXISTS (SELECT 1 FROM jobs WHERE state='open' AND lane=?) THEN 0 ELSE ?::bigint END)"
	openLane  = "SELECT 1 FROM jobs WHERE state='open' AND lane<>'' AND lane=? LIMIT 1"
	// slice is how many rows one statement inserts at most: SQLite takes 32,766 parameters, PostgreSQL 65,535.
	slice = 500
)

// Append implements converse.Tx.
func (t *tx) Append(ctx context.Context, rows converse.Rows, lease bot.Lease) ([]bot.Job, error) {
	if err := t.announce(ctx, rows); err != nil {
		return nil, err
	}
	if err := t.addPieces(ctx, rows.Pieces); err != nil {
		return nil, err
	}
	messages, args := t.messageRows(rows.Messages)
	if len(rows.Jobs) == 0 || t.s.dialect() == liteSQL || len(rows.Messages)+len(rows.Jobs) > slice {
		if err := t.insert(ctx, insertMessages, messageColumns, args); err != nil {
			return nil, err
		}
		messages, args = "", nil
	}
	var born []bot.Job
	for part := range slices.Chunk(rows.Jobs, slice) {
		b, err := t.addJobs(ctx, messages, args, part, lease)
		if err != nil {
			return nil, err
		}
		born = append(born, b...)
	}
	return born, nil
}

// insert runs a statement over all rows, a slice at a time.
func (t *tx) insert(ctx context.Context, head string, columns int, args []any) error {
	for part := range slices.Chunk(args, slice*columns) {
		if _, err := t.ExecContext(ctx, head+values(len(part)/columns, columns), part...); err != nil {
			return err
		}
	}
	return nil
}

// messageRows returns the statement that inserts messages as the head of another one, and its values.
func (t *tx) messageRows(list []bot.Message) (with string, args []any) {
	if len(list) == 0 {
		return "", nil
	}
	args = make([]any, 0, len(list)*messageColumns)
	for _, m := range list {
		args = append(args, string(m.Chat), string(m.Direction), string(m.Author), string(m.Kind), clean(m.Text),
			clean(m.SearchKey), fileIDs(m.Files), m.Flow, m.Step, m.Bundle, string(m.Draft), string(m.Unit), m.Confidential,
			m.JobKey, m.Ref, storage.Millis(m.At))
	}
	return "WITH m AS (" + insertMessages + values(len(list), messageColumns) + ") ", args
}

// clean takes out what PostgreSQL refuses in a text.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// fileIDs is the column that names a message's files.
func fileIDs(files []bot.File) string {
	if len(files) == 0 {
		return ""
	}
	ids := make([]string, len(files))
	for i, f := range files {
		ids[i] = f.ID
	}
	b, err := json.Marshal(ids)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(b)
}

// announce keeps each file the first time it is named.
func (t *tx) announce(ctx context.Context, rows converse.Rows) error {
	var files []bot.File
	for _, m := range rows.Messages {
		files = append(files, m.Files...)
	}
	for _, p := range rows.Pieces {
		if p.File != nil {
			files = append(files, *p.File)
		}
	}
	for _, f := range files {
		_, err := t.ExecContext(ctx, insertFiles+values(1, fileColumns)+" ON CONFLICT DO NOTHING",
			f.ID, f.Handle, f.Kind, clean(f.Name), clean(f.MIME), f.Size, string(f.State), f.SHA256)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) addPieces(ctx context.Context, pieces []bot.Piece) error {
	for _, p := range pieces {
		if !p.Append {
			_, err := t.ExecContext(ctx, "DELETE FROM pieces WHERE draft=? AND field=?", string(p.Draft), p.Field)
			if err != nil {
				return err
			}
		}
		file := ""
		if p.File != nil {
			file = p.File.ID
		}
		_, err := t.ExecContext(ctx, insertPieces+values(1, pieceColumns),
			string(p.Draft), p.Field, t.s.sealPiece(p), file, p.Append, storage.Millis(p.At))
		if err != nil {
			return err
		}
	}
	return nil
}

// addJobs inserts jobs behind the head of the statement, and returns those that were born with the lease.
func (t *tx) addJobs(ctx context.Context, with string, args []any, jobs []bot.Job, lease bot.Lease) ([]bot.Job, error) {
	busy, err := t.busyLanes(ctx, jobs, lease)
	if err != nil {
		return nil, err
	}
	query := strings.Builder{}
	query.WriteString(with + insertJobs)
	for i, j := range jobs {
		if i > 0 {
			query.WriteByte(',')
		}
		row, rowArgs := t.jobRow(j, lease, busy)
		query.WriteString(row)
		args = append(args, rowArgs...)
	}
	query.WriteString(" ON CONFLICT (key) DO NOTHING RETURNING id, COALESCE(key, ''), leased_until")
	var got []inserted
	err = each(ctx, t.pool, func(scan func(...any) error) error {
		var in inserted
		defer func() { got = append(got, in) }()
		return scan(&in.id, &in.key, &in.until)
	}, query.String(), args...)
	return born(jobs, lease, got), err
}

// inserted is what the database says of a new job.
type inserted struct {
	id, until int64
	key       string
}

// busyLanes looks up the lanes where the statement itself cannot: SQLite sees the rows that it has just inserted.
func (t *tx) busyLanes(ctx context.Context, jobs []bot.Job, lease bot.Lease) (map[bot.ChatKey]bool, error) {
	busy := map[bot.ChatKey]bool{}
	if lease.Until.IsZero() || t.s.dialect() == postSQL {
		return busy, nil
	}
	for _, j := range jobs {
		if _, known := busy[j.Lane]; known || j.Lane == "" {
			continue
		}
		var is int
		found, err := one(ctx, t.pool, []any{&is}, openLane, string(j.Lane))
		if err != nil {
			return nil, err
		}
		busy[j.Lane] = found
	}
	return busy, nil
}

// jobRow is one row of VALUES. A job is born leased when a lease is asked for and its lane is empty.
func (t *tx) jobRow(j bot.Job, lease bot.Lease, busy map[bot.ChatKey]bool) (row string, args []any) {
	var key any
	if j.Key != "" {
		key = j.Key
	}
	args = []any{
		string(j.Kind), string(j.Lane), key, t.s.vault.Seal("jobs.payload", j.Key, j.Payload), storage.Millis(j.RunAt),
		j.Attempts,
	}
	if lease.Until.IsZero() || j.Lane == "" || busy[j.Lane] {
		return values(1, jobColumns), append(args, "", int64(0), int64(0))
	}
	args = append(args, lease.Owner, lease.Token)
	if t.s.dialect() == postSQL {
		return bornUntil, append(args, string(j.Lane), storage.Millis(lease.Until))
	}
	return values(1, jobColumns), append(args, storage.Millis(lease.Until))
}

// born picks the jobs that carry the lease. Rows come back in the order of their insertion; a key that was there
// before has none.
func born(jobs []bot.Job, lease bot.Lease, got []inserted) (list []bot.Job) {
	for _, j := range jobs {
		if len(got) == 0 || got[0].key != j.Key {
			continue
		}
		in := got[0]
		got = got[1:]
		if in.until == 0 {
			continue
		}
		j.ID, j.RunAt, j.Lease = in.id, storage.Round(j.RunAt), lease
		j.Lease.Until = storage.Instant(in.until)
		list = append(list, j)
	}
	return list
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
