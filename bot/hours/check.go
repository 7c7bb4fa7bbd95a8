package hours

import (
	"fmt"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/worktime"
)

// The bounds of what is believed. A closure of a year is possible, one of three is a slip of the pen.
const (
	longest   = 2 * 366 // days of one row that is no week without end
	pastDays  = 7       // what was forgotten is entered afterwards, for so many days
	aheadDays = 4 * 365 // as far as the calendars surely reach
	nameLimit = 200     // bytes of a name
	wordLimit = 400     // bytes of a reason
)

// check says what is wrong with a row that somebody is about to add, if anything is.
func check(r Row, today worktime.Day) error {
	last, ends := r.Last()
	switch {
	case !slices.Contains([]Kind{Week, Overlay, Full, Half, Open}, r.Kind):
		return refused("hours_kind")
	case r.From < today-pastDays:
		return refused("hours_past")
	case r.Until != 0 && r.Until < r.From:
		return refused("hours_backwards")
	case r.Kind == Overlay && !ends:
		return refused("hours_endless")
	case ends && int(last-r.From) >= longest || r.From > today+aheadDays || last > today+aheadDays:
		return refused("hours_long")
	case (r.Kind == Half || r.Kind == Open) && !r.Window.Valid():
		return refused("hours_window")
	case r.Weekly() && !opens(r.Open):
		return refused("hours_empty")
	case r.Kind != Week && r.Kind != Open && r.Name.Empty():
		return refused("hours_name")
	case tooLong(r.Name.Fa, nameLimit) || tooLong(r.Name.Ar, nameLimit) || tooLong(r.Name.En, nameLimit) || tooLong(r.Reason, wordLimit):
		return refused("hours_words")
	}
	return nil
}

func tooLong(s string, limit int) bool { return len(s) > limit }

// opens reports whether a weekly table has windows, all of them parts of a day.
func opens(week [7][]worktime.Window) bool {
	some := false
	for _, windows := range week {
		for _, w := range windows {
			if !w.Valid() {
				return false
			}
			some = true
		}
	}
	return some
}

// named gives a name that was written in one language to the others, so that no page has a day without one.
func named(t bot.Text) bot.Text {
	t = bot.Text{Fa: strings.TrimSpace(t.Fa), Ar: strings.TrimSpace(t.Ar), En: strings.TrimSpace(t.En)}
	first := ""
	for _, one := range []string{t.Fa, t.Ar, t.En} {
		if first == "" {
			first = one
		}
	}
	for _, one := range []*string{&t.Fa, &t.Ar, &t.En} {
		if *one == "" {
			*one = first
		}
	}
	return t
}

func refused(key string) error { return &bot.Error{Kind: bot.Invalid, Key: key} }

func notFound(id string) error {
	return &bot.Error{Kind: bot.NotFound, Key: "hours_not_found", Params: map[string]string{"id": id}}
}

// subject names a row in the audit.
func subject(id string) string { return fmt.Sprintf("hours %s", id) }
