package sqlstore

import (
	"context"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

const (
	insertReceipt = "INSERT INTO receipts (source, id, at) VALUES (?,?,?)" + onceEach
	chatColumns   = "rev, state, lang, chosen, mode, member, blocked, since, muted_until, pinned, pinned_at"
	putChat       = "UPDATE chats SET rev=?, state=?, lang=?, chosen=?, mode=?, member=?, blocked=?, since=?, muted_until=?," +
		" pinned=?, pinned_at=? WHERE key=?"
	swapChat = putChat + " AND rev=?"
	// A chat that a closure made by locking it and then left alone is as good as none.
	overEmpty = " ON CONFLICT (key) DO UPDATE SET rev=excluded.rev, state=excluded.state, lang=excluded.lang," +
		" chosen=excluded.chosen, mode=excluded.mode, member=excluded.member, blocked=excluded.blocked," +
		" since=excluded.since, muted_until=excluded.muted_until, pinned=excluded.pinned," +
		" pinned_at=excluded.pinned_at WHERE chats.rev=0"
	// Receipt and chat in one journey, for PostgreSQL: the chat moves only when the receipt is new.
	received   = "WITH r AS (" + insertReceipt + " RETURNING 1), c AS ("
	acceptance = " RETURNING 1) SELECT (SELECT COUNT(*) FROM r), (SELECT COUNT(*) FROM c)"
	acceptSwap = received + swapChat + " AND EXISTS (SELECT 1 FROM r)" + acceptance
)

var (
	newChat   = chatTable.insert + chatTable.values(1) + overEmpty
	acceptNew = received + chatTable.insert + "SELECT " + chatTable.typed + " FROM r" + overEmpty + acceptance
)

// Accept implements converse.Tx.
func (t *tx) Accept(ctx context.Context, a converse.Acceptance) (converse.Verdict, error) {
	receipt := []any{string(a.Receipt.Source), a.Receipt.ID, storage.Millis(a.At)}
	if a.Chat.Key == "" || t.s.dialect() == liteSQL {
		return t.acceptInSteps(ctx, a, receipt)
	}
	query, args := acceptNew, append(receipt, t.s.chatValues(a.Chat)...)
	if a.From != 0 {
		query, args = acceptSwap, append(args, a.From)
	}
	var receipts, chats int
	if _, err := one(ctx, t.pool, []any{&receipts, &chats}, query, args...); err != nil {
		return "", err
	}
	return verdict(receipts == 1, chats == 1), nil
}

// acceptInSteps is for SQLite, where a statement costs no journey, and for deliveries that concern no chat.
func (t *tx) acceptInSteps(ctx context.Context, a converse.Acceptance, receipt []any) (converse.Verdict, error) {
	isNew, err := t.changed(ctx, insertReceipt, receipt...)
	if err != nil || !isNew || a.Chat.Key == "" {
		return verdict(isNew, true), err
	}
	query, args := newChat, t.s.chatValues(a.Chat)
	if a.From != 0 {
		query, args = swapChat, append(args, a.From)
	}
	moved, err := t.changed(ctx, query, args...)
	return verdict(true, moved), err
}

func verdict(isNew, swapped bool) converse.Verdict {
	switch {
	case !isNew:
		return converse.Duplicate
	case !swapped:
		return converse.Moved
	}
	return converse.Fresh
}

// changed runs a statement and reports whether it wrote a row.
func (t *tx) changed(ctx context.Context, query string, args ...any) (bool, error) {
	result, err := t.ExecContext(ctx, query, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// chatValues are a row of chatTable.
func (s *Store) chatValues(c bot.Chat) []any {
	return []any{
		c.Rev, s.vault.Seal("chats.state", string(c.Key), c.State), string(c.Lang), c.Chosen, string(c.Mode),
		string(c.Member), c.Blocked, storage.Millis(c.Since), storage.Millis(c.MutedUntil), c.Pinned,
		storage.Millis(c.PinnedAt), string(c.Key),
	}
}

// readChat reads a chat through any pool; suffix may lock it.
func (s *Store) readChat(ctx context.Context, p pool, key bot.ChatKey, suffix string) (bot.Chat, error) {
	c := bot.Chat{Key: key}
	var sealed []byte
	var since, muted, pinned int64
	found, err := one(ctx, p, []any{&c.Rev, &sealed, &c.Lang, &c.Chosen, &c.Mode, &c.Member, &c.Blocked, &since, &muted, &c.Pinned, &pinned},
		"SELECT "+chatColumns+" FROM chats WHERE key=?"+suffix, string(key))
	if err != nil {
		return bot.Chat{}, err
	}
	if !found {
		return bot.Chat{}, storage.NotFound("chat", string(key))
	}
	c.Since, c.MutedUntil, c.PinnedAt = storage.Instant(since), storage.Instant(muted), storage.Instant(pinned)
	c.State, err = s.vault.Open("chats.state", string(key), sealed)
	return c, err
}

// Chat implements converse.Tx.
func (t *tx) Chat(ctx context.Context, key bot.ChatKey) (bot.Chat, error) {
	c, err := t.s.readChat(ctx, t.pool, key, t.s.dialect().forUpdate())
	if bot.KindOf(err) != bot.NotFound {
		return c, err
	}
	_, err = t.ExecContext(ctx, "INSERT INTO chats (key, rev) VALUES (?,0) ON CONFLICT DO NOTHING", string(key))
	if err != nil {
		return bot.Chat{}, err
	}
	return t.s.readChat(ctx, t.pool, key, t.s.dialect().forUpdate())
}

// Quarantine implements converse.Tx.
func (t *tx) Quarantine(ctx context.Context, q converse.Quarantined) error {
	row := t.s.poisonRow(q)
	return t.orm(ctx).Create(&row).Error
}
