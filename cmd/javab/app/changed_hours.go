package app

import (
	"cmp"
	"context"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/hours"
)

// changedHours says why working time was changed: in the words of whoever changed it, else by the name of the occasion in the
// language of the house.
type changedHours struct {
	rota *hours.Rota
	lang bot.Lang
}

// ChangedSince implements cases.Why.
func (h changedHours) ChangedSince(ctx context.Context, version int64) ([]cases.Changed, error) {
	changes, err := h.rota.Changes(ctx, version)
	var list []cases.Changed
	for _, c := range changes {
		if c.Counts {
			list = append(list, cases.Changed{Unit: c.Unit, Reason: cmp.Or(c.Reason, c.Name.In(h.lang))})
		}
	}
	return list, err
}
