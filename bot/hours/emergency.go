package hours

import (
	"context"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/worktime"
)

// Emergency is a closure that one person declares alone, for the house or a unit: snow, smoke, no power.
type Emergency struct {
	Unit bot.UnitID
	// Today closes from this minute on, else from tomorrow.
	Today bool
	Days  int // tomorrow and so many in all; for Today there is only one
	Name  bot.Text
	// Reason is kept with it and read by whoever reviews it.
	Reason string
}

// alone is how many days one person may close by himself: by then somebody else has looked at it.
const alone = 3

// Close declares a closure. It counts at once, and waits for somebody else to review it.
func (r *Rota) Close(ctx context.Context, by bot.StaffID, e Emergency) (Change, error) {
	now := r.Clock().In(r.Book().Table.Zone)
	row := r.new(by, Row{Kind: Full, Unit: e.Unit, From: r.today() + 1, Name: e.Name, Reason: e.Reason, Confirmed: true})
	row.Source, row.Review = worktime.ByEmergency, true
	switch {
	case row.Reason == "":
		return Change{}, refused("hours_reason")
	case e.Today:
		row.Kind, row.From = Half, r.today()
		row.Window = worktime.Window{From: worktime.Clock(now.Hour(), now.Minute()), To: worktime.Clock(24, 0)}
		row.Until = row.From
	case e.Days < 1 || e.Days > alone:
		return Change{}, refused("hours_alone")
	default:
		row.Until = row.From + worktime.Day(e.Days) - 1
	}
	if err := check(row, r.today()); err != nil {
		return Change{}, err
	}
	return r.change(ctx, by, Closed, row.Reason, func(rows []Row) ([]edit, error) {
		if slices.ContainsFunc(rows, func(other Row) bool { return other.covers(row) }) {
			return nil, &bot.Error{Kind: bot.Conflict, Key: "hours_closed"}
		}
		return []edit{{is: row}}, nil
	})
}

// covers reports whether an emergency that was declared before closes all that another would: two managers who look at the
// same snow declare it once.
func (r Row) covers(other Row) bool {
	return r.Source == worktime.ByEmergency && r.Kind == Full && (r.Unit == "" || r.Unit == other.Unit) &&
		r.From <= other.From && other.Until <= r.Until
}

// Review ends the waiting of a closure that one person declared: it was right, or it is lifted, the days that are over
// apart. Nobody reviews his own.
func (r *Rota) Review(ctx context.Context, by bot.StaffID, id string, right bool, reason string) (Change, error) {
	what := Reviewed
	if !right {
		what = Lifted
	}
	return r.one(ctx, by, id, what, reason, func(row *Row) error {
		switch {
		case !row.Review:
			return &bot.Error{Kind: bot.Conflict, Key: "hours_reviewed"}
		case row.By == by:
			return &bot.Error{Kind: bot.Forbidden, Key: "hours_own"}
		case !right && strings.TrimSpace(reason) == "":
			return refused("hours_reason")
		}
		if right {
			row.Review = false
			return nil
		}
		return r.takeBack(row)
	})
}
