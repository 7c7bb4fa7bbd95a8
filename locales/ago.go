package locales

import (
	"time"

	"javab/locales/text"
)

// Ago tells how far t lies from now, as people say it: just now, 3 hours ago, yesterday, in 2 days. More than a week away
// it is a date.
func (l *Localizer) Ago(f text.Format, t, now time.Time) string {
	past := !t.After(now)
	distance := now.Sub(t).Abs()
	days := dayGap(t, now, f.Location())
	switch {
	case distance < 45*time.Second:
		return l.T(f.Lang, "ago.now", nil)
	case distance < time.Hour:
		return l.away(f, "minutes", past, max(1, int(distance.Minutes())))
	case days == 0 || distance < 6*time.Hour: // an hour ago is not "yesterday", even at one in the night
		return l.away(f, "hours", past, int(distance.Hours()))
	case days == 1:
		return l.T(f.Lang, side("yesterday", "tomorrow", past), nil)
	case days == 2:
		return l.T(f.Lang, side("before_yesterday", "after_tomorrow", past), nil)
	case days <= 7:
		return l.away(f, "days", past, days)
	default:
		return f.ShortDate(t)
	}
}

func (l *Localizer) away(f text.Format, unit string, past bool, n int) string {
	id := side(unit, "in_"+unit, past)
	return l.Count(f.Lang, id, n, map[string]any{"N": f.Number(int64(n))})
}

func side(before, after string, past bool) string {
	if past {
		return "ago." + before
	}
	return "ago." + after
}

// dayGap counts the midnights between two moments, reckoned at noon: a day of summer time may have none.
func dayGap(a, b time.Time, zone *time.Location) int {
	noon := func(t time.Time) time.Time {
		year, month, day := t.In(zone).Date()
		return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(a).Sub(noon(b)).Abs().Hours() / 24)
}
