package report

import (
	"context"
	"time"

	"javab/bot"
)

// Reads is what reports are counted from. Who may see what is part of every question, as it is at the desk.
type Reads interface {
	// ReportCases returns the cases that have to do with a span by the given reason, by number.
	ReportCases(ctx context.Context, q Query, why Reason) ([]Case, error)
	// ReportSurveys returns the surveys that were asked or answered in a span, by case and round.
	ReportSurveys(ctx context.Context, q Query) ([]Survey, error)
	// ReportContacts returns whom staff wrote to, called or visited in a span, each once: by member, else by chat.
	ReportContacts(ctx context.Context, q Query) ([]Contact, error)
	// ReportMoves returns the lines of the timelines of cases that may begin or end a pause (IsMove), of each case oldest
	// first.
	ReportMoves(ctx context.Context, of []bot.CaseID) ([]bot.CaseEntry, error)
}

// Query asks for what falls into a span.
type Query struct {
	By       bot.Staff
	Unit     bot.UnitID // of this unit alone; empty: of all
	From, To time.Time  // To is no part of it
	// Bare asks for what is counted alone: of cases when things happened and where they stand, of members no names, in no
	// order. A month has tens of thousands.
	Bare bool
}

// has reports whether an instant falls into the span.
func (q Query) has(at time.Time) bool { return !at.IsZero() && !at.Before(q.From) && at.Before(q.To) }

// Reason is why a case has to do with a span of time.
type Reason string

// The reasons.
const (
	// DueIn: it is a complaint whose promise ends in the span, or was broken in it.
	DueIn Reason = "due"
	// AnsweredIn: a person first answered in the span; or it was filed in it and still waits for that.
	AnsweredIn Reason = "answered"
	// OpenedIn: it is a complaint that was filed in the span.
	OpenedIn Reason = "opened"
	// DisputedIn: its member contested it, and it was open at some time of the span.
	DisputedIn Reason = "disputed"
	// RenewedIn: it is a request that was brought to its end in the span, and not taken back.
	RenewedIn Reason = "renewed"
)

// Case is what reports need of a case.
type Case struct {
	ID           bot.CaseID
	Number       bot.CaseNumber
	Kind         bot.CaseKind
	Category     string
	Unit         bot.UnitID
	State        bot.CaseState
	Holder       bot.StaffID
	Confidential bool
	Dispute      bool
	Cause        string
	OpenedAt     time.Time
	DueAt        time.Time
	BreachedAt   time.Time
	AnsweredAt   time.Time
	DeliveredAt  time.Time
	ClosedAt     time.Time
	Runs         bool // its clock runs
	Tried        bool // a call with its result has reached nobody, which stops the clock all the same
}

// Of is what reports need of c.
func Of(c bot.Case) Case {
	return Case{
		ID: c.ID, Number: c.Number, Kind: c.Kind, Category: c.Category, Unit: c.Unit, State: c.State, Holder: c.Holder,
		Confidential: c.Confidential, Dispute: c.Dispute, Cause: c.Cause, OpenedAt: c.OpenedAt, DueAt: c.DueAt,
		BreachedAt: c.BreachedAt, AnsweredAt: c.AnsweredAt, DeliveredAt: c.Closure.DeliveredAt, ClosedAt: c.Closure.ClosedAt,
		Runs: c.Clock.Runs(), Tried: c.Closure.Tried,
	}
}

// Deadline is by which a complaint is counted: the one that was broken, else the one that was counted last.
func (c Case) Deadline() time.Time {
	if !c.BreachedAt.IsZero() {
		return c.BreachedAt
	}
	return c.DueAt
}

// Within reports whether the case has to do with a span by the given reason. The stores ask the same in their queries.
func (c Case) Within(from, to time.Time, why Reason) bool {
	in := func(at time.Time) bool { return !at.IsZero() && !at.Before(from) && at.Before(to) }
	switch why {
	case DueIn:
		return c.Kind == bot.Complaint && in(c.Deadline())
	case AnsweredIn:
		return in(c.AnsweredAt) || c.AnsweredAt.IsZero() && c.State.Open() && in(c.OpenedAt)
	case OpenedIn:
		return c.Kind == bot.Complaint && in(c.OpenedAt)
	case DisputedIn:
		return c.Dispute && c.OpenedAt.Before(to) && (c.State.Open() || !c.ClosedAt.Before(from))
	case RenewedIn:
		return c.Kind == bot.Request && c.State == bot.Closed && in(c.ClosedAt)
	default:
		return false
	}
}

// Survey is what somebody was asked after a closure, without what would not be counted.
type Survey struct {
	Case    bot.CaseID
	Number  bot.CaseNumber
	Round   int
	Unit    bot.UnitID
	AskedAt time.Time
	Rating  int // 0: no answer
	Reason  string
	RatedAt time.Time
}

// Contact is somebody whom staff wrote to, called or visited.
type Contact struct {
	Member      bot.MemberID // empty: nobody knows who he is
	Name        string
	Chat        bot.ChatKey // one in which it happened
	Times       int
	First, Last time.Time
}
