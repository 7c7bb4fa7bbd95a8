package sqlstore

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// Referrals implements cases.Parts.
func (t *tx) Referrals(ctx context.Context, of bot.CaseID) ([]bot.Referral, error) {
	var rows []referralRow
	err := t.orm(ctx).Where("case_id = ?", string(of)).Order("asked_at, id").Find(&rows).Error
	return listed(rows, referralRow.referral), err
}

// SaveReferral implements cases.Parts.
func (t *tx) SaveReferral(ctx context.Context, r bot.Referral) error {
	row := referralRowOf(r)
	return t.orm(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// Tasks implements cases.Parts.
func (t *tx) Tasks(ctx context.Context, of bot.CaseID) ([]bot.Task, error) {
	var rows []taskRow
	err := t.orm(ctx).Where("case_id = ?", string(of)).Order("made_at, id").Find(&rows).Error
	return listed(rows, taskRow.task), err
}

// SaveTask implements cases.Parts.
func (t *tx) SaveTask(ctx context.Context, task bot.Task) error {
	row := taskRowOf(task)
	return t.orm(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// listed turns rows into what they stand for.
func listed[R, T any](rows []R, of func(R) T) []T {
	var list []T
	for _, r := range rows {
		list = append(list, of(r))
	}
	return list
}

// Survey implements cases.Surveys.
func (t *tx) Survey(ctx context.Context, of bot.CaseID, round int) (bot.Survey, error) {
	var rows []surveyRow
	if err := t.orm(ctx).Where("case_id = ? AND round = ?", string(of), round).Limit(1).Find(&rows).Error; err != nil {
		return bot.Survey{}, err
	}
	if len(rows) == 0 {
		return bot.Survey{}, storage.NotFound("survey", string(of))
	}
	return rows[0].survey(), nil
}

// SaveSurvey implements cases.Surveys.
func (t *tx) SaveSurvey(ctx context.Context, s bot.Survey) error {
	row := surveyRowOf(s)
	return t.orm(ctx).Clauses(clause.OnConflict{UpdateAll: true, Columns: []clause.Column{{Name: "case_id"}, {Name: "round"}}}).Create(&row).Error
}

// LastSurvey implements cases.Surveys.
func (t *tx) LastSurvey(ctx context.Context, owner cases.Owner) (time.Time, error) {
	var last int64
	_, err := one(ctx, t.pool, []any{&last}, "SELECT COALESCE(MAX(asked_at),0) FROM surveys WHERE chat=? OR (member<>'' AND member=?)",
		string(owner.Chat), string(owner.Member))
	return storage.Instant(last), err
}
