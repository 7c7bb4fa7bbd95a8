package worktime

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"javab/bot"
)

//go:embed default.json
var defaults []byte

// given is default.json: the sample chamber's week and the holidays of the country.
type given struct {
	Zone  string              `json:"zone"`
	Week  map[string][]Window `json:"week"`
	Solar []Solar             `json:"solar"`
	Lunar []Lunar             `json:"lunar"`
}

func readDefaults() (given, error) {
	var file given
	if err := json.Unmarshal(defaults, &file); err != nil {
		return given{}, fmt.Errorf("read the default working time: %w", err)
	}
	return file, nil
}

// Default returns the working time of the sample chamber, Saturday to Wednesday 08:00-16:00 in Tehran, with the solar
// holidays of every Jalali year that touches the period. The lunar ones are rows that somebody takes over and confirms.
func Default(from, to time.Time) (Table, error) {
	file, err := readDefaults()
	if err != nil {
		return Table{}, err
	}
	zone, err := time.LoadLocation(file.Zone)
	if err != nil {
		return Table{}, fmt.Errorf("read the default working time: %w", err)
	}
	var week Week
	for day := range week.Open {
		week.Open[day] = file.Week[time.Weekday(day).String()]
	}
	return Table{Zone: zone, Weeks: []Week{week}, Holidays: SolarHolidays(file.Solar, DayOf(from, zone), DayOf(to, zone))}, nil
}

// Solar is a holiday that falls on the same Jalali date each year.
type Solar struct {
	Month int      `json:"month"`
	Day   int      `json:"day"`
	Name  bot.Text `json:"name"`
}

// SolarHolidays returns the rows that the rules make from one day to another, in order.
func SolarHolidays(rules []Solar, from, to Day) []Holiday {
	var rows []Holiday
	for year := JalaliYear(from); year <= JalaliYear(to); year++ {
		for _, r := range rules {
			if day, ok := jalali(year, r.Month, r.Day); ok && from <= day && day <= to {
				rows = append(rows, Holiday{Day: day, Kind: Full, Name: r.Name, Source: ByRule, Confirmed: true})
			}
		}
	}
	return rows
}
