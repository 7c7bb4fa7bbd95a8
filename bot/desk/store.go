package desk

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/cases"
	"javab/bot/converse"
)

// Tx is what the queue and the desk read and write in one transaction. A closure over it may run twice.
type Tx interface {
	QueueTx
	Hands
	Record
	Lines
	People
	Conduct
	Links
	Pausing
	cases.HeldTx
	approve.Tx
	Boxes
	Asked
}

// Asked is what members have asked the bot before a chat came to the desk.
type Asked interface {
	// Replied notes the officer's first message after a hand-over, and the ready reply that it was sent from, with the question
	// that led to the hand-over. Where none did, there is nothing to note.
	Replied(ctx context.Context, handOver, reply, ready string) error
}

// Boxes are where people write.
type Boxes interface {
	// Typed returns what somebody has begun to write to the member of a chat; empty when there is nothing.
	Typed(ctx context.Context, by bot.StaffID, chat bot.ChatKey) (string, error)
}

// QueueTx is what the scripts' side of the desk needs.
type QueueTx interface {
	Places
	Known
	// Paused returns the pause of a unit's queue; bot.NotFound while the queue goes on.
	Paused(ctx context.Context, unit bot.UnitID) (Pause, error)
}

// Places are those of chats in their queues.
type Places interface {
	// Enqueue puts a hand-over into its unit's queue; when it is confidential, what was said in its draft is so too. A chat
	// that waits or is held keeps its place and its older entry.
	Enqueue(ctx context.Context, h bot.HandOver) error
	// Leave takes a waiting chat out of the queue and reports whether it waited.
	Leave(ctx context.Context, chat bot.ChatKey) (bool, error)
	// Place returns the chat's place in its queue, 1 for the next; 0 when it does not wait.
	Place(ctx context.Context, chat bot.ChatKey) (int, error)
	// Running returns the chat's hand-over that is not over; bot.NotFound when there is none.
	Running(ctx context.Context, chat bot.ChatKey) (bot.HandOver, error)
	// Wake gives a chat back to the officer who has put it off, and reports whether one has.
	Wake(ctx context.Context, chat bot.ChatKey, at time.Time) (bool, error)
}

// Known is what is known of the member.
type Known interface {
	// MemberOf returns the member of a chat; bot.NotFound when he is not known.
	MemberOf(ctx context.Context, chat bot.ChatKey) (bot.Member, error)
	// Cases returns the owner's cases, open ones first.
	Cases(ctx context.Context, owner cases.Owner, limit int) ([]bot.Case, error)
	// About returns the ids of those whom a chat complains about.
	About(ctx context.Context, chat bot.ChatKey) ([]bot.StaffID, error)
	// Staff returns somebody; bot.NotFound when there is no such person.
	Staff(ctx context.Context, id bot.StaffID) (bot.Staff, error)
}

// Hands are the hand-overs that are not over.
type Hands interface {
	// Claim gives the chat to by in one conditional update and reports whether he got it: it waits, for nobody else,
	// in a queue that goes on or that he leads, he may see it, and he holds fewer than his capacity.
	Claim(ctx context.Context, chat bot.ChatKey, by bot.Staff, at time.Time) (bool, error)
	// Latest returns the running hand-over of a chat, else the last one; bot.NotFound when there was never any.
	Latest(ctx context.Context, chat bot.ChatKey) (bot.HandOver, error)
	// Holds is how many chats somebody holds.
	Holds(ctx context.Context, by bot.StaffID) (int, error)
	// SaveHandOver writes a hand-over as it is now, by its id. While it is confidential, what was said in its chat
	// since it began is so too.
	SaveHandOver(ctx context.Context, h bot.HandOver) error
}

// Record is the chat and what is said in it.
type Record interface {
	// Chat locks the chat's row and returns it.
	Chat(ctx context.Context, key bot.ChatKey) (bot.Chat, error)
	// Append adds rows, as converse.Tx says.
	Append(ctx context.Context, rows converse.Rows, lease bot.Lease) (born []bot.Job, err error)
	// Written returns the line that was written under a key, with its files; bot.NotFound when there is none.
	Written(ctx context.Context, key string) (bot.Message, error)
	// Mark notes how far somebody has read a chat; it never goes back.
	Mark(ctx context.Context, by bot.StaffID, chat bot.ChatKey, upTo int64) error
	// Keep keeps what somebody has begun to write in a chat; an empty text forgets it.
	Keep(ctx context.Context, k Kept) error
}

