package worktime

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"javab/bot"
)

// oracle decides by the plainest reading of the tables, one minute at a time, and shares no code with the calendar but
// the rows: what does the clock on the wall say, and what do the rows say about that minute?
type oracle struct {
	table   Table
	unit    bot.UnitID
	from    time.Time
	minutes []bool // read once
}

func consult(table Table, unit bot.UnitID, from, to time.Time) oracle {
	o := oracle{table: table, unit: unit, from: from}
	for t := from; t.Before(to); t = t.Add(time.Minute) {
		o.minutes = append(o.minutes, o.read(t))
	}
	return o
}

func (o oracle) worked(t time.Time) bool { return o.minutes[t.Sub(o.from)/time.Minute] }

func (o oracle) read(t time.Time) bool {
	wall := t.In(o.table.Zone)
	year, month, date := wall.Date()
	day := Day(time.Date(year, month, date, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	minute := Minute(wall.Hour()*60 + wall.Minute())
	inside := func(w Window) bool { return w.From <= minute && minute < w.To }
	open := slices.ContainsFunc(o.week(day).Open[wall.Weekday()], inside)
	for _, words := range [][]Source{{ByRule, ByICS, ByManual}, {ByEmergency}} {
		for _, scope := range []bot.UnitID{"", o.unit} {
			for _, source := range words {
				for _, h := range o.table.Holidays {
					on := h.Day == day || h.Day < day && day <= h.Until
					if !on || h.Unit != scope || h.Source != source || !h.Confirmed {
						continue
					}
					switch {
					case h.Kind == Full:
						open = false
					case h.Kind == Half && inside(h.Window):
						open = false
					case h.Kind == Open && inside(h.Window):
						open = true
					}
				}
			}
		}
	}
	return open
}

// week is an overlay if one is in force, else another; the unit's own before the chamber's; of several the one that began
// last.
func (o oracle) week(day Day) Week {
	var found Week
	began := Day(-1 << 30)
	for _, overlay := range []bool{true, false} {
		for _, scope := range []bot.UnitID{o.unit, ""} {
			for _, w := range o.table.Weeks {
				if w.Overlay == overlay && w.Unit == scope && w.From <= day && (w.Until == 0 || day <= w.Until) && w.From >= began {
					found, began = w, w.From
				}
			}
			if began > -1<<30 {
				return found
			}
		}
	}
	return found
}

func (o oracle) between(a, b time.Time) (d time.Duration) {
	for t := a; t.Before(b); t = t.Add(time.Minute) {
		if o.worked(t) {
			d += time.Minute
		}
	}
	return d
}

// add counts minutes off until d is used up, or the end is reached.
func (o oracle) add(t time.Time, d time.Duration, end time.Time) (time.Time, bool) {
	for d > 0 {
		if !t.Before(end) {
			return t, false
		}
		if o.worked(t) {
			d -= time.Minute
		}
		t = t.Add(time.Minute)
	}
	return t, true
}

// zones have what goes wrong elsewhere: midnights that never were, hours that came twice, leaps at noon and of half an
// hour, a whole day skipped.
var zones = []string{"Asia/Tehran", "Europe/London", "America/Havana", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "UTC"}

func randomTable(r *rand.Rand, zone *time.Location, first Day, days int) Table {
	table := Table{Zone: zone}
	for range 1 + r.IntN(4) {
		table.Weeks = append(table.Weeks, randomWeek(r, first, days))
	}
	for range r.IntN(12) {
		row := Holiday{
			Day: first + Day(r.IntN(days)), Unit: randomUnit(r), Window: randomWindow(r),
			Kind:   []Kind{Full, Half, Open}[r.IntN(3)],
			Source: sources[r.IntN(len(sources))], Confirmed: r.IntN(5) > 0,
			Name: bot.Text{En: fmt.Sprint("holiday ", r.IntN(3))},
		}
		switch r.IntN(8) {
		case 0:
			row.Until = row.Day + Day(r.IntN(days))
		case 1: // it began a year ago
			row.Day, row.Until = row.Day-365, row.Day
		}
		table.Holidays = append(table.Holidays, row)
	}
	return table
}

func randomWeek(r *rand.Rand, first Day, days int) Week {
	week := Week{Unit: randomUnit(r), Overlay: r.IntN(3) == 0}
	if week.Overlay {
		week.Name = bot.Text{En: "Ramadan"}
	}
	if r.IntN(2) == 0 {
		week.From = first + Day(r.IntN(days))
	}
	if r.IntN(3) == 0 {
		week.Until = max(week.From, first) + Day(r.IntN(days))
	}
	for day := range week.Open {
		for range r.IntN(4) {
			week.Open[day] = append(week.Open[day], randomWindow(r))
		}
	}
	return week
}

func randomUnit(r *rand.Rand) bot.UnitID { return []bot.UnitID{"", "", "finance"}[r.IntN(3)] }

// randomWindow likes the edges of a day.
func randomWindow(r *rand.Rand) Window {
	a, b := Minute(r.IntN(minutesOfDay)), Minute(1+r.IntN(minutesOfDay))
	switch r.IntN(6) {
	case 0:
		a = 0
	case 1:
		b = minutesOfDay
	}
	if a == b {
		b++
	}
	return Window{min(a, b), max(a, b)}
}

// starts are days around which zones leapt, and one plain day.
var starts = []Day{MakeDay(2022, time.March, 21), MakeDay(2021, time.September, 20), MakeDay(2011, time.December, 28), MakeDay(2018, time.November, 2), MakeDay(2026, time.October, 23), MakeDay(2026, time.November, 18)}

func TestAnyTableCountsAsTheMinuteByMinuteOracleDoes(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1405))
		compareWithOracle(t, r, fmt.Sprint("seed ", seed))
	}
}

