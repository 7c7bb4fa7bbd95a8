package storage

import (
	"javab/bot"
	"javab/bot/desk"
)

// SentState says how far a message has come, by the state of the job that sends it. A job that is gone was done: what
// was given up is kept longer than any thread is read.
func SentState(m bot.Message, job bot.JobState) desk.SentState {
	if m.Direction != bot.Out {
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
