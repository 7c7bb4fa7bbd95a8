package bot

import "time"

// Call is a script asking the program to do something: an action's name and its arguments. Ids and the time are handed
// in, since the transaction that carries the call out may run twice.
type Call struct {
	Action string
	With   map[string]string
	Chat   Chat
	Draft  DraftID
	Event  string // unique per turn and call: the seed of row ids and job keys
	From   Sender
	By     StaffID // the officer who asks in a member's stead; empty: the member's own script
	Now    time.Time
}

// Result is how a call ended: one of the action's declared outcomes, and the variables it gives the script.
type Result struct {
	Outcome string
	Vars    map[string]Value
	// Send is more to tell the member than the script says: a document.
	Send []Outbound
	// Jobs are the durable consequences of the call, committed with it.
	Jobs []Job
	// Member, when set, is now known to be the chat's member.
	Member MemberID
	// Mode, when set, is who answers in the chat from now on.
	Mode Mode
	// Confidential says that the call was about something that only the named handlers of Unit may read: so is what is said
	// from here on.
	Confidential bool
	Unit         UnitID
	// Staff, when set, says whether the chat is now a member of staff's own.
	Staff StaffLink
}

// StaffLink says whether a chat is a member of staff's own.
type StaffLink string

// A chat is linked to a member of staff, or to none.
const (
	ChatLinked   StaffLink = "linked"
	ChatUnlinked StaffLink = "unlinked"
)

// Value is what a variable of a script holds; one of its fields is set.
type Value struct {
	Text string `json:"t,omitempty"`
	// At is an instant in unix milliseconds, for values that are told as a date.
	At int64 `json:"a,omitempty"`
	// Ref is an entry of a content list, "list/id": it is told by its label in the member's language.
	Ref string `json:"r,omitempty"`
	// Kept says that the text is too long for the state: it lies in the draft, under the variable's name.
	Kept bool `json:"k,omitempty"`
	// Items are choices made by an action, such as the member's own cases. At most MaxItems.
	Items []Item `json:"i,omitempty"`
}

// MaxItems bounds the lists that actions hand to scripts: they live in the state of the chat.
const MaxItems = 8

// Item is one entry of a list that an action made: either with a label of its own or a content entry by Ref.
type Item struct {
	ID    string `json:"i"`
	Label string `json:"l,omitempty"`
	Ref   string `json:"r,omitempty"`
}
