package digest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

// Rules are when digests are sent, and how much they name.
type Rules struct {
	Off   bool
	After time.Duration // behind the opening, of the wall clock
	Named int           // numbers of cases in one line
	Spike Spike
}

// Spike is when many complaints about one matter are an alert: so many within so much time, and so many times what is usual.
type Spike struct {
	Least  int // 0: never
	Within time.Duration
	Times  float64
	Usual  time.Duration // how far back what is usual is counted
}

// Content is the live content.
type Content interface {
	DigestRules() Rules
	// Text returns one of the texts of TextIDs.
	Text(id string) bot.Text
	// Topic names a category of complaint; an unknown one is called by its id.
	Topic(topic string, lang bot.Lang) string
	// UnitName is what a unit is called; empty when there is no such unit.
	UnitName(id bot.UnitID) bot.Text
}

// Hours are the units' calendars.
type Hours interface {
	For(unit bot.UnitID) *worktime.Calendar
}

// Herald orders digests and writes them, and tells at once what cannot wait for one. Its fields are set once; it is safe for
// concurrent use.
type Herald struct {
	Store     Store
	Approvals Approvals
	Learning  Learning // nil: admins are told nothing
	Teller    Teller
	Content   Content
	Hours     Hours
	Clock     func() time.Time
	// Alerted is told of an alert that now stands before those whom it concerns; nil: nobody need hear of it.
	Alerted func(ctx context.Context, a bot.Alert)

	mu      sync.Mutex
	looked  time.Time                 // when spikes were last looked for
	ordered map[bot.StaffID]time.Time // the opening of the last digest; the job's key is what makes it one
}

// order is the payload of a JobDigest.
type order struct {
	Staff bot.StaffID `json:"staff"`
	Span
	Week bool `json:"week,omitempty"` // that of an admin
}

// Round orders the digests whose hour has come, and tells the alerts. It may be run as often as one likes, by several at once:
// each is sent once.
func (h *Herald) Round(ctx context.Context, now time.Time) error {
	everybody, err := h.Store.AllStaff(ctx)
	if err != nil {
		return fmt.Errorf("read staff: %w", err)
	}
	return errors.Join(h.spikes(ctx, now), h.alerts(ctx, everybody), h.digests(ctx, everybody, now), h.weeks(ctx, everybody, now))
}

func (h *Herald) digests(ctx context.Context, everybody []bot.Staff, now time.Time) error {
	rules := h.Content.DigestRules()
	if rules.Off {
		return nil
	}
	var errs []error
	for _, s := range everybody {
		if s.Disabled || !s.Supervises() {
			continue
		}
		span, due := h.due(s, now, rules.After)
		if !due || h.done(s.ID, span.To, false) {
			continue
		}
		ordered, err := h.order(ctx, s, span)
		if err != nil {
			errs = append(errs, fmt.Errorf("order the digest of %s: %w", s.ID, err))
		}
		if ordered {
			h.done(s.ID, span.To, true)
		}
	}
	return errors.Join(errs...)
}

// done reports whether the digest of an opening was ordered by this instance, or notes that it was.
func (h *Herald) done(id bot.StaffID, opening time.Time, note bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if note {
		if h.ordered == nil {
			h.ordered = map[bot.StaffID]time.Time{}
		}
		h.ordered[id] = opening
	}
	return h.ordered[id].Equal(opening)
}

// order commits the digest of a day.
func (h *Herald) order(ctx context.Context, s bot.Staff, span Span) (bool, error) {
	return h.orderOf(ctx, order{Staff: s.ID, Span: span}, key(s.ID, span))
}

// key is one for a person and a day.
func key(id bot.StaffID, span Span) string {
	return "digest:" + string(id) + ":" + span.To.Format(time.DateOnly)
}

// searched is how many days an opening is looked for.
const searched = 30

// due is what the digest of today looks back over, and whether its hour has come: the chamber is open, and today's opening
// is behind.
func (h *Herald) due(s bot.Staff, now time.Time, after time.Duration) (Span, bool) {
	span, open := h.span(s, now)
	return span, open && !now.Before(span.To.Add(after))
}

// span is what the newest digest looks back over, and whether the chamber is open. It ends with the last opening and begins
// with the one before, so that nothing is told twice or left out.
func (h *Herald) span(s bot.Staff, now time.Time) (Span, bool) {
	var unit bot.UnitID
	if len(s.Units) > 0 {
		unit = s.Units[0]
	}
	calendar := h.Hours.For(unit)
	today := now.In(calendar.Zone())
	midnight := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, today.Location())
	span := Span{}
	for day := range searched {
		opening, err := calendar.NextOpening(midnight.AddDate(0, 0, -day))
		switch {
		case err != nil || opening.After(now):
		case span.To.IsZero():
			span.To = opening
		case opening.Before(span.To):
			span.From = opening
			return span, calendar.Open(now)
		}
	}
	if span.To.IsZero() {
		span.To = midnight
	}
	span.From = span.To.AddDate(0, 0, -searched)
	return span, calendar.Open(now)
}

// Carry carries out a JobDigest. It may be called again.
func (h *Herald) Carry(ctx context.Context, job bot.Job) error {
	var o order
	if err := json.Unmarshal(job.Payload, &o); err != nil {
		return fmt.Errorf("read the order of a digest: %w", err)
	}
	everybody, err := h.Store.AllStaff(ctx)
	if err != nil {
		return fmt.Errorf("read staff: %w", err)
	}
	i := slices.IndexFunc(everybody, func(s bot.Staff) bool { return s.ID == o.Staff && !s.Disabled })
	if i < 0 {
		return nil
	}
	if o.Week {
		return h.tellWeek(ctx, o, job.Key)
	}
	lines, err := h.gather(ctx, everybody[i], o.Span)
	if err != nil {
		return err
	}
	return h.Teller.Tell(ctx, o.Staff, job.Key, "digest", h.written(lines, o.To))
}
