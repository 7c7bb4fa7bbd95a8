package sqlstore

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// Session implements staff.Sessions.
func (t *tx) Session(ctx context.Context, id string) (staff.Session, error) {
	return oneSession(t.locking(ctx), id)
}

func oneSession(db *gorm.DB, id string) (staff.Session, error) {
	var rows []sessionRow
	if err := db.Where("id = ?", id).Find(&rows).Error; err != nil {
		return staff.Session{}, err
	}
	if len(rows) == 0 {
		return staff.Session{}, storage.NotFound("session", "")
	}
	return rows[0].session(), nil
}

// SaveSession implements staff.Sessions.
func (t *tx) SaveSession(ctx context.Context, s staff.Session) error {
	row := sessionRowOf(s)
	upsert := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}
	return t.orm(ctx).Clauses(upsert).Create(&row).Error
}

// Touch implements staff.Sessions. A session that was locked by hand stays so.
func (t *tx) Touch(ctx context.Context, id string, at time.Time) error {
	ms := storage.Millis(at)
	_, err := t.ExecContext(ctx, "UPDATE sessions SET seen_at=? WHERE id=? AND seen_at<? AND seen_at>0", ms, id, ms)
	return err
}

// EndSession implements staff.Sessions.
func (t *tx) EndSession(ctx context.Context, id string) error {
	_, err := t.ExecContext(ctx, "DELETE FROM sessions WHERE id=?", id)
	return err
}

// EndSessions implements staff.Sessions.
func (t *tx) EndSessions(ctx context.Context, of bot.StaffID, but string) (int, error) {
	result, err := t.ExecContext(ctx, "DELETE FROM sessions WHERE staff=? AND id<>?", string(of), but)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// SessionStaff implements staff.Reads.
func (s *Store) SessionStaff(ctx context.Context, id string) (session staff.Session, who bot.Staff, err error) {
	_, err = outside(ctx, s, func(db *gorm.DB) (struct{}, error) {
		if session, err = oneSession(db, id); err != nil {
			return struct{}{}, err
		}
		who, err = oneStaff(db.Where("id = ?", string(session.Staff)), string(session.Staff))
		return struct{}{}, err
	})
	return session, who, err
}

// SessionsOf implements staff.Reads.
func (s *Store) SessionsOf(ctx context.Context, id bot.StaffID) ([]staff.Session, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]staff.Session, error) {
		var rows []sessionRow
		if err := db.Where("staff = ?", string(id)).Order("created_at DESC, id").Find(&rows).Error; err != nil {
			return nil, err
		}
		sessions := make([]staff.Session, len(rows))
		for i, r := range rows {
			sessions[i] = r.session()
		}
		return sessions, nil
	})
}
