package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/storage"
)

// Count implements storage.Health.
func (s *Store) Count(ctx context.Context) (c storage.Counts, err error) {
	var oldestJob, oldestWait int64
	err = s.guard(ctx, func() error {
		_, err := one(ctx, s.read(), []any{
			&c.OpenJobs, &oldestJob, &c.GivenUp, &c.Waiting, &oldestWait, &c.Quarantined, &c.Chats, &c.Cases, &c.OpenCases,
		}, `SELECT (SELECT COUNT(*) FROM jobs WHERE state='open'),
			(SELECT COALESCE(MIN(run_at), 0) FROM jobs WHERE state='open'),
			(SELECT COUNT(*) FROM jobs WHERE state='given_up'),
			(SELECT COUNT(*) FROM handovers WHERE state='waiting'),
			(SELECT COALESCE(MIN(at), 0) FROM handovers WHERE state='waiting'),
			(SELECT COUNT(*) FROM quarantine WHERE resolved_at=0),
			(SELECT COUNT(*) FROM chats),
			(SELECT COUNT(*) FROM cases),
			(SELECT COUNT(*) FROM cases WHERE state NOT IN ('closed','withdrawn'))`)
		return err
	})
	c.OldestJob, c.OldestWait = storage.Instant(oldestJob), storage.Instant(oldestWait)
	return c, err
}

// Backlog implements storage.Health.
func (s *Store) Backlog(ctx context.Context) (b storage.Backlog, err error) {
	err = s.guard(ctx, func() error {
		b = storage.Backlog{Jobs: make(map[bot.JobKind]storage.Line), HandOvers: make(map[bot.UnitID]storage.Line)}
		_, counted := one(ctx, s.read(), []any{&b.GivenUp, &b.Held, &b.Quarantined},
			"SELECT (SELECT COUNT(*) FROM jobs WHERE state='given_up'), (SELECT COUNT(*) FROM jobs WHERE state='held'),"+
				" (SELECT COUNT(*) FROM quarantine WHERE resolved_at=0)")
		return errors.Join(counted,
			lines(ctx, s.read(), b.Jobs, "SELECT kind, COUNT(*), MIN(run_at) FROM jobs WHERE state='open' GROUP BY kind"),
			lines(ctx, s.read(), b.HandOvers, "SELECT unit, COUNT(*), MIN(at) FROM handovers WHERE state='waiting' GROUP BY unit"))
	})
	return b, err
}

// lines reads (where, how many, since when) into a map.
func lines[K ~string](ctx context.Context, p pool, into map[K]storage.Line, query string) error {
	return each(ctx, p, func(scan func(...any) error) error {
		var (
			where  K
			line   storage.Line
			oldest int64
		)
		err := scan(&where, &line.N, &oldest)
		line.Oldest = storage.Instant(oldest)
		into[where] = line
		return err
	}, query)
}

// Quarantined implements storage.Repairs.
func (s *Store) Quarantined(ctx context.Context, limit int) ([]storage.Kept, error) {
	return outside(ctx, s, func(db *gorm.DB) (list []storage.Kept, err error) {
		var rows []poisonRow
		if err := db.Where("resolved_at = 0").Order("id").Limit(limit).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			kept, err := s.kept(r)
			if err != nil {
				return nil, err
			}
			list = append(list, kept)
		}
		return list, nil
	})
}

// Resolve implements storage.Repairs.
func (s *Store) Resolve(ctx context.Context, id int64, at time.Time) error {
	return s.changeOne(ctx, storage.NotFound("quarantined", fmt.Sprint(id)),
		"UPDATE quarantine SET raw=NULL, resolved_at=? WHERE id=? AND resolved_at=0", storage.Millis(at), id)
}

// GivenUp implements storage.Repairs.
func (s *Store) GivenUp(ctx context.Context, limit int) ([]storage.GivenUp, error) {
	return outside(ctx, s, func(db *gorm.DB) (list []storage.GivenUp, err error) {
		var rows []jobRow
		q := db.Where("state = ?", string(bot.JobGivenUp)).Order("id DESC").Limit(limit)
		if err := q.Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			given, err := s.givenUp(r)
			if err != nil {
				return nil, err
			}
			list = append(list, given)
		}
		return list, nil
	})
}

func (s *Store) givenUp(r jobRow) (storage.GivenUp, error) {
	j := bot.Job{
		ID: r.ID, Kind: bot.JobKind(r.Kind), Lane: bot.ChatKey(r.Lane), RunAt: storage.Instant(r.RunAt),
		Attempts: r.Attempts,
	}
	if r.Key != nil {
		j.Key = *r.Key
	}
	var err error
	j.Payload, err = s.vault.Open("jobs.payload", j.Key, r.Payload)
	return storage.GivenUp{Job: j, Err: r.Err, At: storage.Instant(r.EndedAt)}, err
}

