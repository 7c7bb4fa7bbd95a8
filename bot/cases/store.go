package cases

import (
	"context"
	"time"

	"javab/bot"
)

// Owner is whose cases are asked for: those of the member, and those filed from the chat before he was known.
type Owner struct {
	Chat   bot.ChatKey
	Member bot.MemberID
}

// Tx is what the procedure reads and writes.
type Tx interface {
	Register
	// Draft returns the pieces of a form, oldest first, those of the running turn included; an unknown draft is empty.
	Draft(ctx context.Context, id bot.DraftID) (bot.Draft, error)
	// CountTry adds one to a named counter and returns how many tries it has seen since the given instant.
	CountTry(ctx context.Context, name string, now, since time.Time) (int, error)
	// MemberOf returns the member of a chat; bot.NotFound when he is not known.
	MemberOf(ctx context.Context, chat bot.ChatKey) (bot.Member, error)
}

// Register is the book of cases.
type Register interface {
	// OpenCase gives the case the next running number of its year and inserts it with its first timeline entry, or
	// returns the case that was opened for the same draft before. The draft's pieces and files become the case's, and
	// the messages of the draft take over its unit and confidentiality. The year is c.Number.Year.
	OpenCase(ctx context.Context, c bot.Case) (bot.Case, error)
	// Case locks and returns a case; bot.NotFound when there is none of that number.
	Case(ctx context.Context, number bot.CaseNumber) (bot.Case, error)
	// SaveCase writes a case that this transaction has locked, and one line of its timeline. The pieces and messages
	// of the entry's draft become the case's as with OpenCase.
	SaveCase(ctx context.Context, c bot.Case, entry bot.CaseEntry) error
	// Cases returns the owner's cases, open ones first, newest first.
	Cases(ctx context.Context, owner Owner, limit int) ([]bot.Case, error)
}
