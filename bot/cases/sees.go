package cases

import (
	"slices"

	"javab/bot"
)

// Sight is how much of a case somebody sees.
type Sight string

// Whoever was only asked sees the case and the question, answers it, and does nothing else.
const (
	SeesNothing  Sight = ""
	SeesQuestion Sight = "question"
	SeesCase     Sight = "case"
)

// SightOf says how much by sees of a case that complains about some of the staff and was referred to units. The stores
// ask the same in their queries.
func SightOf(by bot.Staff, c bot.Case, about []bot.StaffID, referrals []bot.Referral) Sight {
	switch {
	case Sees(by, c, about):
		return SeesCase
	case slices.ContainsFunc(referrals, func(r bot.Referral) bool { return asks(r, by, c, about) }):
		return SeesQuestion
	}
	return SeesNothing
}

// Sees reports whether by sees all of a case and works on it: it is of a unit that he serves, or his own. Who only answers
// what is referred to his unit does not.
func Sees(by bot.Staff, c bot.Case, about []bot.StaffID) bool {
	return by.Role != bot.RoleUnit && by.Sees(c.Unit, c.Confidential, about, c.Holder)
}

// asks reports whether a referral asks by's unit.
func asks(r bot.Referral, by bot.Staff, c bot.Case, about []bot.StaffID) bool {
	return r.WithdrawnAt.IsZero() && by.Sees(r.Unit, c.Confidential, about)
}
