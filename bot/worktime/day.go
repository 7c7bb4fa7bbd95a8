package worktime

import (
	"fmt"
	"strings"
	"time"
)

// Day is a civil date, counted from 1970-01-01. It has no zone and no clock, so a day more is always one more.
type Day int

// MakeDay returns a Gregorian date as a Day.
func MakeDay(year int, month time.Month, day int) Day {
	return Day(floorDiv(time.Date(year, month, day, 12, 0, 0, 0, time.UTC).Unix(), secondsOfDay))
}

// DayOf returns the date that t has in zone.
func DayOf(t time.Time, zone *time.Location) Day { return MakeDay(t.In(zone).Date()) }

// Noon returns noon UTC of the day, for formatting and calendars.
func (d Day) Noon() time.Time { return time.Unix(int64(d)*secondsOfDay+secondsOfDay/2, 0).UTC() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(((int(d)+int(time.Thursday))%7 + 7) % 7) }

// String prints the Gregorian date, 2026-11-21.
func (d Day) String() string { return d.Noon().Format(time.DateOnly) }

const (
	minutesOfDay = 24 * 60
	secondsOfDay = 24 * 60 * 60
)

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Minute is a time on the wall, counted from midnight; 24:00 is the end of a day.
type Minute int

// Clock returns hour:minute as a Minute.
func Clock(hour, minute int) Minute { return Minute(hour*60 + minute) }

// String prints the time, 08:00.
func (m Minute) String() string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }

// Window is a part of a day, From included and To not. It cannot pass midnight: that takes a window on either day.
type Window struct{ From, To Minute }

// String prints the window as it is written in tables, 08:00-16:00.
func (w Window) String() string { return w.From.String() + "-" + w.To.String() }

// UnmarshalText reads 08:00-16:00.
func (w *Window) UnmarshalText(text []byte) error {
	from, to, _ := strings.Cut(string(text), "-")
	a, errFrom := readMinute(from)
	b, errTo := readMinute(to)
	*w = Window{a, b}
	if errFrom != nil || errTo != nil || !w.Valid() {
		return fmt.Errorf("opening hours %q: want two times of one day, such as 08:00-16:00", text)
	}
	return nil
}

// MarshalText writes 08:00-16:00.
func (w Window) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// Valid reports whether the window is a part of one day.
func (w Window) Valid() bool { return 0 <= w.From && w.From < w.To && w.To <= minutesOfDay }

func readMinute(s string) (Minute, error) {
	if s == "24:00" {
		return minutesOfDay, nil
	}
	t, err := time.Parse("15:04", s)
	return Clock(t.Hour(), t.Minute()), err
}
