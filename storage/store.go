package storage

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/casefile"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/desk"
	"javab/bot/digest"
	"javab/bot/funnel"
	"javab/bot/hours"
	"javab/bot/learning"
	"javab/bot/members"
	"javab/bot/report"
	"javab/bot/staff"
	"javab/bot/staffchat"
	"javab/bot/training"
	"javab/flows/studio"
)

// Tx is what a closure reads and writes: the union of what the use cases ask for.
type Tx interface {
	converse.Tx
	approve.Tx
	cases.Tx
	cases.RoundTx
	cases.HeldTx
	cases.Parts
	cases.Surveys
	cases.Trail
	cases.OfficeTx
	desk.Tx
	members.Tx
	members.OfficeTx
	digest.Tx
	staff.Tx
	hours.Tx
	learning.Tx
	studio.Tx
	training.Tx
	// SaveFile writes what became of a file: state, hash, size and type. bot.NotFound when no row announced it.
	SaveFile(ctx context.Context, f bot.File) error
	// AskedOf and Everybody are approve.Reads.Asked and staff.Roll.AllStaff inside a transaction.
	AskedOf(ctx context.Context, by bot.Staff, limit int) ([]bot.Approval, error)
	Everybody(ctx context.Context) ([]bot.Staff, error)
}

// One concrete transaction serves every use case; As relies on it.
var (
	_ converse.Tx = Tx(nil)
	_ approve.Tx  = Tx(nil)
	_ cases.Tx    = Tx(nil)

	_ cases.RoundTx  = Tx(nil)
	_ cases.OfficeTx = Tx(nil)

	_ desk.Tx    = Tx(nil)
	_ members.Tx = Tx(nil)

	_ members.OfficeTx = Tx(nil)

	_ staff.Tx = Tx(nil)
	_ hours.Tx = Tx(nil)

	_ studio.Tx = Tx(nil)

	_ training.Tx = Tx(nil)
)

// Store is an installation's memory. Its guarantees are the contract of storagetest.
type Store interface {
	// Do commits what f wrote when f returns nil, and nothing otherwise. f may run twice. An unreachable, locked or
	// full database is a bot.Error of kind Unavailable; a panic in f comes back as an error; f's own errors come back
	// as they are. Inside f only the Tx may be used: the Store itself would wait for its own lock.
	Do(ctx context.Context, f func(Tx) error) error
	// CommitTurn commits a turn that asks nothing of the program, as converse.Store says.
	CommitTurn(ctx context.Context, a converse.Acceptance, rows converse.Rows, lease bot.Lease) (converse.Verdict, []bot.Job, error)
	Reads
	approve.Reads
	digest.Reads
	staff.Reads
	desk.Reads
	desk.Rounds
	cases.OfficeReads
	casefile.Lists
	casefile.Files
	casefile.Surveys
	members.Reads
	hours.Reads
	studio.Reads
	studio.Queries
	report.Reads
	funnel.Reads
	learning.Reads
	training.Reads
	// DueCases returns the cases that time has come for, as cases.Store says.
	DueCases(ctx context.Context, now time.Time, version int64, limit int) ([]cases.Due, error)
	cases.Channels
	deliver.Queue
	Operations
	// Close lets running closures end and closes the database.
	Close() error
}

// Reads are the questions that no transaction needs.
type Reads interface {
	// ReadChat returns the chat without locking it; bot.NotFound when there is none.
	ReadChat(ctx context.Context, key bot.ChatKey) (bot.Chat, error)
	// ReadDraft returns the pieces of a draft, oldest first; an unknown draft is empty.
	ReadDraft(ctx context.Context, id bot.DraftID) (bot.Draft, error)
	// ReadFile returns a file as far as it has come; bot.NotFound when no row announced it.
	ReadFile(ctx context.Context, id string) (bot.File, error)
	// ReadFiles returns the first files that a chat sent from since on, oldest first, as far as they have come.
	ReadFiles(ctx context.Context, chat bot.ChatKey, since time.Time, limit int) ([]bot.File, error)
	// FileIDs returns the ids of files after one (empty: from the first), in their order.
	FileIDs(ctx context.Context, after string, limit int) ([]string, error)
	// ReadMessages returns the newest messages of a chat, oldest first.
	ReadMessages(ctx context.Context, chat bot.ChatKey, limit int) ([]bot.Message, error)
	// ReadHandOver returns the running hand-over of a chat, else the last one, whoever may see it; bot.NotFound when there
	// was never any.
	ReadHandOver(ctx context.Context, chat bot.ChatKey) (bot.HandOver, error)
	// Questions returns what members asked in their own words from since on and before until, the newest first.
	Questions(ctx context.Context, since, until time.Time, limit int) ([]bot.FreeQuestion, error)
	// RepliesSent counts the messages that were sent from each ready reply, by its id, from since on.
	RepliesSent(ctx context.Context, since time.Time) (map[string]int, error)
	// ReadTimeline returns the entries of a case, oldest first.
	ReadTimeline(ctx context.Context, id bot.CaseID) ([]bot.CaseEntry, error)
}

// Narrow is a Store as one use case sees it: Do hands out its own Tx.
type Narrow[T any] struct{ Store }

// As narrows s for the use case whose transaction is T. T must be one of the interfaces that Tx is the union of.
func As[T any](s Store) Narrow[T] { return Narrow[T]{s} }

// Do is Store.Do with the use case's own Tx.
func (n Narrow[T]) Do(ctx context.Context, f func(T) error) error {
	return n.Store.Do(ctx, func(tx Tx) error { return f(any(tx).(T)) })
}

var (
	_ converse.Store = Narrow[converse.Tx]{}
	_ approve.Store  = Narrow[approve.Tx]{}
	_ digest.Store   = Narrow[digest.Tx]{}

	_ staffchat.Store = Narrow[staffchat.Tx]{}

	_ cases.Store = Narrow[cases.RoundTx]{}

	_ cases.OfficeStore = Narrow[cases.OfficeTx]{}

	_ staff.Store    = Narrow[staff.Tx]{}
	_ desk.Store     = Narrow[desk.Tx]{}
	_ hours.Store    = Narrow[hours.Tx]{}
	_ learning.Store = Narrow[learning.Tx]{}
	_ studio.Store   = Narrow[studio.Tx]{}
	_ members.Store  = Narrow[members.OfficeTx]{}
	_ deliver.Queue  = Store(nil)
)

// Opened is the first entry of a case's timeline.
func Opened(c bot.Case) bot.CaseEntry {
	return bot.CaseEntry{Case: c.ID, What: "opened", Author: bot.ByMember, After: string(c.State), Draft: c.Draft, At: Round(c.OpenedAt)}
}
