package sqlstore

import (
	"context"
	"slices"
	"strconv"

	"javab/bot/casefile"
	"javab/storage"
)

// asked is the condition on the surveys v, joined to their cases c, that a query asks for.
func asked(q casefile.SurveyQuery) (cond string, args []any) {
	opens, args := opensCase(q.By)
	works, whose := worksOn(q.By)
	cond, args = where("v.asked_at >= ?", opens, works), slices.Concat([]any{storage.Millis(q.Since)}, args, whose)
	if q.Unit != "" {
		cond, args = cond+" AND v.unit = ?", append(args, string(q.Unit))
	}
	return cond, args
}

const surveysOfCases = " FROM surveys v JOIN cases c ON c.id=v.case_id"

// SurveyAnswers implements casefile.Surveys.
func (s *Store) SurveyAnswers(ctx context.Context, q casefile.SurveyQuery) (list []casefile.Answer, err error) {
	cond, args := asked(q)
	if q.Low {
		cond += " AND v.rating BETWEEN 1 AND " + strconv.Itoa(casefile.Low)
	}
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var r surveyRow
			var a casefile.Answer
			err := scan(&r.CaseID, &r.Round, &r.Year, &r.Seq, &r.Chat, &r.Member, &r.Unit, &r.AskedAt, &r.Rating, &r.Reason, &r.RatedAt,
				&a.Kind, &a.Category, &a.Holder, &a.Name)
			a.Survey = r.survey()
			list = append(list, a)
			return err
		}, "SELECT v.case_id, v.round, v.year, v.seq, v.chat, v.member, v.unit, v.asked_at, v.rating, v.reason, v.rated_at,"+
			" c.kind, c.category, c.holder, COALESCE(m.name, '')"+surveysOfCases+" LEFT JOIN members m ON m.id=v.member AND v.member<>''"+
			cond+" ORDER BY v.asked_at DESC, v.case_id DESC, v.round DESC LIMIT "+strconv.Itoa(q.Limit), args...)
	})
	return list, err
}

// SurveyTally implements casefile.Surveys.
func (s *Store) SurveyTally(ctx context.Context, q casefile.SurveyQuery) (tally casefile.Tally, err error) {
	cond, args := asked(q)
	err = s.guard(ctx, func() error {
		tally = casefile.Tally{}
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var rating, n int
			err := scan(&rating, &n)
			tally.Add(rating, n)
			return err
		}, "SELECT v.rating, COUNT(*)"+surveysOfCases+cond+" GROUP BY v.rating", args...)
	})
	return tally, err
}
