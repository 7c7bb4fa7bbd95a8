package deskweb

import (
	"context"
	"fmt"
	"sync"
	"time"

	"javab/bot"
)

// names knows the chamber's staff by name, in the order in which they are listed.
type names []bot.Staff

func (n names) name(id bot.StaffID) string {
	for _, one := range n {
		if one.ID == id {
			return one.Name
		}
	}
	return string(id)
}

// namesLast is for how long names that were read are good: each piece of a page asks for all of them, which at two
// hundred officers costs more than the rest of it. Who may do what is never asked here.
const namesLast = 3 * time.Second

// roster keeps names.
type roster struct {
	mu   sync.Mutex
	read time.Time
	all  names
}

func (d *Desk) names(ctx context.Context) (names, error) {
	r, now := &d.roster, d.Now()
	r.mu.Lock()
	all, age := r.all, now.Sub(r.read)
	r.mu.Unlock()
	if all != nil && age >= 0 && age < namesLast {
		return all, nil
	}
	all, err := d.People.AllStaff(ctx)
	if err != nil {
		return nil, fmt.Errorf("read staff: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all, r.read = all, now
	return all, nil
}
