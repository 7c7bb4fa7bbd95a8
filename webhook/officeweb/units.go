package officeweb

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

// departments are the units with their queues as a page shows them.
type departments struct {
	settings
	Lines []department
}

// department is one unit.
type department struct {
	Queue
	Served   page.Staff // who serves it, and may sign in
	Capacity int        // chats that they may hold at once, of all their units together
	Trusted  int        // of them, named handlers of confidential matters
}

func (o *Office) showUnits(c echo.Context) error {
	ctx := c.Request().Context()
	all, err := o.people(ctx)
	if err != nil {
		return o.Refuse(c, err)
	}
	queues, err := o.Counts.Queues(ctx)
	if err != nil {
		return o.Refuse(c, fmt.Errorf("count the queues: %w", err))
	}
	d := departments{settings: o.settings(c, "office.tab.units")}
	for _, id := range o.Content.Units() {
		d.Lines = append(d.Lines, departmentOf(id, all, queues))
	}
	return o.views.Render(c, http.StatusOK, "units", d)
}

func departmentOf(id bot.UnitID, all page.Staff, queues []Queue) department {
	d := department{Queue: Queue{Unit: id}}
	if i := slices.IndexFunc(queues, func(q Queue) bool { return q.Unit == id }); i >= 0 {
		d.Queue = queues[i]
	}
	for _, one := range all {
		if one.Disabled || !slices.Contains(one.Units, id) {
			continue
		}
		d.Served = append(d.Served, one)
		d.Capacity += one.Capacity
		if one.Confidential {
			d.Trusted++
		}
	}
	return d
}

// Since tells how long the first of a queue has waited.
func (d departments) Since(q Queue) string {
	if q.Waiting == 0 || q.Oldest.IsZero() {
		return d.T("page.none")
	}
	return d.Lasted(d.Instant.Sub(q.Oldest))
}
