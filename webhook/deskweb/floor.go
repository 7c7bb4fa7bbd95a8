package deskweb

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/webhook/page"
)

// floor is the live board: queues down, officers across. Beside them stands the queue or the officer that was picked.
type floor struct {
	screen
	Officers []officer
	Queues   []queue
	Total    desk.Load
	Queue    *picked
	Officer  *officer
	Done     string // what an act has come to
	typed    func(field string) string
}

// officer is one column: who it is and whether chats may be given to him.
type officer struct {
	bot.Staff
	Status bot.StaffStatus // as the board sees it
	Held   int
}

// Initial is the first letter of his name.
func (o officer) Initial() string { return page.Initial(o.Name) }

// Full reports whether he can take no more.
func (o officer) Full() bool { return o.Held >= o.Capacity }

// queue is one row: what waits in a unit, and what each officer holds of it.
type queue struct {
	desk.Load
	Name  string
	Held  []int  // by officer, in their order
	Stops string // who has paused it, and why; empty while it goes on
}

// absent is how long after his browser's last sign of life somebody counts as away, whatever he chose.
const absent = 5 * time.Minute

// showLive is the whole board.
func (d *Desk) showLive(c echo.Context) error {
	f, err := d.board(c, d.screen(c, "desk.live.title"))
	switch {
	case err != nil:
		return d.Refuse(c, err)
	case page.Swapped(c):
		return d.views.Render(c, http.StatusOK, "board", f)
	default:
		return d.views.Render(c, http.StatusOK, "live", f)
	}
}

// showFloor is the counts alone, which the browser asks for by itself: what somebody fills in beside them stays.
func (d *Desk) showFloor(c echo.Context) error {
	f, err := d.floor(c, d.screen(c, "desk.live.title"))
	if err != nil {
		return d.Refuse(c, err)
	}
	return d.views.Render(c, http.StatusOK, "floor", f)
}

func (d *Desk) floor(c echo.Context, s screen) (floor, error) {
	ctx := c.Request().Context()
	loads, err := d.Floor.Live(ctx, s.By, s.Instant)
	if err != nil {
		return floor{}, fmt.Errorf("count the queues: %w", err)
	}
	all, err := page.ReadStaff(ctx, d.People)
	if err != nil {
		return floor{}, err
	}
	stops, err := d.stops(c, s)
	if err != nil {
		return floor{}, fmt.Errorf("read which queues are paused: %w", err)
	}
	f := s.floor(loads, all)
	for _, p := range stops {
		if i := slices.IndexFunc(f.Queues, func(q queue) bool { return q.Unit == p.Unit }); i >= 0 {
			f.Queues[i].Stops = p.Says
		}
	}
	return f, nil
}

func (s screen) floor(loads []desk.Load, all []bot.Staff) floor {
	f := floor{screen: s}
	held := map[bot.StaffID]int{}
	for _, l := range loads {
		held[l.Staff] += l.Held
		f.Total.Waiting, f.Total.Late, f.Total.Held, f.Total.Snoozed = f.Total.Waiting+l.Waiting, f.Total.Late+l.Late, f.Total.Held+l.Held, f.Total.Snoozed+l.Snoozed
		f.Total.Oldest = older(f.Total.Oldest, l)
	}
	for _, unit := range s.queues(loads) {
		f.Queues = append(f.Queues, queue{Load: waits(unit, loads), Name: s.desk.Content.Unit(unit, s.Lang)})
	}
	f.Officers = s.officers(all, held, f.Queues)
	for i := range f.Queues {
		f.Queues[i].Held = shares(f.Queues[i].Unit, f.Officers, loads)
	}
	return f
}

// queues are those of the units that the reader stands over, and of others where something is his.
func (s screen) queues(loads []desk.Load) []bot.UnitID {
	units := slices.DeleteFunc(slices.Clone(s.desk.Content.Units()), func(unit bot.UnitID) bool { return !s.By.Serves(unit) })
	for _, l := range loads {
		if !slices.Contains(units, l.Unit) {
			units = append(units, l.Unit)
		}
	}
	return units
}

// waits is what waits in a unit.
func waits(unit bot.UnitID, loads []desk.Load) desk.Load {
	sum := desk.Load{Unit: unit}
	for _, l := range loads {
		if l.Unit == unit {
			sum.Waiting, sum.Late, sum.Oldest = sum.Waiting+l.Waiting, sum.Late+l.Late, older(sum.Oldest, l)
		}
	}
	return sum
}

func older(oldest time.Time, l desk.Load) time.Time {
	if l.Waiting > 0 && (oldest.IsZero() || l.Oldest.Before(oldest)) {
		return l.Oldest
	}
	return oldest
}

// officers are those who serve one of the queues shown, or hold a chat of theirs.
func (s screen) officers(all []bot.Staff, held map[bot.StaffID]int, queues []queue) []officer {
	var shown []officer
	for _, one := range all {
		serves := one.Capacity > 0 && slices.ContainsFunc(queues, func(q queue) bool { return one.Serves(q.Unit) })
		if one.Disabled || !serves && held[one.ID] == 0 {
			continue
		}
		o := officer{Staff: one, Status: one.Status, Held: held[one.ID]}
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
