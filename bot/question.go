package bot

import "time"

// FreeQuestion is what a member asked in his own words, what the matcher made of it, and what became of it: from this the
// admins learn which answers and phrasings the content lacks. It holds nothing personal: the words are folded, and
// numbers, addresses and the like are taken out before it is kept. What is said in confidence, in a form or to an officer
// is none. (A case of the kind Question is another thing: it has a number and a promise.)
type FreeQuestion struct {
	ID   string // random, of the delivery that asked
	Chat ChatKey
	At   time.Time
	// Lang is what is spoken with the member, Class what the words are written in: a Lang, or "fa-Latn" and "ar-Latn" for
	// Persian and Arabic in Latin letters. Class is empty when there are no letters.
	Lang  Lang
	Class Lang
	// Text is the words as they are searched (text.Fold), without what is personal: [number], [mail], [link] stand for it.
	Text string
	// Top is what fits best, best first, at most three: "answers/<id>" or "flow/<id>". P is that of the first, 0 when there is none.
	Top    []Guess
	P      float64
	Action QuestionAction
	// Pressed is the first button that the member chose afterwards: "answers/<id>" or "flow/<id>" of what was offered, else
	// the id of the option in the script, such as "officer", "solved" or "not_solved". Empty while he has pressed none.
	Pressed string
	// HandOver is the id of the hand-over that it led to, if any.
	HandOver string
	// Reply is the JobKey of the officer's first message after that hand-over, and Ready the id of the ready reply that it
	// was sent from, if any.
	Reply string
	Ready string
	// Bundle is the version of the content that was asked.
	Bundle int
}

// Guess is something that a text may be about, and how likely that is: calibrated of the first, the others follow their
// scores.
type Guess struct {
	ID string  `json:"id"`
	P  float64 `json:"p"`
}

// QuestionAction is what the bot did with a FreeQuestion.
type QuestionAction string

// The actions. What was exactly one of the content's phrasings is answered too, with P = 1.
const (
	QuestionAnswered QuestionAction = "answer"   // an answer was given, or the flow begun that was meant
	QuestionAsked    QuestionAction = "ask"      // "did you mean", with buttons
	QuestionRephrase QuestionAction = "rephrase" // not understood: asked for other words
	QuestionHandOff  QuestionAction = "handoff"  // not understood again: an officer was offered first
	QuestionOffered  QuestionAction = "offer"    // asked in the middle of something: offered as a button beside its question
)

// QuestionOfficer is FreeQuestion.Pressed when the member chose an officer.
const QuestionOfficer = "officer"

// Handled is what becomes of a FreeQuestion after it was asked: the turn that presses a button or hands the chat over writes
// it. What is empty stays as it is, and what was pressed first stays pressed.
type Handled struct {
	Question string
	Pressed  string
	HandOver string
}
