package cases

import (
	"slices"

	"javab/bot"
)

// next returns the states that a case in state s may go to.
func next(s bot.CaseState) []bot.CaseState {
	switch s {
	case bot.Received, bot.Reopened, bot.Referred, bot.WaitingMember, bot.WaitingExternal:
		return []bot.CaseState{bot.InWork, bot.Withdrawn}
	case bot.InWork:
		return []bot.CaseState{bot.Referred, bot.WaitingMember, bot.WaitingExternal, bot.Proposed, bot.Withdrawn}
	case bot.Proposed:
		return []bot.CaseState{bot.InWork, bot.Closed, bot.Withdrawn}
	case bot.Closed:
		return []bot.CaseState{bot.Reopened}
	default: // withdrawn is final: a second thought is a new case
		return nil
	}
}

// keyIllegal is the key of a move that the procedure does not know.
const keyIllegal = "case.transition"

// Move returns the case in another state; a move that the procedure does not know is a bot.Conflict.
func Move(c bot.Case, to bot.CaseState) (bot.Case, error) {
	if !slices.Contains(next(c.State), to) {
		return c, illegalMove(c, to)
	}
	c.State = to
	return c, nil
}

func illegalMove(c bot.Case, to bot.CaseState) error {
	return &bot.Error{Kind: bot.Conflict, Key: keyIllegal, Params: map[string]string{
		"number": c.Number.String(), "from": string(c.State), "to": string(to),
	}}
}
