package deskweb

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page"
)

// floor is the live board: queues down, officers across.
type floor struct {
	screen
	Officers []officer
	Queues   []queue
	Total    desk.Load
}

// officer is one column: who it is and whether chats may be given to him.
type officer struct {
	ID       bot.StaffID
	Name     string
	Status   bot.StaffStatus
	Held     int
	Capacity int
}

// Initial is the first letter of his name.
func (o officer) Initial() string { return page.Initial(o.Name) }

// Full reports whether he can take no more.
func (o officer) Full() bool { return o.Held >= o.Capacity }

// queue is one row: what waits in a unit, and what each officer holds of it.
type queue struct {
	desk.Load
	Name string
	Held []int // by officer, in their order
}

// absent is how long after his browser's last sign of life somebody counts as away, whatever he chose.
const absent = 5 * time.Minute

func (d *Desk) showLive(c echo.Context) error {
	s, ctx := d.screen(c, "desk.live.title"), c.Request().Context()
	loads, err := d.Floor.Live(ctx, s.By, s.Instant)
	if err != nil {
		return d.Refuse(c, err)
	}
	all, err := d.People.AllStaff(ctx)
	if err != nil {
		return d.Refuse(c, err)
	}
	f := s.floor(loads, all)
	if page.Swapped(c) {
		return d.views.Render(c, http.StatusOK, "floor", f)
	}
	return d.views.Render(c, http.StatusOK, "live", f)
}

func (s screen) floor(loads []desk.Load, all []bot.Staff) floor {
	f := floor{screen: s}
	held := map[bot.StaffID]int{}
	for _, l := range loads {
		if l.Staff != "" {
			held[l.Staff] += l.Held
			continue
		}
		f.Queues = append(f.Queues, queue{Load: l, Name: s.desk.Content.Unit(l.Unit, s.Lang)})
		f.Total.Waiting, f.Total.Late, f.Total.Held, f.Total.Snoozed = f.Total.Waiting+l.Waiting, f.Total.Late+l.Late, f.Total.Held+l.Held, f.Total.Snoozed+l.Snoozed
		if l.Waiting > 0 && (f.Total.Oldest.IsZero() || l.Oldest.Before(f.Total.Oldest)) {
			f.Total.Oldest = l.Oldest
		}
	}
	f.Officers = s.officers(all, held, f.Queues)
	for i := range f.Queues {
		f.Queues[i].Held = shares(f.Queues[i].Unit, f.Officers, loads)
	}
	return f
}

// officers are those who serve one of the queues shown, or hold a chat of theirs.
func (s screen) officers(all []bot.Staff, held map[bot.StaffID]int, queues []queue) []officer {
	var shown []officer
	for _, one := range all {
		serves := one.Capacity > 0 && slices.ContainsFunc(queues, func(q queue) bool { return one.Serves(q.Unit) })
		if one.Disabled || !serves && held[one.ID] == 0 {
			continue
		}
		o := officer{ID: one.ID, Name: one.Name, Status: one.Status, Held: held[one.ID], Capacity: one.Capacity}
		if !o.Status.Valid() || s.Instant.Sub(one.SeenAt) > absent {
			o.Status = bot.Away
		}
		shown = append(shown, o)
	}
	order := map[bot.StaffStatus]int{bot.Available: 0, bot.OnBreak: 1, bot.Away: 2}
	slices.SortFunc(shown, func(a, b officer) int {
		return cmp.Or(order[a.Status]-order[b.Status], cmp.Compare(a.Name, b.Name))
	})
	return shown
}

func shares(unit bot.UnitID, officers []officer, loads []desk.Load) []int {
	held := make([]int, len(officers))
	for i, o := range officers {
		for _, l := range loads {
			if l.Unit == unit && l.Staff == o.ID {
				held[i] += l.Held
			}
		}
	}
	return held
}

// Waits tells how long the first of a queue has waited.
func (f floor) Waits(l desk.Load) string {
	if l.Waiting == 0 || l.Oldest.IsZero() {
		return f.T("page.none")
	}
	return f.Lasted(f.Instant.Sub(l.Oldest))
}
