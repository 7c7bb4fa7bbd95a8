package text

import (
	"errors"
	"testing"
	"time"

	"javab/bot"
)

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range loadCases(t).Dates {
		d, sure, err := (DateReader{Lang: c.Lang, Now: afternoon.In(Tehran())}).Read(c.Said)
		if err != nil {
			t.Errorf("%s %q: %v", c.Lang, c.Said, err)
			continue
		}
		if g, _ := d.In(Gregorian); g.String() != c.Want || sure != c.Sure {
			t.Errorf("%s %q was read as %v, sure %v", c.Lang, c.Said, g, sure)
		}
	}
}

func TestWhatIsNoDateIsNotGuessedAt(t *testing.T) {
	why := map[string]error{"day": ErrNoSuchDay, "year": ErrShortYear, "not": ErrNotADate}
	for _, c := range loadCases(t).NotDates {
		if d, _, err := (DateReader{Lang: bot.Fa, Now: afternoon}).Read(c.Said); !errors.Is(err, why[c.Why]) {
			t.Errorf("%q was read as %v, %v", c.Said, d, err)
		}
	}
}

func TestAYearThatFitsTwoCalendarsIsThatOfTheLanguageAndUnsure(t *testing.T) {
	for lang, want := range map[bot.Lang]Calendar{bot.Fa: Jalali, bot.Ar: Hijri, bot.En: Jalali} {
		d, sure, err := (DateReader{Lang: lang, Now: afternoon, Back: 100}).Read("1400/05/05")
		if err != nil || d.Calendar != want || sure {
			t.Errorf("%s: %v %v %v", lang, d, sure, err)
		}
	}
}

func TestADayThatItsCalendarLacksIsNotMovedToTheOther(t *testing.T) {
	d, _, err := DateReader{Lang: bot.Fa, Now: afternoon, Back: 100}.Read("1404/12/30") // a Hijri day of 1984
	if !errors.Is(err, ErrNoSuchDay) {
		t.Errorf("%v %v", d, err)
	}
}

func TestADayOfThisYearIsInReachWhenOnlyThePastIs(t *testing.T) {
	newYear := time.Date(2026, 3, 25, 9, 0, 0, 0, Tehran())
	d, sure, err := DateReader{Lang: bot.Fa, Now: newYear, Back: 25}.Read("1405/01/03")
	if err != nil || d.Calendar != Jalali || !sure {
		t.Errorf("%v %v %v", d, sure, err)
	}
}

func TestNoMonthHasTheNameOfAnother(t *testing.T) {
	seen := map[string]namedMonth{}
	add := func(name string, month namedMonth) {
		key := Squeeze(Fold(name))
		if before, ok := seen[key]; ok && before != month {
			t.Errorf("%q is %v and %v", name, before, month)
		}
		if filler[key] || key == "" {
			t.Errorf("%q is dropped as a small word", name)
		}
		seen[key] = month
	}
	for lang, n := range namesOf {
		if n.Weekdays[6] == "" {
			t.Errorf("%s has no Saturday", lang)
		}
		for calendar, months := range n.Months {
			for i, name := range months {
				add(name, namedMonth{calendar, i + 1})
			}
		}
	}
	for key, month := range monthOf {
		add(key, month)
	}
}

func FuzzDates(f *testing.F) {
	for _, c := range loadCases(f).Dates {
		f.Add(c.Said, string(c.Lang))
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		d, _, err := (DateReader{Lang: bot.Lang(lang), Now: afternoon}).Read(s)
		if err == nil && !d.Valid() {
			t.Fatalf("%q was read as %v", s, d)
		}
	})
}

func BenchmarkReadDate(b *testing.B) {
	said := loadCases(b).Dates[2].Said
	r := DateReader{Lang: bot.Fa, Now: time.Date(2026, 11, 21, 0, 0, 0, 0, Tehran())}
	for b.Loop() {
		_, _, _ = r.Read(said)
	}
}
