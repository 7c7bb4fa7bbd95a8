package storage

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/learning"
)

// Operations is what `doctor`, `replay`, `report`, the metrics and the start of the program ask.
type Operations interface {
	Health
	Repairs
	Restored
	Settings
	// CasesAfter returns cases of all members in the order of their numbers, those after the given one (zero: from
	// the first).
	CasesAfter(ctx context.Context, after bot.CaseNumber, limit int) ([]bot.Case, error)
	// Purge deletes what has outlived its class, in slices, and tells how many rows went.
	Purge(ctx context.Context, now time.Time) (int, error)
}

// Health says how the store is.
type Health interface {
	// Ready fails when the database or its schema is not usable.
	Ready(ctx context.Context) error
	// Count takes the figures for `doctor`.
	Count(ctx context.Context) (Counts, error)
	// Backlog takes those for the metrics; it is cheap however many rows there are that wait for nothing.
	Backlog(ctx context.Context) (Backlog, error)
}

// Backlog is what waits, by where it waits.
type Backlog struct {
	Jobs        map[bot.JobKind]Line // open ones; a kind of which none is open is not there
	HandOvers   map[bot.UnitID]Line  // in the queue
	GivenUp     int
	Held        int
	Quarantined int // not resolved
}

// Line is how many wait in one place, and since when the first of them is due.
type Line struct {
	N      int
	Oldest time.Time
}

// Counts are the figures of a moment.
type Counts struct {
	OpenJobs    int
	OldestJob   time.Time // run time of the open job that is due longest; zero when none is open
	GivenUp     int
	Waiting     int // hand-overs in the queue
	OldestWait  time.Time
	Quarantined int // not resolved
	Chats       int
	Cases       int
	OpenCases   int
}

// Repairs is the list of what needs an operator.
type Repairs interface {
	// Quarantined returns deliveries that wait for a repair, oldest first.
	Quarantined(ctx context.Context, limit int) ([]Kept, error)
	// Resolve takes a delivery out of the quarantine and blanks it; bot.NotFound when it does not wait there. Its
	// receipt stays: a replay runs under a receipt of its own.
	Resolve(ctx context.Context, id int64, at time.Time) error
	// GivenUp returns jobs that will not be tried again, newest first.
	GivenUp(ctx context.Context, limit int) ([]GivenUp, error)
	// Retry opens a given-up job again, with all its tries; bot.NotFound when it is not given up.
	Retry(ctx context.Context, job int64, at time.Time) error
}

// Restored is what the messages of a restored backup need: members must not be written to as if it were yesterday.
type Restored interface {
	// Hold takes the messages that are open out of their lanes and tells how many there are. Later ones do not wait
	// for them.
	Hold(ctx context.Context) (int, error)
	// SendHeld opens what is held again, due at once and before what waits in its lane, and tells how many there are.
	SendHeld(ctx context.Context, at time.Time) (int, error)
	// DropHeld ends what is held without sending it, blanked, and tells how many there are.
	DropHeld(ctx context.Context, at time.Time) (int, error)
}

// Dropped is the reason that is kept with a message which DropHeld has ended.
const Dropped = "dropped after a restore"

// Withdrawn is the reason that is kept with a message which its author has deleted before it went out.
const Withdrawn = "withdrawn"

// Kept is a delivery in the quarantine.
type Kept struct {
	ID int64
	converse.Quarantined
}

// GivenUp is a job that will not be tried again, and why.
type GivenUp struct {
	bot.Job
	Err string
	At  time.Time
}

// Settings are facts about the installation itself: demo stamp, key fingerprint, instance id.
type Settings interface {
	// Setting returns a fact; bot.NotFound when it was never settled.
	Setting(ctx context.Context, name string) (string, error)
	// Settle keeps the fact unless there is one already, and returns the one that holds: the first wins.
	Settle(ctx context.Context, name, value string) (string, error)
	// PutSetting replaces a fact.
	PutSetting(ctx context.Context, name, value string) error
	// Lease puts owner in charge of name until a time, and reports whether he is: nobody else is while it runs, and
	// the owner himself may take it again. The name begins with SettingLease.
	Lease(ctx context.Context, name, owner string, now, until time.Time) (bool, error)
}

// Names of settings.
const (
	SettingKey  = "key.fingerprint" // of the master key that sealed the fields
	SettingDemo = "demo"            // set in a database that `demo` made; `serve` refuses it
	SettingID   = "instance.id"     // of the installation, random

	SettingLease = "lease." // what follows is what the lease is of
)

// How long each class of rows lives. Keys of jobs must outlive receipts, or a late repeat would send twice.
const (
	KeepReceipts = 8 * 24 * time.Hour
	KeepDone     = 30 * 24 * time.Hour
	KeepGivenUp  = 180 * 24 * time.Hour
	KeepResolved = 14 * 24 * time.Hour
	KeepTries    = 30 * 24 * time.Hour // failed sign-ins and dead sessions too

	// KeepQuestions is how long what members asked in their own words is learnt from, and how long an admin's word holds that
	// he wants to see some of it no more.
	KeepQuestions = learning.RememberedDays * 24 * time.Hour
)
