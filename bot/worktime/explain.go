package worktime

import (
	"errors"
	"time"

	"javab/bot"
)

// Stretch is a part of an explanation: from when to when the clock ran or stood, and why.
type Stretch struct {
	From, To time.Time
	Reason   Reason
	Name     bot.Text // of the holiday, or of the overlay whose hours have ended or not begun
}

// Counts reports whether the stretch is working time.
func (s Stretch) Counts() bool { return s.Reason == Worked }

// Explain lists what lies between a and b, counted and skipped, without gaps: the answer to "why that deadline?".
// Neighbours with the same reason are one stretch.
func (c *Calendar) Explain(a, b time.Time) ([]Stretch, error) {
	if err := errors.Join(c.covers(a), c.covers(b)); err != nil {
		return nil, err
	}
	var all []Stretch
	c.walk(a.UnixNano(), b.UnixNano(), func(from, to int64, p part) {
		if n := len(all); n > 0 && all[n-1].Reason == p.reason && all[n-1].Name == p.name {
			all[n-1].To = c.at(to)
			return
		}
		all = append(all, Stretch{c.at(from), c.at(to), p.reason, p.name})
	})
	return all, nil
}
