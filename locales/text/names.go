package text

import (
	_ "embed"
	"encoding/json"

	"javab/bot"
)

//go:embed names.json
var namesJSON []byte

// names holds the words of dates and money in one language. The patterns take values that are already written in the
// digits of the language.
type names struct {
	Weekdays [7]string               // from Sunday, as time.Weekday counts
	Months   map[Calendar][12]string // as each calendar's months are called in this language
	Calendar Calendar                // the calendar its readers live by
	Short    string                  // year, month, day
	Long     string                  // weekday, day, month, year
	Moment   string                  // long date, time
	Rials    string
	Hijri    string
	Halves   [2]string // before and after noon, when the clock has twelve hours
}

var namesOf = decode[map[bot.Lang]*names](namesJSON)

// decode reads one of the embedded word lists, which a test of this package has read before.
func decode[T any](list []byte) T {
	var v T
	if err := json.Unmarshal(list, &v); err != nil {
		panic(err)
	}
	return v
}
