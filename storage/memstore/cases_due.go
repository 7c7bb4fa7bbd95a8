package memstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// DueCases implements cases.Store.
func (s *Store) DueCases(_ context.Context, now time.Time, version int64, limit int) ([]cases.Due, error) {
	return locked(s, func(t *tx) (list []cases.Due) {
		woken := t.casesWhere(func(c bot.Case) bool { return !c.WakeAt.IsZero() && !c.WakeAt.After(now) }, func(a, b bot.Case) int {
			return cmp.Or(a.WakeAt.Compare(b.WakeAt), cmp.Compare(a.ID, b.ID))
		})
		stale := t.casesWhere(func(c bot.Case) bool { return c.WakeAt.After(now) && c.HoursVersion < version }, func(a, b bot.Case) int {
			return cmp.Or(cmp.Compare(a.HoursVersion, b.HoursVersion), cmp.Compare(a.ID, b.ID))
		})
		for _, c := range slices.Concat(woken, stale) {
			list = append(list, cases.Due{Number: c.Number, Chat: c.Chat, Version: c.HoursVersion})
		}
		return list[:min(limit, len(list))]
	}), nil
}

// casesWhere are the cases that fit, in an order.
func (t *tx) casesWhere(fits func(bot.Case) bool, order func(a, b bot.Case) int) []bot.Case {
	found := where(t.cases, fits, order)
	for i, c := range found {
		found[i] = rowOfCase(c)
	}
	return found
}

// HeldCases implements cases.HeldTx.
func (t *tx) HeldCases(_ context.Context, by bot.StaffID) ([]bot.Case, error) {
	return t.casesWhere(
		func(c bot.Case) bool { return c.Holder == by && by != "" && c.State.Open() },
		func(a, b bot.Case) int { return byNumber(a.Number, b.Number) },
	), nil
}

// Answered implements cases.RoundTx.
func (t *tx) Answered(_ context.Context, chat bot.ChatKey, after time.Time) (first, last time.Time, err error) {
	for _, m := range t.messages {
		staffs := m.Direction == bot.Out && m.Author != bot.ByBot && m.Author != bot.ByMember
		if m.Chat != chat || !staffs || m.Flow == cases.NoticeFlow || !m.At.After(storage.Round(after)) {
			continue
		}
		if first.IsZero() || m.At.Before(first) {
			first = m.At
		}
		if m.At.After(last) {
			last = m.At
		}
	}
	return first, last, nil
}
