package text

import (
	_ "embed"
	"strconv"

	"javab/bot"
)

//go:embed words.json
var wordsJSON []byte

// words are the lists that reading needs: other names of months, small words around dates, function words of languages.
var words = decode[struct {
	Dates struct {
		Months map[Calendar]map[string][]string
		Month  string // the word that may follow a month's name
		Days   map[string]int
		Filler []string
	}
	Function map[bot.Lang][]string
	FaAl     []string `json:"fa_al"` // Persian words that begin like the Arabic article
}](wordsJSON)

type namedMonth struct {
	calendar Calendar
	number   int
}

var (
	monthOf = allMonths()
	dayOf   = allDays()
	filler  = allFiller()
)

func allMonths() map[string]namedMonth {
	all := map[string]namedMonth{}
	for _, n := range namesOf {
		for calendar, months := range n.Months {
			for i, name := range months {
				key := Squeeze(Fold(name))
				all[key] = namedMonth{calendar, i + 1}
				all[key+Fold(words.Dates.Month)] = namedMonth{calendar, i + 1}
			}
		}
	}
	for calendar, months := range words.Dates.Months {
		for number, others := range months {
			for _, name := range others {
				month, _ := strconv.Atoi(number)
				all[Squeeze(Fold(name))] = namedMonth{calendar, month}
			}
		}
	}
	return all
}

func allDays() map[string]int {
	all := make(map[string]int, len(words.Dates.Days))
	for name, days := range words.Dates.Days {
		all[Squeeze(Fold(name))] = days
	}
	return all
}

func allFiller() map[string]bool {
	all := map[string]bool{}
	for _, word := range words.Dates.Filler {
		all[Fold(word)] = true
	}
	for _, n := range namesOf {
		for _, day := range n.Weekdays {
			all[Fold(day)] = true
		}
	}
	return all
}
