package sqlstore

import (
	"context"
	"time"

	"javab/bot"
	"javab/storage"
)

// Accuse implements desk.Conduct.
func (t *tx) Accuse(ctx context.Context, chat bot.ChatKey, who bot.StaffID, at time.Time) error {
	_, err := t.ExecContext(ctx, "INSERT INTO accused (staff, chat, at) VALUES (?,?,?)"+onceEach, string(who), string(chat), storage.Millis(at))
	return err
}

// Absolve implements desk.Conduct.
func (t *tx) Absolve(ctx context.Context, chat bot.ChatKey, who bot.StaffID) error {
	_, err := t.ExecContext(ctx, "DELETE FROM accused WHERE staff=? AND chat=?", string(who), string(chat))
	return err
}

// HoldLegally implements desk.Conduct.
func (t *tx) HoldLegally(ctx context.Context, chat bot.ChatKey, by bot.StaffID, at time.Time) (bool, error) {
	return t.changed(ctx, "INSERT INTO legal_holds (chat, staff, at) VALUES (?,?,?)"+onceEach, string(chat), string(by), storage.Millis(at))
}

// LiftLegally implements desk.Conduct.
func (t *tx) LiftLegally(ctx context.Context, chat bot.ChatKey) (bool, error) {
	return t.changed(ctx, "DELETE FROM legal_holds WHERE chat=?", string(chat))
}

// LegalHold implements desk.Reads.
func (s *Store) LegalHold(ctx context.Context, chat bot.ChatKey) (held bool, err error) {
	err = s.guard(ctx, func() error {
		var is int
		held, err = one(ctx, s.read(), []any{&is}, "SELECT 1 FROM legal_holds WHERE chat=?", string(chat))
		return err
	})
	return held, err
}

// KeepLink implements desk.Links.
func (t *tx) KeepLink(ctx context.Context, chat bot.ChatKey, before bot.MemberID, at time.Time) error {
	_, err := t.ExecContext(ctx, "INSERT INTO linked_chats (chat, before, at) VALUES (?,?,?) ON CONFLICT (chat)"+
		" DO UPDATE SET before=excluded.before, at=excluded.at", string(chat), string(before), storage.Millis(at))
	return err
}

// TakeLink implements desk.Links.
func (t *tx) TakeLink(ctx context.Context, chat bot.ChatKey) (before bot.MemberID, err error) {
	found, err := one(ctx, t.pool, []any{&before}, "SELECT before FROM linked_chats WHERE chat=?", string(chat))
	if err == nil && !found {
		err = storage.NotFound("link", string(chat))
	}
	if err != nil {
		return "", err
	}
	_, err = t.ExecContext(ctx, "DELETE FROM linked_chats WHERE chat=?", string(chat))
	return before, err
}

// Latest implements desk.Hands.
func (t *tx) Latest(ctx context.Context, chat bot.ChatKey) (bot.HandOver, error) {
	var r handoverRow
	found, err := one(ctx, t.pool, r.scan(), "SELECT "+handoverColumns+" FROM handovers h"+where(latestOf), string(chat))
	if err == nil && !found {
		err = storage.NotFound("chat", string(chat))
	}
	return r.handOver(), err
}

// ReadHandOver implements storage.Reads.
func (s *Store) ReadHandOver(ctx context.Context, chat bot.ChatKey) (bot.HandOver, error) {
	list, err := s.handOvers(ctx, where(latestOf), string(chat))
	if err == nil && len(list) == 0 {
		err = storage.NotFound("chat", string(chat))
	}
	if err != nil {
		return bot.HandOver{}, err
	}
	return list[0], nil
}

// Seal implements converse.Tx.
func (t *tx) Seal(ctx context.Context, draft bot.DraftID, unit bot.UnitID) error {
	return t.mark(ctx, draft, bot.Case{Unit: unit, Confidential: true})
}

// About implements desk.Conduct.
func (t *tx) About(ctx context.Context, chat bot.ChatKey) (accused []bot.StaffID, err error) {
	err = each(ctx, t.pool, func(scan func(...any) error) error {
		var who bot.StaffID
		err := scan(&who)
		accused = append(accused, who)
		return err
	}, "SELECT staff FROM accused WHERE chat=? ORDER BY staff", string(chat))
	return accused, err
}

// Wake implements desk.Tx.
func (t *tx) Wake(ctx context.Context, chat bot.ChatKey, at time.Time) (bool, error) {
	return t.changed(ctx, "UPDATE handovers SET state='held', snoozed_until=0, claimed_at=? WHERE chat=? AND state='snoozed' AND holder<>''",
		storage.Millis(at), string(chat))
}
