package training

import (
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Persona is a simulated member and his exercise: who he is, how he comes to the desk, how he takes what an officer does,
// and what a good officer does about him.
type Persona struct {
	ID     string // the name of its file
	Title  bot.Text
	About  bot.Text // what is practised
	Temper Temper
	Member Member
	// Opening is what he does with the bot before an officer sees him.
	Opening   []Move
	Reactions []Reaction
	Checks    []Item
}

// Temper is how a persona takes things.
type Temper string

// The tempers.
const (
	Calm     Temper = "calm"
	Confused Temper = "confused"
	Angry    Temper = "angry"
)

// Tempers lists them, the easiest first.
var Tempers = [...]Temper{Calm, Confused, Angry}

// Member is who a persona is in the register of the sandbox.
type Member struct {
	Name       bot.Text
	Company    bot.Text
	Phone      string
	Number     string // of membership
	NationalID string `yaml:"national_id"`
}

// Move is one thing that a member does: he says something, or presses a button.
type Move struct {
	Say bot.Text
	// Tap is the label of a button of the bot's last messages.
	Tap bot.Text
	// Press is a button of a case, whatever its label.
	Press bot.CaseButton
}

// Reaction is what a persona does about something that happens.
type Reaction struct {
	ID   string
	When EventKind
	// Hears are the words of which an officer must have said one, Lacks those of which he must have said none; both may
	// be empty.
	Hears, Lacks text.Phrases
	hears, lacks bool
	// Wait is, of Waited, for how long he has been left without an answer.
	Wait time.Duration
	// After is how long he takes.
	After time.Duration
	// Needs are the reactions that must have come before, Unless those that must not have.
	Needs, Unless []string
	Times         int // how often at most
	Move          Move
	// Content says that afterwards his matter is settled for him.
	Content bool
}

// EventKind says what happened, as a member notices it.
type EventKind string

// What a persona can answer to. Held is a reply that waits for a manager's yes: the member reads nothing.
const (
	Claimed     EventKind = "claimed"
	Replied     EventKind = "replied"
	Held        EventKind = "held"
	Transferred EventKind = "transferred"
	Proposed    EventKind = "proposed" // the result of a case, with its buttons
	Closed      EventKind = "closed"
	Waited      EventKind = "waited"
)

// EventKinds lists them all.
var EventKinds = [...]EventKind{Claimed, Replied, Held, Transferred, Proposed, Closed, Waited}

// Item is one line of a checklist.
type Item struct {
	ID    string
	Check Check
	// If names the reaction without which the item does not apply.
	If string
	// Within, Words, First and Unit are what the check is told; each uses some of them.
	Within time.Duration
	Words  text.Phrases
	First  int
	Unit   bot.UnitID
	// Title says what a good officer does, Advice how.
	Title, Advice bot.Text
}
