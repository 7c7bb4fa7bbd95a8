package worktime

import (
	"strings"
	"testing"
	"time"
)

func TestSolarHolidaysFollowTheLeapYear(t *testing.T) {
	zone := load(t, "Asia/Tehran")
	// 1408 is a leap year: 30 Esfand 1408 is 2030-03-20, and Nowruz 2030-03-21.
	table, err := Default(noon(2029, time.March, 1), noon(2030, time.March, 30))
	if err != nil {
		t.Fatal(err)
	}
	var days []string
	for _, h := range table.Holidays {
		days = append(days, h.Day.String())
		if h.Name.Fa == "" || h.Name.Ar == "" || h.Name.En == "" || h.Kind != Full || h.Source != ByRule || !h.Confirmed {
			t.Errorf("the row of %s is incomplete: %+v", h.Day, h)
		}
	}
	want := "2029-03-19 2029-03-20 2029-03-21 2029-03-22 2029-03-23 2029-03-31 2029-04-01 2029-06-03 2029-06-04 2030-02-10 2030-03-19 2030-03-21 2030-03-22 2030-03-23 2030-03-24"
	if got := strings.Join(days, " "); got != want {
		t.Errorf("solar holidays are\n%s, want\n%s", got, want)
	}
	c := calendar(t, table, "", noon(2030, time.March, 1), noon(2030, time.March, 30))
	if !c.Open(time.Date(2030, time.March, 20, 10, 0, 0, 0, zone)) {
		t.Error("30 Esfand is a Wednesday like another and should be worked")
	}
}

func TestTheYearOfACaseIsTheJalaliYear(t *testing.T) {
	for day, want := range map[Day]int{MakeDay(2026, time.March, 20): 1404, MakeDay(2026, time.March, 21): 1405, MakeDay(2026, time.November, 21): 1405} {
		if got := JalaliYear(day); got != want {
			t.Errorf("%s lies in %d, want %d", day, got, want)
		}
	}
}

func TestADayKnowsItsNameAndNeighbours(t *testing.T) {
	for date := MakeDay(1968, time.December, 25); date < MakeDay(1971, time.March, 3); date++ {
		noon := date.Noon()
		if DayOf(noon, time.UTC) != date || date.Weekday() != noon.Weekday() || (date+1).Noon().Sub(noon) != 24*time.Hour {
			t.Fatalf("day %d is %s, a %s", date, noon, date.Weekday())
		}
	}
}

func TestABrokenTableIsRefusedWithASentence(t *testing.T) {
	week := func(w Window) Table {
		var week Week
		week.Open[time.Sunday] = []Window{w}
		return Table{Zone: time.UTC, Weeks: []Week{week}}
	}
	row := func(h Holiday) Table { return Table{Zone: time.UTC, Holidays: []Holiday{h}} }
	for problem, table := range map[string]Table{
		"no time zone":               {},
		"17:00-09:00 is no part":     week(Window{Clock(17, 0), Clock(9, 0)}),
		"23:00-25:00 is no part":     week(Window{Clock(23, 0), Clock(25, 0)}),
		"before it begins":           {Zone: time.UTC, Weeks: []Week{{From: 20, Until: 10}}},
		"unknown kind \"closed\"":    row(Holiday{Kind: "closed", Source: ByRule}),
		"unknown source \"gossip\"":  row(Holiday{Kind: Full, Source: "gossip"}),
		"1970-01-01: 00:00-00:00 is": row(Holiday{Kind: Half, Source: ByManual}),
		"1970-01-21 ends 1970-01-11": row(Holiday{Kind: Full, Source: ByManual, Day: 20, Until: 10}),
	} {
		if _, err := table.Book(noon(2026, 1, 1), noon(2026, 2, 1)); err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("want %q, got %v", problem, err)
		}
	}
}

func TestOpeningHoursAreReadAsPeopleWriteThem(t *testing.T) {
	var w Window
	if err := w.UnmarshalText([]byte("08:30-24:00")); err != nil || w != (Window{Clock(8, 30), Clock(24, 0)}) || w.String() != "08:30-24:00" {
		t.Errorf("read %s (%v)", w, err)
	}
	for _, wrong := range []string{"", "8", "08:00", "16:00-08:00", "08:00-08:00", "08:00-24:30", "a-b"} {
		if err := w.UnmarshalText([]byte(wrong)); err == nil || !strings.Contains(err.Error(), "such as 08:00-16:00") {
			t.Errorf("%q was read as %s (%v)", wrong, w, err)
		}
	}
}
