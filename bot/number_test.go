package bot

import (
	"fmt"
	"testing"
)

func TestTheCheckDigitIsDammsOverYearAndNumber(t *testing.T) {
	if got := damm("1405000123"); got != 7 {
		t.Errorf("the check digit of 1405000123 is %d, want 7 (a Luhn digit would be 0)", got)
	}
	if got := (CaseNumber{1405, 123}).String(); got != "JV-1405-000123-7" {
		t.Error(got)
	}
	if got := damm("572"); got != 4 { // the example of Damm's thesis
		t.Errorf("the check digit of 572 is %d, want 4", got)
	}
}

func TestNoNumberPrintsNothing(t *testing.T) {
	if got := (CaseNumber{}).String(); got != "" {
		t.Error(got)
	}
}

func TestEveryNumberIsReadBackAsItWasPrinted(t *testing.T) {
	for _, year := range []int{1400, 1405, 1499} {
		for _, seq := range []int{1, 9, 10, 123, 99_999, 999_999, 1_000_000, 99_999_999} {
			n := CaseNumber{year, seq}
			if got, ok := ParseCaseNumber(n.String()); !ok || got != n {
				t.Errorf("%s is read as %v, %v", n, got, ok)
			}
		}
	}
}

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for _, s := range []string{
		"JV-1405-000123-7", "jv-1405-000123-7", " JV-1405-000123-7 ", "Jv 1405 000123 7", "JV1405-000123-7", "JV-1405-123-7",
		"1405-000123-7", "1405-123-7", "1405 123 7", "14050001237", "14051237", "JV14050001237", "JV/1405/000123/7",
		"JV_1405_000123_7", "JV - 1405 - 000123 - 7", "JV-1405-0000123-7", "jv\u20131405\u2013000123\u20137", "JV-1405-000123 7",
		"JV-1405000123-7",
	} {
		if got, ok := ParseCaseNumber(s); !ok || got != (CaseNumber{1405, 123}) {
			t.Errorf("%q is read as %v, %v", s, got, ok)
		}
	}
}

func TestWhatIsNoNumberIsRefused(t *testing.T) {
	for _, s := range []string{
		"", "JV", "JV-1405-000123", "JV-1405-000123-8", "JV-1405-000000-0", "1405", "12345", "JV-405-000123-7", "JV-14050-00123-7",
		"JV-1405-12a-7", "JV-1405-000123-77", "JV-1405-000123-x", "JV-1405-1234567890123-7", "JX-1405-000123-7",
		"JV-+405-000123-7", "JV-1405-+123-7", "JV-1405-+00123-7", "JV-1405-000123-+", "1405+001237", "0912 123 4567",
	} {
		if got, ok := ParseCaseNumber(s); ok {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

func TestNoSlipOfOneDigitNamesAnotherCase(t *testing.T) {
	everyTenth(func(printed string) {
		for i := range printed {
			for d := byte('0'); d <= '9'; d++ {
				if slip := printed[:i] + string(d) + printed[i+1:]; slip != printed && accepted(slip) {
					t.Errorf("%s is accepted for %s", slip, printed)
				}
			}
		}
	})
}

func TestNoSwapOfNeighboursNamesAnotherCase(t *testing.T) {
	everyTenth(func(printed string) {
		for i := range len(printed) - 1 {
			swap := printed[:i] + string(printed[i+1]) + string(printed[i]) + printed[i+2:]
			if swap != printed && accepted(swap) {
				t.Errorf("%s is accepted for %s", swap, printed)
			}
		}
	})
}

// everyTenth hands over printed numbers without their dashes.
func everyTenth(try func(string)) {
	for seq := 3; seq < 2000; seq += 10 {
		n := CaseNumber{1405, seq}
		try(fmt.Sprintf("%04d%06d%d", n.Year, n.Seq, n.check()))
	}
}

func accepted(digits string) bool {
	_, ok := ParseCaseNumber(digits)
	return ok
}

func FuzzParseCaseNumber(f *testing.F) {
	f.Add("JV-1405-000123-7")
	f.Add("1405 +12 3")
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseCaseNumber(s)
		if !ok {
			return
		}
		if again, ok := ParseCaseNumber(n.String()); !ok || again != n {
			t.Fatalf("%q is read as %v, which prints %s", s, n, n)
		}
	})
}
