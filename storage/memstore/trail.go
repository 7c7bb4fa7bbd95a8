package memstore

import (
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

// Carried implements cases.Trail.
func (t *tx) Carried(_ context.Context, key string) (cases.Carriage, error) {
	id, known := t.jobKeys[key]
	if !known || key == "" {
		return cases.Carriage{}, storage.NotFound("job", key)
	}
	j := t.jobs[id]
	return cases.Carriage{State: j.state, At: j.ended}, nil
}

// Heard implements cases.Trail.
func (t *tx) Heard(_ context.Context, owner cases.Owner) (last time.Time, err error) {
	for _, m := range t.messages {
		his := m.Chat == owner.Chat || owner.Member != "" && t.chats[m.Chat].Member == owner.Member
		if his && m.Direction == bot.In && m.Author == bot.ByMember && m.At.After(last) {
			last = m.At
		}
	}
	return last, nil
}

// Outages implements cases.Trail.
func (t *tx) Outages(_ context.Context, channel bot.ChannelID, after, now time.Time) (list []cases.Outage, err error) {
	after, now = storage.Round(after), storage.Round(now)
	all := slices.Clone(t.outages[channel])
	if seen, known := t.seen[channel]; known && now.Sub(seen) > cases.AwayAfter {
		all = append(all, cases.Outage{From: seen, Until: now})
	}
	for _, o := range all {
		if o.Until.After(after) {
			list = append(list, cases.Outage{From: slices.MaxFunc([]time.Time{o.From, after}, time.Time.Compare), Until: o.Until})
		}
	}
	return list, nil
}

// ChannelSeen implements cases.Channels.
func (s *Store) ChannelSeen(_ context.Context, channel bot.ChannelID, now time.Time) error {
	now = storage.Round(now)
	return locked(s, func(t *tx) error {
		seen, known := t.seen[channel]
		if known && now.Sub(seen) > cases.AwayAfter {
			put(t, &t.outages, channel, append(slices.Clone(t.outages[channel]), cases.Outage{From: seen, Until: now}))
		}
		put(t, &t.seen, channel, slices.MaxFunc([]time.Time{seen, now}, time.Time.Compare))
		return nil
	})
}
