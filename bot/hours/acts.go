package hours

import (
	"context"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/worktime"
)

// Add makes a row: a weekly table, an overlay, a holiday, an extra opening. It counts at once unless it is only expected.
func (r *Rota) Add(ctx context.Context, by bot.StaffID, row Row) (Change, error) {
	row = r.new(by, row)
	if row.Source != worktime.ByEmergency || row.Kind != Open { // crisis work is done in spite of a closure by decree
		row.Source = worktime.ByManual
	}
	if err := check(row, r.today()); err != nil {
		return Change{}, err
	}
	return r.change(ctx, by, Added, row.Reason, func([]Row) ([]edit, error) { return []edit{{is: row}}, nil })
}

// new is a row as it is entered now.
func (r *Rota) new(by bot.StaffID, row Row) Row {
	row.ID, row.By, row.At, row.Gone, row.Review = r.ID(), by, r.Clock(), false, false
	row.Name, row.Reason = named(row.Name), strings.TrimSpace(row.Reason)
	if row.Weekly() {
		row.Confirmed, row.Source = true, worktime.ByManual
	} else if row.Until == 0 {
		row.Until = row.From
	}
	return row
}

// one changes a single row.
func (r *Rota) one(ctx context.Context, by bot.StaffID, id string, what Act, reason string, change func(*Row) error) (Change, error) {
	return r.change(ctx, by, what, strings.TrimSpace(reason), func(rows []Row) ([]edit, error) {
		i := slices.IndexFunc(rows, func(row Row) bool { return row.ID == id })
		if i < 0 {
			return nil, notFound(id)
		}
		row := rows[i]
		if err := change(&row); err != nil {
			return nil, err
		}
		return []edit{{rows[i], row}}, nil
	})
}

// End gives a weekly table its last day. What it held until yesterday stays as it was counted.
func (r *Rota) End(ctx context.Context, by bot.StaffID, id string, last worktime.Day, reason string) (Change, error) {
	return r.one(ctx, by, id, Ended, reason, func(row *Row) error {
		switch {
		case !row.Weekly():
			return refused("hours_kind")
		case last < row.From:
			return refused("hours_backwards")
		case last < r.today()-1:
			return refused("hours_past")
		case last > r.today()+aheadDays:
			return refused("hours_long")
		}
		row.Until = last
		return nil
	})
}

// Confirm lets a row count that was only expected.
func (r *Rota) Confirm(ctx context.Context, by bot.StaffID, id string) (Change, error) {
	return r.one(ctx, by, id, Confirmed, "", func(row *Row) error {
		if row.Confirmed {
			return &bot.Error{Kind: bot.Conflict, Key: "hours_confirmed"}
		}
		row.Confirmed = true
		return nil
	})
}

// Shift moves a row by a day, forwards or back: the moon was seen a day later than expected.
func (r *Rota) Shift(ctx context.Context, by bot.StaffID, id string, days int) (Change, error) {
	return r.one(ctx, by, id, Shifted, "", func(row *Row) error {
		if row.Weekly() || days != 1 && days != -1 {
			return refused("hours_kind")
		}
		if min(row.From, row.From+worktime.Day(days)) < r.today() {
			return refused("hours_over")
		}
		row.From, row.Until = row.From+worktime.Day(days), row.Until+worktime.Day(days)
		return nil
	})
}

// Remove takes a row back. Of one that has begun, the days that are over stay as they were counted.
func (r *Rota) Remove(ctx context.Context, by bot.StaffID, id, reason string) (Change, error) {
	return r.one(ctx, by, id, Removed, reason, r.takeBack)
}

// takeBack ends a row yesterday, or takes it away when it has not begun. What is over is not undone: members were told
// deadlines by it.
func (r *Rota) takeBack(row *Row) error {
	today := r.today()
	last, ends := row.Last()
	switch {
	case !row.Counts() || row.From >= today:
		row.Gone = true
	case ends && last < today:
		return refused("hours_over")
	default:
		row.Until = today - 1
	}
	row.Review = false
	return nil
}
