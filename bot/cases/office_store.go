package cases

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/approve"
)

// OfficeTx is what an act on a case reads and writes, in one transaction. A closure over it may run twice.
type OfficeTx interface {
	RoundTx
	People
	approve.Tx
	// Alike returns the other open cases of a category since an instant, newest first, of the same member, of his company or
	// of the same chat.
	Alike(ctx context.Context, c bot.Case, since time.Time, limit int) ([]bot.Case, error)
	// Heirs returns the chats of other verified members who have the membership number of the case's member, those that were
	// blocked left out, by name.
	Heirs(ctx context.Context, c bot.Case, limit int) ([]Heir, error)
	// CaseApprovals returns all approvals that were ever asked for a case, oldest first.
	CaseApprovals(ctx context.Context, number bot.CaseNumber) ([]bot.Approval, error)
}

// People are those whom an act may concern, and what they have written before.
type People interface {
	// Staff returns somebody; bot.NotFound when there is no such person.
	Staff(ctx context.Context, id bot.StaffID) (bot.Staff, error)
	// MemberOf returns the member of a chat; bot.NotFound when he is not known.
	MemberOf(ctx context.Context, chat bot.ChatKey) (bot.Member, error)
	// Written returns the message that was written under a key; bot.NotFound when there is none.
	Written(ctx context.Context, key string) (bot.Message, error)
	// Entered reports whether the timeline of a case has a line like e, by the same author, since e.At.
	Entered(ctx context.Context, e bot.CaseEntry) (bool, error)
}

// OfficeStore runs closures in one transaction each, and reads outside of any.
type OfficeStore interface {
	Do(ctx context.Context, f func(OfficeTx) error) error
	OfficeReads
}

// OfficeReads is what the office asks before it locks anything, whoever may see it.
type OfficeReads interface {
	// ReadCase returns a case without locking it; bot.NotFound when there is none of that number.
	ReadCase(ctx context.Context, number bot.CaseNumber) (bot.Case, error)
	// LinkedReferral returns the referral whose reply link has a hash, and its case; bot.NotFound when there is none.
	LinkedReferral(ctx context.Context, hash string) (bot.Referral, bot.CaseNumber, error)
}

// Units are the departments of the content.
type Units interface {
	// UnitName is what members call a unit; empty when there is no such unit.
	UnitName(id bot.UnitID) bot.Text
}
