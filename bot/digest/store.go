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
	// About returns the ids of those whom a chat complains about.
	About(ctx context.Context, chat bot.ChatKey) ([]bot.StaffID, error)
	// Alert keeps an alert until those whom it concerns were told, once under its id.
	Alert(ctx context.Context, a bot.Alert) error
	// Told notes whom an alert was told to: each has it before him until he has seen it.
	Told(ctx context.Context, alert string, whom []bot.StaffID, at time.Time) error
	// SeeAlert notes that somebody has seen what he was told.
	SeeAlert(ctx context.Context, by bot.StaffID, alert string, at time.Time) error
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
	// UnhappyKeys returns the cases about whose key member there was an alert in the span, the earliest first.
	UnhappyKeys(ctx context.Context, by bot.Staff, in Span) ([]Entry, error)
	// SpikesIn counts the alerts of many complaints in the span, of the units that somebody serves.
	SpikesIn(ctx context.Context, by bot.Staff, in Span) (int, error)
	// Topics counts the complaints of each unit and category that were filed in the span, those with at least so many, and
	// beside them those filed from an earlier instant until it began. About whom there was an alert since the span began is
	// left out.
	Topics(ctx context.Context, in Span, earlier time.Time, least int) ([]Topic, error)
	Alerts
}

// Topic is how many complaints about one matter were filed.
type Topic struct {
	Unit         bot.UnitID
	Category     string
	N, Before    int
	Confidential bool // one of them is
}

// Alerts is what people hear of without having asked.
type Alerts interface {
	// Untold returns the alerts that nobody was told of yet, the oldest first.
	Untold(ctx context.Context, limit int) ([]bot.Alert, error)
	// Alerts returns what somebody was told and has not seen, the newest first, but nothing that he may no longer know of.
	Alerts(ctx context.Context, by bot.Staff, limit int) ([]bot.Alert, error)
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
