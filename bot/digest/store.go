package digest

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/converse"
	"javab/bot/staff"
)

// Tx is what is written in one transaction.
type Tx interface {
	// Append adds jobs; one whose key is there already is skipped.
	Append(ctx context.Context, rows converse.Rows, lease bot.Lease) ([]bot.Job, error)
}

// Store is where digests are ordered, and what they are made of.
type Store interface {
	Do(ctx context.Context, f func(Tx) error) error
	AllStaff(ctx context.Context) ([]bot.Staff, error)
	// StaffChats returns the chats that somebody has linked.
	StaffChats(ctx context.Context, of bot.StaffID) ([]staff.LinkedChat, error)
	casefile.Lists
	Reads
}

// Span is the time that a digest looks back over: from, and before.
type Span struct{ From, To time.Time }

// Reads are what happened in a span to the cases that somebody leads, those that complain about him left out, and
// confidential ones for named handlers alone.
type Reads interface {
	// MoneyCases returns the cases that were marked as concerning money in the span and still are, the earliest first.
	MoneyCases(ctx context.Context, by bot.Staff, in Span) ([]Entry, error)
	// UnhappyKeys returns the cases whose closure a key member rated low in the span, the earliest first.
	UnhappyKeys(ctx context.Context, by bot.Staff, in Span) ([]Entry, error)
}

// Entry is one case of a digest. A confidential one is counted and not named.
type Entry struct {
	Number       bot.CaseNumber
	Confidential bool
}

// Approvals are what waits for somebody's yes.
type Approvals interface {
	Waiting(ctx context.Context, by bot.Staff) (his, own []bot.Approval, err error)
}

// Teller says a message in somebody's own chats, once under its key.
type Teller interface {
	Tell(ctx context.Context, whom bot.StaffID, key, what string, message func(lang bot.Lang) bot.Outbound) error
}
