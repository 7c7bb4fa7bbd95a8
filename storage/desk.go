package storage

import (
	"javab/bot"
	"javab/bot/desk"
)

// SentState says how far a message has come, by the state of the job that sends it. A job that is gone was done: what
// was given up is kept longer than any thread is read.
func SentState(m bot.Message, job bot.JobState) desk.SentState {
	if m.Direction != bot.Out || !m.DeletedAt.IsZero() && m.AmendKey == "" { // deleted before it went out
		return desk.SentNot
	}
	switch job {
	case bot.JobOpen, bot.JobHeld:
		return desk.SentQueued
	case bot.JobGivenUp:
		return desk.SentFailed
	default:
		return desk.SentDone
	}
}

// Carried is how far a job has come, and why it went no further.
type Carried struct {
	State bot.JobState
	Err   string
}

// Shown is a message with how far it and its last change have come.
func Shown(id int64, m bot.Message, sent, amended Carried) desk.Line {
	l := desk.Line{ID: id, Message: m, Sent: SentState(m, sent.State)}
	if m.AmendKey != "" {
		l.Amended = SentState(m, amended.State)
	}
	switch {
	case l.Sent == desk.SentFailed:
		l.Fault = bot.FaultIn(sent.Err)
	case l.Amended == desk.SentFailed:
		l.Fault = bot.FaultIn(amended.Err)
	}
	return l
}
