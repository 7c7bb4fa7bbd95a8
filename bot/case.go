package bot

import "time"

// CaseKind says what a case is.
type CaseKind string

// The kinds of case. All of them share numbers, promises and the timeline.
const (
	Complaint  CaseKind = "complaint"
	Request    CaseKind = "request"
	Question   CaseKind = "question"
	Suggestion CaseKind = "suggestion"
)

// CaseState is one state of the complaint procedure, by its id in the content.
type CaseState string

// The states. What moves a case between them is the procedure's business (bot/cases).
const (
	Received        CaseState = "received"
	InWork          CaseState = "in_work"
	Referred        CaseState = "referred"
	WaitingMember   CaseState = "waiting_member"
	WaitingExternal CaseState = "waiting_external"
	Proposed        CaseState = "proposed"
	Closed          CaseState = "closed"
	Reopened        CaseState = "reopened"
	Withdrawn       CaseState = "withdrawn"
)

// Open reports whether the chamber still owes something in this state.
func (s CaseState) Open() bool { return s != Closed && s != Withdrawn }

// Case is a complaint, request, question or suggestion with a number.
type Case struct {
	ID       CaseID
	Number   CaseNumber
	Kind     CaseKind
	Category string // of the content; for a request the process or service
	Unit     UnitID
	State    CaseState
	Chat     ChatKey
	Member   MemberID
	Draft    DraftID
	Text     string            // what the member wrote
	Answers  map[string]string // the category's own questions, and for whom
	Phone    string            // where he can be reached; encrypted at rest
	Urgency  string
	// Confidential cases are found only by the named unit and the head.
	Confidential bool
	OpenedAt     time.Time
	// DueAt is the promised deadline, counted in working time. NoticeAt is when the member next hears of it.
	DueAt         time.Time
	FirstAnswerAt time.Time // by when a person has answered
	NoticeAt      time.Time
}

// CaseEntry is one line of a case's timeline.
type CaseEntry struct {
	Case CaseID
	// What is an id: opened, edited, added, withdrawn ...
	What   string
	Author Author
	Text   string
	Before string
	After  string
	Draft  DraftID // whose pieces and files came with it; empty when none did
	At     time.Time
}

// Category is what the content says of a kind of complaint or request: who answers for it and by when.
type Category struct {
	ID                 string
	Name               Text
	Unit               UnitID
	Urgency            string
	Confidential       bool
	SLAHours           int // working hours until it is solved
	FirstResponseHours int // working hours until a person has answered
	NoticeHours        int // working hours between notices
}
