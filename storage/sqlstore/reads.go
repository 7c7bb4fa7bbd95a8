package sqlstore

import (
	"context"
	"slices"

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
func (s *Store) ReadDraft(ctx context.Context, id bot.DraftID) (bot.Draft, error) {
	return outside(ctx, s, func(db *gorm.DB) (bot.Draft, error) { return s.draft(db, id) })
}

func (s *Store) draft(db *gorm.DB, id bot.DraftID) (bot.Draft, error) {
	d := bot.Draft{ID: id}
	var rows []pieceRow
	if err := db.Where("draft = ?", string(id)).Order("id").Find(&rows).Error; err != nil || id == "" {
		return d, err
	}
	var ids []string
	for _, r := range rows {
		if r.File != "" {
			ids = append(ids, r.File)
		}
	}
	known, err := files(db, ids)
	if err != nil {
		return d, err
	}
	for _, r := range rows {
		p, err := s.pieceOf(r)
		if err != nil {
			return d, err
		}
		if f, ok := known[r.File]; ok {
			p.File = &f
		}
		d.Pieces = append(d.Pieces, p)
	}
	var chats []string
	err = db.Table("messages").Where("draft <> '' AND draft = ?", string(id)).Order("id").Limit(1).Pluck("chat", &chats).Error
	if len(chats) > 0 {
		d.Chat = bot.ChatKey(chats[0])
	}
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
