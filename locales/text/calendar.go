package text

import (
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // Asia/Tehran must load on a machine without zone files

	"github.com/hablullah/go-hijri"
	ptime "github.com/yaa110/go-persian-calendar"
)

// Calendar is a way to name days.
type Calendar string

// The calendars. Hijri is Umm al-Qura: Iran's own lunar months often begin a day later, so it is never used to reckon
// Iranian holidays, and a date in it is shown with its name.
const (
	Gregorian Calendar = "gregorian"
	Jalali    Calendar = "jalali"
	Hijri     Calendar = "hijri"
)

// Tehran is the chamber's time zone: +3:30 all the year since 2023, with summer time until 2022.
var Tehran = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil { // cannot be: time/tzdata is linked in
		return time.FixedZone("Asia/Tehran", 3*3600+1800)
	}
	return zone
})

// Date is a day in a calendar. It has no hour and no zone.
type Date struct {
	Calendar         Calendar
	Year, Month, Day int
}

// DateOf names the day that t falls on, in t's own zone. It reports false where the calendar does not reach: Hijri is
// known from 1356 to 1500.
func DateOf(c Calendar, t time.Time) (Date, bool) {
	year, month, day := t.Date()
	// Noon of the local day, in UTC: go-hijri converts to UTC first, and midnight in Tehran would be the day before.
	noon := time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
	switch c {
	case Jalali:
		p := ptime.New(noon)
		return Date{Jalali, p.Year(), int(p.Month()), p.Day()}, p.Year() >= minJalali && p.Year() <= maxJalali
	case Hijri:
		h, err := hijri.CreateUmmAlQuraDate(noon)
		return Date{Hijri, int(h.Year), int(h.Month), int(h.Day)}, err == nil
	default:
		return Date{Gregorian, year, int(month), day}, year > 0 && year < 10000
	}
}

// The years that are converted. Outside them the libraries are unverified (Jalali) or panic (Hijri).
const (
	minJalali, maxJalali = 1200, 1500
	minHijri, maxHijri   = 1356, 1500
)

// Noon is the middle of the day in a zone. Midnight will not do: in 2022-03-22 Tehran had none. It reports false when
// the calendar has no such day.
func (d Date) Noon(zone *time.Location) (time.Time, bool) {
	noon, ok := d.convert()
	if !ok {
		return time.Time{}, false
	}
	if back, ok := DateOf(d.Calendar, noon); !ok || back != d { // libraries turn 30 Esfand into 1 Farvardin silently
		return time.Time{}, false
	}
	year, month, day := noon.Date()
	return time.Date(year, month, day, 12, 0, 0, 0, zone), true
}

func (d Date) convert() (time.Time, bool) {
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 31 {
		return time.Time{}, false
	}
	switch d.Calendar {
	case Jalali:
		if d.Year < minJalali || d.Year > maxJalali {
			return time.Time{}, false
		}
		return ptime.Date(d.Year, ptime.Month(d.Month), d.Day, 12, 0, 0, 0, time.UTC).Time(), true
	case Hijri:
		if d.Year < minHijri || d.Year > maxHijri {
			return time.Time{}, false
		}
		day := hijri.UmmAlQuraDate{Year: int64(d.Year), Month: int64(d.Month), Day: int64(d.Day)}
		return day.ToGregorian().UTC(), true
	default:
		return time.Date(d.Year, time.Month(d.Month), d.Day, 12, 0, 0, 0, time.UTC), true
	}
}

// Valid reports whether the calendar has such a day.
func (d Date) Valid() bool {
	_, ok := d.Noon(time.UTC)
	return ok
}

// In names the same day in another calendar; false when there is no such day or c does not reach it.
func (d Date) In(c Calendar) (Date, bool) {
	noon, ok := d.Noon(time.UTC)
	if !ok {
		return Date{}, false
	}
	return DateOf(c, noon)
}

// String prints the day as 1405-08-30, without its calendar: the form in which Gregorian dates are kept.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// ISODate reads a Gregorian day as it is kept: 2026-11-21.
func ISODate(s string) (Date, bool) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	if err != nil {
		return Date{}, false
	}
	return DateOf(Gregorian, t)
}
