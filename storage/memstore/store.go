// Package memstore keeps everything in memory: the whole Store for tests, and the hot state of an embedded installation.
//
// It knows the same contract as sqlstore (storagetest runs on both) and undoes what a failed closure wrote. It never
// knows a disk: it dies with the process, which is harmless for hot state and the end of everything else.
package memstore

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/bot/hours"
	"javab/bot/learning"
	"javab/bot/members"
	"javab/bot/staff"
	"javab/bot/training"
	"javab/flows/studio"
	"javab/storage"
)

// Store is a whole storage.Store in memory. Closures run one after the other.
type Store struct {
	mu sync.Mutex
	data
}

// data is the tables.
type data struct {
	receipts  table[bot.ReceiptKey, time.Time]
	chats     table[bot.ChatKey, bot.Chat]
	messages  table[int64, message]
	pieces    table[int64, piece]
	files     table[string, bot.File]
	jobs      table[int64, job]
	jobKeys   table[string, int64]
	open      table[int64, bot.ChatKey] // the lanes of open jobs, so that a claim need not read the done ones
	poison    table[int64, quarantined]
	cases     table[bot.CaseID, bot.Case]
	numbers   table[bot.CaseNumber, bot.CaseID]
	drafts    table[bot.DraftID, bot.CaseID]
	seqs      table[int, int] // last running number of a year
	entries   table[int64, bot.CaseEntry]
	referrals table[string, bot.Referral]
	tasks     table[string, bot.Task]
	surveys   table[surveyKey, bot.Survey]
	members   table[bot.MemberID, bot.Member]
	results   table[string, resultRow]
	facts     table[factKey, members.Fact]
	contacts  table[string, contact]
	hands     table[string, bot.HandOver]
	running   table[bot.ChatKey, string] // the hand-over of a chat that is not over
	accused   table[mark, bool]          // who a chat complains about
	held      table[bot.ChatKey, bool]
	paused    table[bot.UnitID, desk.Pause]
	links     table[bot.ChatKey, bot.MemberID]
	marks     table[mark, int64]
	kept      table[keptKey, desk.Kept]
	tries     table[int64, try]
	settings  table[string, string]
	leases    table[string, lease]
	staff     table[bot.StaffID, bot.Staff]
	secrets   table[bot.StaffID, staff.Secrets]
	sessions  table[string, staff.Session]
	failures  table[string, staff.Failure]
	ownChats  table[bot.ChatKey, staff.LinkedChat]
	linkCodes table[bot.StaffID, staff.LinkCode]
	audit     table[int64, audited]
	approvals table[string, bot.Approval]
	alerts    table[string, alerted]
	hours     table[string, hours.Row]
	changed   table[int64, hours.Change] // of the working time, by version
	seen      table[bot.ChannelID, time.Time]
	outages   table[bot.ChannelID, []cases.Outage]
	head      table[int, studio.Head]
	versions  table[int, studio.Version]
	bodies    table[studio.Hash, []byte]
	requests  table[string, studio.Request]
	proposals table[string, studio.Proposal]

	studioDrafts table[draftKey, studio.Draft]

	exercises table[string, training.Exercise]

	questions table[string, bot.FreeQuestion]
	asides    table[string, learning.Aside]

	last int64 // the last row id given out
}

var _ storage.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store { return &Store{} }

// Do runs f with the store locked and undoes what it wrote when it fails.
func (s *Store) Do(ctx context.Context, f func(storage.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return storage.Unavailable(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{data: &s.data}
	done := false
	defer func() {
		if !done {
			t.rollback()
		}
	}()
	if err := run(t, f); err != nil {
		return err
	}
	done = true
	return nil
}

// CommitTurn implements storage.Store.
func (s *Store) CommitTurn(ctx context.Context, a converse.Acceptance, rows converse.Rows, lease bot.Lease) (converse.Verdict, []bot.Job, error) {
	return storage.CommitTurn(ctx, s, a, rows, lease)
}

// run calls f and turns a panic into an error.
func run(t *tx, f func(storage.Tx) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = storage.Panicked(v, debug.Stack())
		}
	}()
	return f(t)
}

// locked runs a method that is a transaction of its own and cannot fail half-way.
func locked[R any](s *Store, f func(*tx) R) R {
	s.mu.Lock()
	defer s.mu.Unlock()
	return f(&tx{data: &s.data})
}

// Ready always succeeds.
func (s *Store) Ready(context.Context) error { return nil }

// Close forgets nothing: a test may look at a store that the program has closed.
func (s *Store) Close() error { return nil }

// message is one row of a chat's record. Its files are rows of their own.
type message struct {
	bot.Message
	files []string
}

type piece struct {
	bot.Piece
	file string
}

type job struct {
	bot.Job
	state bot.JobState
	err   string
	ended time.Time
}

type quarantined struct {
	converse.Quarantined
	resolved time.Time
}

type try struct {
	name string
	at   time.Time
}
