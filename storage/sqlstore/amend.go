package sqlstore

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"gorm.io/gorm"

	"javab/bot"
	"javab/bot/desk"
	"javab/storage"
)

// Line implements desk.Tx.
func (t *tx) Line(ctx context.Context, chat bot.ChatKey, id int64) (desk.Line, error) {
	var rows []lineRow
	db := t.orm(ctx)
	if err := db.Raw(selectLines+" WHERE m.chat=? AND m.id=?", string(chat), id).Scan(&rows).Error; err != nil {
		return desk.Line{}, err
	}
	lines, err := linesOf(db, rows)
	if err == nil && len(lines) == 0 {
		err = storage.NotFound("message", strconv.FormatInt(id, 10))
	}
	if err != nil {
		return desk.Line{}, err
	}
	return lines[0], nil
}

// Amend implements desk.Tx.
func (t *tx) Amend(ctx context.Context, id int64, m bot.Message) error {
	earlier := ""
	if len(m.Earlier) > 0 {
		encoded, err := json.Marshal(m.Earlier)
		if err != nil {
			return err
		}
		earlier = clean(string(encoded))
	}
	_, err := t.ExecContext(ctx, "UPDATE messages SET text=?, search_key=?, edited_at=?, deleted_at=?, earlier=?, amend_key=? WHERE id=?",
		clean(m.Text), clean(m.SearchKey), storage.Millis(m.EditedAt), storage.Millis(m.DeletedAt), earlier, m.AmendKey, id)
	return err
}

// resting is a job that has not gone out and that nobody is sending.
const resting = " WHERE key=? AND state IN ('open', 'held', 'given_up') AND leased_until<=?"

// Reword implements desk.Tx.
func (t *tx) Reword(ctx context.Context, key string, payload []byte, at time.Time) (bool, error) {
	return t.changed(ctx, "UPDATE jobs SET payload=?"+resting, t.s.vault.Seal("jobs.payload", key, payload), key, storage.Millis(at))
}

// Withdraw implements desk.Tx.
func (t *tx) Withdraw(ctx context.Context, key string, at time.Time) (bool, error) {
	return t.changed(ctx, "UPDATE jobs SET state='done', payload=NULL, err=?, ended_at=?"+resting,
		storage.Withdrawn, storage.Millis(at), key, storage.Millis(at))
}

// Again implements desk.Tx.
func (t *tx) Again(ctx context.Context, key string, at time.Time) (bool, error) {
	return t.changed(ctx, "UPDATE jobs SET state='open', attempts=0, run_at=?, ended_at=0 WHERE key=? AND state='given_up'",
		storage.Millis(at), key)
}

// File implements desk.Reads.
func (s *Store) File(ctx context.Context, by bot.Staff, chat bot.ChatKey, id string) (bot.File, error) {
	row, err := s.Row(ctx, by, chat)
	if err != nil {
		return bot.File{}, err
	}
	cond, args := reads("m", by, row.Unit)
	return outside(ctx, s, func(db *gorm.DB) (bot.File, error) {
		var rows []messageRow
		// Only the lines of this chat are looked through; a file is named among few.
		err := db.Raw("SELECT m.* FROM messages m WHERE m.chat=? AND m.files LIKE ? AND "+cond,
			append([]any{string(chat), "%" + strconv.Quote(id) + "%"}, args...)...).Scan(&rows).Error
		if err != nil {
			return bot.File{}, err
		}
		return fileIn(db, rows, id)
	})
}

// fileIn finds the file that one of the rows names: the pattern of the query may have found more.
func fileIn(db *gorm.DB, rows []messageRow, id string) (bot.File, error) {
	for _, r := range rows {
		ids, err := r.ids()
		if err != nil {
			return bot.File{}, err
		}
		for _, named := range ids {
			if named != id {
				continue
			}
			known, err := files(db, []string{id})
			return known[id], err
		}
	}
	return bot.File{}, storage.NotFound("file", id)
}

// FileIDs implements storage.Reads.
func (s *Store) FileIDs(ctx context.Context, after string, limit int) (ids []string, err error) {
	err = s.guard(ctx, func() error {
		ids = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		}, "SELECT id FROM files WHERE id>? ORDER BY id LIMIT "+strconv.Itoa(limit), after)
	})
	return ids, err
}
