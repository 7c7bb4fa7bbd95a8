package memstore

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

// Line implements desk.Tx.
func (t *tx) Line(_ context.Context, chat bot.ChatKey, id int64) (desk.Line, error) {
	m, known := t.messages[id]
	if !known || m.Chat != chat {
		return desk.Line{}, storage.NotFound("message", strconv.FormatInt(id, 10))
	}
	return t.line(id, m), nil
}

// line is a message with how far its jobs have come.
func (t *tx) line(id int64, m message) desk.Line {
	carried := func(key string) storage.Carried {
		j := t.jobs[t.jobKeys[key]]
		return storage.Carried{State: j.state, Err: j.err}
	}
	return storage.Shown(id, t.whole(m), carried(m.JobKey), carried(m.AmendKey))
}

// Amend implements desk.Tx.
func (t *tx) Amend(_ context.Context, id int64, m bot.Message) error {
	row := t.messages[id]
	row.Text, row.SearchKey, row.Amendment = m.Text, m.SearchKey, m.Amendment
	row.EditedAt, row.DeletedAt, row.Earlier = storage.Round(m.EditedAt), storage.Round(m.DeletedAt), slices.Clone(m.Earlier)
	put(t, &t.messages, id, row)
	return nil
}

// Reword implements desk.Tx.
func (t *tx) Reword(_ context.Context, key string, payload []byte, at time.Time) (bool, error) {
	return t.resting(key, at, func(j *job) { j.Payload = bytes.Clone(payload) }), nil
}

// Withdraw implements desk.Tx.
func (t *tx) Withdraw(_ context.Context, key string, at time.Time) (bool, error) {
	return t.resting(key, at, func(j *job) {
		j.state, j.Payload, j.err, j.ended = bot.JobDone, nil, storage.Withdrawn, storage.Round(at)
	}), nil
}

// resting changes a job that has not gone out and that nobody is sending.
func (t *tx) resting(key string, at time.Time, change func(*job)) bool {
	j, known := t.jobs[t.jobKeys[key]]
	if !known || j.state == bot.JobDone || j.Lease.Held(storage.Round(at)) {
		return false
	}
	change(&j)
	t.putJob(j)
	return true
}

// Again implements desk.Tx.
func (t *tx) Again(_ context.Context, key string, at time.Time) (bool, error) {
	j, known := t.jobs[t.jobKeys[key]]
	if !known || j.state != bot.JobGivenUp {
		return false, nil
	}
	j.state, j.Attempts, j.RunAt, j.ended = bot.JobOpen, 0, storage.Round(at), time.Time{}
	t.putJob(j)
	return true, nil
}

// File implements desk.Reads.
func (s *Store) File(ctx context.Context, by bot.Staff, chat bot.ChatKey, id string) (bot.File, error) {
	row, err := s.Row(ctx, by, chat)
	if err != nil {
		return bot.File{}, err
	}
	f := locked(s, func(t *tx) *bot.File {
		for _, m := range t.messages {
			if m.Chat == chat && slices.Contains(m.files, id) && readable(by, m.Unit, m.Confidential, row.Unit) {
				f := t.files[id]
				return &f
			}
		}
		return nil
	})
	if f == nil {
		return bot.File{}, storage.NotFound("file", id)
	}
	return *f, nil
}

// FileIDs implements storage.Reads.
func (s *Store) FileIDs(_ context.Context, after string, limit int) ([]string, error) {
	return locked(s, func(t *tx) (ids []string) {
		for id := range ordered(t.files) {
			if id > after && len(ids) < limit {
				ids = append(ids, id)
			}
		}
		return ids
	}), nil
}
