package bot

import "time"

// JobKind says which hand carries a job out.
type JobKind string

// The durable work. Everything that must happen later is one of these, committed with its reason.
const (
	JobSend   JobKind = "send"   // payload: Outbound as JSON; lane: the chat
	JobUpload JobKind = "upload" // the same with a file: it may take minutes
	JobFile   JobKind = "file"   // payload: FileOrder as JSON; fetches a member's file
	JobEvent  JobKind = "event"  // payload: Inbound as JSON; a timer that comes back as an Event
	JobAsked  JobKind = "asked"  // payload: bot/staffchat's; tells those who are asked for an approval in their own chats
	JobDecide JobKind = "decide" // payload: bot/staffchat's; carries out what somebody decided in his own chat
	JobDigest JobKind = "digest" // payload: bot/digest's; tells somebody at the opening how his units stand
)

// ToMember reports whether jobs of this kind write to a member.
func (k JobKind) ToMember() bool { return k == JobSend || k == JobUpload }

// JobState says how far a job has come.
type JobState string

// A job is open until it is done or given up. A message that a restored backup still had to send is held until the
// operator says what becomes of it.
const (
	JobOpen    JobState = "open"
	JobHeld    JobState = "held"
	JobDone    JobState = "done"
	JobGivenUp JobState = "given_up"
)

// Job is one piece of durable work.
type Job struct {
	// ID orders jobs within a lane; the store makes it, under the chat's lock.
	ID   int64
	Kind JobKind
	// Lane is the chat whose messages keep their order, or empty. A job in a lane waits for all earlier ones in it.
	Lane ChatKey
	// Key is unique for ever: the same reason makes the same job once. "u<event>.<n>" for replies.
	Key     string
	Payload []byte
	RunAt   time.Time // never in the future for a job in a lane: it would block the chat
	// Attempts counts tries that failed; being told to wait is none.
	Attempts int
	Lease    Lease
}

// Lease says who works on a job and until when. Token fences: a finish under an old token is void.
type Lease struct {
	Owner string
	Token int64
	Until time.Time
}

// Held reports whether the lease is in force at now.
func (l Lease) Held(now time.Time) bool { return now.Before(l.Until) }

// FileOrder is the payload of a JobFile.
type FileOrder struct {
	Chat ChatKey `json:"chat"`
	File File    `json:"file"`
}
