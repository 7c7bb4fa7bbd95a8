package worktime

import (
	"errors"
	"fmt"
	"sort"
	"time"

	"javab/bot"
)

// ErrHorizon says that an answer lies outside the period a calendar was made for: it was made too short, or the tables
// never open again. It comes wrapped, with the instants.
var ErrHorizon = errors.New("beyond the working calendar")

// Calendar answers for one unit within one period. It is immutable and safe for use from anywhere. All its windows are
// laid out when it is made (about 1 ms for eight years), so that counting is two binary searches.
type Calendar struct {
	zone     *time.Location
	from, to int64 // the period, unix ns
	open     []span
	days     func(Day) []part
}

// span is a stretch of working time; before is how much was worked in the period until it begins.
type span struct{ from, to, before int64 }

// after is how much was worked in the period until the span ends.
func (s span) after() int64 { return s.before + s.to - s.from }

// Calendar lays out the working time of a unit from one instant to another. The unit "" is the chamber at large.
func (t Table) Calendar(unit bot.UnitID, from, to time.Time) (*Calendar, error) {
	if err := t.problem(); err != nil {
		return nil, err
	}
	exceptions := t.exceptions(unit, DayOf(from, t.Zone), DayOf(to, t.Zone))
	c := &Calendar{zone: t.Zone, from: from.UnixNano(), to: to.UnixNano()}
	c.days = func(d Day) []part { return layout(t.week(unit, d), d, exceptions[d]) }
	c.walk(c.from, c.to, func(from, to int64, p part) {
		if p.reason == Worked {
			c.work(from, to)
		}
	})
	return c, nil
}

// work appends a stretch of working time, or lengthens the last one that it touches.
func (c *Calendar) work(from, to int64) {
	n := len(c.open)
	switch {
	case n == 0:
		c.open = append(c.open, span{from, to, 0})
	case c.open[n-1].to == from:
		c.open[n-1].to = to
	default:
		c.open = append(c.open, span{from, to, c.open[n-1].after()})
	}
}

// walk visits the parts of all days between two instants in order, clipped to them. It goes by stretches of constant
// offset: inside one, a wall clock and its instant differ by a constant.
func (c *Calendar) walk(from, to int64, visit func(from, to int64, p part)) {
	for from < to {
		here := time.Unix(0, from).In(c.zone)
		end := to
		if _, next := here.ZoneBounds(); !next.IsZero() {
			end = min(end, next.UnixNano())
		}
		_, offset := here.Zone()
		c.stretch(from, end, int64(offset)*int64(time.Second), visit)
		from = end
	}
}

func (c *Calendar) stretch(from, to, offset int64, visit func(from, to int64, p part)) {
	const day = secondsOfDay * int64(time.Second)
	last := floorDiv(to-1+offset, day)
	for d := floorDiv(from+offset, day); d <= last; d++ {
		midnight := d*day - offset
		for _, p := range c.days(Day(d)) {
			a := max(from, midnight+int64(p.From)*int64(time.Minute))
			b := min(to, midnight+int64(p.To)*int64(time.Minute))
			if a < b {
				visit(a, b, p)
			}
		}
	}
}

// Add returns the first instant at which d of working time has passed since t: the deadline of a promise made at t. An
// instant that ends a working day is Wednesday 16:00, not Saturday 08:00. Nothing to wait for is t itself.
func (c *Calendar) Add(t time.Time, d time.Duration) (time.Time, error) {
	if err := c.covers(t); err != nil {
		return time.Time{}, err
	}
	if d < 0 {
		return time.Time{}, fmt.Errorf("add %s of working time: it only runs forwards", d)
	}
	if d == 0 {
		return c.at(t.UnixNano()), nil
	}
	want := c.worked(t.UnixNano()) + int64(d)
	i := sort.Search(len(c.open), func(i int) bool { return c.open[i].after() >= want })
	if i == len(c.open) {
		return time.Time{}, fmt.Errorf("add %s of working time to %s: %w, which ends %s", d, c.at(t.UnixNano()), ErrHorizon, c.at(c.to))
	}
	return c.at(c.open[i].from + want - c.open[i].before), nil
}

// Between returns the working time from a to b; negative when b is before a.
func (c *Calendar) Between(a, b time.Time) (time.Duration, error) {
	if err := errors.Join(c.covers(a), c.covers(b)); err != nil {
		return 0, err
	}
	return time.Duration(c.worked(b.UnixNano()) - c.worked(a.UnixNano())), nil
}

// Open reports whether t is working time. Outside the calendar's period it never is.
func (c *Calendar) Open(t time.Time) bool {
	i := c.next(t.UnixNano())
	return i < len(c.open) && c.open[i].from <= t.UnixNano()
}

// NextOpening returns the first working instant from t on; t itself when it is one.
func (c *Calendar) NextOpening(t time.Time) (time.Time, error) {
	s, err := c.upcoming(t)
	if err != nil {
		return time.Time{}, fmt.Errorf("next opening: %w", err)
	}
	return c.at(max(s.from, t.UnixNano())), nil
}

// NextClosing returns the end of the working time that t lies in, or of the next one.
func (c *Calendar) NextClosing(t time.Time) (time.Time, error) {
	s, err := c.upcoming(t)
	if err != nil {
		return time.Time{}, fmt.Errorf("next closing: %w", err)
	}
	return c.at(s.to), nil
}

// upcoming returns the working span that t lies in, or the next one.
func (c *Calendar) upcoming(t time.Time) (span, error) {
	if err := c.covers(t); err != nil {
		return span{}, err
	}
	i := c.next(t.UnixNano())
	if i == len(c.open) {
		return span{}, fmt.Errorf("none after %s: %w, which ends %s", c.at(t.UnixNano()), ErrHorizon, c.at(c.to))
	}
	return c.open[i], nil
}

// next returns the index of the first span that ends after ns.
func (c *Calendar) next(ns int64) int {
	return sort.Search(len(c.open), func(i int) bool { return c.open[i].to > ns })
}

// worked returns the working time of the period until ns.
func (c *Calendar) worked(ns int64) int64 {
	switch i := c.next(ns); {
	case i < len(c.open):
		return c.open[i].before + max(0, ns-c.open[i].from)
	case i > 0:
		return c.open[i-1].after()
	default:
		return 0
	}
}

func (c *Calendar) covers(t time.Time) error {
	if ns := t.UnixNano(); ns < c.from || ns > c.to {
		return fmt.Errorf("%s: %w, which runs from %s to %s", t.In(c.zone).Format(time.RFC3339), ErrHorizon, c.at(c.from), c.at(c.to))
	}
	return nil
}

func (c *Calendar) at(ns int64) time.Time { return time.Unix(0, ns).In(c.zone) }

// Zone returns the time zone that the calendar counts in.
func (c *Calendar) Zone() *time.Location { return c.zone }
