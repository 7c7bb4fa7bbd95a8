package desk

import (
	"context"
	"slices"
	"time"

	"javab/bot"
	"javab/locales/text"
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
	// LegalHold reports whether nothing of a chat may be erased.
	LegalHold(ctx context.Context, chat bot.ChatKey) (bool, error)
	// File returns a file that a line of the chat which by may read names, as far as it has come.
	File(ctx context.Context, by bot.Staff, chat bot.ChatKey, id string) (bot.File, error)
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
type Tabs struct {
	Waiting, Mine, All, Snoozed int
	ClosedToday                 int // that people have ended, in what he sees
}

// Query asks for one page of a tab.
type Query struct {
	By    bot.Staff
	Tab   Tab
	Unit  bot.UnitID // of this queue alone; empty: of all
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
	Recent                   []string // the member's last messages since the chat was handed over, newest first
	Upset                    bool     // they sound angry: a hint, never a rule
	Cursor                   string
	PausedBy                 bot.StaffID // who has paused the queue in which it waits, and why; nobody while it goes on
	PausedWhy                string
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
	LegalHold bool           // nothing of the chat is erased
}

// Line is one line of the record. What the desk itself notes is a bot.Note of flow NoteFlow, its step says what.
type Line struct {
	ID int64
	bot.Message
	Sent    SentState
	Amended SentState     // how far its last change has come; SentNot when it went out as it reads now
	Fault   bot.SendFault // why what was given up of it was
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
// by its named handlers alone, and one that complains about somebody never by him. Admins and auditors see none. The
// stores ask the same in their queries.
func Sees(by bot.Staff, h bot.HandOver) bool {
	return by.Sees(h.Unit, h.Confidential, h.About, h.Holder, h.Named)
}

// Looks reports whether somebody of this role sees chats at all.
func Looks(by bot.Staff) bool { return by.Looks() }

// Over reports whether somebody stands over all units.
func Over(by bot.Staff) bool { return by.Role == bot.RoleHead }

// Supervises reports whether somebody stands over the units that he serves.
func Supervises(by bot.Staff) bool { return by.Supervises() }

// Leads reports whether somebody leads others: he may do what not every officer may.
func Leads(by bot.Staff) bool { return by.Leads() }

// Today is when the day of the chamber began.
func Today(now time.Time) time.Time {
	year, month, day := now.In(text.Tehran()).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, text.Tehran())
}

// Reading reports whether somebody reads a language.
func Reading(by bot.Staff, lang bot.Lang) bool { return slices.Contains(by.Langs, lang) }
