package worktime

import (
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
)

// everyDay is a week with the same hours on every day.
func everyDay(windows ...Window) (open [7][]Window) {
	for day := range open {
		open[day] = windows
	}
	return open
}

func TestTheHoursOfRamadanWinOverAUnitsOwnWeekAndAUnitsOwnRamadanOverThem(t *testing.T) {
	usual, evening, short := Window{Clock(8, 0), Clock(16, 0)}, Window{Clock(12, 0), Clock(20, 0)}, Window{Clock(9, 0), Clock(13, 0)}
	first, last := MakeDay(2027, time.February, 9), MakeDay(2027, time.March, 10)
	table := Table{Zone: time.UTC, Weeks: []Week{
		{Overlay: true, From: first, Until: last, Open: everyDay(short), Name: bot.Text{En: "Ramadan"}},
		{Overlay: true, From: first, Until: last, Unit: "training", Open: everyDay(evening)},
		{Open: everyDay(usual)},
		{Unit: "finance", From: first + 1, Open: everyDay(evening)},
	}}
	book, err := table.Book(noon(2027, time.January, 1), noon(2027, time.May, 1))
	if err != nil {
		t.Fatal(err)
	}
	for unit, want := range map[bot.UnitID]string{"": "09:00-13:00", "finance": "09:00-13:00", "training": "12:00-20:00"} {
		for _, day := range []Day{first, first + 5, last} {
			if plan := table.Plan(unit, day, day)[0]; len(plan.Open) != 1 || plan.Open[0].String() != want {
				t.Errorf("%q works %v on %s, want %s", unit, plan.Open, day, want)
			}
		}
	}
	for unit, want := range map[bot.UnitID]string{"": "08:00", "finance": "12:00"} {
		opening, err := book.For(unit).NextOpening((last + 1).Noon().Add(-12 * time.Hour))
		if err != nil || opening.Format("15:04") != want {
			t.Errorf("after Ramadan %q opens %s (%v), want %s", unit, opening, err, want)
		}
	}
	stretches, err := book.For("").Explain(first.Noon(), first.Noon().Add(4*time.Hour))
	if err != nil || len(stretches) != 2 || stretches[1].Reason != Night || stretches[1].Name.En != "Ramadan" {
		t.Errorf("the early end of the day is told as %v (%v)", stretches, err)
	}
}

func TestAnEmergencyClosesAUnitWithOvertimeTooAndCrisisWorkOpensIt(t *testing.T) {
	day, morning := MakeDay(2026, time.November, 26), Window{Clock(8, 0), Clock(12, 0)}
	overtime := Holiday{Day: day, Unit: "finance", Kind: Open, Window: morning, Source: ByManual, Confirmed: true}
	closed := Holiday{Day: day, Kind: Full, Source: ByEmergency, Confirmed: true}
	crisis := overtime
	crisis.Source = ByEmergency
	if due := added(t, chamber(t, overtime, closed).For("finance"), "2026-11-25 15:59", time.Hour); due != "Sat 2026-11-28 08:59" {
		t.Errorf("with the house closed, due %s", due)
	}
	if due := added(t, chamber(t, crisis, closed).For("finance"), "2026-11-25 15:59", time.Hour); due != "Thu 2026-11-26 08:59" {
		t.Errorf("with crisis work, due %s", due)
	}
}

func TestAClosureOfAYearIsOneRow(t *testing.T) {
	year := Holiday{Day: MakeDay(2026, time.November, 28), Until: MakeDay(2027, time.November, 27), Kind: Full, Source: ByManual, Confirmed: true, Name: bot.Text{En: "Rebuilding"}}
	c := chamber(t, year).For("")
	if due := added(t, c, "2026-11-25 15:59", time.Hour); due != "Sun 2027-11-28 08:59" {
		t.Errorf("due %s", due)
	}
	stretches, err := c.Explain(tehran(t, "2026-11-25 15:59"), tehran(t, "2027-11-28 08:59"))
	if err != nil || len(stretches) != 6 || stretches[3].Name.En != "Rebuilding" || stretches[3].To.Sub(stretches[3].From) != 365*24*time.Hour {
		t.Errorf("the year is told as %v (%v)", stretches, err)
	}
}

// The oracle reads minute by minute; a closure of a year under it takes half a second, so there are few of them.
func TestAYearOfClosureAmongOtherRowsCountsAsTheOracleDoes(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 365))
		zone, first := load(t, "Asia/Tehran"), MakeDay(2021, time.March, 18) // both leaps of 2021, and that of 2022
		from := first.Noon().Add(-12 * time.Hour)
		to := from.Add(400 * 24 * time.Hour)
		table := randomTable(r, zone, first, 400)
		table.Weeks = append(table.Weeks, Week{Open: everyDay(Window{0, Clock(1, 30)}, Window{Clock(22, 0), Clock(24, 0)})})
		table.Holidays = append(table.Holidays, Holiday{Day: first + 3, Until: first + 368, Kind: Full, Source: ByEmergency, Confirmed: true})
		o := consult(table, "finance", from, to)
		c := calendar(t, table, "finance", from, to)
		for range 20 {
			a := from.Add(time.Duration(r.IntN(5*24*60)) * time.Minute)
			compareAdd(t, o, c, a, time.Duration(r.IntN(120*60))*time.Minute, to)
		}
		compareExplain(t, o, c, from, to)
	}
}

