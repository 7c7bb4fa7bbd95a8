package desk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Span is a range of working time.
type Span struct{ From, To time.Duration }

// The bounds of an honest estimate.
const (
	minSamples = 5  // fewer chats that were handled tell nothing
	maxSamples = 50 // older ones tell of other days
	grain      = 5 * time.Minute
)

// Estimate is place × median handling ÷ officers present, as a range rounded up to five minutes. It is not known with
// fewer than five samples or with nobody there.
func Estimate(place int, handling []time.Duration, present int) (Span, bool) {
	if len(handling) < minSamples || present == 0 || place <= 0 {
		return Span{}, false
	}
	middle := float64(place) * float64(median(handling)) / float64(present)
	return Span{From: coarse(middle * 3 / 4), To: coarse(middle*3/2) + grain}, true
}

func median(list []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func coarse(d float64) time.Duration { return time.Duration(math.Ceil(d/float64(grain))) * grain }

// watch is what was seen of the staff and of how long chats take.
type watch struct {
	staff    []bot.Staff
	now      time.Time
	lost     time.Duration
	handling map[bot.UnitID][]time.Duration
}

// Look refreshes what Wait and the rounds know. Every instance does it once a minute; a round does it by itself.
func (d *Desk) Look(ctx context.Context, now time.Time) error {
	staff, err := d.Store.AllStaff(ctx)
	if err != nil {
		return fmt.Errorf("read staff: %w", err)
	}
	crowds, err := d.Store.Crowds(ctx)
	if err != nil {
		return fmt.Errorf("count the queues: %w", err)
	}
	w := &watch{staff: staff, now: now, lost: d.Content.Rules().Lost, handling: map[bot.UnitID][]time.Duration{}}
	for _, c := range crowds {
		if _, known := w.handling[c.Unit]; known {
			continue
		}
		if w.handling[c.Unit], err = d.handling(ctx, c.Unit); err != nil {
			return err
		}
	}
	d.watch.Store(w)
	return nil
}

// handling is how much working time the last chats of a unit took.
func (d *Desk) handling(ctx context.Context, unit bot.UnitID) ([]time.Duration, error) {
	list, err := d.Store.Handled(ctx, unit, maxSamples)
	if err != nil {
		return nil, fmt.Errorf("read what unit %s handled: %w", unit, err)
	}
	took := []time.Duration{}
	for _, h := range list {
		if t, err := d.Hours.For(unit).Between(h.ClaimedAt, h.EndedAt); err == nil && t > 0 {
			took = append(took, t)
		}
	}
	return took, nil
}

// Wait implements Waits.
func (d *Desk) Wait(unit bot.UnitID, place int) (Span, bool) {
	w := d.watch.Load()
	if w == nil {
		return Span{}, false
	}
	present := 0
	for _, s := range w.staff {
		if w.there(s) && s.Capacity > 0 && slices.Contains(s.Units, unit) {
			present++
		}
	}
	return Estimate(place, w.handling[unit], present)
}

// there reports whether chats may be given to somebody now.
func (w *watch) there(s bot.Staff) bool {
	return Looks(s) && s.Status == bot.Available && w.now.Sub(s.SeenAt) < w.lost
}

// reader is the colleague of a unit who reads a language: somebody present first, then who has less to hold, then by id.
// He is asked for by name when nobody present reads it; present tells which.
func (w *watch) reader(h bot.HandOver) (who bot.Staff, present, found bool) {
	var able []bot.Staff
	for _, s := range w.staff {
		if Reading(s, h.Lang) && s.Capacity > 0 && s.Serves(h.Unit) && Sees(s, h) {
			able = append(able, s)
		}
	}
	slices.SortFunc(able, w.nearer)
	if len(able) == 0 {
		return bot.Staff{}, false, false
	}
	return able[0], w.there(able[0]), true
}

// nearer orders colleagues by how soon they answer.
func (w *watch) nearer(a, b bot.Staff) int {
	return cmp.Or(-cmp.Compare(rank(w.there(a)), rank(w.there(b))), b.SeenAt.Compare(a.SeenAt), cmp.Compare(a.ID, b.ID))
}

func rank(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// outlook is what a waiting member may know: his place, how long that takes, and from when somebody answers.
func (a *act) outlook(place int, paused bool) []sentence {
	format := text.For(a.chat.Lang)
	calendar := a.Hours.For(a.hand.Unit)
	var said []sentence
	if place > 0 {
		said = append(said, saying(textPlace, "place", format.Number(int64(place))))
	}
	if paused {
		return append(said, saying(textPaused))
	}
	if span, known := a.Wait(a.hand.Unit, place); known {
		said = append(said, saying(textWait,
			"from", format.Number(int64(span.From/time.Minute)), "to", format.Number(int64(span.To/time.Minute))))
	}
	if opening, err := calendar.NextOpening(a.now); err == nil && opening.After(a.now) {
		said = append(said, saying(textOpening, "date", format.LongDate(opening), "time", format.Time(opening)))
	}
	return said
}
