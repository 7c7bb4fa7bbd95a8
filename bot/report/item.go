package report

import (
	"time"

	"javab/bot"
)

// Indicator is one of the five by which the chamber measures how it serves its members.
type Indicator string

// The indicators, as the duties define them.
const (
	Contacted Indicator = "k1" // members with whom an officer got in touch
	Satisfied Indicator = "k2" // answers to surveys that are good
	InTime    Indicator = "k3" // complaints resolved within their promise
	Response  Indicator = "k4" // working time until a person answers
	Renewed   Indicator = "k5" // members renewed, of those whose card expires
)

// Indicators lists them in their order.
var Indicators = [...]Indicator{Contacted, Satisfied, InTime, Response, Renewed}

// Valid reports whether i is one of the indicators.
func (i Indicator) Valid() bool { return i.Measure() != "" }

// Measure says in what an indicator is told.
func (i Indicator) Measure() Measure {
	switch i {
	case Contacted:
		return Number
	case Satisfied, InTime, Renewed:
		return Share
	case Response:
		return WorkingTime
	default:
		return ""
	}
}

// Measure is a way to tell a value.
type Measure string

// The measures: so many, a part of a whole, seconds of working time.
const (
	Number      Measure = "number"
	Share       Measure = "share"
	WorkingTime Measure = "working_time"
)

// Standing is what an item is to its indicator.
type Standing string

// The standings. Each item has one, so that the numbers of an indicator add up to its list.
const (
	Known   Standing = "known"   // K1: a member
	Unknown Standing = "unknown" // K1: nobody knows who he is; told apart

	Good       Standing = "satisfied"     // K2
	Bad        Standing = "not_satisfied" // K2
	Unanswered Standing = "unanswered"    // K2: was asked, has not answered; told apart

	Kept      Standing = "in_time"   // K3
	Late      Standing = "late"      // K3
	Pending   Standing = "pending"   // K3: is not due yet; told apart
	Stands    Standing = "paused"    // K3: its clock stands, so that no deadline can pass; told apart
	TakenBack Standing = "withdrawn" // K3: before its deadline; told apart

	Answered Standing = "answered" // K4
	Waiting  Standing = "waiting"  // K4: nobody has answered yet; told apart

	Done Standing = "renewed" // K5: a request to be renewed that was brought to its end
)

// standings are those of each indicator: what counts for it, what counts against it, and what is told apart.
var standings = map[Indicator]struct{ over, under, apart []Standing }{
	Contacted: {over: []Standing{Known}, apart: []Standing{Unknown}},
	Satisfied: {over: []Standing{Good}, under: []Standing{Bad}, apart: []Standing{Unanswered}},
	InTime:    {over: []Standing{Kept}, under: []Standing{Late}, apart: []Standing{Pending, Stands, TakenBack}},
	Response:  {over: []Standing{Answered}, apart: []Standing{Waiting}},
	Renewed:   {over: []Standing{Done}},
}

// Item is one thing that an indicator looks at.
type Item struct {
	Standing Standing
	Case     Case          // K3, K4, K5, disputes
	Survey   Survey        // K2
	Contact  Contact       // K1
	Took     time.Duration // K4: working time until the answer
	Pauses   []Pause       // K3: when its clock stood
}

// standing is what a complaint is to K3 at an instant. The clock stops when the result reaches the member; a broken
// promise stays broken, whatever comes of the case later.
func standing(c Case, now time.Time) Standing {
	resolved := c.DeliveredAt
	if resolved.IsZero() { // told on the phone
		resolved = c.ClosedAt
	}
	switch {
	case !c.BreachedAt.IsZero():
		return Late
	case c.State == bot.Withdrawn:
		return TakenBack
	case c.State == bot.Closed && c.DeliveredAt.IsZero() && c.Tried:
		return Kept // the clock stopped with the call; that it had run out by then would stand in the case
	case c.State == bot.Closed, c.State == bot.Proposed && !c.DeliveredAt.IsZero():
		if resolved.After(c.DueAt) {
			return Late
		}
		return Kept
	case !c.Runs:
		return Stands
	case c.DueAt.After(now):
		return Pending
	default: // the round that notes it has not come by
		return Late
	}
}
