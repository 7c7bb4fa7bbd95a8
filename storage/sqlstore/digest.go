package sqlstore

import (
	"context"
	"slices"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/digest"
	"javab/storage"
)

// MoneyCases implements digest.Reads. It walks all cases: somebody asks once a day.
func (s *Store) MoneyCases(ctx context.Context, by bot.Staff, in digest.Span) ([]digest.Entry, error) {
	return s.entries(ctx, by, "c.financial AND c.id IN (SELECT e.case_id FROM case_entries e WHERE e.case_id=c.id AND e.what='"+cases.DidMark+
		"' AND e.text_after LIKE '%financial%' AND e.text_before NOT LIKE '%financial%' AND e.at>=? AND e.at<?)", in)
}

// entries are the cases of which something holds in a span, of those that somebody works on.
func (s *Store) entries(ctx context.Context, by bot.Staff, what string, in digest.Span) (list []digest.Entry, err error) {
	opens, args := opensCase(by)
	works, whose := worksOn(by)
	args = slices.Concat([]any{storage.Millis(in.From), storage.Millis(in.To)}, args, whose)
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var e digest.Entry
			err := scan(&e.Number.Year, &e.Number.Seq, &e.Confidential)
			list = append(list, e)
			return err
		}, "SELECT c.year, c.seq, c.confidential FROM cases c"+where(what, opens, works)+" ORDER BY c.year, c.seq", args...)
	})
	return list, err
}
