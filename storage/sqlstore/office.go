package sqlstore

import (
	"context"
	"strconv"
	"time"

	"gorm.io/gorm"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// ReadCase implements cases.OfficeReads.
func (s *Store) ReadCase(ctx context.Context, number bot.CaseNumber) (bot.Case, error) {
	return outside(ctx, s, func(db *gorm.DB) (bot.Case, error) {
		return s.oneCase(db.Where("year = ? AND seq = ?", number.Year, number.Seq), number.String())
	})
}

// LinkedReferral implements cases.OfficeReads.
func (s *Store) LinkedReferral(ctx context.Context, hash string) (r bot.Referral, number bot.CaseNumber, err error) {
	_, err = outside(ctx, s, func(db *gorm.DB) (bool, error) {
		var rows []referralRow
		if err := db.Where("link = ? AND link <> ''", hash).Limit(1).Find(&rows).Error; err != nil {
			return false, err
		}
		if len(rows) == 0 {
			return false, storage.NotFound("referral", "")
		}
		r = rows[0].referral()
		c, err := s.oneCase(db.Where("id = ?", string(r.Case)), string(r.Case))
		number = c.Number
		return true, err
	})
	return r, number, err
}

// CaseApprovals implements cases.OfficeTx.
func (t *tx) CaseApprovals(ctx context.Context, number bot.CaseNumber) ([]bot.Approval, error) {
	return t.s.approvals(t.orm(ctx).Where("number = ? AND number <> ''", number.String()).Order("asked_at, id"))
}

// Alike implements cases.OfficeTx.
func (t *tx) Alike(ctx context.Context, c bot.Case, since time.Time, limit int) ([]bot.Case, error) {
	const colleagues = "SELECT m.id FROM members m WHERE m.company <> '' AND m.company = (SELECT n.company FROM members n WHERE n.id = ?)"
	return t.s.cases(t.orm(ctx).Raw("SELECT * FROM cases WHERE (chat = ? OR (member <> '' AND (member = ? OR member IN ("+colleagues+"))))"+
		" AND id <> ? AND kind = ? AND category = ? AND state NOT IN ('"+string(bot.Closed)+"','"+string(bot.Withdrawn)+"')"+
		" AND opened_at >= ? ORDER BY opened_at DESC, year DESC, seq DESC LIMIT "+strconv.Itoa(limit),
		string(c.Chat), string(c.Member), string(c.Member), string(c.ID), string(c.Kind), c.Category, storage.Millis(since)))
}

// heirRow is a member with one of his chats.
type heirRow struct {
	Member  memberRow `gorm:"embedded"`
	Chat    string
	Entered bool
}

// Heirs implements cases.OfficeTx.
func (t *tx) Heirs(ctx context.Context, c bot.Case, limit int) ([]cases.Heir, error) {
	const his = "SELECT n.id FROM members n WHERE n.id = ? AND n.id <> '' UNION ALL SELECT k.member FROM chats k WHERE k.key = ? AND ? = ''"
	var rows []heirRow
	err := t.orm(ctx).Raw("SELECT m.*, h.key AS chat, f.member IS NOT NULL AS entered FROM members m JOIN chats h ON h.member = m.id"+
		" LEFT JOIN member_facts f ON f.member = m.id AND f.field = 'membership_no'"+
		" WHERE m.verified AND NOT h.blocked AND m.membership_no <> '' AND m.id NOT IN ("+his+")"+
		" AND m.membership_no IN (SELECT o.membership_no FROM members o WHERE o.id IN ("+his+"))"+
		" ORDER BY m.name, h.key LIMIT "+strconv.Itoa(limit),
		string(c.Member), string(c.Chat), string(c.Member), string(c.Member), string(c.Chat), string(c.Member)).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	heirs := make([]cases.Heir, len(rows))
	for i, r := range rows {
		m, err := t.s.member(r.Member)
		if err != nil {
			return nil, err
		}
		heirs[i] = cases.Heir{Member: m, Chat: bot.ChatKey(r.Chat), Entered: r.Entered}
	}
	return heirs, nil
}

// Entered implements cases.People.
func (t *tx) Entered(ctx context.Context, e bot.CaseEntry) (bool, error) {
	var n int
	return one(ctx, t.pool, []any{&n}, "SELECT 1 FROM case_entries WHERE case_id=? AND what=? AND author=? AND text=? AND at>=? LIMIT 1",
		string(e.Case), e.What, string(e.Author), clean(e.Text), storage.Millis(e.At))
}
