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
	Minding
	Amending
	Accusing
	Leading
	// Hints says what to look at again in a reply before it is sent.
	Hints(words string) []desk.Hint
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

// Minding is what is done about a member's tone, and about what must not be lost.
type Minding interface {
	Warn(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error
	Mute(ctx context.Context, by bot.Staff, chat bot.ChatKey, until time.Time, reason string) error
	Unmute(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error
	LegalHold(ctx context.Context, by bot.Staff, chat bot.ChatKey, on bool, reason string) error
	CallManager(ctx context.Context, by bot.Staff, chat bot.ChatKey, reason string) error
}

// Accusing keeps a chat from those whom it complains about.
type Accusing interface {
	Accuse(ctx context.Context, by bot.Staff, chat bot.ChatKey, who bot.StaffID, reason string) error
	Absolve(ctx context.Context, by bot.Staff, chat bot.ChatKey, who bot.StaffID, reason string) error
}

// Leading is what those who stand over others do from the board.
type Leading interface {
	Assign(ctx context.Context, by bot.Staff, chat bot.ChatKey, to bot.StaffID, reason string) error
	StatusOf(ctx context.Context, by bot.Staff, who bot.StaffID, s bot.StaffStatus, reason string) error
	Pause(ctx context.Context, by bot.Staff, unit bot.UnitID, reason string) error
	Resume(ctx context.Context, by bot.Staff, unit bot.UnitID, reason string) error
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

// Content names what the bundle names.
type Content interface {
	// Units are the departments that a chat can be given to, in the order of the content.
	Units() []bot.UnitID
	Unit(id bot.UnitID, lang bot.Lang) string
	// Topic names what a member was about: a service, a category, an answer, or his own words.
	Topic(topic string, lang bot.Lang) string
	Flow(id string, lang bot.Lang) string
	Scripts
}

// Scripts is what the bundle has ready for officers to say and to know.
type Scripts interface {
	// Replies are the ready replies, those for the unit and the topic first; version is that of the content.
	Replies(unit bot.UnitID, topic string) (first, rest []bot.ReadyReply, version int)
	// Guide is what the bot itself says of a topic; empty when it knows nothing of it.
	Guide(topic string) bot.Text
	// Asked is the first line of what the bot says at a step; empty when it says nothing there.
	Asked(flow, step string) bot.Text
	// Field names what the bot collected by its question; empty when that is not known.
	Field(flow, field string) bot.Text
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

// The signals: a chat's list row or thread has changed; somebody looks at a chat or writes in it; one of somebody's
// sessions has ended or been locked; a unit's queue was paused or goes on; something waits for a manager's yes, or no longer.
const (
	ChatChanged  SignalKind = "chat"
	ChatViewed   SignalKind = "view"
	SessionEnded SignalKind = "session"
	QueueStopped SignalKind = "queue"

	ApprovalsMoved SignalKind = "approvals"

	CaseChanged SignalKind = "case" // something was done to a case; Chat is the one that it was filed in, By who works on it
)

// Signal names a thing that has changed, never its content. It reaches only those who may see the thing.
type Signal struct {
	Kind SignalKind  `json:"kind"`
	Chat bot.ChatKey `json:"chat"`
	// Unit and Confidential are those of a chat that has changed: they decide whom the signal reaches.
	Unit         bot.UnitID `json:"unit,omitempty"`
	Confidential bool       `json:"conf,omitempty"`
	// Named is for whom it waits; About are those whom it complains about, who hear nothing of it.
	Named bot.StaffID   `json:"named,omitempty"`
	About []bot.StaffID `json:"about,omitempty"`
	// By holds the chat that has changed, or looks at it: then in a tab of his browser, Writing "reply", "note" or
	// nothing. Gone says that he has turned away.
	By      bot.StaffID `json:"by,omitempty"`
	Browser string      `json:"browser,omitempty"`
	Tab     string      `json:"tab,omitempty"`
	Writing string      `json:"writing,omitempty"`
	Gone    bool        `json:"gone,omitempty"`
}
