package memstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/report"
)

// ReportCases implements report.Reads.
func (s *Store) ReportCases(_ context.Context, q report.Query, why report.Reason) ([]report.Case, error) {
	return locked(s, func(t *tx) (list []report.Case) {
		for _, c := range t.cases {
			if r := report.Of(rowOfCase(c)); r.Within(q.From, q.To, why) && t.reported(q, c.Chat, c.Unit, c.Confidential) {
				list = append(list, r)
			}
		}
		slices.SortFunc(list, func(a, b report.Case) int { return byNumber(a.Number, b.Number) })
		return list
	}), nil
}

// reported reports whether a report may count a case or a line of a chat.
func (t *tx) reported(q report.Query, chat bot.ChatKey, unit bot.UnitID, confidential bool) bool {
	return finds(q.By, unit, confidential) && !t.accused[mark{q.By.ID, chat}] && (q.Unit == "" || q.Unit == unit)
}

// ReportSurveys implements report.Reads.
func (s *Store) ReportSurveys(_ context.Context, q report.Query) ([]report.Survey, error) {
	return locked(s, func(t *tx) (list []report.Survey) {
		for _, v := range t.surveys {
			c := t.cases[v.Case]
			if (in(q, v.AskedAt) || in(q, v.RatedAt)) && t.reported(q, c.Chat, c.Unit, c.Confidential) {
				list = append(list, report.Survey{
					Case: v.Case, Number: v.Number, Round: v.Round, Unit: c.Unit, AskedAt: v.AskedAt, Rating: v.Rating, Reason: v.Reason, RatedAt: v.RatedAt,
				})
			}
		}
		slices.SortFunc(list, func(a, b report.Survey) int {
			return cmp.Or(byNumber(a.Number, b.Number), cmp.Compare(a.Round, b.Round))
		})
		return list
	}), nil
}

func in(q report.Query, at time.Time) bool {
	return !at.IsZero() && !at.Before(q.From) && at.Before(q.To)
}

// ReportContacts implements report.Reads.
func (s *Store) ReportContacts(_ context.Context, q report.Query) ([]report.Contact, error) {
	return locked(s, func(t *tx) (list []report.Contact) {
		found := map[string]*report.Contact{}
		for _, m := range ordered(t.messages) {
			if m.Direction != bot.Out || m.Author == bot.ByBot || m.Author == bot.ByMember || !m.DeletedAt.IsZero() || !in(q, m.At) ||
				!t.reported(q, m.Chat, m.Unit, m.Confidential) {
				continue
			}
			who := t.chats[m.Chat].Member
			key := cmp.Or(string(who), string(m.Chat))
			c := found[key]
			if c == nil {
				c = &report.Contact{Member: who, Name: t.members[who].Name, Chat: m.Chat, First: m.At, Last: m.At}
				found[key] = c
			}
			c.Chat, c.Times, c.First = min(c.Chat, m.Chat), c.Times+1, earlier(c.First, m.At)
			c.Last = slices.MaxFunc([]time.Time{c.Last, m.At}, time.Time.Compare)
		}
		for _, c := range found {
			list = append(list, *c)
		}
		slices.SortFunc(list, func(a, b report.Contact) int { return cmp.Compare(a.Chat, b.Chat) })
		return list
	}), nil
}

// ReportMoves implements report.Reads.
func (s *Store) ReportMoves(_ context.Context, of []bot.CaseID) ([]bot.CaseEntry, error) {
	return locked(s, func(t *tx) (list []bot.CaseEntry) {
		for _, e := range ordered(t.entries) {
			if slices.Contains(of, e.Case) && report.IsMove(e) {
				e.Draft = ""
				list = append(list, e)
			}
		}
		return list
	}), nil
}
