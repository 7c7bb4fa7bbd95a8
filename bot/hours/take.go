package hours

import (
	"context"
	"slices"

	"javab/bot"
	"javab/bot/worktime"
)

// takeLimit is how many rows are taken at once: more is no calendar of holidays.
const takeLimit = 400

// Offer is a row that could be taken, with what speaks against it.
type Offer struct {
	Row
	Known bool // there is such a row on these days already
	Over  bool // its days are over
}

// Fit reports whether nothing speaks against taking it.
func (o Offer) Fit() bool { return !o.Known && !o.Over }

// Preview says of rows from a file or a table which of them are new. Nothing is kept.
func (r *Rota) Preview(unit bot.UnitID, rows []Row) []Offer {
	known, today := r.Rows(), r.today()
	offers := make([]Offer, 0, min(len(rows), takeLimit))
	for _, row := range rows[:min(len(rows), takeLimit)] {
		row = imported(unit, row)
		last, _ := row.Last()
		offers = append(offers, Offer{Row: row, Known: slices.ContainsFunc(known, row.same), Over: last < today})
	}
	return offers
}

// Expected are the lunar holidays as far as anybody can tell, as rows to preview: from today on, for so many years.
func (r *Rota) Expected(years int) ([]Row, error) {
	today := r.today()
	holidays, err := worktime.LunarHolidays(today, today+worktime.Day(years*365))
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(holidays))
	for i, h := range holidays {
		rows[i] = Row{Kind: Kind(h.Kind), From: h.Day, Until: h.Day, Name: h.Name}
	}
	return rows, nil
}

// Take adds rows that somebody has chosen, as confirmed ones or as expected ones. What is known by now is left out.
func (r *Rota) Take(ctx context.Context, by bot.StaffID, unit bot.UnitID, rows []Row, confirmed bool) (Change, error) {
	if len(rows) == 0 || len(rows) > takeLimit {
		return Change{}, refused("hours_choose")
	}
	ready := make([]Row, len(rows))
	for i, row := range rows {
		ready[i] = r.new(by, imported(unit, row))
		ready[i].Confirmed = confirmed
		if err := check(ready[i], r.today()); err != nil {
			return Change{}, err
		}
	}
	return r.change(ctx, by, Taken, "", func(known []Row) (edits []edit, err error) {
		for i, row := range ready {
			if !slices.ContainsFunc(known, row.same) && !slices.ContainsFunc(ready[:i], row.same) {
				edits = append(edits, edit{is: row})
			}
		}
		if len(edits) == 0 {
			return nil, &bot.Error{Kind: bot.Conflict, Key: "hours_known"}
		}
		return edits, nil
	})
}

func imported(unit bot.UnitID, row Row) Row {
	row.Unit, row.Source = unit, worktime.ByICS
	if row.Until == 0 {
		row.Until = row.From
	}
	return row
}

// same reports whether two rows do the same to the same days.
func (r Row) same(other Row) bool {
	return r.Kind == other.Kind && r.Unit == other.Unit && r.From == other.From && r.Until == other.Until && r.Window == other.Window
}
