package report

import (
	"testing"
	"time"

	"javab/bot"
	"javab/locales/text"
)

func TestAMonthIsReadInAnyDigitsAndWrittenBack(t *testing.T) {
	for written, want := range map[string]Month{"1405-08": {1405, 8}, " 1405-8 ": {1405, 8}, "\u06F1\u06F4\u06F0\u06F5-\u06F1\u06F2": {1405, 12}} {
		if got, err := ParseMonth(written); err != nil || got != want {
			t.Errorf("%q is %v, %v", written, got, err)
		}
	}
	if s := (Month{1405, 8}).String(); s != "1405-08" {
		t.Errorf("written %s", s)
	}
	for _, bad := range []string{"", "1405", "1405-13", "1405-00", "2026-11", "1405-08-30", "x-y"} {
		if _, err := ParseMonth(bad); bot.KindOf(err) != bot.Invalid {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
}

func TestAPeriodIsOneMonthOrSomeInARow(t *testing.T) {
	for written, want := range map[string]Period{
		"":                 aban,
		"1405-08":          aban,
		"1405-01..1405-12": {Month{1405, 1}, Month{1405, 12}},
		"1404-12..1405-01": {Month{1404, 12}, Month{1405, 1}},
	} {
		if got, err := ParsePeriod(written, noon); err != nil || got != want {
			t.Errorf("%q is %v, %v", written, got, err)
		}
		if back, err := ParsePeriod(want.String(), noon); err != nil || back != want {
			t.Errorf("%v is read back as %v, %v", want, back, err)
		}
	}
	for _, bad := range []string{"1405-08..1405-07", "1404-01..1405-01", "1405-08..", "1405-08..1405-09..1405-10"} {
		if _, err := ParsePeriod(bad, noon); bot.KindOf(err) != bot.Invalid {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
}

func TestAMonthBeginsAtMidnightInTehran(t *testing.T) {
	from, to := aban.From(), aban.To()
	if want := time.Date(2026, time.October, 23, 0, 0, 0, 0, text.Tehran()); !from.Equal(want) {
		t.Errorf("begins %s", from)
	}
	if want := time.Date(2026, time.November, 22, 0, 0, 0, 0, text.Tehran()); !to.Equal(want) {
		t.Errorf("is over %s", to)
	}
	if !aban.Has(from) || aban.Has(to) || aban.Has(time.Time{}) || !aban.Has(to.Add(-1)) {
		t.Error("the ends of the month are elsewhere")
	}
	if m := MonthOf(time.Date(2026, time.November, 21, 21, 0, 0, 0, time.UTC)); m != (Month{1405, 9}) {
		t.Errorf("half past midnight of the first of Azar is %v", m)
	}
}

func TestThePeriodBeforeIsAsLong(t *testing.T) {
	quarter := Period{Month{1405, 1}, Month{1405, 3}}
	if got := quarter.Before(); got != (Period{Month{1404, 10}, Month{1404, 12}}) {
		t.Errorf("before: %v", got)
	}
	if got := quarter.After(); got != (Period{Month{1405, 4}, Month{1405, 6}}) {
		t.Errorf("after: %v", got)
	}
	if !quarter.From().Equal(quarter.Before().To()) {
		t.Error("there is a gap between them")
	}
}
