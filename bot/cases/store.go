package cases

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/converse"
)

// Owner is whose cases are asked for: those of the member, and those filed from the chat before he was known.
type Owner struct {
	Chat   bot.ChatKey
	Member bot.MemberID
}

// Tx is what the procedure reads and writes.
type Tx interface {
	Register
	Parts
	Surveys
	Trail
	Alarms
	// Draft returns the pieces of a form, oldest first, those of the running turn included; an unknown draft is empty.
	Draft(ctx context.Context, id bot.DraftID) (bot.Draft, error)
	// CountTry adds one to a named counter and returns how many tries it has seen since the given instant.
	CountTry(ctx context.Context, name string, now, since time.Time) (int, error)
}

// Register is the book of cases.
type Register interface {
	// OpenCase gives the case the next running number of its year and inserts it with its first timeline entry, or
	// returns the case that was opened for the same draft before. The draft's pieces and files become the case's, and
	// the messages of the draft take over its unit and confidentiality. The year is c.Number.Year.
	OpenCase(ctx context.Context, c bot.Case) (bot.Case, error)
	// Case locks and returns a case; bot.NotFound when there is none of that number.
	Case(ctx context.Context, number bot.CaseNumber) (bot.Case, error)
	// SaveCase writes a case that this transaction has locked, and lines of its timeline. The pieces and messages of
	// an entry's draft become the case's as with OpenCase.
	SaveCase(ctx context.Context, c bot.Case, entries ...bot.CaseEntry) error
	// Cases returns the owner's cases, open ones first, newest first.
	Cases(ctx context.Context, owner Owner, limit int) ([]bot.Case, error)
}

// Parts are what belongs to a case besides its timeline.
type Parts interface {
	// Referrals and Tasks return those of a case, oldest first; SaveReferral and SaveTask write one by its id.
	Referrals(ctx context.Context, of bot.CaseID) ([]bot.Referral, error)
	SaveReferral(ctx context.Context, r bot.Referral) error
	Tasks(ctx context.Context, of bot.CaseID) ([]bot.Task, error)
	SaveTask(ctx context.Context, t bot.Task) error
}

// Surveys are what members were asked after closures.
type Surveys interface {
	// Survey returns what was asked after a round of a case; bot.NotFound when nothing was.
	Survey(ctx context.Context, of bot.CaseID, round int) (bot.Survey, error)
	// SaveSurvey writes it, by case and round.
	SaveSurvey(ctx context.Context, s bot.Survey) error
	// LastSurvey is when the owner was last asked anything; zero: never.
	LastSurvey(ctx context.Context, owner Owner) (time.Time, error)
}

// Trail says what became of the words to a member, and whether he could answer them.
type Trail interface {
	// Carried returns what became of the message that a job of this key carries; bot.NotFound when there is no such job.
	Carried(ctx context.Context, key string) (Carriage, error)
	// Heard is when the owner last wrote or pressed anything, in any of his chats; zero: never.
	Heard(ctx context.Context, owner Owner) (time.Time, error)
	// Outages returns the times after an instant in which nobody could reach us by a channel, oldest first. One that
	// lasts ends now.
	Outages(ctx context.Context, channel bot.ChannelID, after, now time.Time) ([]Outage, error)
}

// Carriage is how far a message to a member has come.
type Carriage struct {
	State bot.JobState
	At    time.Time // when it was done or given up; zero while it is neither
}

// Outage is a time in which a channel was away, for the messenger's reasons or for ours.
type Outage struct{ From, Until time.Time }

// AwayAfter is how long nobody has seen a channel work when it counts as away (Channels).
const AwayAfter = 10 * time.Minute

// Channels is told that a channel works; what it is not told for longer than AwayAfter was an outage.
type Channels interface {
	ChannelSeen(ctx context.Context, channel bot.ChannelID, now time.Time) error
}

// RoundTx is what a round reads and writes for one case.
type RoundTx interface {
	Parts
	Surveys
	Trail
	Alarms
	// Case locks and returns a case, SaveCase writes it, as Register says.
	Case(ctx context.Context, number bot.CaseNumber) (bot.Case, error)
	SaveCase(ctx context.Context, c bot.Case, entries ...bot.CaseEntry) error
	// Chat locks the chat's row and returns it, Append adds rows, as converse.Tx says.
	Chat(ctx context.Context, key bot.ChatKey) (bot.Chat, error)
	Append(ctx context.Context, rows converse.Rows, lease bot.Lease) (born []bot.Job, err error)
	// Answered returns when staff first and last wrote to the member in a chat after an instant; zero: nobody has. What was
	// written about one case (NoticeFlow) is no word about any other, and its act has counted it.
	Answered(ctx context.Context, chat bot.ChatKey, after time.Time) (first, last time.Time, err error)
}

// Store runs closures in one transaction each, and finds the cases that time has come for.
type Store interface {
	Do(ctx context.Context, f func(RoundTx) error) error
	// DueCases returns the first cases whose WakeAt has come, longest ago first, then those whose dates were counted
	// by an older version of the working time.
	DueCases(ctx context.Context, now time.Time, version int64, limit int) ([]Due, error)
}

// Due is a case that a round looks at.
type Due struct {
	Number  bot.CaseNumber
	Chat    bot.ChatKey
	Version int64 // of the working time by which its dates were counted
}

// HeldTx is what somebody's leave reads and writes.
type HeldTx interface {
	// HeldCases locks and returns the open cases that somebody works on.
	HeldCases(ctx context.Context, by bot.StaffID) ([]bot.Case, error)
	SaveCase(ctx context.Context, c bot.Case, entries ...bot.CaseEntry) error
}
