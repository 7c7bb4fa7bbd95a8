package worktime

import "javab/bot"

// Plan is how one civil day is laid out: what a page of the month shows.
type Plan struct {
	Day  Day
	Open []Window  // when the unit works, in order
	Week Week      // the weekly table that holds
	Rows []Holiday // the exceptions, in the order in which they apply, also those that are only expected
}

// Plan lays out the days of a unit from one to another, both included.
func (t Table) Plan(unit bot.UnitID, first, last Day) []Plan {
	exceptions := t.exceptions(unit, first, last)
	var days []Plan
	for day := first; day <= last; day++ {
		p := Plan{Day: day, Week: t.week(unit, day), Rows: exceptions[day]}
		for _, part := range layout(p.Week, day, p.Rows) {
			if n := len(p.Open); part.reason == Worked && n > 0 && p.Open[n-1].To == part.From {
				p.Open[n-1].To = part.To
			} else if part.reason == Worked {
				p.Open = append(p.Open, part.Window)
			}
		}
		days = append(days, p)
	}
	return days
}
