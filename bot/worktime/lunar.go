package worktime

import (
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Lunar is a holiday that falls on the same date of the lunar year. Day 0 is the last of the month before, which has 29
// days or 30.
type Lunar struct {
	Month int      `json:"month"`
	Day   int      `json:"day"`
	Name  bot.Text `json:"name"`
}

// lunarLag is how many days Iran's lunar months are expected to begin after those that can be computed: 190 of 292 began
// one day later (roozbehp/qamari), and so did 23 of the 36 months of 1445 to 1447, all of 1447 among them.
const lunarLag = 1

// LunarHolidays returns the lunar holidays from one day to another as far as anybody can tell ahead: each may fall a day
// earlier or later, so none of them is confirmed.
func LunarHolidays(from, to Day) ([]Holiday, error) {
	file, err := readDefaults()
	if err != nil {
		return nil, err
	}
	var rows []Holiday
	for year := lunarYear(from) - 1; year <= lunarYear(to)+1; year++ {
		for _, l := range file.Lunar {
			if first, known := lunarMonth(year, l.Month); known {
				if day := first + Day(l.Day) - 1; from <= day && day <= to {
					rows = append(rows, Holiday{Day: day, Kind: Full, Name: l.Name, Source: ByICS})
				}
			}
		}
	}
	return rows, nil
}

// Ramadan returns the first and the last day that the next Ramadan is expected to have; false beyond the known years.
func Ramadan(after Day) (first, last Day, known bool) {
	const month = 9
	for year := lunarYear(after) - 1; year <= lunarYear(after)+1; year++ {
		first, known = lunarMonth(year, month)
		next, also := lunarMonth(year, month+1)
		if last = next - 1; known && also && last >= after {
			return first, last, true
		}
	}
	return 0, 0, false
}

func lunarYear(d Day) int {
	date, _ := text.DateOf(text.Hijri, d.Noon())
	return date.Year
}

// lunarMonth returns the day on which a month is expected to begin in Iran.
func lunarMonth(year, month int) (Day, bool) {
	noon, known := text.Date{Calendar: text.Hijri, Year: year, Month: month, Day: 1}.Noon(time.UTC)
	return DayOf(noon, time.UTC) + lunarLag, known
}
