package memstore

import (
	"cmp"
	"context"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// Referrals implements cases.Parts.
func (t *tx) Referrals(_ context.Context, of bot.CaseID) ([]bot.Referral, error) {
	return where(t.referrals, func(r bot.Referral) bool { return r.Case == of }, func(a, b bot.Referral) int {
		return cmp.Or(a.AskedAt.Compare(b.AskedAt), cmp.Compare(a.ID, b.ID))
	}), nil
}

// SaveReferral implements cases.Parts.
func (t *tx) SaveReferral(_ context.Context, r bot.Referral) error {
	round(&r.AskedAt, &r.DueAt, &r.RemindedAt, &r.LateAt, &r.RepliedAt, &r.WithdrawnAt, &r.LinkUntil)
	put(t, &t.referrals, r.ID, r)
	return nil
}

// Tasks implements cases.Parts.
func (t *tx) Tasks(_ context.Context, of bot.CaseID) ([]bot.Task, error) {
	return where(t.tasks, func(task bot.Task) bool { return task.Case == of }, func(a, b bot.Task) int {
		return cmp.Or(a.MadeAt.Compare(b.MadeAt), cmp.Compare(a.ID, b.ID))
	}), nil
}

// SaveTask implements cases.Parts.
func (t *tx) SaveTask(_ context.Context, task bot.Task) error {
	round(&task.MadeAt, &task.DueAt, &task.LateAt, &task.DoneAt)
	put(t, &t.tasks, task.ID, task)
	return nil
}

type surveyKey struct {
	of    bot.CaseID
	round int
}

// Survey implements cases.Surveys.
func (t *tx) Survey(_ context.Context, of bot.CaseID, round int) (bot.Survey, error) {
	s, asked := t.surveys[surveyKey{of, round}]
	if !asked {
		return s, storage.NotFound("survey", string(of))
	}
	return s, nil
}

// SaveSurvey implements cases.Surveys.
func (t *tx) SaveSurvey(_ context.Context, s bot.Survey) error {
	s.AskedAt, s.RatedAt = storage.Round(s.AskedAt), storage.Round(s.RatedAt)
	put(t, &t.surveys, surveyKey{s.Case, s.Round}, s)
	return nil
}

// LastSurvey implements cases.Surveys.
func (t *tx) LastSurvey(_ context.Context, owner cases.Owner) (last time.Time, err error) {
	for _, s := range t.surveys {
		if (s.Chat == owner.Chat || s.Member != "" && s.Member == owner.Member) && s.AskedAt.After(last) {
			last = s.AskedAt
		}
	}
	return last, nil
}