// Lines are the messages that may still change.
type Lines interface {
	// Line returns a line of a chat; bot.NotFound when the chat has none of that id.
	Line(ctx context.Context, chat bot.ChatKey, id int64) (Line, error)
	// Amend writes the words of a line and what became of it.
	Amend(ctx context.Context, id int64, m bot.Message) error
	// Reword puts another payload into a job that has not gone out and is not on its way, and reports whether it could.
	Reword(ctx context.Context, key string, payload []byte, at time.Time) (bool, error)
	// Withdraw ends such a job without its going out, and reports whether it could.
	Withdraw(ctx context.Context, key string, at time.Time) (bool, error)
	// Again opens a job that was given up, with all its tries, and reports whether it was.
	Again(ctx context.Context, key string, at time.Time) (bool, error)
}

// People are the members of staff, and the audit of what they do.
type People interface {
	SaveStaff(ctx context.Context, s bot.Staff) error
	Audit(ctx context.Context, e bot.AuditEntry) error
}

// Conduct is what keeps a chat from people: from those it complains about, and from those who erase.
type Conduct interface {
	// Accuse keeps whom a chat complains about, Absolve takes it back. Every hand-over of the chat is then About him.
	Accuse(ctx context.Context, chat bot.ChatKey, who bot.StaffID, at time.Time) error
	Absolve(ctx context.Context, chat bot.ChatKey, who bot.StaffID) error
	// HoldLegally keeps everything of a chat from being erased, LiftLegally lets it be erased again. Each reports whether
	// that is new.
	HoldLegally(ctx context.Context, chat bot.ChatKey, by bot.StaffID, at time.Time) (bool, error)
	LiftLegally(ctx context.Context, chat bot.ChatKey) (bool, error)
}

// Links are the chats that staff linked to members, and the cases by which chats are found.
type Links interface {
	// Member locks and returns a member; bot.NotFound when there is none.
	Member(ctx context.Context, id bot.MemberID) (bot.Member, error)
	// KeepLink keeps whose a chat was before it was linked; TakeLink returns that once, bot.NotFound when nothing is kept.
	KeepLink(ctx context.Context, chat bot.ChatKey, before bot.MemberID, at time.Time) error
	TakeLink(ctx context.Context, chat bot.ChatKey) (before bot.MemberID, err error)
	// Case locks and returns a case; bot.NotFound when there is none of that number.
	Case(ctx context.Context, number bot.CaseNumber) (bot.Case, error)
}

// Pausing stops queues.
type Pausing interface {
	// Pause stops the queue of a unit; one that is stopped already keeps its older pause. Resume lets it go on. Each reports
	// whether that is new.
	Pause(ctx context.Context, p Pause) (bool, error)
	Resume(ctx context.Context, unit bot.UnitID) (bool, error)
}

// Store runs closures in one transaction each, and reads outside of any.
type Store interface {
	Do(ctx context.Context, f func(Tx) error) error
	Rounds
	AllStaff(ctx context.Context) ([]bot.Staff, error)
}

// Rounds is what the rounds look at.
type Rounds interface {
	// Standing returns the hand-overs that time may change: held, snoozed, answered and waiting again, or waiting for
	// somebody by name.
	Standing(ctx context.Context) ([]Standing, error)
	// Crowds counts those who wait for nobody in particular, by unit and language.
	Crowds(ctx context.Context) ([]Crowd, error)
	// Waiting returns the first of such a crowd.
	Waiting(ctx context.Context, unit bot.UnitID, lang bot.Lang, limit int) ([]bot.ChatKey, error)
	// Handled returns the newest hand-overs of a unit that were claimed and ended, at most limit.
	Handled(ctx context.Context, unit bot.UnitID, limit int) ([]bot.HandOver, error)
	// Pauses returns the queues that are stopped, by unit.
	Pauses(ctx context.Context) ([]Pause, error)
}

// Standing is a hand-over with who spoke last in it.
type Standing struct {
	bot.HandOver
	Rev int64 // of the chat, when it was looked at
	// OfficerAt is when somebody of the staff last answered; MemberAt when the member first wrote after that. Zero: not.
	OfficerAt time.Time
	MemberAt  time.Time
	HeardAt   time.Time // the member's last message
	Held      bool      // words of its holder to the member wait for approval
}

// Owed reports whether the member waits for an answer, and since when. now is not asked: a claim counts from itself.
func (s Standing) Owed() (since time.Time, owed bool) {
	switch {
	case s.OfficerAt.IsZero():
		return s.ClaimedAt, true
	case s.MemberAt.IsZero():
		return time.Time{}, false
	case s.MemberAt.Before(s.ClaimedAt):
		return s.ClaimedAt, true
	}
	return s.MemberAt, true
}

// Crowd is how many wait in one unit with one language.
type Crowd struct {
	Unit bot.UnitID
	Lang bot.Lang
	N    int
}

// Kept is what somebody has begun to write.
type Kept struct {
	Staff bot.StaffID
	Chat  bot.ChatKey
	Mode  string // reply or note
	Text  string
	At    time.Time
}

// The modes of the reply box.
const (
	ModeReply = "reply"
	ModeNote  = "note"
)
