package sqlstore

import (
	"context"
	"strconv"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// OpenCase implements cases.Tx. The row of the year's last number is the lock under which cases are opened: whoever
// opens one for the same draft comes after, and finds it.
func (t *tx) OpenCase(ctx context.Context, c bot.Case) (bot.Case, error) {
	if err := t.mark(ctx, c.Draft, c); err != nil { // before the lock, which others wait for
		return bot.Case{}, err
	}
	if t.s.dialect() == postSQL {
		return t.openAtOnce(ctx, c)
	}
	_, err := one(ctx, t.pool, []any{&c.Number.Seq}, "INSERT INTO case_numbers (year, last) VALUES (?,1)"+
		" ON CONFLICT (year) DO UPDATE SET last=case_numbers.last+1 RETURNING last", c.Number.Year)
	if err != nil {
		return bot.Case{}, err
	}
	row, err := t.s.caseRow(c)
	if err != nil {
		return bot.Case{}, err
	}
	made := t.orm(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "draft"}}, DoNothing: true}).Create(&row)
	if made.Error != nil {
		return bot.Case{}, made.Error
	}
	if made.RowsAffected == 0 {
		return t.openedBefore(ctx, c)
	}
	c, err = t.s.caseOf(row)
	if err != nil {
		return bot.Case{}, err
	}
	entry := entryRowOf(storage.Opened(c))
	return c, t.orm(ctx).Create(&entry).Error
}

// openCase is number, case and first line of its timeline in one journey: the year's lock is held for no others.
const openCase = "WITH n AS (INSERT INTO case_numbers (year, last) VALUES (?,1)" +
	" ON CONFLICT (year) DO UPDATE SET last=case_numbers.last+1 RETURNING last)," +
	" c AS (INSERT INTO cases (id, year, seq, kind, category, unit, state, chat, member, draft, text, answers, phone, name, urgency," +
	" confidential, opened_at, due_at, first_answer_at, notice_at, holder, promised, spent, runs_since, told_at, told_due," +
	" answered_at, breached_at, first_late_at, alarm, wake_at, hours_version)" +
	" SELECT ?::text, ?::bigint, n.last, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::bytea, ?::bytea," +
	" ?::text, ?::text, ?::bool, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::text, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::bigint," +
	" ?::bigint, ?::bigint, ?::bigint, ?::text, ?::bigint, ?::bigint FROM n ON CONFLICT (draft) DO NOTHING RETURNING id, seq)," +
	" e AS (INSERT INTO case_entries (case_id, what, author, text, text_before, text_after, draft, at)" +
	" SELECT c.id, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::bigint FROM c) SELECT seq FROM c"

// openAtOnce is OpenCase for PostgreSQL.
func (t *tx) openAtOnce(ctx context.Context, c bot.Case) (bot.Case, error) {
	r, err := t.s.caseRow(c)
	if err != nil {
		return bot.Case{}, err
	}
	e := entryRowOf(storage.Opened(c))
	made, err := one(ctx, t.pool, []any{&r.Seq}, openCase, r.Year,
		r.ID, r.Year, r.Kind, r.Category, r.Unit, r.State, r.Chat, r.Member, r.Draft, r.Text, r.Answers, r.Phone, r.Name, r.Urgency,
		r.Confidential, r.OpenedAt, r.DueAt, r.FirstAnswerAt, r.NoticeAt, r.Holder, r.Promised, r.Spent, r.RunsSince, r.ToldAt, r.ToldDue,
		r.AnsweredAt, r.BreachedAt, r.FirstLateAt, r.Alarm, r.WakeAt, r.HoursVersion,
		e.What, e.Author, e.Text, e.TextBefore, e.TextAfter, e.Draft, e.At)
	switch {
	case err != nil:
		return bot.Case{}, err
	case !made:
		return t.openedBefore(ctx, c)
	}
	return t.s.caseOf(r)
}

// openedBefore gives the number back and returns the case of the same draft.
func (t *tx) openedBefore(ctx context.Context, c bot.Case) (bot.Case, error) {
	_, err := t.ExecContext(ctx, "UPDATE case_numbers SET last=last-1 WHERE year=?", c.Number.Year)
	if err != nil {
		return bot.Case{}, err
	}
	return t.s.oneCase(t.orm(ctx).Where("draft = ?", string(c.Draft)), string(c.Draft))
}

