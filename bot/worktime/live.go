package worktime

import (
	"sync/atomic"

	"javab/bot"
)

// Live is the working time as it is at this moment: the calendars are replaced whole when a row has changed or time has
// passed, and whoever counts meanwhile ends with those he began with. It is safe for use from anywhere once a Book is set.
type Live struct{ book atomic.Pointer[Book] }

// Set replaces the calendars.
func (l *Live) Set(b *Book) { l.book.Store(b) }

// Book returns the calendars of this moment. Who counts several things that belong together takes it once.
func (l *Live) Book() *Book { return l.book.Load() }

// For returns the calendar of a unit at this moment; "" is the chamber at large.
func (l *Live) For(unit bot.UnitID) *Calendar { return l.Book().For(unit) }

// Version returns the version of the rows by which is counted at this moment.
func (l *Live) Version() int64 { return l.Book().Version }
