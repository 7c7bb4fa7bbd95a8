package sqlstore

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"javab/bot"
	"javab/storage"
)

// outside runs a read of gorm's outside any transaction.
func outside[V any](ctx context.Context, s *Store, f func(*gorm.DB) (V, error)) (v V, err error) {
	err = s.guard(ctx, func() (err error) {
		v, err = f(s.reads.WithContext(ctx))
		return err
	})
	return v, err
}

// ReadChat implements storage.Reads.
func (s *Store) ReadChat(ctx context.Context, key bot.ChatKey) (chat bot.Chat, err error) {
	err = s.guard(ctx, func() (err error) {
		chat, err = s.readChat(ctx, s.read(), key, "")
		return err
	})
	return chat, err
}

// ReadDraft implements storage.Reads.
func (s *Store) ReadDraft(ctx context.Context, id bot.DraftID) (d bot.Draft, err error) {
	err = s.guard(ctx, func() (err error) {
		d, err = s.draft(ctx, s.read(), id)
		return err
	})
	return d, err
}

// readDraft is a form's chat and pieces, with their files, in one journey. There is a row when there is no piece.
const readDraft = "SELECT COALESCE((SELECT chat FROM messages WHERE draft<>'' AND draft=d.id ORDER BY id LIMIT 1), '')," +
	" p.id IS NOT NULL, COALESCE(p.field, ''), p.text, COALESCE(p.append, FALSE), COALESCE(p.at, 0), f.id IS NOT NULL," +
	" COALESCE(f.id, ''), COALESCE(f.handle, ''), COALESCE(f.kind, ''), COALESCE(f.name, ''), COALESCE(f.mime, '')," +
	" COALESCE(f.size, 0), COALESCE(f.state, ''), COALESCE(f.sha256, '')" +
	" FROM (SELECT CAST(? AS TEXT) AS id) d LEFT JOIN pieces p ON p.draft=d.id LEFT JOIN files f ON f.id=p.file ORDER BY p.id"

func (s *Store) draft(ctx context.Context, p pool, id bot.DraftID) (bot.Draft, error) {
	d := bot.Draft{ID: id}
	if id == "" {
		return d, nil
	}
	err := each(ctx, p, func(scan func(...any) error) error {
		r, f := pieceRow{Draft: string(id)}, bot.File{}
		var isPiece, hasFile bool
		err := scan(&d.Chat, &isPiece, &r.Field, &r.Text, &r.Append, &r.At, &hasFile,
			&f.ID, &f.Handle, &f.Kind, &f.Name, &f.MIME, &f.Size, &f.State, &f.SHA256)
		if err != nil || !isPiece {
			return err
		}
		piece, err := s.pieceOf(r)
		if hasFile {
			piece.File = &f
		}
		d.Pieces = append(d.Pieces, piece)
		return err
	}, readDraft, string(id))
	return d, err
}

// files returns the files of those ids, by id.
func files(db *gorm.DB, ids []string) (map[string]bot.File, error) {
	known := map[string]bot.File{}
	for part := range slices.Chunk(ids, slice) {
		var rows []fileRow
		if err := db.Where("id IN ?", part).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			known[r.ID] = r.file()
		}
	}
	return known, nil
}

// ReadFile implements storage.Reads.
func (s *Store) ReadFile(ctx context.Context, id string) (bot.File, error) {
	return outside(ctx, s, func(db *gorm.DB) (bot.File, error) {
		known, err := files(db, []string{id})
		if err != nil {
			return bot.File{}, err
		}
		f, ok := known[id]
		if !ok {
			return bot.File{}, storage.NotFound("file", id)
		}
		return f, nil
	})
}

// ReadFiles implements storage.Reads.
func (s *Store) ReadFiles(ctx context.Context, chat bot.ChatKey, since time.Time, limit int) ([]bot.File, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]bot.File, error) {
		var rows []messageRow
		q := db.Where("chat = ? AND direction = 'in' AND at >= ? AND files <> ''", string(chat), storage.Millis(since)).Order("id").Limit(limit)
		if err := q.Find(&rows).Error; err != nil {
			return nil, err
		}
		var ids []string
		for _, r := range rows {
			named, err := r.ids()
			if err != nil {
				return nil, err
			}
			ids = append(ids, named...)
		}
		ids = ids[:min(limit, len(ids))]
		known, err := files(db, ids)
		var list []bot.File
		for _, id := range ids {
			list = append(list, known[id])
		}
		return list, err
	})
}

// ReadMessages implements storage.Reads.
func (s *Store) ReadMessages(ctx context.Context, chat bot.ChatKey, limit int) ([]bot.Message, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]bot.Message, error) {
		return messages(db.Where("chat = ?", string(chat)), limit)
	})
}

// messages returns the newest of the chosen messages, oldest first.
func messages(q *gorm.DB, limit int) ([]bot.Message, error) {
	fresh := q.Session(&gorm.Session{NewDB: true})
	var rows []messageRow
	if err := q.Order("id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, err
	}
	slices.Reverse(rows)
	named := make([][]string, len(rows))
	for i, r := range rows {
		var err error
		if named[i], err = r.ids(); err != nil {
			return nil, err
		}
	}
	known, err := files(fresh, slices.Concat(named...))
	if err != nil {
		return nil, err
	}
	var list []bot.Message
	for i, r := range rows {
		m := r.message()
		for _, id := range named[i] {
			m.Files = append(m.Files, known[id])
		}
		list = append(list, m)
	}
	return list, nil
}

// ReadTimeline implements storage.Reads.
func (s *Store) ReadTimeline(ctx context.Context, id bot.CaseID) ([]bot.CaseEntry, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]bot.CaseEntry, error) {
		var rows []entryRow
		err := db.Where("case_id = ?", string(id)).Order("id").Find(&rows).Error
		var list []bot.CaseEntry
		for _, r := range rows {
			list = append(list, r.entry())
		}
		return list, err
	})
}

// RepliesSent implements storage.Reads. The flow stands in the statement: an index holds those messages alone.
func (s *Store) RepliesSent(ctx context.Context, since time.Time) (map[string]int, error) {
	sent := map[string]int{}
	err := s.guard(ctx, func() error {
		clear(sent)
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var id string
			var n int
			err := scan(&id, &n)
			sent[id] = n
			return err
		}, "SELECT step, COUNT(*) FROM messages WHERE flow='"+bot.ReadyFlow+"' AND direction=? AND at>=? GROUP BY step",
			string(bot.Out), storage.Millis(since))
	})
	return sent, err
}
