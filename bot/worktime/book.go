package worktime

import (
	"fmt"
	"time"

	"javab/bot"
)

// Book holds the calendars of the chamber and of its units for one period. Changed tables make a new Book.
type Book struct {
	// Version is the number of the last change of the rows that is in it; 0 where nothing was ever changed.
	Version int64
	// Table is what the calendars were laid out from.
	Table Table

	chamber *Calendar
	units   map[bot.UnitID]*Calendar
}

// Book lays out the calendars of all units that the table names; the others share the chamber's.
func (t Table) Book(from, to time.Time) (*Book, error) {
	chamber, err := t.Calendar("", from, to)
	if err != nil {
		return nil, err
	}
	b := &Book{Table: t, chamber: chamber, units: make(map[bot.UnitID]*Calendar)}
	for unit := range t.units() {
		if b.units[unit], err = t.Calendar(unit, from, to); err != nil {
			return nil, fmt.Errorf("working time of unit %s: %w", unit, err)
		}
	}
	return b, nil
}

// For returns the calendar of a unit; "" is the chamber at large.
func (b *Book) For(unit bot.UnitID) *Calendar {
	if c, ok := b.units[unit]; ok {
		return c
	}
	return b.chamber
}

// Book returns the book itself: calendars that never change stand in for live ones.
func (b *Book) Book() *Book { return b }

// units returns every unit with rows of its own.
func (t Table) units() map[bot.UnitID]bool {
	units := make(map[bot.UnitID]bool)
	for _, w := range t.Weeks {
		units[w.Unit] = true
	}
	for _, h := range t.Holidays {
		units[h.Unit] = true
	}
	delete(units, "")
	return units
}
