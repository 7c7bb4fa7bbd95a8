package desk

import (
	"context"
	"slices"
	"time"

	"javab/bot"
)

// Reads is what the pages ask. Who may see what is part of every question: a hidden chat is not there.
type Reads interface {
	// Inbox returns the rows of a tab in the order of the queue.
	Inbox(ctx context.Context, q Query) ([]Row, error)
	// Tabs counts the rows of the tabs.
	Tabs(ctx context.Context, by bot.Staff, now time.Time) (Tabs, error)
	// Row returns the row of a chat's latest hand-over.
	Row(ctx context.Context, by bot.Staff, chat bot.ChatKey) (Row, error)
	// Thread returns a chat with its lines before an id (0: the newest), oldest first.
	Thread(ctx context.Context, by bot.Staff, chat bot.ChatKey, before int64, limit int) (Thread, error)
	// Live counts the queues and what each officer holds of them.
	Live(ctx context.Context, by bot.Staff, now time.Time) ([]Load, error)
	// Kept returns what by has begun to write in a chat.
	Kept(ctx context.Context, by bot.StaffID, chat bot.ChatKey) (reply, note string, err error)
}

// Tab is one list of the inbox.
type Tab string

// The tabs.
const (
	TabWaiting Tab = "waiting"
	TabMine    Tab = "mine"
	TabAll     Tab = "all" // that are not over
	TabSnoozed Tab = "snoozed"
)

// Tabs are the counts of the tabs.
type Tabs struct{ Waiting, Mine, All, Snoozed int }

// Query asks for one page of a tab.
type Query struct {
	By    bot.Staff
	Tab   Tab
	Now   time.Time
	After string // the Cursor of the last row that is there already; empty: from the top
	Limit int
}

// Row is one chat in a list.
type Row struct {
	Chat                     bot.ChatKey
	Rev                      int64
	Name                     string
	Lang                     bot.Lang
	Unit                     bot.UnitID
	Topic, Reason            string
	State                    bot.HandOverState
	Holder, Named            bot.StaffID
	Priority                 int
	KeyAccount, Confidential bool
	DueAt, At, SnoozedUntil  time.Time
	LastText                 string // of what people said, not the bot
	LastBy                   bot.Author
	LastAt                   time.Time
	Unread                   int
	Cursor                   string
}

// Thread is a chat as its page shows it.
type Thread struct {
	Row       Row
	HandOver  bot.HandOver
	Chat      bot.Chat
	Member    bot.Member // his id is empty when he is not known
	Lines     []Line
	Collected []bot.Piece
	Cases     []bot.Case
	Past      []bot.HandOver // that are over, newest first
	More      bool           // there are older lines
}

// Line is one line of the record. What the desk itself notes is a bot.Note of flow NoteFlow, its step says what.
type Line struct {
	ID int64
	bot.Message
	Sent SentState
}

// SentState says how far a message to the member has come.
type SentState string

// The ways of a message. What came in and notes have none.
const (
	SentNot    SentState = ""
	SentQueued SentState = "queued"
	SentDone   SentState = "sent"
	SentFailed SentState = "failed"
)

// Load is what waits and what is held in one queue; with Staff set, what that officer holds of it.
type Load struct {
	Unit    bot.UnitID
	Staff   bot.StaffID
	Waiting int
	Late    int // waits, and somebody should have answered
	Held    int
	Snoozed int
	Oldest  time.Time // since when the first of the waiting waits
}

// Sees reports whether by may see a hand-over: it is of a unit that he serves, or his own; a confidential one is seen
// by its named handlers alone. Admins and auditors see none. The stores ask the same in their queries.
func Sees(by bot.Staff, h bot.HandOver) bool {
	if !Looks(by) || h.Confidential && !by.Confidential {
		return false
	}
	return by.Serves(h.Unit) || h.Holder == by.ID || h.Named == by.ID
}

// Looks reports whether somebody of this role sees chats at all.
func Looks(by bot.Staff) bool {
	return by.Role != bot.RoleAdmin && by.Role != bot.RoleAuditor && !by.Disabled
}

// Over reports whether somebody stands over all units.
func Over(by bot.Staff) bool { return by.Role == bot.RoleHead }

// Reading reports whether somebody reads a language.
func Reading(by bot.Staff, lang bot.Lang) bool { return slices.Contains(by.Langs, lang) }
