package text

import (
	"testing"
	"time"
)

func TestDaysHaveTheSameNamesAsInTheVectors(t *testing.T) {
	for _, v := range loadVectors(t).Calendar {
		day, ok := ISODate(v.Gregorian)
		if !ok || day.String() != v.Gregorian {
			t.Fatalf("%s was read as %v", v.Gregorian, day)
		}
		if p, ok := day.In(Jalali); !ok || p.String() != v.Persian {
			t.Errorf("%s is %v, want %s", v.Gregorian, p, v.Persian)
		}
		if h, ok := day.In(Hijri); v.Umalqura != "" && (!ok || h.String() != v.Umalqura) {
			t.Errorf("%s is %v, want %s", v.Gregorian, h, v.Umalqura)
		}
		noon, _ := day.Noon(time.UTC)
		if v.Weekday == "saturday" && noon.Weekday() != time.Saturday {
			t.Errorf("%s is a %s", v.Gregorian, noon.Weekday())
		}
	}
}

func TestEveryDayReturnsFromEveryCalendar(t *testing.T) {
	for day := time.Date(1940, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2077; day = day.AddDate(0, 0, 1) {
		for _, c := range []Calendar{Gregorian, Jalali, Hijri} {
			d, ok := DateOf(c, day)
			if back, valid := d.Noon(time.UTC); !ok || !valid || !back.Equal(day) {
				t.Fatalf("%s in %s is %v, which is %s", day, c, d, back)
			}
		}
	}
}

func TestLeapYearsHaveThirtyDaysInEsfand(t *testing.T) {
	leap := map[int]bool{}
	for _, year := range loadVectors(t).Leap {
		leap[year] = true
	}
	for year := 1321; year <= 1457; year++ {
		if got := (Date{Jalali, year, 12, 30}).Valid(); got != leap[year] {
			t.Errorf("30 Esfand %d exists: %v", year, got)
		}
	}
}

func TestDaysThatDoNotExistAreRefused(t *testing.T) {
	for _, s := range loadVectors(t).Invalid {
		iso, err := splitDate(s)
		if err != nil {
			t.Fatal(err)
		}
		iso.Calendar = Jalali
		if iso.Valid() {
			t.Errorf("%s was accepted", s)
		}
	}
	for _, d := range []Date{
		{Gregorian, 2026, 2, 29},
		{Gregorian, 2026, 0, 1},
		{Gregorian, 2026, 13, 1},
		{Hijri, 1448, 1, 31},
		{Hijri, 1355, 12, 29}, // before the tables
		{Hijri, 1501, 1, 1},
		{Hijri, 0, 1, 1},
		{Jalali, 0, 1, 1},
		{Jalali, 99999, 1, 1},
		{},
	} {
		if d.Valid() {
			t.Errorf("%v was accepted", d)
		}
		if _, ok := d.In(Gregorian); ok {
			t.Errorf("%v was converted", d)
		}
	}
	if _, ok := ISODate("2026-02-29"); ok {
		t.Error("29 February 2026 was accepted")
	}
}

func splitDate(s string) (Date, error) {
	numbers, _ := tokens(s)
	d, _, err := arrange(numbers, namedMonth{})
	return d, err
}

func TestADayBeginsAtMidnightInItsOwnZone(t *testing.T) {
	early := time.Date(2026, 3, 21, 0, 30, 0, 0, Tehran()) // still the 20th in UTC
	if d, _ := DateOf(Jalali, early); d != (Date{Jalali, 1405, 1, 1}) {
		t.Errorf("half past midnight is %v", d)
	}
	if d, _ := DateOf(Hijri, early); d != (Date{Hijri, 1447, 10, 2}) {
		t.Errorf("half past midnight is %v", d)
	}
}

func TestADayWithoutMidnightHasANoon(t *testing.T) {
	noon, ok := Date{Gregorian, 2022, 3, 22}.Noon(Tehran())
	if !ok || noon.Hour() != 12 || noon.Day() != 22 {
		t.Error(noon)
	}
	if _, offset := noon.Zone(); offset != 4*3600+1800 {
		t.Errorf("summer time of 2022 is missing: %d", offset)
	}
}

func TestDatesOutsideTheTablesAreNotHijri(t *testing.T) {
	for _, year := range []int{1900, 2078} {
		if d, ok := DateOf(Hijri, time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)); ok {
			t.Errorf("%d is %v", year, d)
		}
	}
}
