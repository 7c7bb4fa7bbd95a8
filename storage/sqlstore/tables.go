package sqlstore

import (
	"encoding/json"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// table is where a turn leaves rows.
type table struct {
	insert string // INSERT INTO name (column, ...)
	typed  string // ?::type, ...: parameters of a SELECT have no type of their own
	width  int
}

var (
	receiptTable = tableOf("receipts", "source text, id text, at bigint")
	chatTable    = tableOf("chats", "rev bigint, state bytea, lang text, chosen bool, mode text, member text, blocked bool,"+
		" since bigint, muted_until bigint, pinned bigint, pinned_at bigint, key text")
	messageTable = tableOf("messages", "chat text, direction text, author text, kind text, text text, search_key text,"+
		" files text, flow text, step text, bundle bigint, draft text, unit text, confidential bool, job_key text, ref text,"+
		" at bigint")
	fileTable = tableOf("files", "id text, handle text, kind text, name text, mime text, size bigint, state text,"+
		" sha256 text")
	pieceTable    = tableOf("pieces", "draft text, field text, text bytea, file text, append bool, at bigint")
	questionTable = tableOf("questions", "id text, chat text, at bigint, lang text, class text, text text, top text,"+
		" p float8, action text, pressed text, hand_over text, reply text, ready text, bundle bigint")
	jobTable = tableOf("jobs", "kind text, lane text, key text, payload bytea, run_at bigint, attempts bigint,"+
		" lease_owner text, lease_token bigint, leased_until bigint")
)

func tableOf(name, columns string) table {
	list := strings.Split(columns, ", ")
	names, types := make([]string, len(list)), make([]string, len(list))
	for i, column := range list {
		var kind string
		names[i], kind, _ = strings.Cut(column, " ")
		types[i] = "?::" + kind
	}
	return table{"INSERT INTO " + name + " (" + strings.Join(names, ", ") + ") ", strings.Join(types, ","), len(list)}
}

// values is "VALUES (?,?),(?,?)" for that many rows.
func (t table) values(rows int) string {
	row := tuple(t.width)
	return "VALUES " + strings.Repeat(row+",", rows-1) + row
}

// tuple is "(?,?,?)" for that many parameters.
func tuple(width int) string { return "(" + strings.Repeat("?,", width-1) + "?)" }

func messageRows(list []bot.Message) [][]any {
	rows := make([][]any, len(list))
	for i, m := range list {
		rows[i] = []any{
			string(m.Chat), string(m.Direction), string(m.Author), string(m.Kind), clean(m.Text), clean(m.SearchKey),
			fileIDs(m.Files), m.Flow, m.Step, m.Bundle, string(m.Draft), string(m.Unit), m.Confidential, m.JobKey, m.Ref,
			storage.Millis(m.At),
		}
	}
	return rows
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

// fileRows are the files that messages and pieces name. A file is kept as it was first named.
func fileRows(rows converse.Rows) [][]any {
	var list [][]any
	add := func(f bot.File) {
		list = append(list, []any{
			f.ID, f.Handle, f.Kind, clean(f.Name), clean(f.MIME), f.Size, string(f.State), f.SHA256,
		})
	}
	for _, m := range rows.Messages {
		for _, f := range m.Files {
			add(f)
		}
	}
	for _, p := range rows.Pieces {
		if p.File != nil {
			add(*p.File)
		}
	}
	return list
}

// latest leaves out the pieces that a later one takes the place of.
func latest(pieces []bot.Piece) []bot.Piece {
	var list []bot.Piece
	for _, p := range pieces {
		if !p.Append {
			list = slices.DeleteFunc(list, func(old bot.Piece) bool { return old.Draft == p.Draft && old.Field == p.Field })
		}
		list = append(list, p)
	}
	return list
}

func (s *Store) pieceRows(pieces []bot.Piece) [][]any {
	rows := make([][]any, len(pieces))
	for i, p := range pieces {
		file := ""
		if p.File != nil {
			file = p.File.ID
		}
		rows[i] = []any{string(p.Draft), p.Field, s.sealPiece(p), file, p.Append, storage.Millis(p.At)}
	}
	return rows
}

// jobRow is one row of jobTable. A job without a lane is never born leased.
func (s *Store) jobRow(j bot.Job, lease bot.Lease) []any {
	var key any
	if j.Key != "" {
		key = j.Key
	}
	if j.Lane == "" {
		lease = bot.Lease{}
	}
	return []any{
		string(j.Kind), string(j.Lane), key, s.vault.Seal("jobs.payload", j.Key, j.Payload), storage.Millis(j.RunAt),
		j.Attempts, lease.Owner, lease.Token, storage.Millis(lease.Until),
	}
}
