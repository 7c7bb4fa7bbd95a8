package sqlstore

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// Staff implements staff.People.
func (t *tx) Staff(ctx context.Context, id bot.StaffID) (bot.Staff, error) {
	return oneStaff(t.locking(ctx).Where("id = ?", string(id)), string(id))
}

// StaffByLogin implements staff.People.
func (t *tx) StaffByLogin(ctx context.Context, login string) (bot.Staff, error) {
	return oneStaff(t.locking(ctx).Where("login = ?", clean(login)), login)
}

// locking is gorm whose reads keep others from writing. SQLite has one writer: what it reads is locked.
func (t *tx) locking(ctx context.Context) *gorm.DB {
	db := t.orm(ctx)
	if t.s.dialect().forUpdate() == "" {
		return db
	}
	return db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
}

func oneStaff(q *gorm.DB, name string) (bot.Staff, error) {
	var rows []staffRow
	if err := q.Limit(1).Find(&rows).Error; err != nil {
		return bot.Staff{}, err
	}
	if len(rows) == 0 {
		return bot.Staff{}, storage.NotFound("staff", name)
	}
	return rows[0].staff()
}

// Admins implements staff.People. They are locked in one order, so that two who ask do not wait for each other for ever.
func (t *tx) Admins(ctx context.Context) ([]bot.Staff, error) {
	return allStaff(t.locking(ctx).Where("role = ? AND NOT disabled", string(bot.RoleAdmin)).Order("id"))
}

func allStaff(q *gorm.DB) ([]bot.Staff, error) {
	var rows []staffRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	all := make([]bot.Staff, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.staff(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// SaveStaff implements staff.People.
func (t *tx) SaveStaff(ctx context.Context, s bot.Staff) error {
	// The unique index would say so too, but on PostgreSQL it would end the transaction.
	other, err := oneStaff(t.orm(ctx).Where("login = ?", clean(s.Login)), s.Login)
	if err == nil && other.ID != s.ID {
		return storage.Taken("login")
	}
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return err
	}
	row := staffRowOf(s)
	upsert := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}
	return t.orm(ctx).Clauses(upsert).Create(&row).Error
}

// Secrets implements staff.People.
func (t *tx) Secrets(ctx context.Context, id bot.StaffID) (staff.Secrets, error) {
	var rows []secretsRow
	if err := t.locking(ctx).Where("staff = ?", string(id)).Find(&rows).Error; err != nil || len(rows) == 0 {
		return staff.Secrets{}, err
	}
	return t.s.secretsOf(rows[0])
}

// SaveSecrets implements staff.People.
func (t *tx) SaveSecrets(ctx context.Context, id bot.StaffID, s staff.Secrets) error {
	row := t.s.secretsRow(id, s)
	upsert := clause.OnConflict{Columns: []clause.Column{{Name: "staff"}}, UpdateAll: true}
	return t.orm(ctx).Clauses(upsert).Create(&row).Error
}

// Failure implements staff.Failures. The row is made first: what is not there cannot be locked.
func (t *tx) Failure(ctx context.Context, name string) (f staff.Failure, err error) {
	_, err = t.ExecContext(ctx, "INSERT INTO failures (name, n, at, until) VALUES (?,0,0,0) ON CONFLICT (name) DO NOTHING", clean(name))
	if err != nil {
		return staff.Failure{}, err
	}
	var at, until int64
	_, err = one(ctx, t.pool, []any{&f.N, &at, &until},
		"SELECT n, at, until FROM failures WHERE name=?"+t.s.dialect().forUpdate(), clean(name))
	f.At, f.Until = storage.Instant(at), storage.Instant(until)
	return f, err
}

// SaveFailure implements staff.Failures.
func (t *tx) SaveFailure(ctx context.Context, name string, f staff.Failure) error {
	_, err := t.ExecContext(ctx, "INSERT INTO failures (name, n, at, until) VALUES (?,?,?,?) ON CONFLICT (name)"+
		" DO UPDATE SET n=excluded.n, at=excluded.at, until=excluded.until",
		clean(name), f.N, storage.Millis(f.At), storage.Millis(f.Until))
	return err
}

// AllStaff implements staff.Roll.
func (s *Store) AllStaff(ctx context.Context) ([]bot.Staff, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]bot.Staff, error) { return allStaff(db.Order("login")) })
}

// Everybody implements staffchat.Tx.
func (t *tx) Everybody(ctx context.Context) ([]bot.Staff, error) {
	return allStaff(t.orm(ctx).Order("login"))
}

// Proofs implements staff.Roll.
func (s *Store) Proofs(ctx context.Context) (map[bot.StaffID]staff.Proof, error) {
	return outside(ctx, s, func(db *gorm.DB) (map[bot.StaffID]staff.Proof, error) {
		var rows []secretsRow
		if err := db.Find(&rows).Error; err != nil {
			return nil, err
		}
		proofs := make(map[bot.StaffID]staff.Proof, len(rows))
		for _, r := range rows {
			secrets, err := s.secretsOf(r)
			if err != nil {
				return nil, err
			}
			proofs[bot.StaffID(r.Staff)] = secrets.Proof()
		}
		return proofs, nil
	})
}
