package memstore

import (
	"context"
	"time"

	"javab/bot"
	"javab/storage"
)

// ReadChat implements storage.Reads.
func (s *Store) ReadChat(_ context.Context, key bot.ChatKey) (bot.Chat, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, ok := s.chats[key]
	if !ok {
		return bot.Chat{}, storage.NotFound("chat", string(key))
	}
	return rowOfChat(chat), nil
}

// ReadDraft implements storage.Reads.
func (s *Store) ReadDraft(_ context.Context, id bot.DraftID) (bot.Draft, error) {
	return locked(s, func(t *tx) bot.Draft { return t.draft(id) }), nil
}

func (t *tx) draft(id bot.DraftID) bot.Draft {
	d := bot.Draft{ID: id}
	if id == "" {
		return d
	}
	for _, row := range ordered(t.pieces) {
		if row.Draft == id {
			d.Pieces = append(d.Pieces, t.wholePiece(row))
		}
	}
	for _, m := range ordered(t.messages) {
		if m.Draft == id {
			d.Chat = m.Chat
			break
		}
	}
	return d
}

// wholePiece returns a piece with its file as far as it has come.
func (t *tx) wholePiece(row piece) bot.Piece {
	p := row.Piece
	if row.file != "" {
		file := t.files[row.file]
		p.File = &file
	}
	return p
}

// ReadFile implements storage.Reads.
func (s *Store) ReadFile(_ context.Context, id string) (bot.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[id]
	if !ok {
		return bot.File{}, storage.NotFound("file", id)
	}
	return f, nil
}

// ReadFiles implements storage.Reads.
func (s *Store) ReadFiles(_ context.Context, chat bot.ChatKey, since time.Time, limit int) ([]bot.File, error) {
	return locked(s, func(t *tx) (list []bot.File) {
		for _, m := range ordered(t.messages) {
			if m.Chat == chat && m.Direction == bot.In && !m.At.Before(storage.Round(since)) {
				list = append(list, t.whole(m).Files...)
			}
		}
		return list[:min(limit, len(list))]
	}), nil
}

// ReadMessages implements storage.Reads.
func (s *Store) ReadMessages(_ context.Context, chat bot.ChatKey, limit int) ([]bot.Message, error) {
	return locked(s, func(t *tx) []bot.Message {
		return t.messagesOf(limit, func(m bot.Message) bool { return m.Chat == chat })
	}), nil
}

// ReadTimeline implements storage.Reads.
func (s *Store) ReadTimeline(_ context.Context, id bot.CaseID) ([]bot.CaseEntry, error) {
	return locked(s, func(t *tx) (list []bot.CaseEntry) {
		for _, e := range ordered(t.entries) {
			if e.Case == id {
				list = append(list, e)
			}
		}
		return list
	}), nil
}

// RepliesSent implements storage.Reads.
func (s *Store) RepliesSent(_ context.Context, since time.Time) (map[string]int, error) {
	return locked(s, func(t *tx) map[string]int {
		sent := map[string]int{}
		for _, m := range t.messages {
			if m.Flow == bot.ReadyFlow && m.Direction == bot.Out && !m.At.Before(storage.Round(since)) {
				sent[m.Step]++
			}
		}
		return sent
	}), nil
}
