package deskweb

import (
	"context"
	"sync"
	"time"

	"javab/webhook/page"
)

// namesLast is for how long names that were read are good: each piece of a page asks for all of them, which at two
// hundred officers costs more than the rest of it. Who may do what is never asked here.
const namesLast = 3 * time.Second

// roster keeps names.
type roster struct {
	mu   sync.Mutex
	read time.Time
	all  page.Staff
}

func (d *Desk) names(ctx context.Context) (page.Staff, error) {
	r, now := &d.roster, d.Now()
	r.mu.Lock()
	all, age := r.all, now.Sub(r.read)
	r.mu.Unlock()
	if all != nil && age >= 0 && age < namesLast {
		return all, nil
	}
	all, err := page.ReadStaff(ctx, d.People)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all, r.read = all, now
	return all, nil
}
