package sqlstore

import (
	"context"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// StaffOf implements staff.Chats.
func (t *tx) StaffOf(ctx context.Context, chat bot.ChatKey) (bot.StaffID, error) {
	var of string
	known, err := one(ctx, t.pool, []any{&of}, "SELECT staff FROM staff_chats WHERE chat=?", string(chat))
	if err == nil && !known {
		err = storage.NotFound("staff of chat", string(chat))
	}
	return bot.StaffID(of), err
}

// LinkChat implements staff.Chats.
func (t *tx) LinkChat(ctx context.Context, l staff.LinkedChat) error {
	_, err := t.ExecContext(ctx, "INSERT INTO staff_chats (chat, staff, linked_at) VALUES (?,?,?)"+
		" ON CONFLICT (chat) DO UPDATE SET staff=excluded.staff, linked_at=excluded.linked_at",
		string(l.Chat), string(l.Staff), storage.Millis(l.At))
	return err
}

// UnlinkChats implements staff.Chats.
func (t *tx) UnlinkChats(ctx context.Context, of bot.StaffID, chat bot.ChatKey) (gone []bot.ChatKey, err error) {
	linked, err := linkedChats(ctx, t.pool, of)
	if err != nil {
		return nil, err
	}
	for _, l := range linked {
		if chat != "" && l.Chat != chat {
			continue
		}
		if _, err := t.ExecContext(ctx, "DELETE FROM staff_chats WHERE chat=?", string(l.Chat)); err != nil {
			return nil, err
		}
		gone = append(gone, l.Chat)
	}
	return gone, nil
}

// SaveLinkCode implements staff.Chats.
func (t *tx) SaveLinkCode(ctx context.Context, c staff.LinkCode) error {
	_, err := t.ExecContext(ctx, "DELETE FROM link_codes WHERE staff=?", string(c.Staff))
	if err != nil || c.Hash == "" {
		return err
	}
	_, err = t.ExecContext(ctx, "INSERT INTO link_codes (staff, hash, until) VALUES (?,?,?)", string(c.Staff), c.Hash, storage.Millis(c.Until))
	return err
}

// TakeLinkCode implements staff.Chats.
func (t *tx) TakeLinkCode(ctx context.Context, hash string) (staff.LinkCode, error) {
	var of string
	var until int64
	known, err := one(ctx, t.pool, []any{&of, &until}, "DELETE FROM link_codes WHERE hash=? RETURNING staff, until", hash)
	if err == nil && !known {
		err = storage.NotFound("link code", "")
	}
	return staff.LinkCode{Hash: hash, Staff: bot.StaffID(of), Until: storage.Instant(until)}, err
}

// StaffChats implements staff.Reads.
func (s *Store) StaffChats(ctx context.Context, of bot.StaffID) (linked []staff.LinkedChat, err error) {
	err = s.guard(ctx, func() (err error) {
		linked, err = linkedChats(ctx, s.read(), of)
		return err
	})
	return linked, err
}

func linkedChats(ctx context.Context, p pool, of bot.StaffID) (linked []staff.LinkedChat, err error) {
	err = each(ctx, p, func(scan func(...any) error) error {
		var chat string
		var at int64
		err := scan(&chat, &at)
		linked = append(linked, staff.LinkedChat{Chat: bot.ChatKey(chat), Staff: of, At: storage.Instant(at)})
		return err
	}, "SELECT chat, linked_at FROM staff_chats WHERE staff=? ORDER BY linked_at, chat", string(of))
	return linked, err
}
