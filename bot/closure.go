package bot

import "time"

// Ending is how a case came to its end.
type Ending string

// The endings. None comes without the member's knowledge: he was told the result, or called.
const (
	EndSolved    Ending = "solved"    // the member said so
	EndSilence   Ending = "silence"   // he was told, reminded, and said nothing
	EndCalled    Ending = "called"    // he was called, and said so on the phone
	EndTold      Ending = "told"      // what only wanted an answer has got it
	EndWithdrawn Ending = "withdrawn" // he took it back
)

// Closure is the way of a case to its end.
type Closure struct {
	// Round counts the results that were proposed; the buttons below an older one do nothing.
	Round  int
	Result string  // what the member is told, in his language
	By     StaffID // who proposed it
	// ProposedAt and DeliveredAt are of this round; zero: not yet.
	ProposedAt  time.Time
	DeliveredAt time.Time
	// Reminders were sent in this round, the last one at RemindedAt.
	Reminders  int
	RemindedAt time.Time
	// Tried says that somebody tried to call him because of this round.
	Tried    bool
	ClosedAt time.Time
	Ending   Ending
	// ReopenUntil is how long the member may reopen it himself.
	ReopenUntil time.Time
	// SurveyAt and CheckAt are when he was asked how it was and whether the solution holds, or would have been: each is asked
	// once after a closure.
	SurveyAt time.Time
	CheckAt  time.Time
	HeldAt   time.Time // when he said that it holds; zero: he has not
}

// Survey is what a member was asked after a closure, and what he said.
type Survey struct {
	Case    CaseID
	Number  CaseNumber
	Round   int // of the closure
	Chat    ChatKey
	Member  MemberID
	Unit    UnitID
	AskedAt time.Time
	Rating  int // 1 to 5; 0: no answer
	Reason  string
	RatedAt time.Time
}
