package bot

import "time"

// Concern is what is in words that an officer may not decide alone.
type Concern string

// The concerns. The authority guard finds them in a text.
const (
	ConcernAmount       Concern = "amount"       // a sum of money
	ConcernDiscount     Concern = "discount"     // a percentage off
	ConcernPromise      Concern = "promise"      // words that bind the chamber
	ConcernWaiver       Concern = "waiver"       // words that let somebody off
	ConcernCompensation Concern = "compensation" // words that give back or make good
	ConcernKind         Concern = "kind"         // no words: what it is always needs a manager
)

// ApprovalKind is what is asked for.
type ApprovalKind string

// The kinds of approval.
const (
	ApproveReply    ApprovalKind = "reply"
	ApproveEdit     ApprovalKind = "edit"
	ApproveFile     ApprovalKind = "file"
	ApproveNotice   ApprovalKind = "notice"   // to the member of a case
	ApproveClosure  ApprovalKind = "closure"  // the result of a case, told to its member
	ApproveDecision ApprovalKind = "decision" // the final decision on an escalated case
	ApproveLetter   ApprovalKind = "letter"   // to an outside body
)

// ApprovalState says how far an approval has come.
type ApprovalState string

// An approval is asked for, and then said yes or no to, given back to be changed, or taken back by who asked.
const (
	ApprovalAsked     ApprovalState = "asked"
	ApprovalApproved  ApprovalState = "approved"
	ApprovalChanged   ApprovalState = "changed"
	ApprovalRefused   ApprovalState = "refused"
	ApprovalWithdrawn ApprovalState = "withdrawn"
)

// ApprovalLevel is who is asked. What stays undecided moves up; it never dies.
type ApprovalLevel string

// The levels, from the first that is asked.
const (
	LevelManager ApprovalLevel = "manager" // of the unit
	LevelDeputy  ApprovalLevel = "deputy"  // the manager's substitute, beside him
	LevelHead    ApprovalLevel = "head"    // and his substitute
)

// Approval is what an officer may not decide alone: the exact words, held until somebody who may says yes. The member
// sees nothing of it before.
type Approval struct {
	ID           string
	Kind         ApprovalKind
	Chat         ChatKey
	Case         CaseNumber // empty: the chat belongs to none
	Unit         UnitID
	Confidential bool
	Author       StaffID
	Text         string // exactly what goes out
	Earlier      string // the words that it takes the place of; empty: it takes none
	Files        []File
	// Hash binds the kind, the chat, the case, the text and the files: what has another hash was never approved.
	Hash      string
	Why       []Concern
	State     ApprovalState
	Level     ApprovalLevel
	DueAt     time.Time // when it moves up, in working time; zero at the highest level
	AskedAt   time.Time
	DecidedAt time.Time
	DecidedBy StaffID
	Reason    string // of who refused or wants a change
	Payload   []byte // what happens after a yes, for who asked it to be done; opaque here
}

// Open reports whether it still waits.
func (a Approval) Open() bool { return a.State == ApprovalAsked }
