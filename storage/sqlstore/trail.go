package sqlstore

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// Carried implements cases.Trail.
func (t *tx) Carried(ctx context.Context, key string) (c cases.Carriage, err error) {
	var ended int64
	known, err := one(ctx, t.pool, []any{&c.State, &ended}, "SELECT state, ended_at FROM jobs WHERE key=?", key)
	if err == nil && !known {
		err = storage.NotFound("job", key)
	}
	c.At = storage.Instant(ended)
	return c, err
}

// Heard implements cases.Trail.
func (t *tx) Heard(ctx context.Context, owner cases.Owner) (time.Time, error) {
	var last int64
	_, err := one(ctx, t.pool, []any{&last}, "SELECT COALESCE(MAX(at),0) FROM messages WHERE direction=? AND author=? AND chat IN"+
		" (SELECT ? UNION SELECT key FROM chats WHERE member<>'' AND member=?)",
		string(bot.In), string(bot.ByMember), string(owner.Chat), string(owner.Member))
	return storage.Instant(last), err
}

// Outages implements cases.Trail.
func (t *tx) Outages(ctx context.Context, channel bot.ChannelID, after, now time.Time) (list []cases.Outage, err error) {
	add := func(from, until int64) {
		from = max(from, storage.Millis(after))
		list = append(list, cases.Outage{From: storage.Instant(from), Until: storage.Instant(until)})
	}
	err = each(ctx, t.pool, func(scan func(...any) error) error {
		var from, until int64
		err := scan(&from, &until)
		add(from, until)
		return err
	}, "SELECT from_at, until_at FROM outages WHERE channel=? AND until_at>? ORDER BY from_at", string(channel), storage.Millis(after))
	if err != nil {
		return nil, err
	}
	seen, away, err := t.away(ctx, channel, now)
	if away && now.After(after) {
		add(seen, storage.Millis(now))
	}
	return list, err
}

// away reports whether nobody has seen a channel work for so long that it counts as away, and since when.
func (t *tx) away(ctx context.Context, channel bot.ChannelID, now time.Time) (seen int64, away bool, err error) {
	known, err := one(ctx, t.pool, []any{&seen}, "SELECT seen_at FROM channels_seen WHERE channel=?", string(channel))
	return seen, known && storage.Millis(now)-seen > cases.AwayAfter.Milliseconds(), err
}

// ChannelSeen implements cases.Channels.
func (s *Store) ChannelSeen(ctx context.Context, channel bot.ChannelID, now time.Time) error {
	return s.commit(ctx, func(t *tx) error {
		seen, away, err := t.away(ctx, channel, now)
		if err == nil && away {
			_, err = t.ExecContext(ctx, "INSERT INTO outages (channel, from_at, until_at) VALUES (?,?,?)"+onceEach,
				string(channel), seen, storage.Millis(now))
		}
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, "INSERT INTO channels_seen (channel, seen_at) VALUES (?,?) ON CONFLICT (channel)"+
			" DO UPDATE SET seen_at=excluded.seen_at WHERE channels_seen.seen_at<excluded.seen_at", string(channel), storage.Millis(now))
		return err
	})
}
