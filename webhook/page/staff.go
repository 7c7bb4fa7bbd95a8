package page

import (
	"context"
	"fmt"
	"slices"

	"javab/bot"
)

// People are the chamber's staff.
type People interface {
	AllStaff(ctx context.Context) ([]bot.Staff, error)
}

// Staff is the chamber's staff, in the order in which they are listed.
type Staff []bot.Staff

// ReadStaff reads all of it.
func ReadStaff(ctx context.Context, from People) (Staff, error) {
	all, err := from.AllStaff(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the staff: %w", err)
	}
	return all, nil
}

// Name is what somebody is called; who is no more among the staff is called by his id.
func (s Staff) Name(id bot.StaffID) string {
	if i := slices.IndexFunc(s, func(one bot.Staff) bool { return one.ID == id }); i >= 0 {
		return s[i].Name
	}
	return string(id)
}
