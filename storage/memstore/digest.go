package memstore

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/digest"
)

// MoneyCases implements digest.Reads.
func (s *Store) MoneyCases(_ context.Context, by bot.Staff, in digest.Span) ([]digest.Entry, error) {
	const money = "financial"
	return s.digested(by, func(t *tx, c bot.Case) bool {
		for _, e := range t.entries {
			marked := e.What == cases.DidMark && strings.Contains(e.After, money) && !strings.Contains(e.Before, money)
			if c.Financial && marked && e.Case == c.ID && within(e.At, in) {
				return true
			}
		}
		return false
	}), nil
}

func within(at time.Time, in digest.Span) bool { return !at.Before(in.From) && at.Before(in.To) }

// digested are the cases of which something holds, of those that somebody works on.
func (s *Store) digested(by bot.Staff, holds func(*tx, bot.Case) bool) []digest.Entry {
	return locked(s, func(t *tx) (list []digest.Entry) {
		for _, c := range t.cases {
			if cases.Sees(by, c, t.about(c.Chat)) && holds(t, c) {
				list = append(list, digest.Entry{Number: c.Number, Confidential: c.Confidential})
			}
		}
		slices.SortFunc(list, func(a, b digest.Entry) int {
			return cmp.Or(cmp.Compare(a.Number.Year, b.Number.Year), cmp.Compare(a.Number.Seq, b.Number.Seq))
		})
		return list
	})
}
