package worktime

import (
	"time"

	"javab/locales/text"
)

// JalaliYear returns the Jalali year of a day: the year that a case's number begins with.
func JalaliYear(d Day) int {
	date, _ := text.DateOf(text.Jalali, d.Noon())
	return date.Year
}

// jalali returns a Jalali date as a Day; false when that year has no such day.
func jalali(year, month, day int) (Day, bool) {
	noon, ok := text.Date{Calendar: text.Jalali, Year: year, Month: month, Day: day}.Noon(time.UTC)
	return DayOf(noon, time.UTC), ok
}