func TestThePlanOfADayIsWhatTheCalendarCounts(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 31))
		first := MakeDay(2026, time.October, 23)
		table, unit := randomTable(r, time.UTC, first, 30), randomUnit(r)
		c := calendar(t, table, unit, first.Noon().Add(-12*time.Hour), (first + 30).Noon())
		for _, plan := range table.Plan(unit, first, first+29) {
			midnight := plan.Day.Noon().Add(-12 * time.Hour)
			var sum time.Duration
			for i, w := range plan.Open {
				sum += time.Duration(w.To-w.From) * time.Minute
				if i > 0 && plan.Open[i-1].To >= w.From {
					t.Fatalf("seed %d: the windows %v of %s touch", seed, plan.Open, plan.Day)
				}
			}
			if worked, err := c.Between(midnight, midnight.Add(24*time.Hour)); err != nil || worked != sum {
				t.Fatalf("seed %d: %s is planned as %v and counts %s (%v)", seed, plan.Day, plan.Open, worked, err)
			}
		}
	}
}

func TestThePlanShowsWhatIsOnlyExpected(t *testing.T) {
	day := MakeDay(2026, time.November, 22)
	table := Table{Zone: time.UTC, Weeks: []Week{{Open: everyDay(Window{Clock(8, 0), Clock(16, 0)})}}, Holidays: []Holiday{
		{Day: day - 1, Until: day + 1, Kind: Full, Source: ByICS, Name: bot.Text{En: "Eid"}},
		{Day: day, Unit: "finance", Kind: Full, Source: ByManual, Confirmed: true},
	}}
	plan := table.Plan("", day, day)[0]
	if len(plan.Rows) != 1 || plan.Rows[0].Name.En != "Eid" || len(plan.Open) != 1 {
		t.Errorf("planned %+v", plan)
	}
}

func TestLunarHolidaysAreOfferedAndNeverCount(t *testing.T) {
	zone := load(t, "Asia/Tehran")
	first, last := MakeDay(2025, time.March, 21), MakeDay(2029, time.March, 20) // 1404 to 1407
	rows, err := LunarHolidays(first, last)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, h := range rows {
		if h.Confirmed || h.Kind != Full || h.Source != ByICS || h.Name.Fa == "" || h.Name.Ar == "" || h.Name.En == "" {
			t.Errorf("the row of %s is %+v", h.Day, h)
		}
		found[h.Name.En] += " " + h.Day.String()
	}
	// The first of each is in 1404, as it was held then.
	for name, want := range map[string]string{
		"Ashura": " 2025-07-06", "Eid al-Fitr": " 2025-03-31", "Eid al-Ghadir": " 2025-06-15",
	} {
		if !strings.HasPrefix(found[name], want) || strings.Count(found[name], " ") < 4 {
			t.Errorf("%s is expected on%s, want first%s", name, found[name], want)
		}
	}
	if n := len(rows); n < 4*17 || n > 4*17+8 {
		t.Errorf("%d rows in four years", n)
	}
	c := calendar(t, Table{Zone: zone, Weeks: []Week{{Open: everyDay(Window{Clock(8, 0), Clock(16, 0)})}}, Holidays: rows}, "", noon(2025, 3, 21), noon(2025, 4, 21))
	if !c.Open(tehran(t, "2025-03-31 10:00")) {
		t.Error("a day that is only expected is closed")
	}
}

func TestTheNextRamadanIsAMonth(t *testing.T) {
	first, last, known := Ramadan(MakeDay(2026, time.November, 22))
	if !known || first != MakeDay(2027, time.February, 9) || last-first != 29 && last-first != 28 {
		t.Errorf("from %s to %s (%t)", first, last, known)
	}
	if again, _, _ := Ramadan(last); again != first {
		t.Errorf("on its last day the next one is that of %s", again)
	}
	if _, _, known := Ramadan(MakeDay(2090, time.January, 1)); known {
		t.Error("a Ramadan beyond the known years was told")
	}
}

func TestWhoCountsWhileTheRowsChangeCountsByOldOrNewRows(t *testing.T) {
	var live Live
	book := chamber(t)
	live.Set(book)
	closed := chamber(t, Holiday{Day: MakeDay(2026, time.November, 28), Kind: Full, Source: ByEmergency, Confirmed: true})
	closed.Version = 7
	at := tehran(t, "2026-11-25 15:59")
	var counters sync.WaitGroup
	wrong := make(chan error, 4)
	for range 4 {
		counters.Go(func() {
			for range 2000 {
				if due, err := live.For("finance").Add(at, time.Hour); err != nil || due.Day() != 28 && due.Day() != 29 {
					wrong <- errors.Join(err, errors.New(due.String()))
					return
				}
			}
		})
	}
	live.Set(closed)
	counters.Wait()
	close(wrong)
	for err := range wrong {
		t.Error(err)
	}
	if due := added(t, live.For(""), "2026-11-25 15:59", time.Hour); due != "Sun 2026-11-29 08:59" || live.Version() != 7 {
		t.Errorf("the new rows do not hold: %s, version %d", due, live.Version())
	}
}
