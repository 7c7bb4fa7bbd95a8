package staffchat

import (
	"context"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/staff"
)

// Tx is what is read and written in one transaction. A closure over it may run twice.
type Tx interface {
	staff.Tx
	Approvals
	Record
}

// Approvals are what waits.
type Approvals interface {
	// Approval locks and returns an approval; bot.NotFound when there is none.
	Approval(ctx context.Context, id string) (bot.Approval, error)
	// AskedOf returns the open approvals that somebody may know of, those due first.
	AskedOf(ctx context.Context, by bot.Staff, limit int) ([]bot.Approval, error)
	// About returns the ids of those whom a chat complains about.
	About(ctx context.Context, chat bot.ChatKey) ([]bot.StaffID, error)
	// Everybody returns the whole staff, disabled ones too.
	Everybody(ctx context.Context) ([]bot.Staff, error)
}

// Record is where what is said is written down.
type Record interface {
	// Accept records a receipt, so that nothing is told twice.
	Accept(ctx context.Context, a converse.Acceptance) (converse.Verdict, error)
	// Chat locks the chat's row and returns it.
	Chat(ctx context.Context, key bot.ChatKey) (bot.Chat, error)
	// Append adds rows in order.
	Append(ctx context.Context, rows converse.Rows, lease bot.Lease) ([]bot.Job, error)
}

// Store runs closures in one transaction each, and reads outside of any.
type Store interface {
	Do(ctx context.Context, f func(Tx) error) error
	ReadApproval(ctx context.Context, id string) (bot.Approval, error)
	AllStaff(ctx context.Context) ([]bot.Staff, error)
	// StaffChats returns the chats that somebody has linked.
	StaffChats(ctx context.Context, of bot.StaffID) ([]staff.LinkedChat, error)
}
