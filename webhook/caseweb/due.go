package caseweb

import (
	"time"

	"javab/bot"
	"javab/webhook/page"
)

// due is how much time is left until something is due, in working time: a word says what its colour says.
type due struct {
	Look  string // ok, warn, bad or empty
	Words string
	At    page.Moment
}

// due is that of a promise.
func (s screen) due(c bot.Case) due {
	d := due{At: s.When(c.DueAt)}
	switch {
	case !c.State.Open():
		return due{Words: s.State(c), At: s.Day(c.OpenedAt)}
	case !c.BreachedAt.IsZero():
		d.Look, d.Words = "bad", s.Say("cases.due.late", "Time", s.worked(c.Unit, c.BreachedAt, s.Instant))
	case !c.Clock.Runs():
		d.Words = s.Say("cases.due.stands", "Time", s.working(c.Clock.Promised-c.Clock.Spent))
	case !c.DueAt.After(s.Instant):
		d.Look, d.Words = "bad", s.Say("cases.due.late", "Time", s.worked(c.Unit, c.DueAt, s.Instant))
	default:
		d.Look, d.Words = "ok", s.Say("cases.due.left", "Time", s.worked(c.Unit, s.Instant, c.DueAt))
		if c.Alarm != bot.AlarmNone {
			d.Look = "warn"
		}
	}
	return d
}

// asked is that of a question to a unit, or of a task.
func (s screen) asked(at time.Time) due {
	if at.Before(s.Instant) {
		return due{"bad", s.Say("cases.overdue", "At", s.When(at).Text), s.When(at)}
	}
	return due{"", s.When(at).Text, s.When(at)}
}

// worked writes the working time of a unit between two instants; beyond the calendar, the time itself.
func (s screen) worked(unit bot.UnitID, from, to time.Time) string {
	lasts, err := s.cases.Hours.For(unit).Between(from, to)
	if err != nil {
		lasts = to.Sub(from)
	}
	return s.working(lasts)
}

// working writes hours and minutes.
func (s screen) working(d time.Duration) string {
	d = max(0, d)
	hours, minutes := int(d.Hours()), int(d.Minutes())%60
	switch {
	case hours == 0:
		return s.Count("page.minutes", minutes)
	case minutes == 0:
		return s.Count("page.hours", hours)
	}
	return s.cases.Words.T(s.Lang, "cases.hours_minutes", map[string]any{"Hours": s.Count("page.hours", hours), "Minutes": s.Count("page.minutes", minutes)})
}
