package memstore

import (
	"context"
	"time"

	"javab/bot"
	"javab/storage"
)

// Accuse implements desk.Conduct.
func (t *tx) Accuse(_ context.Context, chat bot.ChatKey, who bot.StaffID, _ time.Time) error {
	put(t, &t.accused, mark{who, chat}, true)
	return nil
}

// Absolve implements desk.Conduct.
func (t *tx) Absolve(_ context.Context, chat bot.ChatKey, who bot.StaffID) error {
	del(t, t.accused, mark{who, chat})
	return nil
}

// HoldLegally implements desk.Conduct.
func (t *tx) HoldLegally(_ context.Context, chat bot.ChatKey, _ bot.StaffID, _ time.Time) (bool, error) {
	isNew := !t.held[chat]
	put(t, &t.held, chat, true)
	return isNew, nil
}

// LiftLegally implements desk.Conduct.
func (t *tx) LiftLegally(_ context.Context, chat bot.ChatKey) (bool, error) {
	was := t.held[chat]
	del(t, t.held, chat)
	return was, nil
}

// LegalHold implements desk.Reads.
func (s *Store) LegalHold(_ context.Context, chat bot.ChatKey) (bool, error) {
	return locked(s, func(t *tx) bool { return t.held[chat] }), nil
}

// KeepLink implements desk.Links.
func (t *tx) KeepLink(_ context.Context, chat bot.ChatKey, before bot.MemberID, _ time.Time) error {
	put(t, &t.links, chat, before)
	return nil
}

// TakeLink implements desk.Links.
func (t *tx) TakeLink(_ context.Context, chat bot.ChatKey) (bot.MemberID, error) {
	before, linked := t.links[chat]
	if !linked {
		return "", storage.NotFound("link", string(chat))
	}
	del(t, t.links, chat)
	return before, nil
}

// Latest implements desk.Hands.
func (t *tx) Latest(_ context.Context, chat bot.ChatKey) (bot.HandOver, error) {
	h, known := t.latest(chat)
	if !known {
		return bot.HandOver{}, storage.NotFound("chat", string(chat))
	}
	return h, nil
}

// ReadHandOver implements storage.Reads.
func (s *Store) ReadHandOver(ctx context.Context, chat bot.ChatKey) (bot.HandOver, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{data: &s.data}
	return t.Latest(ctx, chat)
}

// Seal implements converse.Tx.
func (t *tx) Seal(_ context.Context, draft bot.DraftID, unit bot.UnitID) error {
	t.mark(draft, bot.Case{Unit: unit, Confidential: true})
	return nil
}

// About implements desk.Conduct.
func (t *tx) About(_ context.Context, chat bot.ChatKey) ([]bot.StaffID, error) {
	return t.about(chat), nil
}

// Wake implements desk.Tx.
func (t *tx) Wake(ctx context.Context, chat bot.ChatKey, at time.Time) (bool, error) {
	h := t.hands[t.running[chat]]
	if h.State != bot.HandOverSnoozed || h.Holder == "" {
		return false, nil
	}
	h.State, h.SnoozedUntil, h.ClaimedAt = bot.HandOverHeld, time.Time{}, at
	return true, t.SaveHandOver(ctx, h)
}
