package memstore

import (
	"cmp"
	"context"
	"slices"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// StaffOf implements staff.Chats.
func (t *tx) StaffOf(_ context.Context, chat bot.ChatKey) (bot.StaffID, error) {
	l, known := t.ownChats[chat]
	if !known {
		return "", storage.NotFound("staff of chat", string(chat))
	}
	return l.Staff, nil
}

// LinkChat implements staff.Chats.
func (t *tx) LinkChat(_ context.Context, l staff.LinkedChat) error {
	l.At = storage.Round(l.At)
	put(t, &t.ownChats, l.Chat, l)
	return nil
}

// UnlinkChats implements staff.Chats.
func (t *tx) UnlinkChats(_ context.Context, of bot.StaffID, chat bot.ChatKey) (gone []bot.ChatKey, err error) {
	for _, l := range t.chatsOf(of) {
		if chat == "" || l.Chat == chat {
			del(t, t.ownChats, l.Chat)
			gone = append(gone, l.Chat)
		}
	}
	return gone, nil
}

func (t *tx) chatsOf(of bot.StaffID) (linked []staff.LinkedChat) {
	for _, l := range t.ownChats {
		if l.Staff == of {
			linked = append(linked, l)
		}
	}
	slices.SortFunc(linked, func(a, b staff.LinkedChat) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Chat, b.Chat)) })
	return linked
}

// SaveLinkCode implements staff.Chats.
func (t *tx) SaveLinkCode(_ context.Context, c staff.LinkCode) error {
	del(t, t.linkCodes, c.Staff)
	if c.Hash != "" {
		c.Until = storage.Round(c.Until)
		put(t, &t.linkCodes, c.Staff, c)
	}
	return nil
}

// TakeLinkCode implements staff.Chats.
func (t *tx) TakeLinkCode(_ context.Context, hash string) (staff.LinkCode, error) {
	for _, c := range t.linkCodes {
		if c.Hash == hash {
			del(t, t.linkCodes, c.Staff)
			return c, nil
		}
	}
	return staff.LinkCode{}, storage.NotFound("link code", "")
}

// StaffChats implements staff.Reads.
func (s *Store) StaffChats(_ context.Context, of bot.StaffID) ([]staff.LinkedChat, error) {
	return locked(s, func(t *tx) []staff.LinkedChat { return t.chatsOf(of) }), nil
}