// Retry implements storage.Repairs.
func (s *Store) Retry(ctx context.Context, job int64, at time.Time) error {
	return s.changeOne(ctx, storage.NotFound("job", fmt.Sprint(job)),
		"UPDATE jobs SET state='open', attempts=0, run_at=?, ended_at=0 WHERE id=? AND state='given_up'",
		storage.Millis(at), job)
}

// changeOne runs a statement that must change a row.
func (s *Store) changeOne(ctx context.Context, none error, query string, args ...any) error {
	return s.commit(ctx, func(t *tx) error {
		found, err := t.changed(ctx, query, args...)
		if err == nil && !found {
			return none
		}
		return err
	})
}

// Setting implements storage.Settings.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	return outside(ctx, s, func(db *gorm.DB) (string, error) { return setting(db, name) })
}

func setting(db *gorm.DB, name string) (string, error) {
	var rows []settingRow
	if err := db.Where("name = ?", name).Find(&rows).Error; err != nil {
		return "", err
	}
	if len(rows) == 0 {
		return "", storage.NotFound("setting", name)
	}
	return rows[0].Value, nil
}

// Settle implements storage.Settings.
func (s *Store) Settle(ctx context.Context, name, value string) (held string, err error) {
	err = s.commit(ctx, func(t *tx) error {
		row := settingRow{Name: name, Value: value}
		if err := t.orm(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		held, err = setting(t.orm(ctx), name)
		return err
	})
	return held, err
}

// PutSetting implements storage.Settings.
func (s *Store) PutSetting(ctx context.Context, name, value string) error {
	return s.commit(ctx, func(t *tx) error {
		row := settingRow{Name: name, Value: value}
		return t.orm(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
}

// Lease implements storage.Settings. The row's value is the end of the lease, in as many digits for the next 250 years,
// and the owner.
func (s *Store) Lease(ctx context.Context, name, owner string, now, until time.Time) (held bool, err error) {
	err = s.commit(ctx, func(t *tx) error {
		held, err = t.changed(ctx, "INSERT INTO settings (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE"+
			" SET value=excluded.value WHERE substr(settings.value, 1, 13)<=? OR substr(settings.value, 15)=?",
			name, fmt.Sprintf("%013d %s", storage.Millis(until), owner), fmt.Sprintf("%013d", storage.Millis(now)), owner)
		return err
	})
	return held, err
}

// CasesAfter implements storage.Operations.
func (s *Store) CasesAfter(ctx context.Context, after bot.CaseNumber, limit int) ([]bot.Case, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]bot.Case, error) {
		q := db.Where("year > ? OR (year = ? AND seq > ?)", after.Year, after.Year, after.Seq)
		return s.cases(q.Order("year, seq").Limit(limit))
	})
}

// purgeSlice is how many rows one transaction deletes: members wait behind it.
const purgeSlice = 500

// Purge implements storage.Operations.
func (s *Store) Purge(ctx context.Context, now time.Time) (int, error) {
	before := func(keep time.Duration) int64 { return storage.Millis(now.Add(-keep)) }
	total := 0
	for _, class := range []struct {
		table, key, where string
		before            int64
	}{
		{"receipts", "(source, id)", "at<?", before(storage.KeepReceipts)},
		{"jobs", "id", "state='done' AND ended_at<?", before(storage.KeepDone)},
		{"jobs", "id", "state='given_up' AND ended_at<? AND lane NOT IN (SELECT chat FROM legal_holds)", before(storage.KeepGivenUp)},
		{"quarantine", "id", "resolved_at>0 AND resolved_at<? AND chat NOT IN (SELECT chat FROM legal_holds)", before(storage.KeepResolved)},
		{"tries", "(name, at)", "at<?", before(storage.KeepTries)},
		{"failures", "name", "at<?", before(storage.KeepTries)},
		{"sessions", "id", "created_at<?", before(storage.KeepTries)},
		{"questions", "id", "at<? AND chat NOT IN (SELECT chat FROM legal_holds)", before(storage.KeepQuestions)},
		{"question_asides", "question", "at<?", before(storage.KeepQuestions)},
	} {
		columns := class.key
		if columns[0] == '(' {
			columns = columns[1 : len(columns)-1]
		}
		query := "DELETE FROM " + class.table + " WHERE " + class.key + " IN (SELECT " + columns + " FROM " + class.table +
			" WHERE " + class.where + fmt.Sprintf(" LIMIT %d)", purgeSlice)
		n, err := s.purge(ctx, query, class.before)
		total += n
		if err != nil {
			return total, fmt.Errorf("purge %s: %w", class.table, err)
		}
	}
	return total, nil
}

// purge repeats a deletion until it finds nothing more.
func (s *Store) purge(ctx context.Context, query string, before int64) (total int, err error) {
	for {
		n, err := s.changeAll(ctx, query, before)
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
}
