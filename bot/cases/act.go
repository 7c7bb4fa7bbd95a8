package cases

import (
	"context"
	"strings"
	"unicode/utf8"

	"javab/bot"
	"javab/locales/text"
)

// Act is one thing that an officer does to a case.
type Act interface {
	// do changes the case that is locked. It writes nothing before it knows that it may.
	do(ctx context.Context, d *deed) error
}

// Then does an act and says what will be done next, if the act leaves anything to be done. Without a Next it is the act.
type Then struct {
	Act  Act
	Next bot.Next
}

func (a Then) do(ctx context.Context, d *deed) error {
	if err := a.Act.do(ctx, d); err != nil || d.idle || a.Next == (bot.Next{}) || !d.c.State.Open() {
		return err
	}
	return Plan{a.Next}.do(ctx, d)
}

// What acts are called in the timeline and, after "case.", in the audit; beside them Proposed and ReopenedBy.
const (
	DidTake         = "taken"
	DidAssign       = "assigned"
	DidBegin        = "begun"
	DidResume       = "resumed"
	DidRefer        = "referred"
	DidLink         = "linked"
	DidReply        = "replied"
	DidRecall       = "recalled"
	DidAwaitMember  = "waiting_member"
	DidAwaitOutside = "waiting_external"
	DidStopClock    = "clock_stopped"
	DidStartClock   = "clock_started"
	DidPlan         = "planned"
	DidAddTask      = "task"
	DidEndTask      = "task_ended"
	DidMark         = "marked"
	DidClassify     = "classified"
	DidRemark       = "remark"
	DidTell         = "told"
	DidHandOn       = "handed_on"
	DidLetter       = "letter"
	DidHold         = "held"     // waits for approval; the line has the words
	DidApprove      = "approved" // what became of it
	DidRefuse       = "refused"
	DidChange       = "change_wanted"
	DidTakeBack     = "taken_back"
)

// What follows on acts, as the pages name it (bot.Next.What); any other is an officer's own words.
const (
	NextWork    = "next.work"    // the case goes on
	NextReply   = "next.reply"   // a unit replies
	NextAnswer  = "next.answer"  // something is made of the reply
	NextMissing = "next.missing" // the member sends what is missing
	NextOutside = "next.outside" // somebody outside answers
	NextYes     = "next.yes"     // a manager decides
	NextChange  = "next.change"  // its author makes something else of what was not approved
)

// How much may be written in one field.
const (
	maxID    = 64
	maxName  = 100
	maxWords = 4000
)

// read cleans what was typed in a field: it must say something, and not more than has room.
func read(words string, most int) (string, error) {
	words = strings.TrimSpace(text.Clean(words))
	switch {
	case words == "":
		return "", &bot.Error{Kind: bot.Invalid, Key: "case_empty"}
	case utf8.RuneCountInString(words) > most:
		return "", &bot.Error{Kind: bot.Invalid, Key: "case_long"}
	}
	return words, nil
}

// readID checks the id that a form was given: with it a repeated post acts once.
func readID(id string) error {
	if id == "" || len(id) > maxID {
		return &bot.Error{Kind: bot.Invalid, Key: "desk_id"}
	}
	return nil
}

func conflict(key string) error { return &bot.Error{Kind: bot.Conflict, Key: key} }

func invalid(key string) error { return &bot.Error{Kind: bot.Invalid, Key: key} }

// shownNext is what is done next, as the timeline keeps it; the audit has it without the words.
func shownNext(n bot.Next) string {
	if n.At.IsZero() {
		return ""
	}
	return spaced(date(n.At), string(n.Who), n.What)
}
