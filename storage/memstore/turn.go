package memstore

import (
	"bytes"
	"context"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

// tx is one transaction; the store is locked while it lives.
type tx struct {
	*data
	undo []func()
}

func (t *tx) rollback() {
	for i := len(t.undo) - 1; i >= 0; i-- {
		t.undo[i]()
	}
}

func (t *tx) next() int64 {
	t.last++
	return t.last
}

// Accept implements converse.Tx.
func (t *tx) Accept(_ context.Context, a converse.Acceptance) (converse.Verdict, error) {
	if _, seen := t.receipts[a.Receipt]; seen {
		return converse.Duplicate, nil
	}
	put(t, &t.receipts, a.Receipt, storage.Round(a.At))
	if a.Chat.Key == "" {
		return converse.Fresh, nil
	}
	if t.chats[a.Chat.Key].Rev != a.From {
		return converse.Moved, nil
	}
	put(t, &t.chats, a.Chat.Key, rowOfChat(a.Chat))
	return converse.Fresh, nil
}

// Chat implements converse.Tx.
func (t *tx) Chat(_ context.Context, key bot.ChatKey) (bot.Chat, error) {
	chat, ok := t.chats[key]
	if !ok {
		chat = bot.Chat{Key: key, Mode: bot.ModeBot}
		put(t, &t.chats, key, chat)
	}
	return rowOfChat(chat), nil
}

// rowOfChat copies a chat, so that neither side sees the other's later changes.
func rowOfChat(c bot.Chat) bot.Chat {
	c.State = bytes.Clone(c.State)
	c.Since, c.MutedUntil, c.PinnedAt = storage.Round(c.Since), storage.Round(c.MutedUntil), storage.Round(c.PinnedAt)
	return c
}

// Append implements converse.Tx.
func (t *tx) Append(_ context.Context, rows converse.Rows, lease bot.Lease) ([]bot.Job, error) {
	if rows.Chat != nil {
		put(t, &t.chats, rows.Chat.Key, rowOfChat(*rows.Chat))
	}
	for _, m := range rows.Messages {
		t.addMessage(m)
	}
	for _, p := range rows.Pieces {
		t.addPiece(p)
	}
	t.addQuestion(rows)
	return t.addJobs(rows.Jobs, lease), nil
}

func (t *tx) addMessage(m bot.Message) {
	row := message{Message: m}
	for _, f := range m.Files {
		row.files = append(row.files, t.announce(f))
	}
	row.Files = nil
	row.At = storage.Round(m.At)
	put(t, &t.messages, t.next(), row)
}

// announce keeps a file the first time it is named and returns its id.
func (t *tx) announce(f bot.File) string {
	if _, known := t.files[f.ID]; !known {
		put(t, &t.files, f.ID, f)
	}
	return f.ID
}

func (t *tx) addPiece(p bot.Piece) {
	if !p.Append {
		for id, old := range t.pieces {
			if old.Draft == p.Draft && old.Field == p.Field {
				del(t, t.pieces, id)
			}
		}
	}
	row := piece{Piece: p}
	if p.File != nil {
		row.file = t.announce(*p.File)
	}
	row.File = nil
	row.At = storage.Round(p.At)
	put(t, &t.pieces, t.next(), row)
}

// addJobs inserts jobs in order. The lanes are looked at before the first insert: a turn's own jobs do not fill them.
func (t *tx) addJobs(jobs []bot.Job, lease bot.Lease) (born []bot.Job) {
	busy := map[bot.ChatKey]bool{"": true} // no lane: left to a claim
	for _, lane := range t.open {
		busy[lane] = true
	}
	for _, j := range jobs {
		if _, known := t.jobKeys[j.Key]; known && j.Key != "" {
			continue
		}
		j = rowOfJob(j)
		j.ID = t.next()
		j.Lease = bot.Lease{}
		if !lease.Until.IsZero() && !busy[j.Lane] {
			j.Lease = roundLease(lease)
			born = append(born, rowOfJob(j))
		}
		t.putJob(job{Job: j, state: bot.JobOpen})
		if j.Key != "" {
			put(t, &t.jobKeys, j.Key, j.ID)
		}
	}
	return born
}

// putJob writes a job and keeps the list of open ones in step.
func (t *tx) putJob(j job) {
	put(t, &t.jobs, j.ID, j)
	if j.state == bot.JobOpen {
		put(t, &t.open, j.ID, j.Lane)
	} else {
		del(t, t.open, j.ID)
	}
}

func rowOfJob(j bot.Job) bot.Job {
	j.Payload = bytes.Clone(j.Payload)
	j.RunAt = storage.Round(j.RunAt)
	return j
}

func roundLease(l bot.Lease) bot.Lease {
	l.Until = storage.Round(l.Until)
	return l
}

// Quarantine implements converse.Tx.
func (t *tx) Quarantine(_ context.Context, q converse.Quarantined) error {
	q.Raw = bytes.Clone(q.Raw)
	q.At = storage.Round(q.At)
	put(t, &t.poison, t.next(), quarantined{Quarantined: q})
	return nil
}

// SaveFile implements storage.Tx.
func (t *tx) SaveFile(_ context.Context, f bot.File) error {
	row, ok := t.files[f.ID]
	if !ok {
		return storage.NotFound("file", f.ID)
	}
	row.State, row.SHA256, row.Size, row.MIME = f.State, f.SHA256, f.Size, f.MIME
	put(t, &t.files, f.ID, row)
	return nil
}
