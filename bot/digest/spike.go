package digest

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
)

// between lies between two looks for spikes: a count of weeks need not be made at every round.
const between = 5 * time.Minute

// spikes alerts of each matter about which many more complaints were filed than usual, once while it lasts.
func (h *Herald) spikes(ctx context.Context, now time.Time) error {
	rule := h.Content.DigestRules().Spike
	if rule.Least == 0 || !h.look(now) {
		return nil
	}
	in := Span{now.Add(-rule.Within), now}
	topics, err := h.Store.Topics(ctx, in, in.From.Add(-rule.Usual), rule.Least)
	if err != nil {
		return fmt.Errorf("count complaints: %w", err)
	}
	for _, t := range topics {
		if !rule.high(t) {
			continue
		}
		a := bot.Alert{
			ID: fmt.Sprintf("%s:%s:%s:%s", bot.AlertSpike, t.Unit, t.Category, now.UTC().Format(time.DateOnly)), What: bot.AlertSpike,
			Unit: t.Unit, Topic: t.Category, N: t.N, Confidential: t.Confidential, At: now,
		}
		if err := h.Store.Do(ctx, func(tx Tx) error { return tx.Alert(ctx, a) }); err != nil {
			return fmt.Errorf("alert %s: %w", a.ID, err)
		}
	}
	return nil
}

// high reports whether there are so many times more than usual in as much time.
func (s Spike) high(t Topic) bool {
	usual := float64(t.Before) * s.Within.Seconds() / s.Usual.Seconds()
	return t.N >= s.Least && float64(t.N) >= s.Times*usual
}

// look reports whether it is time to look again.
func (h *Herald) look(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.looked.IsZero() && now.Before(h.looked.Add(between)) {
		return false
	}
	h.looked = now
	return true
}
