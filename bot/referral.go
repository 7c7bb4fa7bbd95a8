package bot

import "time"

// Referral is a question from a case to a unit, with a due date.
type Referral struct {
	ID       string
	Case     CaseID
	Unit     UnitID
	Question string
	By       StaffID
	AskedAt  time.Time
	DueAt    time.Time // by when the unit answers, counted in its working time
	// RemindedAt and LateAt are when it was reminded, and when the date passed without a reply; zero: not.
	RemindedAt  time.Time
	LateAt      time.Time
	Reply       string
	RepliedBy   string // a StaffID, or the name that somebody without a sign-in gave
	RepliedAt   time.Time
	WithdrawnAt time.Time
	// Link is the hash of a one-time reply link for a unit without a sign-in, good until LinkUntil; empty: none.
	Link      string
	LinkUntil time.Time
}

// Open reports whether the unit still owes a reply.
func (r Referral) Open() bool { return r.RepliedAt.IsZero() && r.WithdrawnAt.IsZero() }

// TaskKind says what kind of work a task is.
type TaskKind string

// The kinds of task. A call is made because a member could not be written to.
const (
	TaskWork TaskKind = "work"
	TaskCall TaskKind = "call"
)

// TaskOutcome is how a task ended.
type TaskOutcome string

// The outcomes: work is done or dropped; a call says what the member said, or that nobody was reached.
const (
	TaskDone       TaskOutcome = "done"
	TaskDropped    TaskOutcome = "dropped"
	CallSolved     TaskOutcome = "solved"
	CallNotSolved  TaskOutcome = "not_solved"
	CallNotReached TaskOutcome = "not_reached"
)

// Task is a piece of work within a case, with its own due date. A case cannot be closed over an open one.
type Task struct {
	ID      string
	Case    CaseID
	Kind    TaskKind
	What    string
	Who     StaffID // empty: anyone of the unit
	Unit    UnitID
	MadeBy  StaffID // empty: the program
	MadeAt  time.Time
	DueAt   time.Time
	LateAt  time.Time // when the date passed over it; zero: not
	DoneAt  time.Time
	DoneBy  StaffID
	Outcome TaskOutcome // empty while it is open
}

// Open reports whether it is still to be done.
func (t Task) Open() bool { return t.Outcome == "" }
