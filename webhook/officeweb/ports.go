package officeweb

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/staff"
	"javab/bot/worktime"
)

// Staff is what is known of the chamber's people.
type Staff interface {
	staff.Roll
	SessionsOf(ctx context.Context, id bot.StaffID) ([]staff.Session, error)
}

// Roster keeps the accounts; staff.Roster does it. Everything is written into the audit with what it did.
type Roster interface {
	Hiring
	Keys
}

// Hiring makes, changes and shuts accounts.
type Hiring interface {
	Add(ctx context.Context, by bot.StaffID, s bot.Staff) (bot.Staff, string, error)
	Change(ctx context.Context, by bot.StaffID, s bot.Staff, reason string) error
	Disable(ctx context.Context, by bot.StaffID, login string, disabled bool) error
}

// Keys gives and takes the ways in.
type Keys interface {
	ResetPassword(ctx context.Context, by bot.StaffID, login string) (string, error)
	ResetTOTP(ctx context.Context, by bot.StaffID, login string) error
	EndSessions(ctx context.Context, by bot.StaffID, login string) error
}

// Hours is the working time as it stands, and what may be done to it; hours.Rota does it. Everything is written into the
// audit with what it did.
type Hours interface {
	Plans
	Rows
	Calls
}

// Plans tell how the days are laid out.
type Plans interface {
	// Book is what is counted by at this moment.
	Book() *worktime.Book
	// Rows are what people decided, in the order in which they did.
	Rows() []hours.Row
	// Preview says of rows which of them are new.
	Preview(unit bot.UnitID, rows []hours.Row) []hours.Offer
	// Expected are the lunar holidays of so many years, as far as anybody can tell.
	Expected(years int) ([]hours.Row, error)
}

// Rows makes and changes what was decided with time to think.
type Rows interface {
	Add(ctx context.Context, by bot.StaffID, row hours.Row) (hours.Change, error)
	End(ctx context.Context, by bot.StaffID, id string, last worktime.Day, reason string) (hours.Change, error)
	Confirm(ctx context.Context, by bot.StaffID, id string) (hours.Change, error)
	Shift(ctx context.Context, by bot.StaffID, id string, days int) (hours.Change, error)
	Remove(ctx context.Context, by bot.StaffID, id, reason string) (hours.Change, error)
}

// Calls are what one person declares alone, what another says of it, and what is taken from elsewhere.
type Calls interface {
	Close(ctx context.Context, by bot.StaffID, e hours.Emergency) (hours.Change, error)
	Review(ctx context.Context, by bot.StaffID, id string, right bool, reason string) (hours.Change, error)
	Take(ctx context.Context, by bot.StaffID, unit bot.UnitID, rows []hours.Row, confirmed bool) (hours.Change, error)
}

// Content is what the live content names and says.
type Content interface {
	// Units are the departments, in the order of the content.
	Units() []bot.UnitID
	Unit(id bot.UnitID, lang bot.Lang) string
	// Heading names a group of ready replies by its topic.
	Heading(topic string, lang bot.Lang) string
	// Ready are the ready replies, in the order in which they are offered.
	Ready() []bot.ReadyReply
	Limits() Limits
}

// Limits are how long the desk waits before it acts by itself. The first three run in working time.
type Limits struct {
	FirstAnswer time.Duration // by when somebody answers a chat that waits
	Warn        time.Duration // an officer is reminded of a chat that he took and has not answered
	Release     time.Duration // it goes back to its place in the queue
	Lost        time.Duration // a browser that shows no sign of life: all its chats go back
	Ask         time.Duration // a silent member is asked
	Back        time.Duration // and handed back to the bot
}

// Counts is how many chats there are, never whose.
type Counts interface {
	// Queues counts what waits in each unit that has had a chat.
	Queues(ctx context.Context) ([]Queue, error)
	// RepliesSent counts the messages that were sent from each ready reply, by its id, from since on.
	RepliesSent(ctx context.Context, since time.Time) (map[string]int, error)
}

// Queue is the chats of a unit.
type Queue struct {
	Unit                   bot.UnitID
	Waiting, Held, Snoozed int
	Oldest                 time.Time // since when the first of those who wait has waited; zero when none waits
}

// Audit is the record of who did what.
type Audit interface {
	// Entries returns the newest first.
	Entries(ctx context.Context, q AuditQuery) ([]bot.AuditEntry, error)
	// Chain reads the whole chain again and tells how far it holds.
	Chain(ctx context.Context) (Chain, error)
}

// AuditQuery chooses from the audit. Empty fields choose all.
type AuditQuery struct {
	Reader   bot.StaffID // who asks: of chats that complain about him he learns nothing
	By       bot.StaffID
	What     string // the beginning of an id: "chat." for all that was done to chats
	Subject  string
	From, To time.Time
	Before   int // leave out so many of the newest
	Limit    int
}

// Chain is what a reading of the audit's chain found.
type Chain struct {
	Entries int
	Whole   bool
	BrokeAt time.Time // of the first entry that does not hold; zero when Whole
	ReadAt  time.Time
}

// Ops is the state of the machine, as admins and auditors see it.
type Ops interface {
	// Stuck are deliveries that could not be handled and jobs that were given up.
	Stuck(ctx context.Context, limit int) (Stuck, error)
	// Replay hands one of them to the program again; kind is "delivery" or "job".
	Replay(ctx context.Context, by bot.Staff, kind, id string) error
}

// Stuck is what waits for an operator.
type Stuck struct {
	Deliveries []Stopped
	Jobs       []Stopped
	Backlog    int       // jobs that wait
	Oldest     time.Time // since when the first of them has been due; zero when none waits
}

// Stopped is one delivery or job that went no further. It never carries what a member wrote.
type Stopped struct {
	ID     string
	What   string // kind of job, or the delivery's receipt
	Chat   bot.ChatKey
	Reason string
	At     time.Time
}
