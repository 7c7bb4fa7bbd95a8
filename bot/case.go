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
	Name     string            // as his messenger tells it; nothing is proven
	Urgency  string
	// Confidential cases are found only by the named unit and the head.
	Confidential bool
	OpenedAt     time.Time
	// DueAt is the promised deadline, counted in working time; while the clock stands, the last one that was counted.
	// NoticeAt is by when the member next hears of his case.
	DueAt         time.Time
	FirstAnswerAt time.Time // by when a person has answered
	NoticeAt      time.Time

	Holder StaffID // the officer who works on it; empty: its unit
	Clock  Clock
	// ToldAt is the last word that the member was given, by the program or by an officer, and ToldDue the deadline that
	// he was told last.
	ToldAt  time.Time
	ToldDue time.Time
	// AnsweredAt is when a person first answered. BreachedAt and FirstLateAt are the instants at which the promise and the
	// first answer fell due unkept; zero: they hold.
	AnsweredAt  time.Time
	BreachedAt  time.Time
	FirstLateAt time.Time
	Alarm       Alarm
	// WakeAt is when time next changes something in the case by itself; zero: never. HoursVersion is the version of the
	// working time by which its dates were counted.
	WakeAt       time.Time
	HoursVersion int64

	Next Next
	// Cause is the root cause by its id in the content, External the number that an outside body gave it.
	Cause    string
	External string
	// Waits is why it waits for somebody outside the chamber, and Paused that a manager has stopped the clock meanwhile.
	Waits  string
	Paused bool
	// Dispute marks a case that the member contests, Financial one that concerns money: both come before the managers.
	Dispute   bool
	Financial bool
	// Overdue says that a task of the open case is past its date and still to be done: it stays before the managers until it is.
	Overdue bool
	Closure Closure
}

// Escalated reports whether its promise is broken so that managers were called: the final decision is theirs.
func (c Case) Escalated() bool { return c.Alarm == AlarmManager || c.Alarm == AlarmHead }

// Orphan reports whether an open case has nobody who will do something about it by a date.
func (c Case) Orphan() bool { return c.State.Open() && c.Next.At.IsZero() }

// Next is what will be done about a case next, by whom and when.
type Next struct {
	What string
	Who  StaffID // empty: its unit
	At   time.Time
}

// Clock is the time that a promise has used. It runs, is paused or has stopped with the state of its case.
type Clock struct {
	Promised time.Duration // working time in all
	Spent    time.Duration // working time used until it last stood still or was counted anew
	Since    time.Time     // it runs since then; zero: it stands
}

// Runs reports whether the clock runs.
func (c Clock) Runs() bool { return !c.Since.IsZero() }

// Alarm says who has been called for a case because of time.
type Alarm string

// The ladder, each rung climbed once: the case is at risk, its promise is broken, and it stays broken.
const (
	AlarmNone    Alarm = ""
	AlarmOfficer Alarm = "officer"
	AlarmManager Alarm = "manager"
	AlarmHead    Alarm = "head"
)

// CaseEntry is one line of a case's timeline.
type CaseEntry struct {
	Case CaseID
	// What is an id of the procedure: opened, added, notice, at_risk, referred, proposed ...
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
}
