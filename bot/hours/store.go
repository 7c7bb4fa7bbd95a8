package hours

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

// Tx is what a change of working time reads and writes in one transaction.
type Tx interface {
	// HoursVersion returns the number of the last change, and keeps others from changing working time until the
	// transaction ends.
	HoursVersion(ctx context.Context) (int64, error)
	// HoursRows returns all rows that are not gone, in the order in which they were made.
	HoursRows(ctx context.Context) ([]Row, error)
	// SaveHours inserts or updates a row.
	SaveHours(ctx context.Context, r Row) error
	// LogHours notes a change under its version, which is the last one from then on.
	LogHours(ctx context.Context, c Change) error
	// Audit adds an entry to the chain.
	Audit(ctx context.Context, e bot.AuditEntry) error
}

// Change is what one act did to working time. It is committed with the rows: whoever counted deadlines by an older version
// finds in the changes since then whether they are to be counted anew, and why.
type Change struct {
	Version int64 // one more than that of the change before
	What    Act
	Row     string     // id of the row, or of the first of several
	Unit    bot.UnitID // whose deadlines it may move; empty: everybody's
	From    worktime.Day
	Until   worktime.Day // the last day that it touches; 0 when it has no end
	Counts  bool         // deadlines may move by it; what only becomes expected moves none
	Name    bot.Text     // of the occasion
	By      bot.StaffID
	At      time.Time
	Reason  string // in the words of who changed it
}

// Act is what was done.
type Act string

// The acts. Each is "hours.…" in the audit.
const (
	Added     Act = "added"
	Ended     Act = "ended"     // a weekly table got its last day
	Confirmed Act = "confirmed" // what was expected counts now
	Shifted   Act = "shifted"   // by a day
	Removed   Act = "removed"
	Taken     Act = "taken"    // rows of a file or a table
	Closed    Act = "closed"   // in an emergency, by one alone
	Reviewed  Act = "reviewed" // which somebody else found right
	Lifted    Act = "lifted"   // or not
)

// Store is where the rows are kept.
type Store interface {
	// Do commits what f wrote when f returns nil, and nothing otherwise. f may run twice.
	Do(ctx context.Context, f func(Tx) error) error
	Reads
}

// Reads are the questions that no transaction needs.
type Reads interface {
	// ReadHours returns the rows that are not gone, in the order in which they were made, and the number of the last
	// change. The rows may be newer than the number, never older.
	ReadHours(ctx context.Context) (version int64, rows []Row, err error)
	// HoursChanges returns the changes after a version, oldest first.
	HoursChanges(ctx context.Context, since int64) ([]Change, error)
}

// Promises is told that deadlines may have moved. Losing it is harmless: the change itself is committed, and who counts
// looks for its version from time to time.
type Promises interface {
	// Recount asks for the open deadlines of a unit, or of all, to be counted anew.
	Recount(ctx context.Context, unit bot.UnitID, reason string) error
}
