package bot

import "time"

// Alert is something that has happened and of which certain people of the staff hear at once, without having asked.
type Alert struct {
	ID   string // one for each event: what happened twice is told twice, and what was written twice once
	What AlertKind
	// Case is the case that it happened to, with its chat and unit. A confidential one is not named outside of the house, and
	// whoever its chat complains about hears nothing.
	Case         CaseNumber
	Chat         ChatKey
	Unit         UnitID
	Confidential bool
	Owner        StaffID // who looks after the key member; empty: nobody does, or it is not about one
	Topic        string  // of a spike: the category
	N            int     // of a spike: how many
	At           time.Time
}

// AlertKind says what has happened.
type AlertKind string

// What happens to a key member is told to who looks after him and to the managers of the unit; anything else to these alone.
const (
	AlertLowRating AlertKind = "low_rating" // a key member is not content with how his case was handled
	AlertNotSolved AlertKind = "not_solved" // he says that a result solves nothing, or that it did not hold
	AlertEscalated AlertKind = "escalated"  // his case was brought before the managers
	AlertCallLate  AlertKind = "call_late"  // nobody has called a member who was to be called
	AlertSpike     AlertKind = "spike"      // many complaints about one matter in a short time
)

// AlertKinds lists them.
var AlertKinds = [...]AlertKind{AlertLowRating, AlertNotSolved, AlertEscalated, AlertCallLate, AlertSpike}

// OfKey reports whether it is about a key member who is not content.
func (k AlertKind) OfKey() bool {
	return k == AlertLowRating || k == AlertNotSolved || k == AlertEscalated
}
