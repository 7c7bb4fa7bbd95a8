package training

import (
	"slices"
	"time"

	"javab/bot"
)

// Line is one line of a chat's record, with the id by which a page finds it.
type Line struct {
	ID int64
	bot.Message
	// Choices are the buttons that came with it, of what the bot said.
	Choices []bot.Choice
}

// officers reports whether somebody of the staff wrote it.
func (l Line) officers() bool { return l.Author != bot.ByMember && l.Author != bot.ByBot }

// Reply reports whether it is an officer's word that reached the member.
func (l Line) Reply() bool { return l.Direction == bot.Out && l.officers() && l.DeletedAt.IsZero() }

// Event is something that happened, as the member notices it.
type Event struct {
	Kind EventKind
	At   time.Time
	Text string
}

// Notes are what the record of a desk calls what its officers do; the desk says which.
type Notes struct {
	Flow                                 string // of all of them
	Claimed, Transferred, Closed, Held   string
	Refused, Changed, Withdrawn, TakenBy string
}

// event is what a line means to the member; false: he notices nothing, or it is his own.
func (n Notes) event(l Line) (e Event, noticed bool) {
	e = Event{At: l.At, Text: l.Text}
	steps := map[string]EventKind{n.Claimed: Claimed, n.TakenBy: Claimed, n.Transferred: Transferred, n.Closed: Closed, n.Held: Held}
	switch {
	case l.Reply():
		e.Kind = Replied
	case l.Direction == bot.Note && l.Flow == n.Flow && l.officers():
		e.Kind = steps[l.Step]
	case l.Direction == bot.Out && slices.ContainsFunc(l.Choices, solves):
		e.Kind = Proposed
	}
	return e, e.Kind != ""
}

// solves reports whether a button says that the result of a case solves it.
func solves(c bot.Choice) bool {
	press, is := bot.ParseCasePress(c.Data)
	return is && press.Button == bot.ButtonSolved
}
