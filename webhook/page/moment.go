package page

import (
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Moment is an instant as a page shows it.
type Moment struct {
	Text  string
	Title string // day and hour in words, and the day in the other calendar
	ISO   string
}

// Clock shows the hour of an instant.
func (s Screen) Clock(t time.Time) Moment { return s.moment(t, s.Format.Time(t)) }

// Day shows the day of an instant.
func (s Screen) Day(t time.Time) Moment { return s.moment(t, s.Format.ShortDate(t)) }

// When shows day and hour of an instant in figures.
func (s Screen) When(t time.Time) Moment {
	return s.moment(t, s.Format.ShortDate(t)+" "+s.Format.Time(t))
}

func (s Screen) moment(t time.Time, shown string) Moment {
	other := text.Jalali
	if s.Lang == bot.Fa {
		other = text.Gregorian
	}
	title := s.Format.Moment(t)
	if date, ok := text.DateOf(other, t.In(s.Format.Location())); ok {
		title += " · " + s.Format.Short(date)
	}
	return Moment{Text: shown, Title: title, ISO: t.UTC().Format(time.RFC3339)}
}

// Midnight reads a day as somebody wrote it, in any calendar and any digits, and returns its beginning, or that of the
// day so many days after it; zero when nothing was written.
func (s Screen) Midnight(written string, after int) (time.Time, error) {
	if written == "" {
		return time.Time{}, nil
	}
	zone := s.Format.Location()
	day, _, err := text.DateReader{Lang: s.Lang, Now: s.Instant.In(zone)}.Read(written)
	if err != nil {
		return time.Time{}, &bot.Error{Kind: bot.Invalid, Key: "desk.error.date", Err: err}
	}
	noon, _ := day.Noon(zone)
	return time.Date(noon.Year(), noon.Month(), noon.Day()+after, 0, 0, 0, 0, zone), nil
}

// Lasted writes how long something has taken, in its largest whole unit.
func (s Screen) Lasted(d time.Duration) string {
	switch {
	case d < time.Hour:
		return s.Count("page.minutes", max(1, int(d.Minutes())))
	case d < 48*time.Hour:
		return s.Count("page.hours", int(d.Hours()))
	default:
		return s.Count("page.days", int(d.Hours()/24))
	}
}
