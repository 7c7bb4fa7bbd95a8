package memstore

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/funnel"
)

// stop is one step as one chat met it.
type stop struct {
	chat    bot.ChatKey
	step    string
	version int
}

// spoken is when the bot last spoke in the flow in a chat.
type spoken struct {
	stop stop
	at   time.Time
}

// FunnelStops implements funnel.Reads.
func (s *Store) FunnelStops(_ context.Context, q funnel.Query) ([]funnel.Stop, error) {
	return locked(s, func(t *tx) []funnel.Stop {
		seen := map[stop]*funnel.Stop{}
		lately := map[bot.ChatKey]stop{} // where the bot has just spoken in the flow
		last := map[bot.ChatKey]spoken{}
		for _, m := range ordered(t.messages) {
			if m.Direction != bot.Out || m.Author != bot.ByBot {
				continue
			}
			if before, here := lately[m.Chat]; here && m.Flow == q.Officer && q.Officer != q.Flow {
				seen[before].Officer = 1
				delete(last, m.Chat)
			}
			delete(lately, m.Chat)
			if m.Flow == q.Flow && !m.At.Before(q.From) && m.At.Before(q.To) {
				at := stop{m.Chat, m.Step, m.Bundle}
				if seen[at] == nil {
					seen[at] = &funnel.Stop{Step: m.Step, Version: m.Bundle, Lang: t.chats[m.Chat].Lang, Entered: 1}
				}
				lately[m.Chat], last[m.Chat] = at, spoken{at, m.At}
			}
		}
		for _, word := range last {
			if word.at.Before(q.Settled) {
				seen[word.stop].Last = 1
			}
		}
		return added(seen)
	}), nil
}

// added adds up what chats met.
func added(seen map[stop]*funnel.Stop) []funnel.Stop {
	sums := map[funnel.Stop]*funnel.Stop{}
	for _, one := range seen {
		key := funnel.Stop{Step: one.Step, Version: one.Version, Lang: one.Lang}
		if sums[key] == nil {
			sums[key] = &funnel.Stop{Step: one.Step, Version: one.Version, Lang: one.Lang}
		}
		sums[key].Entered += one.Entered
		sums[key].Last += one.Last
		sums[key].Officer += one.Officer
	}
	list := make([]funnel.Stop, 0, len(sums))
	for _, sum := range sums {
		list = append(list, *sum)
	}
	return list
}

// FunnelUses implements funnel.Reads.
func (s *Store) FunnelUses(_ context.Context, from, to time.Time) ([]funnel.Use, error) {
	return locked(s, func(t *tx) (list []funnel.Use) {
		chats := map[string]map[bot.ChatKey]bool{}
		for _, m := range t.messages {
			if m.Direction != bot.Out || m.Author != bot.ByBot || m.Flow == "" || m.At.Before(from) || !m.At.Before(to) {
				continue
			}
			if chats[m.Flow] == nil {
				chats[m.Flow] = map[bot.ChatKey]bool{}
			}
			chats[m.Flow][m.Chat] = true
		}
		for flow, in := range chats {
			list = append(list, funnel.Use{Flow: flow, Chats: len(in)})
		}
		return list
	}), nil
}