// mark gives the messages of a draft the unit and confidentiality of the case they belong to. The draft's pieces and
// files are found by the draft, which the case and its timeline name.
func (t *tx) mark(ctx context.Context, draft bot.DraftID, c bot.Case) error {
	if draft == "" {
		return nil
	}
	_, err := t.ExecContext(ctx, "UPDATE messages SET unit=?, confidential=? WHERE draft<>'' AND draft=?",
		string(c.Unit), c.Confidential, string(draft))
	return err
}

// oneCase returns the chosen case, or bot.NotFound.
func (s *Store) oneCase(q *gorm.DB, name string) (bot.Case, error) {
	var rows []caseRow
	if err := q.Limit(1).Find(&rows).Error; err != nil {
		return bot.Case{}, err
	}
	if len(rows) == 0 {
		return bot.Case{}, storage.NotFound("case", name)
	}
	return s.caseOf(rows[0])
}

// Case implements cases.Tx.
func (t *tx) Case(ctx context.Context, number bot.CaseNumber) (bot.Case, error) {
	q := t.orm(ctx).Where("year = ? AND seq = ?", number.Year, number.Seq)
	if t.s.dialect() == postSQL {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	return t.s.oneCase(q, number.String())
}

// SaveCase implements cases.Tx.
func (t *tx) SaveCase(ctx context.Context, c bot.Case, entries ...bot.CaseEntry) error {
	row, err := t.s.caseRow(c)
	if err != nil {
		return err
	}
	saved := t.orm(ctx).Model(&row).Select("*").Omit("id", "year", "seq", "draft").Updates(&row)
	if saved.Error != nil {
		return saved.Error
	}
	if saved.RowsAffected == 0 {
		return storage.NotFound("case", c.Number.String())
	}
	for _, entry := range entries {
		entry.Case = c.ID
		line := entryRowOf(entry)
		if err := t.orm(ctx).Create(&line).Error; err != nil {
			return err
		}
		if err := t.mark(ctx, entry.Draft, c); err != nil {
			return err
		}
	}
	return nil
}

// Cases implements cases.Tx.
func (t *tx) Cases(ctx context.Context, owner cases.Owner, limit int) ([]bot.Case, error) {
	return t.s.casesOf(t.orm(ctx), owner, limit)
}

func (s *Store) casesOf(q *gorm.DB, owner cases.Owner, limit int) ([]bot.Case, error) {
	return s.casesSeen(q, owner, limit, "1=1")
}

// casesSeen are the owner's cases of which a condition holds.
func (s *Store) casesSeen(q *gorm.DB, owner cases.Owner, limit int, cond string, args ...any) ([]bot.Case, error) {
	query := "SELECT * FROM cases WHERE ((chat = ? AND member = '') OR (member <> '' AND member = ?)) AND " + cond + " ORDER BY CASE WHEN state IN ('" +
		string(bot.Closed) + "','" + string(bot.Withdrawn) + "') THEN 1 ELSE 0 END, opened_at DESC, seq DESC"
	if limit != all { // written out: SQLite plans a statement anew whenever a bound limit is bound
		query += " LIMIT " + strconv.Itoa(limit)
	}
	return s.cases(q.Raw(query, append([]any{string(owner.Chat), string(owner.Member)}, args...)...))
}

func (s *Store) cases(q *gorm.DB) ([]bot.Case, error) {
	var rows []caseRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	var list []bot.Case
	for _, r := range rows {
		c, err := s.caseOf(r)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// Draft implements cases.Tx.
func (t *tx) Draft(ctx context.Context, id bot.DraftID) (bot.Draft, error) {
	return t.s.draft(ctx, t.pool, id)
}

// CountTry implements cases.Tx.
func (t *tx) CountTry(ctx context.Context, name string, now, since time.Time) (n int, err error) {
	_, err = t.ExecContext(ctx, "INSERT INTO tries (name, at) VALUES (?,?)", name, storage.Millis(now))
	if err != nil {
		return 0, err
	}
	_, err = one(ctx, t.pool, []any{&n}, "SELECT COUNT(*) FROM tries WHERE name=? AND at>=?", name, storage.Millis(since))
	return n, err
}
