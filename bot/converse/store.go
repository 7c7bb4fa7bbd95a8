package converse

import (
	"context"
	"time"

	"javab/bot"
)

// Verdict is what the store made of a turn's receipt and of the chat's revision.
type Verdict string

const (
	// Fresh: the receipt is new and the chat has moved from the expected revision to the next.
	Fresh Verdict = "fresh"
	// Duplicate: this delivery was committed before. Nothing was written.
	Duplicate Verdict = "duplicate"
	// Moved: the receipt is new and recorded, but the chat is not at the expected revision (or not there yet).
	// The turn reads it with Tx.Chat and steps again.
	Moved Verdict = "moved"
)

// Acceptance is the head of a commit: the receipt, and the chat as it shall be.
type Acceptance struct {
	Receipt bot.ReceiptKey
	At      time.Time
	// Chat is the next state, with its new Rev. A chat whose key is empty has none (an ignored delivery).
	Chat bot.Chat
	// From is the revision that the plan was made on; 0 for a chat that was not there.
	From int64
}

// Tx is what a turn reads and writes inside its one transaction. A closure over it may run twice, and uses nothing of
// the Store: that would wait for the transaction, or not see what it wrote.
type Tx interface {
	Drafts
	// Accept records the receipt and moves the chat, in one statement where the database allows.
	Accept(ctx context.Context, a Acceptance) (Verdict, error)
	// Chat locks the chat's row and returns it; a chat that is not there yet is inserted and returned with Rev 0.
	Chat(ctx context.Context, key bot.ChatKey) (bot.Chat, error)
	// Append adds the turn's rows in order. Jobs in a lane that has no open job yet are born with lease, and are
	// returned (with their IDs) for the caller to carry out; a zero lease asks for none. A job whose key is there
	// already is skipped.
	Append(ctx context.Context, rows Rows, lease bot.Lease) (born []bot.Job, err error)
	// Quarantine keeps a delivery that could not be handled, with the reason, for `javab replay`.
	Quarantine(ctx context.Context, q Quarantined) error
}

// Drafts are the forms that are being filled.
type Drafts interface {
	// Draft returns the pieces of a form, oldest first, those of the running turn included; an unknown draft is empty.
	Draft(ctx context.Context, id bot.DraftID) (bot.Draft, error)
	// Seal makes all that was said in a form confidential, for the named handlers of a unit.
	Seal(ctx context.Context, id bot.DraftID, unit bot.UnitID) error
}

// Rows are what a turn leaves behind.
type Rows struct {
	// Chat is the chat as it shall be, when that is not written yet: this transaction has locked it. Else nil.
	Chat     *bot.Chat
	Messages []bot.Message
	Pieces   []bot.Piece
	Jobs     []bot.Job
	// Question is what the member asked in his own words, if he did; Handled is what became of an earlier one.
	Question *bot.FreeQuestion
	Handled  bot.Handled
}

// Quarantined is a delivery that our own program could not handle. It was acknowledged, and waits for a repair.
type Quarantined struct {
	Receipt bot.ReceiptKey
	Chat    bot.ChatKey
	Raw     []byte // encrypted at rest
	Reason  string
	Bundle  int
	At      time.Time
}

// Store runs closures in one transaction each, and reads outside of any.
type Store interface {
	// Do commits what f wrote when f returns nil, and nothing otherwise. An unreachable or locked database is a
	// bot.Error of kind Unavailable; f's own errors come back as they are. A panic in f comes back as an error.
	Do(ctx context.Context, f func(Tx) error) error
	// CommitTurn commits a turn that asks nothing of the program: receipt, chat and rows, in one statement where the
	// database allows. Moved means that nothing was written, not even the receipt: the turn goes on with Do.
	CommitTurn(ctx context.Context, a Acceptance, rows Rows, lease bot.Lease) (Verdict, []bot.Job, error)
	// ReadChat returns the chat without locking it; bot.NotFound when there is none.
	ReadChat(ctx context.Context, key bot.ChatKey) (bot.Chat, error)
	// ReadDraft returns the pieces of a draft, oldest first; an unknown draft is empty.
	ReadDraft(ctx context.Context, id bot.DraftID) (bot.Draft, error)
}

// Hot is the working state of conversations: quick, shared by the instances, and allowed to vanish at any moment.
// Its errors never stop a turn.
type Hot interface {
	// Load returns the chat as last put, and counts one more message of its member within the running minute.
	Load(ctx context.Context, key bot.ChatKey) (chat bot.Chat, recent int, err error)
	// Put keeps the chat for a day and tells the desks that it moved. It returns at once; writing may follow later.
	Put(chat bot.Chat)
}
