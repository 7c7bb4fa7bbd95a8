package hours

import (
	"strings"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

// Kind says what a row is: two kinds of weekly tables, and what a row does to its days.
type Kind string

// The kinds. The last three are those of worktime.
const (
	Week    Kind = "week"    // the weekly table from a day on
	Overlay Kind = "overlay" // a weekly table for a time, over all others: Ramadan
	Full    Kind = Kind(worktime.Full)
	Half    Kind = Kind(worktime.Half)
	Open    Kind = Kind(worktime.Open)
)

// Row is one decision about working time.
type Row struct {
	ID        string
	Kind      Kind
	Unit      bot.UnitID // empty: the whole chamber
	From      worktime.Day
	Until     worktime.Day         // last day; 0 for a week without end
	Open      [7][]worktime.Window // of weekly tables, by time.Weekday
	Window    worktime.Window      // of Half and Open, on each of the days
	Name      bot.Text             // of the occasion
	Source    worktime.Source      // where it comes from
	Confirmed bool                 // one that is only expected is shown, and does not count
	Review    bool                 // declared by one alone: somebody else has yet to look at it
	Gone      bool                 // taken back; kept, so that the audit's ids have a meaning
	By        bot.StaffID          // who made it
	At        time.Time            // when
	Reason    string               // why, in his words
}

// Weekly reports whether the row is a weekly table.
func (r Row) Weekly() bool { return r.Kind == Week || r.Kind == Overlay }

// Counts reports whether deadlines are counted by the row.
func (r Row) Counts() bool { return !r.Gone && (r.Weekly() || r.Confirmed) }

// Last returns the last day of the row; false for a week without end.
func (r Row) Last() (worktime.Day, bool) { return max(r.From, r.Until), r.Until != 0 || !r.Weekly() }

// String is what the audit keeps: days, hours, unit and standing, and no words of anybody's.
func (r Row) String() string {
	if r.Gone {
		return "gone"
	}
	days := r.From.String() + ".."
	if last, ends := r.Last(); ends {
		days += last.String()
	}
	words := []string{string(r.Kind), days}
	if r.Kind == Half || r.Kind == Open {
		words = append(words, r.Window.String())
	}
	if r.Weekly() {
		for day, windows := range r.Open {
			for _, w := range windows {
				words = append(words, strings.ToLower(time.Weekday(day).String()[:3])+" "+w.String())
			}
		}
	}
	if r.Unit != "" {
		words = append(words, "unit "+string(r.Unit))
	}
	if !r.Weekly() {
		words = append(words, string(r.Source))
		if !r.Confirmed {
			words = append(words, "expected")
		}
	}
	if r.Review {
		words = append(words, "to review")
	}
	return strings.Join(words, " ")
}

// Table is what deadlines between two instants are counted by: what the program gives, with the rows over it. They stand in
// the order in which they were made.
func Table(rows []Row, from, to time.Time) (worktime.Table, error) {
	table, err := worktime.Default(from, to)
	if err != nil {
		return worktime.Table{}, err
	}
	for _, r := range rows {
		switch {
		case r.Gone:
		case r.Weekly():
			table.Weeks = append(table.Weeks, worktime.Week{
				Unit: r.Unit, From: r.From, Until: r.Until, Open: r.Open, Overlay: r.Kind == Overlay, Name: r.Name,
			})
		default:
			table.Holidays = append(table.Holidays, worktime.Holiday{
				Day: r.From, Until: r.Until, Unit: r.Unit, Kind: worktime.Kind(r.Kind), Window: r.Window, Name: r.Name,
				Source: r.Source, Confirmed: r.Confirmed,
			})
		}
	}
	return table, nil
}
