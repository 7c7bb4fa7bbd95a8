package deskweb

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

// Acts is what officers do at the desk; desk.Desk does it.
type Acts interface {
	Holding
	Writing
	Resting
}

// Holding moves a chat between hands.
type Holding interface {
	Claim(ctx context.Context, by bot.Staff, chat bot.ChatKey) error
	TakeOver(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error
	Transfer(ctx context.Context, by bot.Staff, chat bot.ChatKey, to desk.To) error
	Release(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error
	Close(ctx context.Context, by bot.Staff, chat bot.ChatKey, e desk.Ending) error
}

// Writing is what an officer writes, and how far he has read.
type Writing interface {
	Reply(ctx context.Context, by bot.Staff, chat bot.ChatKey, r desk.Reply) error
	Note(ctx context.Context, by bot.Staff, chat bot.ChatKey, n desk.Note) error
	// Keep keeps what he has written and not sent; mode is "reply" or "note".
	Keep(ctx context.Context, by bot.Staff, chat bot.ChatKey, mode, text string) error
	Seen(ctx context.Context, by bot.Staff, chat bot.ChatKey, upTo int64) error
}

// Resting puts a chat or the officer himself off.
type Resting interface {
	Snooze(ctx context.Context, by bot.Staff, chat bot.ChatKey, until time.Time) error
	Status(ctx context.Context, by bot.Staff, s bot.StaffStatus) error
}

// Reads is what the pages show. What by may not see is not there: confidential chats and other units are left out by
// the queries themselves.
type Reads interface {
	Inbox(ctx context.Context, q desk.Query) ([]desk.Row, error)
	Tabs(ctx context.Context, by bot.Staff, now time.Time) (desk.Tabs, error)
	Row(ctx context.Context, by bot.Staff, chat bot.ChatKey) (desk.Row, error)
	Thread(ctx context.Context, by bot.Staff, chat bot.ChatKey, before int64, limit int) (desk.Thread, error)
	// Kept returns what he has written and not sent.
	Kept(ctx context.Context, by bot.StaffID, chat bot.ChatKey) (reply, note string, err error)
}

// Floor is the room as those who stand over it see it.
type Floor interface {
	Live(ctx context.Context, by bot.Staff, now time.Time) ([]desk.Load, error)
}

// People are the chamber's staff.
type People interface {
	AllStaff(ctx context.Context) ([]bot.Staff, error)
}

// Content names what the bundle names.
type Content interface {
	// Units are the departments that a chat can be given to, in the order of the content.
	Units() []bot.UnitID
	Unit(id bot.UnitID, lang bot.Lang) string
	// Topic names what a member was about: a service, a category, an answer, or his own words.
	Topic(topic string, lang bot.Lang) string
	Flow(id string, lang bot.Lang) string
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

// Signals carry what has changed between the parts and instances of the program. Losing one is harmless: pages read
// everything anew from time to time.
type Signals interface {
	Publish(ctx context.Context, s Signal) error
	// Subscribe returns all signals until ctx ends.
	Subscribe(ctx context.Context) (<-chan Signal, error)
}

// SignalKind says what a Signal tells.
type SignalKind string

// The signals: a chat's list row or thread has changed; somebody looks at a chat or writes in it.
const (
	ChatChanged SignalKind = "chat"
	ChatViewed  SignalKind = "view"
)

// Signal names a thing that has changed, never its content. It reaches only those who may see the thing.
type Signal struct {
	Kind SignalKind  `json:"kind"`
	Chat bot.ChatKey `json:"chat"`
	// Unit and Confidential are those of a chat that has changed: they decide whom the signal reaches.
	Unit         bot.UnitID `json:"unit,omitempty"`
	Confidential bool       `json:"conf,omitempty"`
	// By holds the chat that has changed, or looks at it: then in a tab of his browser, Writing "reply", "note" or
	// nothing. Gone says that he has turned away.
	By      bot.StaffID `json:"by,omitempty"`
	Browser string      `json:"browser,omitempty"`
	Tab     string      `json:"tab,omitempty"`
	Writing string      `json:"writing,omitempty"`
	Gone    bool        `json:"gone,omitempty"`
}
