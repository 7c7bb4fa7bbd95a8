package sqlstore

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// Both ask for wake_at > 0 first: by that alone SQLite knows that the indexes, which hold no others, have the answer.
const (
	wokenCases = "SELECT year, seq, chat, hours_version FROM cases WHERE wake_at > 0 AND wake_at <= ? ORDER BY wake_at, id LIMIT ?"
	staleCases = "SELECT year, seq, chat, hours_version FROM cases WHERE wake_at > 0 AND wake_at > ? AND hours_version < ? ORDER BY hours_version, id LIMIT ?"
)

// DueCases implements cases.Store.
func (s *Store) DueCases(ctx context.Context, now time.Time, version int64, limit int) ([]cases.Due, error) {
	list, err := s.dueCases(ctx, wokenCases, storage.Millis(now), limit)
	if err != nil || len(list) == limit {
		return list, err
	}
	stale, err := s.dueCases(ctx, staleCases, storage.Millis(now), version, limit-len(list))
	return append(list, stale...), err
}

func (s *Store) dueCases(ctx context.Context, query string, args ...any) ([]cases.Due, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]cases.Due, error) {
		var rows []caseRow
		if err := db.Raw(query, args...).Scan(&rows).Error; err != nil {
			return nil, err
		}
		list := make([]cases.Due, len(rows))
		for i, r := range rows {
			list[i] = cases.Due{Number: bot.CaseNumber{Year: r.Year, Seq: r.Seq}, Chat: bot.ChatKey(r.Chat), Version: r.HoursVersion}
		}
		return list, nil
	})
}

// HeldCases implements cases.HeldTx.
func (t *tx) HeldCases(ctx context.Context, by bot.StaffID) ([]bot.Case, error) {
	q := t.orm(ctx).Where("holder = ? AND holder <> '' AND state NOT IN ?", string(by), []string{string(bot.Closed), string(bot.Withdrawn)}).Order("year, seq")
	if t.s.dialect() == postSQL {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	return t.s.cases(q)
}

// Answered implements cases.RoundTx.
func (t *tx) Answered(ctx context.Context, chat bot.ChatKey, after time.Time) (time.Time, time.Time, error) {
	var first, last int64
	_, err := one(ctx, t.pool, []any{&first, &last}, "SELECT COALESCE(MIN(at),0), COALESCE(MAX(at),0) FROM messages"+
		" WHERE chat=? AND at>? AND direction=? AND author NOT IN (?,?) AND flow<>?",
		string(chat), storage.Millis(after), string(bot.Out), string(bot.ByBot), string(bot.ByMember), cases.NoticeFlow)
	return storage.Instant(first), storage.Instant(last), err
}
