package deskweb

import (
	"time"

	"javab/bot"
	"javab/locales/text"
)

// morning is when a chat that was put off to a day comes back.
const morning = 8

// wake reads until when a chat is put off: an hour, three, tomorrow morning, next Saturday's, or a day in any calendar
// and any digits.
func wake(choice, date string, lang bot.Lang, now time.Time) (time.Time, error) {
	zone := text.Tehran()
	today := now.In(zone)
	switch choice {
	case "1h":
		return now.Add(time.Hour), nil
	case "3h":
		return now.Add(3 * time.Hour), nil
	case "tomorrow":
		return at(today.AddDate(0, 0, 1)), nil
	case "saturday":
		days := (int(time.Saturday) - int(today.Weekday()) + 7) % 7
		if days == 0 {
			days = 7
		}
		return at(today.AddDate(0, 0, days)), nil
	}
	day, _, err := text.DateReader{Lang: lang, Now: today, Back: 1, Ahead: 2}.Read(date)
	if err != nil {
		return time.Time{}, &bot.Error{Kind: bot.Invalid, Key: "desk.error.date", Err: err}
	}
	noon, ok := day.Noon(zone)
	if until := at(noon); ok && until.After(now) {
		return until, nil
	}
	return time.Time{}, &bot.Error{Kind: bot.Invalid, Key: "desk_past"}
}

func at(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), morning, 0, 0, 0, day.Location())
}
