package sqlstore

import (
	"context"
	"slices"
	"strconv"
	"time"

	"javab/bot"
	"javab/bot/digest"
	"javab/storage"
)

const alertColumns = "a.id, a.what, a.year, a.seq, a.chat, a.unit, a.confidential, a.owner, a.topic, a.n, a.at"

// Alert implements cases.Alarms.
func (t *tx) Alert(ctx context.Context, a bot.Alert) error {
	_, err := t.ExecContext(ctx, "INSERT INTO alerts (id, what, year, seq, chat, unit, confidential, owner, topic, n, at)"+
		" VALUES (?,?,?,?,?,?,?,?,?,?,?)"+onceEach, a.ID, string(a.What), a.Case.Year, a.Case.Seq, string(a.Chat), string(a.Unit), a.Confidential,
		string(a.Owner), a.Topic, a.N, storage.Millis(a.At))
	return err
}

// Told implements digest.Tx.
func (t *tx) Told(ctx context.Context, alert string, whom []bot.StaffID, at time.Time) error {
	for _, id := range whom {
		if _, err := t.ExecContext(ctx, "INSERT INTO alerted (staff, alert) VALUES (?,?)"+onceEach, string(id), alert); err != nil {
			return err
		}
	}
	_, err := t.ExecContext(ctx, "UPDATE alerts SET told_at=? WHERE id=? AND told_at=0", storage.Millis(at), alert)
	return err
}

// SeeAlert implements digest.Tx.
func (t *tx) SeeAlert(ctx context.Context, by bot.StaffID, alert string, at time.Time) error {
	_, err := t.ExecContext(ctx, "UPDATE alerted SET seen_at=? WHERE staff=? AND alert=? AND seen_at=0", storage.Millis(at), string(by), alert)
	return err
}

// Untold implements digest.Reads.
func (s *Store) Untold(ctx context.Context, limit int) ([]bot.Alert, error) {
	return s.alerts(ctx, "FROM alerts a WHERE a.told_at=0 ORDER BY a.at, a.id LIMIT "+strconv.Itoa(limit))
}

// Alerts implements digest.Reads.
func (s *Store) Alerts(ctx context.Context, by bot.Staff, limit int) ([]bot.Alert, error) {
	others, who := unaccused("a", by)
	cond := []string{"r.staff=?", "r.seen_at=0", others}
	if !by.Confidential {
		cond = append(cond, "NOT a.confidential")
	}
	return s.alerts(ctx, "FROM alerted r JOIN alerts a ON a.id=r.alert"+where(cond...)+" ORDER BY a.at DESC, a.id LIMIT "+strconv.Itoa(limit), string(by.ID), who)
}

func (s *Store) alerts(ctx context.Context, from string, args ...any) (list []bot.Alert, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var a bot.Alert
			var at int64
			err := scan(&a.ID, &a.What, &a.Case.Year, &a.Case.Seq, &a.Chat, &a.Unit, &a.Confidential, &a.Owner, &a.Topic, &a.N, &at)
			a.At = storage.Instant(at)
			list = append(list, a)
			return err
		}, "SELECT "+alertColumns+" "+from, args...)
	})
	return list, err
}

// UnhappyKeys implements digest.Reads.
func (s *Store) UnhappyKeys(ctx context.Context, by bot.Staff, in digest.Span) ([]digest.Entry, error) {
	kinds := slices.DeleteFunc(slices.Clone(bot.AlertKinds[:]), func(k bot.AlertKind) bool { return !k.OfKey() })
	list := ""
	for _, kind := range kinds {
		list += ",'" + string(kind) + "'"
	}
	return s.entries(ctx, by, "EXISTS (SELECT 1 FROM alerts a WHERE a.year=c.year AND a.seq=c.seq AND a.seq>0 AND a.what IN ("+list[1:]+") AND a.at>=? AND a.at<?)", in)
}