func FuzzCalendar(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) { compareWithOracle(t, rand.New(rand.NewPCG(a, b)), "fuzz") })
}

func compareWithOracle(t *testing.T, r *rand.Rand, name string) {
	t.Helper()
	const days = 6
	zone := load(t, zones[r.IntN(len(zones))])
	first := starts[r.IntN(len(starts))]
	from := first.Noon().Add(-12 * time.Hour)
	to := from.Add(days * 24 * time.Hour)
	o := consult(randomTable(r, zone, first, days), randomUnit(r), from, to)
	c := calendar(t, o.table, o.unit, from, to)
	minute := func() time.Time { return from.Add(time.Duration(r.IntN(days*24*60)) * time.Minute) }
	for range 6 {
		a, b := minute(), minute()
		if b.Before(a) {
			a, b = b, a
		}
		if got, err := c.Between(a, b); err != nil || got != o.between(a, b) {
			t.Fatalf("%s %s: Between(%s, %s) = %s %v, the oracle says %s", name, zone, a, b, got, err, o.between(a, b))
		}
		if c.Open(a) != o.worked(a) {
			t.Fatalf("%s %s: Open(%s) = %t", name, zone, a, c.Open(a))
		}
		compareAdd(t, o, c, a, time.Duration(r.IntN(40*60))*time.Minute, to)
		compareExplain(t, o, c, a, b)
	}
}

func compareAdd(t *testing.T, o oracle, c *Calendar, a time.Time, d time.Duration, end time.Time) {
	t.Helper()
	want, reached := o.add(a, d, end)
	got, err := c.Add(a, d)
	switch {
	case !reached && !errors.Is(err, ErrHorizon):
		t.Fatalf("%s: Add(%s, %s) = %s %v, want the horizon", o.table.Zone, a, d, got, err)
	case reached && (err != nil || !got.Equal(want)):
		t.Fatalf("%s: Add(%s, %s) = %s %v, the oracle says %s", o.table.Zone, a, d, got, err, want)
	}
	opening, err := c.NextOpening(a)
	first, reached := o.add(a, time.Minute, end)
	switch {
	case !reached && !errors.Is(err, ErrHorizon):
		t.Fatalf("%s: NextOpening(%s) = %s %v, want the horizon", o.table.Zone, a, opening, err)
	case reached && !opening.Equal(first.Add(-time.Minute)):
		t.Fatalf("%s: NextOpening(%s) = %s, the oracle says %s", o.table.Zone, a, opening, first.Add(-time.Minute))
	}
}

// compareExplain checks that the stretches lie end to end, alternate, and each is wholly what it claims.
func compareExplain(t *testing.T, o oracle, c *Calendar, a, b time.Time) {
	t.Helper()
	stretches, err := c.Explain(a, b)
	if err != nil {
		t.Fatal(err)
	}
	at := a
	for i, s := range stretches {
		if !s.From.Equal(at) || !s.From.Before(s.To) || i > 0 && s.Reason == stretches[i-1].Reason && s.Name == stretches[i-1].Name {
			t.Fatalf("stretch %d of %v does not follow %s", i, stretches, at)
		}
		at = s.To
		if length := s.To.Sub(s.From); s.Counts() && o.between(s.From, s.To) != length || !s.Counts() && o.between(s.From, s.To) != 0 {
			t.Fatalf("%s: %s to %s is told as %s", o.table.Zone, s.From, s.To, s.Reason)
		}
	}
	if a.Before(b) && !at.Equal(b) {
		t.Fatalf("explanation ends %s, not %s", at, b)
	}
}

func TestWorkingTimeAddsUp(t *testing.T) {
	from, to := noon(2026, 11, 1), noon(2027, 2, 1)
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		c := calendar(t, randomTable(r, time.UTC, DayOf(from, time.UTC), 60), "", from, to)
		d1, d2 := time.Duration(r.Int64N(int64(20*time.Hour))), time.Duration(r.Int64N(int64(20*time.Hour)))
		one, err := c.Add(from, d1)
		if err != nil {
			continue
		}
		two, err := c.Add(one, d2)
		if err != nil {
			continue
		}
		if both, err := c.Add(from, d1+d2); err != nil || !both.Equal(two) && d2 > 0 {
			t.Fatalf("seed %d: %s then %s ends %s, at once %s %v", seed, d1, d2, two, both, err)
		}
		if back, err := c.Between(from, two); err != nil || back != d1+d2 {
			t.Fatalf("seed %d: %s + %s lie %s ahead (%v)", seed, d1, d2, back, err)
		}
	}
}

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func calendar(t testing.TB, table Table, unit bot.UnitID, from, to time.Time) *Calendar {
	t.Helper()
	c, err := table.Calendar(unit, from, to)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func noon(year int, month time.Month, day int) time.Time { return MakeDay(year, month, day).Noon() }
