package bot

import "time"

// Mode says who answers in a chat.
type Mode string

// A chat is answered by the bot, waits for an officer, is held by one, or was put off by the one who holds it. But in the
// first the bot is silent.
const (
	ModeBot     Mode = "bot"
	ModeWaiting Mode = "waiting"
	ModeHeld    Mode = "held"
	ModeSnoozed Mode = "snoozed"
)

// Held reports whether an officer has the chat, also while he has put it off.
func (m Mode) Held() bool { return m == ModeHeld || m == ModeSnoozed }

// Chat is one member's conversation on one channel, as both the hot store and SQL keep it.
type Chat struct {
	Key ChatKey
	// Rev is random and new at each commit that touches the chat. Comparing it is the chat's lock: an old copy loses.
	Rev int64
	// State is flows.State as JSON: where the chat stands in its script. Opaque here, encrypted at rest.
	State   []byte
	Lang    Lang // the member's choice, or the first guess until LangChosen
	Chosen  bool // the member has chosen Lang himself
	Mode    Mode
	Member  MemberID // empty until known
	Blocked bool     // the member blocked the bot: nothing is sent
	Since   time.Time
	// MutedUntil is until when the chat comes before no officer; what is written in it is kept all the same.
	MutedUntil time.Time
	// Pinned is the version of the content with which the chat stays, 0 when it follows what is live, and PinnedAt since
	// when. Both follow from State at each turn; they stand here to be counted, and a hot store need not keep them.
	Pinned   int
	PinnedAt time.Time
}

// Direction says which way a message went.
type Direction string

// The directions of a message. A note never leaves the desk.
const (
	In   Direction = "in"
	Out  Direction = "out"
	Note Direction = "note"
)

// Author says who wrote a message: the member, the bot, or an officer's StaffID.
type Author string

// The authors that are not officers.
const (
	ByMember Author = "member"
	ByBot    Author = "bot"
)

// Message is one line of a chat's record.
type Message struct {
	Chat      ChatKey
	Direction Direction
	Author    Author
	Kind      Kind
	Text      string
	// SearchKey is text.Fold of Text for what people wrote. What the content says, the bot and the labels of its buttons,
	// is the same for everybody and is not searched: empty.
	SearchKey string
	Files     []File
	Flow      string // which script and step said or heard it
	Step      string
	Bundle    int // content version
	Draft     DraftID
	Unit      UnitID
	// Confidential messages are found only by those who may open their case.
	Confidential bool
	JobKey       string // of the job that sends it; empty for what came in
	Ref          string // its id at the messenger, once known
	At           time.Time
	Amendment
}

// Amendment is what became of a message to a member after it was written. What was deleted keeps its words here: the
// record tells what was once said.
type Amendment struct {
	EditedAt  time.Time
	DeletedAt time.Time
	Earlier   []Wording // before it was edited, oldest first
	AmendKey  string    // of the job that changes it at the messenger; empty when it had not gone out yet
}

// Wording is how a message once read, until a moment.
type Wording struct {
	Text  string    `json:"text"`
	Until time.Time `json:"until"`
}
