package memstore

import (
	"context"
	"maps"
	"slices"

	"javab/bot"
	"javab/bot/members"
	"javab/storage"
)

type resultRow = members.Result

// MemberOf implements members.Tx.
func (t *tx) MemberOf(_ context.Context, chat bot.ChatKey) (bot.Member, error) {
	m, ok := t.members[t.chats[chat].Member]
	if !ok {
		return bot.Member{}, storage.NotFound("member", string(chat))
	}
	return rowOfMember(m), nil
}

// MemberByPhone implements members.Tx.
func (t *tx) MemberByPhone(_ context.Context, phone string) (bot.Member, error) {
	for _, m := range t.members {
		if m.Verified && m.Phone == phone && phone != "" {
			return rowOfMember(m), nil
		}
	}
	return bot.Member{}, storage.NotFound("member", "phone")
}

// SaveMember implements members.Tx.
func (t *tx) SaveMember(_ context.Context, m bot.Member, chat bot.ChatKey) error {
	for id, other := range t.members {
		if id != m.ID && m.Verified && other.Verified && m.Phone != "" && other.Phone == m.Phone {
			return storage.Taken("phone")
		}
	}
	put(t, &t.members, m.ID, rowOfMember(m))
	if row, ok := t.chats[chat]; ok {
		row.Member = m.ID
		put(t, &t.chats, chat, row)
	}
	return nil
}

func rowOfMember(m bot.Member) bot.Member {
	m.CreatedAt = storage.Round(m.CreatedAt)
	consent := maps.Clone(m.Consent)
	for purpose, at := range consent {
		consent[purpose] = storage.Round(at)
	}
	if len(consent) == 0 {
		consent = nil
	}
	m.Consent = consent
	return m
}

// RecordResult implements members.Tx.
func (t *tx) RecordResult(_ context.Context, r members.Result) error {
	if _, known := t.results[r.ID]; !known {
		put(t, &t.results, r.ID, r)
	}
	return nil
}

// MemberCopy implements members.Tx.
func (t *tx) MemberCopy(_ context.Context, chat bot.ChatKey, limit int) (members.Copy, error) {
	id := t.chats[chat].Member
	c := members.Copy{Member: rowOfMember(t.members[id]), Chats: []bot.ChatKey{chat}}
	for key, row := range t.chats {
		if id != "" && row.Member == id && key != chat {
			c.Chats = append(c.Chats, key)
		}
	}
	slices.Sort(c.Chats)
	c.Messages = t.messagesOf(limit, func(m bot.Message) bool {
		return slices.Contains(c.Chats, m.Chat) && m.Direction != bot.Note
	})
	c.Cases = t.casesOf(len(t.cases), func(row bot.Case) bool {
		return row.Member == "" && row.Chat == chat || id != "" && row.Member == id
	})
	return c, nil
}

// messagesOf returns the newest of the chosen messages, oldest first.
func (t *tx) messagesOf(limit int, mine func(bot.Message) bool) []bot.Message {
	var chosen []int64
	for id, row := range ordered(t.messages) {
		if mine(row.Message) {
			chosen = append(chosen, id)
		}
	}
	chosen = chosen[max(0, len(chosen)-limit):]
	list := make([]bot.Message, len(chosen))
	for i, id := range chosen {
		list[i] = t.whole(t.messages[id])
	}
	return list
}

// whole returns a message with its files as far as they have come.
func (t *tx) whole(row message) bot.Message {
	m := row.Message
	for _, id := range row.files {
		m.Files = append(m.Files, t.files[id])
	}
	return m
}
