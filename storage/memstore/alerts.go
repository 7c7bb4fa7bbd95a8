package memstore

import (
	"cmp"
	"context"
	"time"

	"javab/bot"
	"javab/bot/digest"
)

// alerted is an alert, and who was told and has seen it.
type alerted struct {
	bot.Alert
	told bool
	whom map[bot.StaffID]bool // true: has seen it
}

// with is the alert as it is when somebody was told of it or has seen it.
func (a alerted) with(id bot.StaffID, seen bool) alerted {
	whom := map[bot.StaffID]bool{id: seen}
	for other, saw := range a.whom {
		whom[other] = saw || whom[other]
	}
	a.whom = whom
	return a
}

// Alert implements cases.Alarms.
func (t *tx) Alert(_ context.Context, a bot.Alert) error {
	if _, there := t.alerts[a.ID]; there {
		return nil
	}
	round(&a.At)
	put(t, &t.alerts, a.ID, alerted{Alert: a})
	return nil
}

// Told implements digest.Tx.
func (t *tx) Told(_ context.Context, alert string, whom []bot.StaffID, _ time.Time) error {
	a, there := t.alerts[alert]
	if !there {
		return nil
	}
	for _, id := range whom {
		a = a.with(id, false)
	}
	a.told = true
	put(t, &t.alerts, alert, a)
	return nil
}

// SeeAlert implements digest.Tx.
func (t *tx) SeeAlert(_ context.Context, by bot.StaffID, alert string, _ time.Time) error {
	a := t.alerts[alert]
	if _, told := a.whom[by]; told {
		put(t, &t.alerts, alert, a.with(by, true))
	}
	return nil
}

// Untold implements digest.Reads.
func (s *Store) Untold(_ context.Context, limit int) ([]bot.Alert, error) {
	return locked(s, func(t *tx) []bot.Alert {
		return plain(where(t.alerts, func(a alerted) bool { return !a.told }, func(a, b alerted) int {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
		}), limit)
	}), nil
}

// Alerts implements digest.Reads.
func (s *Store) Alerts(_ context.Context, by bot.Staff, limit int) ([]bot.Alert, error) {
	return locked(s, func(t *tx) []bot.Alert {
		return plain(where(t.alerts, func(a alerted) bool {
			seen, told := a.whom[by.ID]
			return told && !seen && (by.Confidential || !a.Confidential) && !t.accused[mark{by.ID, a.Chat}]
		}, func(a, b alerted) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) }), limit)
	}), nil
}

func plain(all []alerted, limit int) (list []bot.Alert) {
	for _, a := range all[:min(limit, len(all))] {
		list = append(list, a.Alert)
	}
	return list
}

// UnhappyKeys implements digest.Reads.
func (s *Store) UnhappyKeys(_ context.Context, by bot.Staff, in digest.Span) ([]digest.Entry, error) {
	return s.digested(by, func(t *tx, c bot.Case) bool {
		for _, a := range t.alerts {
			if a.Case == c.Number && a.What.OfKey() && within(a.At, in) {
				return true
			}
		}
		return false
	}), nil
}

// SpikesIn implements digest.Reads.
func (s *Store) SpikesIn(_ context.Context, by bot.Staff, in digest.Span) (int, error) {
	return locked(s, func(t *tx) int {
		return len(where(t.alerts, func(a alerted) bool {
			return a.What == bot.AlertSpike && within(a.At, in) && by.Serves(a.Unit) && (by.Confidential || !a.Confidential)
		}, func(a, b alerted) int { return 0 }))
	}), nil
}

// Topics implements digest.Reads.
func (s *Store) Topics(_ context.Context, in digest.Span, earlier time.Time, least int) ([]digest.Topic, error) {
	return locked(s, func(t *tx) []digest.Topic {
		type matter struct {
			unit     bot.UnitID
			category string
		}
		found := map[matter]digest.Topic{}
		for _, c := range t.cases {
			if c.Kind != bot.Complaint || c.OpenedAt.Before(earlier) || !c.OpenedAt.Before(in.To) {
				continue
			}
			m := matter{c.Unit, c.Category}
			topic := found[m]
			topic.Unit, topic.Category, topic.Confidential = c.Unit, c.Category, topic.Confidential || c.Confidential
			if c.OpenedAt.Before(in.From) {
				topic.Before++
			} else {
				topic.N++
			}
			found[m] = topic
		}
		for _, a := range t.alerts {
			if a.What == bot.AlertSpike && !a.At.Before(in.From) {
				delete(found, matter{a.Unit, a.Topic})
			}
		}
		return where(found, func(topic digest.Topic) bool { return topic.N >= least }, func(a, b digest.Topic) int {
			return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Category, b.Category))
		})
	}), nil
}
