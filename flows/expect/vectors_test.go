package expect

import "testing"

// vectors are the test vectors that the facts share with every implementation.
type vectors struct {
	NationalID struct {
		Valid   []string
		Padded  map[string]string `yaml:"valid_after_padding"`
		Scripts []string          `yaml:"same_id_other_scripts"`
		Invalid []string
	} `yaml:"national_id"`
	LegalID    struct{ Valid, Invalid []string } `yaml:"legal_id"`
	EconomicNo struct {
		Legal, Natural, Invalid []string
		Obsolete                []string `yaml:"obsolete_12_digits"`
	} `yaml:"economic_no"`
	Mobile      map[string][]string                    `yaml:"mobile_ir"`
	LibraryOnly []string                               `yaml:"mobile_ir_library_only_invalid"`
	Other       []string                               `yaml:"mobile_other_valid"`
	Postal      struct{ Valid, Refuse, Warn []string } `yaml:"postal_ir"`
}

func loadVectors(t *testing.T) vectors { return load[vectors](t, "testdata/vectors.yaml") }

func TestNationalIDs(t *testing.T) {
	v := loadVectors(t).NationalID
	for _, id := range v.Valid {
		if got := said(t, NationalID, id); got != good(id) {
			t.Errorf("%s: %+v", id, got)
		}
	}
	for _, id := range v.Scripts {
		if got := said(t, NationalID, id); got != good("0499370899") {
			t.Errorf("%s: %+v", id, got)
		}
	}
	for id, want := range v.Padded {
		if got := said(t, NationalID, id); got != unusual(want, hintNationalZeros) {
			t.Errorf("%s: %+v", id, got)
		}
	}
	for _, id := range v.Invalid {
		if got := said(t, NationalID, id); got.Value != "" || got.Hint == "" {
			t.Errorf("%q: %+v", id, got)
		}
	}
	if len(v.Valid)*len(v.Scripts)*len(v.Padded)*len(v.Invalid) == 0 {
		t.Fatal("vectors are missing")
	}
}

func TestLegalIDs(t *testing.T) {
	v := loadVectors(t).LegalID
	for _, id := range v.Valid {
		if got := said(t, LegalID, id); got != good("10380284790") {
			t.Errorf("%s: %+v", id, got)
		}
	}
	for _, id := range v.Invalid {
		got := said(t, LegalID, id)
		want := unusual(id, hintLegalCheck)
		if len(id) != 11 {
			want = refuse(hintLegalID)
		}
		if got != want {
			t.Errorf("%s: %+v", id, got)
		}
	}
}

func TestEconomicNumbers(t *testing.T) {
	v := loadVectors(t).EconomicNo
	for _, no := range append(v.Legal, v.Natural...) {
		if got := said(t, EconomicNo, no); got != good(no) {
			t.Errorf("%s: %+v", no, got)
		}
	}
	for _, no := range v.Invalid {
		if got := said(t, EconomicNo, no); got != refuse(hintEconomicNo) {
			t.Errorf("%s: %+v", no, got)
		}
	}
	for _, no := range v.Obsolete {
		if got := said(t, EconomicNo, no); got != refuse(hintEconomicOld) {
			t.Errorf("%s: %+v", no, got)
		}
	}
	if got := said(t, EconomicNo, "12345678901234"); !got.Confirm {
		t.Errorf("a foreigner's number: %+v", got)
	}
}

func TestMobileNumbers(t *testing.T) {
	v := loadVectors(t)
	for want, forms := range v.Mobile {
		for _, form := range forms {
			got := said(t, Phone, form)
			if want == "invalid" && got.Value != "" || want != "invalid" && got != good(want) {
				t.Errorf("%q: %+v, want %s", form, got, want)
			}
		}
	}
	for _, number := range v.LibraryOnly {
		if got := said(t, Phone, number); got.Value != "" {
			t.Errorf("%s: %+v", number, got)
		}
	}
	for _, number := range v.Other {
		if got := said(t, Phone, number); got != good(number) {
			t.Errorf("%s: %+v", number, got)
		}
	}
}

func TestPostalCodes(t *testing.T) {
	v := loadVectors(t).Postal
	want := []string{"1137719411", "1619735744", "1619735744"}
	for i, code := range v.Valid {
		if got := said(t, PostalCode, code); got != good(want[i]) {
			t.Errorf("%s: %+v", code, got)
		}
	}
	for _, code := range v.Refuse {
		if got := said(t, PostalCode, code); got != refuse(hintPostalCode) {
			t.Errorf("%s: %+v", code, got)
		}
	}
	for _, code := range v.Warn {
		if got := said(t, PostalCode, code); got != unusual(code, hintPostalConfirm) {
			t.Errorf("%s: %+v", code, got)
		}
	}
}
