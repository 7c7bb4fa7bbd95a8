package sqlstore

import (
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/digest"
	"javab/storage"
)

// isSpike is the condition on an alert called a that it is of many complaints.
const isSpike = "a.what='" + string(bot.AlertSpike) + "'"

// SpikesIn implements digest.Reads.
func (s *Store) SpikesIn(ctx context.Context, by bot.Staff, in digest.Span) (n int, err error) {
	of, units := ofUnits("a.unit", by)
	cond := []string{isSpike, "a.at>=?", "a.at<?", of}
	if !by.Confidential {
		cond = append(cond, "NOT a.confidential")
	}
	err = s.guard(ctx, func() error {
		_, err := one(ctx, s.read(), []any{&n}, "SELECT COUNT(*) FROM alerts a"+where(cond...),
			slices.Concat([]any{storage.Millis(in.From), storage.Millis(in.To)}, units)...)
		return err
	})
	return n, err
}

// Topics implements digest.Reads.
func (s *Store) Topics(ctx context.Context, in digest.Span, earlier time.Time, least int) (list []digest.Topic, err error) {
	from, to := storage.Millis(in.From), storage.Millis(in.To)
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var t digest.Topic
			var secret int
			err := scan(&t.Unit, &t.Category, &t.N, &t.Before, &secret)
			t.Confidential = secret > 0
			list = append(list, t)
			return err
		}, "SELECT t.unit, t.category, t.n, t.before, t.secret FROM (SELECT k.unit, k.category, SUM(CASE WHEN k.opened_at>=? THEN 1 ELSE 0 END) AS n,"+
			" SUM(CASE WHEN k.opened_at<? THEN 1 ELSE 0 END) AS before, MAX(CASE WHEN k.confidential THEN 1 ELSE 0 END) AS secret FROM cases k"+
			where(isComplaint, "k.opened_at>=?", "k.opened_at<?")+" GROUP BY k.unit, k.category) t WHERE t.n>=? AND NOT EXISTS"+
			" (SELECT 1 FROM alerts a WHERE "+isSpike+" AND a.unit=t.unit AND a.topic=t.category AND a.at>=?) ORDER BY t.unit, t.category",
			from, from, storage.Millis(earlier), to, least, from)
	})
	return list, err
}
