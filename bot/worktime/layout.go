package worktime

import (
	"slices"

	"javab/bot"
)

// Reason says why a stretch of time counts or does not.
type Reason string

// The reasons. Only Worked counts.
const (
	Worked  Reason = "worked"
	Night   Reason = "night"   // before the first window of a working day or after its last
	Break   Reason = "break"   // between two windows of one day
	Weekend Reason = "weekend" // a day that the weekly table leaves out
	Closure Reason = "holiday" // a full or half holiday, by its name
)

// part is a stretch of one civil day that has one reason.
type part struct {
	Window
	reason Reason
	name   bot.Text
}

// layout divides a civil day into parts without gaps, in order: the week first, then the day's exceptions over it.
// Those that are only expected change nothing.
func layout(week Week, day Day, exceptions []Holiday) []part {
	parts := weekday(week.Open[day.Weekday()], week.Name)
	for _, h := range exceptions {
		switch {
		case !h.Confirmed:
		case h.Kind == Full:
			parts = paint(parts, part{Window{0, minutesOfDay}, Closure, h.Name})
		case h.Kind == Half:
			parts = paint(parts, part{h.Window, Closure, h.Name})
		case h.Kind == Open:
			parts = paint(parts, part{h.Window, Worked, bot.Text{}})
		}
	}
	return parts
}

// weekday divides a day by its weekly table; what it skips bears the table's name, if it has one.
func weekday(windows []Window, name bot.Text) []part {
	if len(windows) == 0 {
		return []part{{Window{0, minutesOfDay}, Weekend, name}}
	}
	first, last := windows[0].From, windows[0].To
	for _, w := range windows {
		first, last = min(first, w.From), max(last, w.To)
	}
	parts := []part{{Window{0, first}, Night, name}, {Window{first, last}, Break, name}, {Window{last, minutesOfDay}, Night, name}}
	parts = slices.DeleteFunc(parts, func(p part) bool { return p.From == p.To })
	for _, w := range windows {
		parts = paint(parts, part{w, Worked, bot.Text{}})
	}
	return parts
}

// paint lays one part over the others, which keep what it leaves of them.
func paint(parts []part, over part) []part {
	painted := make([]part, 0, len(parts)+2)
	for _, p := range parts {
		if p.From < over.From {
			painted = append(painted, part{Window{p.From, min(p.To, over.From)}, p.reason, p.name})
		}
		if p.From <= over.From && over.From < p.To {
			painted = append(painted, over)
		}
		if p.To > over.To {
			painted = append(painted, part{Window{max(p.From, over.To), p.To}, p.reason, p.name})
		}
	}
	return painted
}
