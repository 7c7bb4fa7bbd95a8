package text

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
)

var afternoon = time.Date(2026, 11, 21, 10, 35, 0, 0, time.UTC) // 14:05 in Tehran

func TestEachLanguageReadsNumbersMoneyAndDatesItsOwnWay(t *testing.T) {
	for lang, want := range loadCases(t).Formats {
		f := For(lang)
		hijri, _ := DateOf(Hijri, afternoon)
		for got, want := range map[string]string{
			f.Decimal("1234567.89"): want.Decimal,
			f.Rials(25_000_000):     want.Rials,
			f.Percent(78):           want.Percent,
			f.ShortDate(afternoon):  want.Short,
			f.Moment(afternoon):     want.Moment,
			f.Long(hijri):           want.Hijri,
		} {
			if got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
}

func TestAMonthIsNamedInItsOwnCalendar(t *testing.T) {
	azar := Date{Jalali, 1405, 9, 30}
	for lang, want := range map[bot.Lang]string{bot.En: "Azar 1405", bot.Ar: "\u0661\u0664\u0660\u0665", bot.Fa: "\u06f1\u06f4\u06f0\u06f5"} {
		f := For(lang)
		if got := f.Month(azar); !strings.HasSuffix(got, want) || !strings.HasPrefix(got, f.MonthName(azar)+" ") || f.MonthName(azar) == "" {
			t.Errorf("%s: %q", lang, got)
		}
	}
	if got := For(bot.En).Month(Date{Gregorian, 2026, 11, 1}); got != "November 2026" || For(bot.Fa).Calendar() != Jalali || For(bot.Ar).Calendar() != Gregorian {
		t.Errorf("November is %q", got)
	}
}

func TestArabicReadersMayAskForLatinDigits(t *testing.T) {
	f := Format{Lang: bot.Ar, Latin: true}
	if got := f.Number(1234567); got != "1,234,567" {
		t.Error(got)
	}
	if got := f.ShortDate(afternoon); got != "2026/11/21" {
		t.Error(got)
	}
	if got := f.Percent(5); got != "5%" {
		t.Error(got)
	}
}

func TestNumbersAreGroupedByThousands(t *testing.T) {
	f := For(bot.En)
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1,000", -1234567: "-1,234,567", 100_000: "100,000"} {
		if got := f.Number(n); got != want {
			t.Errorf("%d is written %q", n, got)
		}
	}
	for _, odd := range []string{"", "x", "1e5", "1.2.3", "--1", "1.x"} {
		if got := f.Decimal(odd); got != odd {
			t.Errorf("%q was written as the number %q", odd, got)
		}
	}
	if got := For(bot.Fa).Number(-5); got != "\u2212\u06F5" {
		t.Error(got)
	}
}

func TestTheArabicClockHasTwelveHours(t *testing.T) {
	for hour, want := range map[int]string{0: "\u0661\u0662:\u0660\u0660 \u0635", 1: "\u0661:\u0660\u0660 \u0635", 12: "\u0661\u0662:\u0660\u0660 \u0645", 23: "\u0661\u0661:\u0660\u0660 \u0645"} {
		at := time.Date(2026, 11, 21, hour, 0, 0, 0, Tehran())
		if got := For(bot.Ar).Time(at); got != want {
			t.Errorf("%d o'clock is %q, want %q", hour, got, want)
		}
	}
	if got := (Format{Lang: bot.En, Zone: time.UTC}).Time(afternoon); got != "10:35" {
		t.Errorf("in UTC it is %s", got)
	}
}

func TestAnUnknownLanguageReadsPersian(t *testing.T) {
	if got, want := For("xx").ShortDate(afternoon), For(bot.Fa).ShortDate(afternoon); got != want {
		t.Error(got)
	}
}

func TestADayThatDoesNotExistIsShownInFigures(t *testing.T) {
	if got := For(bot.En).Long(Date{Gregorian, 2026, 2, 30}); got != "2026-02-30" {
		t.Error(got)
	}
}
