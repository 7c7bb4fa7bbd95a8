package app

import (
	"javab/bot/cases"
	"javab/storage"
)

// openCases puts up what keeps the promises of cases, and what officers do to them. What an officer may not say or decide
// alone waits for a yes, and is carried out here.
func (h *house) openCases() {
	h.keeper = &cases.Keeper{
		Procedure: cases.Procedure{Catalog: h.library, Hours: h.hours}, Store: storage.As[cases.RoundTx](h.store), Words: h.library,
		Hot: h.hot, Post: h.courier, Why: changedHours{h.hours, h.env.lang()}, Clock: h.env.Clock, Random: h.env.Random,
		Moved: h.moves.changed,
	}
	h.cases = &cases.Office{Keeper: h.keeper, Store: storage.As[cases.OfficeTx](h.store), Units: h.library, Approvals: h.approvals}
	for _, kind := range cases.Carried {
		h.approvals.Carriers[kind] = h.cases
	}
}
