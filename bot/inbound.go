package bot

import "time"

// Kind says what a member did.
type Kind string

// What can reach us. KindOther is anything no flow can read (a poll, a gift, a kind newer than this program).
const (
	KindText      Kind = "text"
	KindPress     Kind = "press"
	KindContact   Kind = "contact"
	KindFile      Kind = "file"
	KindLocation  Kind = "location"
	KindEdit      Kind = "edit"
	KindBlocked   Kind = "blocked"
	KindUnblocked Kind = "unblocked"
	KindOther     Kind = "other"
	// KindIgnored is a delivery that only wants its receipt: groups, channels, reactions.
	KindIgnored Kind = "ignored"
	// KindEvent is an internal Inbound; Event says which.
	KindEvent Kind = "event"
)

// EventName names an internal Inbound.
type EventName string

// The events. Their receipts have SourceInternal, so that each acts once.
const (
	EventFilesGathered EventName = "files.gathered" // an album is complete
	EventFileStored    EventName = "file.stored"
	EventFileRefused   EventName = "file.refused" // type or size not allowed
	EventFilesEnough   EventName = "files.enough" // more than one chat may send in a day; told once a day
	EventFileLost      EventName = "file.lost"    // the messenger no longer has it
	EventClosed        EventName = "chat.closed"  // an officer is done: the after_case step of the flow follows, if there is one
	EventGreet         EventName = "chat.greet"   // the same, and without such a step the main menu
	EventEnter         EventName = "chat.enter"   // a trial or a dialogue begins at a step, with the variables that are set
)

// Inbound is what the messenger delivered, in our words; or an Event.
type Inbound struct {
	Receipt  ReceiptKey
	Chat     ChatKey
	Kind     Kind
	Event    EventName `json:",omitempty"`
	Flow     string    `json:",omitempty"` // of EventClosed and EventGreet: which flow had handed over; of EventEnter: "flow/step"
	From     Sender
	Text     string // of a message or caption; control characters already removed
	Press    *Press
	Contact  *Contact
	Location *Location
	Files    []File
	Album    string // groups files that were sent together
	Ref      string // the message's own id at the messenger
	At       time.Time
	Raw      []byte // as delivered, for the quarantine
}

// Sender is who wrote, as the messenger tells it. Nothing here is verified.
type Sender struct {
	ID   string
	Name string // controls and direction marks stripped
	Lang string // language tag of the messenger's own interface; a first guess only
}

// Press is a tap on a button.
type Press struct {
	ID   string // to acknowledge it; empty when the messenger cannot be answered
	Data string // what we once put on the button; may be forged
	Ref  string // the message that carries the button; empty when the messenger no longer shows it
}

// Contact is a phone card. Only an own card proves anything.
type Contact struct {
	Phone string
	Own   bool
}

// Location is a point on the map.
type Location struct{ Latitude, Longitude float64 }

// FileState says how far a file of a member has come.
type FileState string

// The life of a file: announced with its update, then fetched by a job.
const (
	FileAnnounced FileState = "announced"
	FileStored    FileState = "stored"
	FileRefused   FileState = "refused"
	FileLost      FileState = "lost"
)

// File is a document, picture, voice or video of a member, always in its original resolution.
type File struct {
	ID     string    `json:"id"`               // ours
	Handle string    `json:"handle"`           // the messenger's, to fetch it
	Kind   string    `json:"kind"`             // photo, document, voice, audio, video
	Name   string    `json:"name,omitempty"`   // as the member named it; data, never a path
	MIME   string    `json:"mime,omitempty"`   // as declared, or as found once stored
	Size   int64     `json:"size,omitempty"`   // bytes; 0 when unknown
	State  FileState `json:"state,omitempty"`  // empty means announced
	SHA256 string    `json:"sha256,omitempty"` // hex, once stored
}
