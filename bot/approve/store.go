package approve

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

// Tx is what approvals read and write in the transaction of whoever asks or decides. A closure over it may run twice.
type Tx interface {
	// Approval locks and returns an approval; bot.NotFound when there is none.
	Approval(ctx context.Context, id string) (bot.Approval, error)
	// SaveApproval writes an approval by its id, new or not.
	SaveApproval(ctx context.Context, a bot.Approval) error
	// Spoken returns what somebody said to the other side in a chat since an instant: the newest at most limit, oldest
	// first, as they read now.
	Spoken(ctx context.Context, chat bot.ChatKey, by bot.Author, since time.Time, limit int) ([]string, error)
	// About returns the ids of those whom a chat complains about.
	About(ctx context.Context, chat bot.ChatKey) ([]bot.StaffID, error)
	Audit(ctx context.Context, e bot.AuditEntry) error
}

// Store runs closures in one transaction each, and reads outside of any.
type Store interface {
	Do(ctx context.Context, f func(Tx) error) error
	Reads
	AllStaff(ctx context.Context) ([]bot.Staff, error)
}

// Reads is what the pages and the rounds ask.
type Reads interface {
	// Asked returns the open approvals that somebody may know of, those due first: of a unit that he serves or that have
	// moved up, or his own; never one of a chat that complains about him; a confidential one only as a named handler.
	Asked(ctx context.Context, by bot.Staff, limit int) ([]bot.Approval, error)
	// AskedIn returns the open approvals of a chat, oldest first, whoever may see it.
	AskedIn(ctx context.Context, chat bot.ChatKey) ([]bot.Approval, error)
	// Overdue returns the open approvals that should have moved up by now.
	Overdue(ctx context.Context, now time.Time, limit int) ([]bot.Approval, error)
	// ReadApproval returns an approval without locking it; bot.NotFound when there is none.
	ReadApproval(ctx context.Context, id string) (bot.Approval, error)
}

// Content is the words and times of the live content.
type Content interface {
	// Guard is the authority guard by the words that are live now.
	Guard() *Guard
	// MovesUpAfter is the working time after which an undecided approval moves up.
	MovesUpAfter() time.Duration
}

// Hours are the units' calendars.
type Hours interface {
	For(unit bot.UnitID) *worktime.Calendar
}

// Carrier does what follows on a decision, in its transaction: it calls decide with its own Tx, and looks at the approval
// that comes back.
type Carrier interface {
	Decided(ctx context.Context, a bot.Approval, decide Decide) error
}

// Decide writes a decision down, and returns the approval as it has become.
type Decide func(ctx context.Context, tx Tx) (bot.Approval, error)
