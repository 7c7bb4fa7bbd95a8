package memstore

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

// Standing implements desk.Rounds.
func (s *Store) Standing(context.Context) ([]desk.Standing, error) {
	return locked(s, func(t *tx) (list []desk.Standing) {
		for h := range t.unended() {
			if h.State == bot.HandOverWaiting && h.AnsweredAt.IsZero() && h.Named == "" {
				continue
			}
			list = append(list, t.standing(h))
		}
		slices.SortFunc(list, func(a, b desk.Standing) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
		return list
	}), nil
}

func (t *tx) standing(h bot.HandOver) desk.Standing {
	st := desk.Standing{HandOver: h, Rev: t.chats[h.Chat].Rev}
	for _, a := range t.approvals {
		st.Held = st.Held || a.Open() && a.Chat == h.Chat && a.Author == h.Holder
	}
	for _, m := range ordered(t.messages) {
		switch {
		case m.Chat != h.Chat:
		case m.Direction == bot.Out && m.Author != bot.ByBot && !m.At.Before(h.At):
			st.OfficerAt, st.MemberAt = m.At, time.Time{}
		case m.Direction == bot.In:
			st.HeardAt = m.At
			if st.MemberAt.IsZero() && !st.OfficerAt.IsZero() {
				st.MemberAt = m.At
			}
		}
	}
	return st
}

// Crowds implements desk.Rounds.
func (s *Store) Crowds(context.Context) ([]desk.Crowd, error) {
	return locked(s, func(t *tx) []desk.Crowd {
		crowds := map[desk.Crowd]int{}
		for h := range t.waiting() {
			if h.Named == "" {
				crowds[desk.Crowd{Unit: h.Unit, Lang: h.Lang}]++
			}
		}
		list := slices.SortedFunc(maps.Keys(crowds), func(a, b desk.Crowd) int {
			return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Lang, b.Lang))
		})
		for i, c := range list {
			list[i].N = crowds[c]
		}
		return list
	}), nil
}

// Waiting implements desk.Rounds.
func (s *Store) Waiting(_ context.Context, unit bot.UnitID, lang bot.Lang, limit int) ([]bot.ChatKey, error) {
	return locked(s, func(t *tx) (chats []bot.ChatKey) {
		var list []bot.HandOver
		for h := range t.waiting() {
			if h.Named == "" && h.Unit == unit && h.Lang == lang {
				list = append(list, h)
			}
		}
		slices.SortFunc(list, inQueue)
		for _, h := range list[:min(limit, len(list))] {
			chats = append(chats, h.Chat)
		}
		return chats
	}), nil
}

// Handled implements desk.Rounds.
func (s *Store) Handled(_ context.Context, unit bot.UnitID, limit int) ([]bot.HandOver, error) {
	return locked(s, func(t *tx) []bot.HandOver {
		list := where(t.hands, func(h bot.HandOver) bool {
			return h.State == bot.HandOverEnded && !h.ClaimedAt.IsZero() && h.Unit == unit
		}, func(a, b bot.HandOver) int { return b.EndedAt.Compare(a.EndedAt) })
		return list[:min(limit, len(list))]
	}), nil
}
