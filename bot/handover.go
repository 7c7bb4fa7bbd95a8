package bot

import "time"

// HandOverState says where a hand-over stands.
type HandOverState string

// A hand-over waits in the queue of its unit, is held by one officer, is put off by him, or is over.
const (
	HandOverWaiting HandOverState = "waiting"
	HandOverHeld    HandOverState = "held"
	HandOverSnoozed HandOverState = "snoozed"
	HandOverEnded   HandOverState = "ended"
)

// HandOver is a chat given to humans: why, by what step, and with what the bot has collected. It waits in the queue of
// its unit until one officer claims it.
type HandOver struct {
	ID       string
	Chat     ChatKey
	Name     string // what he is called at the messenger; the chamber may know better
	Member   MemberID
	Unit     UnitID
	Topic    string // what the member was about: a service, a category, an answer
	Reason   string // id of why the bot gave up
	Flow     string
	Step     string
	Bundle   int
	Draft    DraftID
	Lang     Lang
	Priority int // urgency of the category, plus one for a key account; higher first
	// DueAt is by when somebody should have answered, counted in the unit's working time. The queue is ordered by it,
	// then by Priority, then by At.
	DueAt time.Time
	At    time.Time

	State  HandOverState
	Holder StaffID // who holds it or put it off; nobody, while the chat is muted
	// Named is the colleague for whom it waits: others may take it only with a reason. Empty: whoever serves the unit.
	Named        StaffID
	ClaimedAt    time.Time // of the running claim
	AnsweredAt   time.Time // of the first human answer; zero until then
	SnoozedUntil time.Time
	Confidential bool
	Outcome      string // how it ended: solved, passed_on, no_answer, spam, taken_back
	EndedAt      time.Time
	// About are the colleagues whom its chat complains about: for them it is not there.
	About []StaffID
}
