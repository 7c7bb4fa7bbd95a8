package bot

import "time"

// HandOver is a chat given to humans: why, by what step, and with what the bot has collected. It waits in the queue of
// its unit until one officer claims it.
type HandOver struct {
	ID       string
	Chat     ChatKey
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
	At       time.Time
}
