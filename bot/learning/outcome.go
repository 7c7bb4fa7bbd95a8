package learning

import (
	"strings"
	"time"

	"javab/bot"
)

// Settled is how long a member may take to press a button before his question counts as left open.
const Settled = 15 * time.Minute

// What members press under an answer: it helped, or it did not.
const (
	solved    = "solved"
	notSolved = "not_solved"
)

// Outcome is what became of a question.
type Outcome string

// The outcomes. All but Helped and Pending are unanswered: somebody wanted something that the content did not give him.
const (
	Helped    Outcome = "helped"    // answered and left at that, or he found his button
	Pending   Outcome = "pending"   // he may still press
	Left      Outcome = "left"      // asked back, and pressed nothing
	Refused   Outcome = "refused"   // asked back, and none of it was meant
	Lost      Outcome = "lost"      // not understood
	Corrected Outcome = "corrected" // answered, and it was not what he wanted
)

// Unanswered reports whether somebody wanted something that the content did not give him.
func (o Outcome) Unanswered() bool { return o != Helped && o != Pending }

// OutcomeOf says what became of a question. Who came to an officer after it was not helped, whatever he pressed before. A
// question in the middle of something else counts only when its button was pressed: mostly it was none.
func OutcomeOf(q bot.FreeQuestion, now time.Time) Outcome {
	found := chosen(q.Pressed)
	switch q.Action {
	case bot.QuestionAnswered:
		if q.HandOver != "" || q.Pressed == notSolved || q.Pressed == bot.QuestionOfficer {
			return Corrected
		}
		return Helped
	case bot.QuestionOffered:
		if found && q.HandOver != "" {
			return Corrected
		}
		return Helped
	case bot.QuestionAsked:
		switch {
		case found && q.HandOver == "":
			return Helped
		case q.Pressed != "" || q.HandOver != "":
			return Refused
		case now.Sub(q.At) < Settled:
			return Pending
		}
		return Left
	default:
		if found && q.HandOver == "" {
			return Helped
		}
		return Lost
	}
}

// chosen reports whether what was pressed is one of the things that were offered.
func chosen(pressed string) bool {
	return strings.HasPrefix(pressed, answerPrefix) || strings.HasPrefix(pressed, "flow/")
}

// answerPrefix begins the ids of answers, as the matcher has them.
const answerPrefix = "answers/"

// Right is what a question is known to mean: the officer answered it with the words of an answer, or the member pressed its
// button and needed nobody, or said of an answer that it helped. Silence tells nothing. Empty: nobody has said.
func Right(q bot.FreeQuestion, officer string) string {
	switch {
	case officer != "":
		return officer
	case q.HandOver != "":
		return ""
	case chosen(q.Pressed):
		return q.Pressed
	case q.Action == bot.QuestionAnswered && q.Pressed == solved && len(q.Top) > 0:
		return q.Top[0].ID
	default:
		return ""
	}
}
