package worktime

import (
	"errors"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// chamber is the default working time from October 2026 to the end of 2028, with rows of the test's own.
func chamber(t testing.TB, rows ...Holiday) *Book {
	t.Helper()
	from, to := noon(2026, time.October, 1), noon(2028, time.December, 31)
	table, err := Default(from, to)
	if err != nil {
		t.Fatal(err)
	}
	table.Holidays = append(table.Holidays, rows...)
	book, err := table.Book(from, to)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// tehran reads "2026-11-25 15:59" on the wall in Tehran.
func tehran(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, load(t, "Asia/Tehran"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func added(t testing.TB, c *Calendar, at string, d time.Duration) string {
	t.Helper()
	due, err := c.Add(tehran(t, at), d)
	if err != nil {
		t.Fatal(err)
	}
	return due.Format("Mon 2006-01-02 15:04")
}

func TestDeadlinesOfTheChamber(t *testing.T) {
	manual := func(day Day, kind Kind, w Window) Holiday {
		return Holiday{Day: day, Kind: kind, Window: w, Source: ByManual, Confirmed: true}
	}
	wednesday, thursday, saturday := MakeDay(2026, time.November, 25), MakeDay(2026, time.November, 26), MakeDay(2026, time.November, 28)
	afternoon := Window{Clock(12, 0), Clock(24, 0)}
	morning := Window{Clock(8, 0), Clock(12, 0)}
	unconfirmed := manual(saturday, Full, Window{})
	unconfirmed.Confirmed = false
	imported := manual(saturday, Full, Window{})
	imported.Source = ByICS
	for sentence, row := range map[string]struct {
		rows []Holiday
		at   string
		add  time.Duration
		due  string
	}{
		"an hour after Wednesday 15:59 is Saturday 08:59":       {nil, "2026-11-25 15:59", time.Hour, "Sat 2026-11-28 08:59"},
		"the last minute of a day is still that day's":          {nil, "2026-11-25 15:00", time.Hour, "Wed 2026-11-25 16:00"},
		"a promise made at night begins in the morning":         {nil, "2026-11-24 23:10", time.Hour, "Wed 2026-11-25 09:00"},
		"three days are three working days":                     {nil, "2026-11-25 10:00", 24 * time.Hour, "Mon 2026-11-30 10:00"},
		"nothing to wait for is now, even at night":             {nil, "2026-11-26 03:00", 0, "Thu 2026-11-26 03:00"},
		"a closed Saturday moves it to Sunday":                  {[]Holiday{manual(saturday, Full, Window{})}, "2026-11-25 15:59", time.Hour, "Sun 2026-11-29 08:59"},
		"an afternoon closed by decree moves it, too":           {[]Holiday{manual(wednesday, Half, afternoon)}, "2026-11-25 11:30", time.Hour, "Sat 2026-11-28 08:30"},
		"an extra opening on Thursday wins over the week":       {[]Holiday{manual(thursday, Open, morning)}, "2026-11-25 15:59", time.Hour, "Thu 2026-11-26 08:59"},
		"an unconfirmed row does not count":                     {[]Holiday{unconfirmed}, "2026-11-25 15:59", time.Hour, "Sat 2026-11-28 08:59"},
		"crisis work by hand wins over an imported holiday":     {[]Holiday{manual(saturday, Open, morning), imported}, "2026-11-25 15:59", time.Hour, "Sat 2026-11-28 08:59"},
		"29 Esfand and four days of Nowruz are skipped by rule": {nil, "2027-03-17 15:00", 10 * time.Hour, "Sun 2027-03-28 09:00"},
	} {
		t.Run(sentence, func(t *testing.T) {
			if due := added(t, chamber(t, row.rows...).For(""), row.at, row.add); due != row.due {
				t.Errorf("%s + %s is due %s, want %s", row.at, row.add, due, row.due)
			}
		})
	}
}

func TestOvertimeOfOneUnitRunsOnlyItsClock(t *testing.T) {
	overtime := Holiday{Day: MakeDay(2026, time.November, 26), Unit: "finance", Kind: Open, Window: Window{Clock(8, 0), Clock(12, 0)}, Source: ByManual, Confirmed: true}
	book := chamber(t, overtime)
	if due := added(t, book.For("finance"), "2026-11-25 15:59", time.Hour); due != "Thu 2026-11-26 08:59" {
		t.Errorf("finance is due %s", due)
	}
	if due := added(t, book.For("it_support"), "2026-11-25 15:59", time.Hour); due != "Sat 2026-11-28 08:59" {
		t.Errorf("another unit is due %s", due)
	}
}

func TestAWeeklyTableHoldsFromItsFirstToItsLastDay(t *testing.T) {
	day := func(w ...Window) (open [7][]Window) {
		for i := range open {
			open[i] = w
		}
		return open
	}
	full, summer := Window{Clock(8, 0), Clock(16, 0)}, Window{Clock(7, 0), Clock(13, 0)}
	table := Table{Zone: time.UTC, Weeks: []Week{
		{Open: day(full)},
		{From: MakeDay(2026, time.July, 1), Until: MakeDay(2026, time.July, 2), Open: day(summer)},
		{Unit: "finance", Open: day(Window{Clock(8, 0), Clock(9, 0)}, Window{Clock(10, 0), Clock(11, 0)})},
	}}
	book, err := table.Book(noon(2026, time.June, 1), noon(2026, time.August, 1))
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[Day]time.Duration{MakeDay(2026, time.June, 30): 8 * time.Hour, MakeDay(2026, time.July, 1): 6 * time.Hour, MakeDay(2026, time.July, 2): 6 * time.Hour, MakeDay(2026, time.July, 3): 8 * time.Hour} {
		midnight := date.Noon().Add(-12 * time.Hour)
		if got, err := book.For("").Between(midnight, midnight.Add(24*time.Hour)); err != nil || got != want {
			t.Errorf("%s has %s of work, want %s (%v)", date, got, want, err)
		}
		if got, err := book.For("finance").Between(midnight, midnight.Add(24*time.Hour)); err != nil || got != 2*time.Hour {
			t.Errorf("finance works %s on %s, by its own table it is 2h (%v)", got, date, err)
		}
	}
}

func TestAMidnightThatNeverWasMakesNoDifference(t *testing.T) {
	zone := load(t, "Asia/Tehran")
	var open [7][]Window
	for i := range open {
		open[i] = []Window{{0, Clock(2, 0)}}
	}
	c := calendar(t, Table{Zone: zone, Weeks: []Week{{Open: open}}}, "", noon(2022, time.March, 20), noon(2022, time.March, 24))
	opening, err := c.NextOpening(noon(2022, time.March, 21))
	if err != nil || opening.Format("2006-01-02 15:04") != "2022-03-22 01:00" {
		t.Errorf("the night of the leap opens %s (%v), want 01:00, the first minute of that day", opening, err)
	}
	if worked, err := c.Between(noon(2022, time.March, 21), noon(2022, time.March, 22)); err != nil || worked != time.Hour {
		t.Errorf("two hours of which one was leapt are %s (%v)", worked, err)
	}
}

func TestAClosureOfAnyLengthEnds(t *testing.T) {
	var rows []Holiday
	for day := MakeDay(2026, time.November, 28); day < MakeDay(2028, time.November, 1); day++ {
		rows = append(rows, Holiday{Day: day, Kind: Full, Source: ByManual, Confirmed: true})
	}
	if due := added(t, chamber(t, rows...).For(""), "2026-11-25 15:59", time.Hour); due != "Wed 2028-11-01 08:59" {
		t.Errorf("after two years of closure due %s", due)
	}
}

func TestBeyondTheHorizonIsAnErrorThatSaysSo(t *testing.T) {
	never := calendar(t, Table{Zone: time.UTC}, "", noon(2026, 1, 1), noon(2027, 1, 1))
	_, addErr := never.Add(noon(2026, 2, 1), time.Minute)
	_, openErr := never.NextOpening(noon(2026, 2, 1))
	_, closeErr := never.NextClosing(noon(2026, 2, 1))
	_, betweenErr := never.Between(noon(2026, 2, 1), noon(2027, 2, 1))
	_, explainErr := never.Explain(noon(2025, 2, 1), noon(2026, 2, 1))
	for _, err := range []error{addErr, openErr, closeErr, betweenErr, explainErr} {
		if !errors.Is(err, ErrHorizon) || !strings.Contains(err.Error(), "2027-01-01") {
			t.Errorf("%v does not say where the calendar ends", err)
		}
	}
	if never.Open(noon(2026, 2, 1)) || never.Open(noon(2029, 1, 1)) {
		t.Error("a table without hours is open")
	}
	if worked, err := never.Between(noon(2026, 2, 1), noon(2026, 3, 1)); worked != 0 || err != nil {
		t.Errorf("a closed month has %s of work (%v)", worked, err)
	}
}

func TestWorkingTimeNeverRunsBackwards(t *testing.T) {
	c := chamber(t).For("")
	a, b := tehran(t, "2026-11-24 10:00"), tehran(t, "2026-11-25 09:00")
	if _, err := c.Add(a, -time.Hour); err == nil {
		t.Error("a negative promise was counted")
	}
	forth, err1 := c.Between(a, b)
	back, err2 := c.Between(b, a)
	if err1 != nil || err2 != nil || forth != 7*time.Hour || back != -forth {
		t.Errorf("between is %s there and %s back", forth, back)
	}
}

func TestTheDeskSaysWhenItOpensAndCloses(t *testing.T) {
	c := chamber(t).For("")
	for at, want := range map[string][2]string{
		"2026-11-25 15:59": {"2026-11-25 15:59", "2026-11-25 16:00"},
		"2026-11-25 16:00": {"2026-11-28 08:00", "2026-11-28 16:00"},
		"2026-11-28 07:59": {"2026-11-28 08:00", "2026-11-28 16:00"},
	} {
		opening, err1 := c.NextOpening(tehran(t, at))
		closing, err2 := c.NextClosing(tehran(t, at))
		if err1 != nil || err2 != nil || !opening.Equal(tehran(t, want[0])) || !closing.Equal(tehran(t, want[1])) {
			t.Errorf("at %s it opens %s and closes %s, want %v", at, opening, closing, want)
		}
	}
	if c.Open(tehran(t, "2026-11-25 16:00")) || !c.Open(tehran(t, "2026-11-25 08:00")) {
		t.Error("a window has its first minute and not the one after its last")
	}
}

func TestADeadlineIsExplained(t *testing.T) {
	pollution := Holiday{Day: MakeDay(2026, time.November, 28), Kind: Full, Name: bot.Text{En: "Air pollution"}, Source: ByManual, Confirmed: true}
	stretches, err := chamber(t, pollution).For("").Explain(tehran(t, "2026-11-25 15:59"), tehran(t, "2026-11-29 08:59"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range stretches {
		got = append(got, strings.TrimSpace(s.From.Format("Mon 15:04")+" "+string(s.Reason)+" "+s.Name.En))
	}
	want := "Wed 15:59 worked, Wed 16:00 night, Thu 00:00 weekend, Sat 00:00 holiday Air pollution, Sun 00:00 night, Sun 08:00 worked"
	if strings.Join(got, ", ") != want {
		t.Errorf("the explanation is\n%s, want\n%s", strings.Join(got, ", "), want)
	}
}

func TestAMiddayPauseIsABreakAndNotANight(t *testing.T) {
	var week Week
	week.Open[time.Monday] = []Window{{Clock(8, 0), Clock(12, 0)}, {Clock(13, 0), Clock(17, 0)}}
	c := calendar(t, Table{Zone: time.UTC, Weeks: []Week{week}}, "", noon(2026, 11, 1), noon(2026, 12, 1))
	stretches, err := c.Explain(noon(2026, 11, 23).Add(-time.Hour), noon(2026, 11, 23).Add(2*time.Hour))
	if err != nil || len(stretches) != 3 || stretches[1].Reason != Break {
		t.Errorf("the pause is told as %v (%v)", stretches, err)
	}
}

func BenchmarkAddAMonth(b *testing.B) {
	c := chamber(b).For("")
	at := tehran(b, "2026-11-25 15:59")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Add(at, 176*time.Hour); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCalendarOfEightYears(b *testing.B) {
	table, err := Default(noon(2024, 1, 1), noon(2032, 1, 1))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := table.Calendar("", noon(2024, 1, 1), noon(2032, 1, 1)); err != nil {
			b.Fatal(err)
		}
	}
}
