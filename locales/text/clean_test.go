package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"javab/bot"
)

func TestDigitsOfThreeScriptsBecomeASCII(t *testing.T) {
	if got := Digits("\u06F1\u06F2\u0663\u0664 5x"); got != "1234 5x" {
		t.Error(got)
	}
}

func TestANumberIsReadHoweverItIsGrouped(t *testing.T) {
	for _, said := range []string{"0499370899", "049-937089-9", " 049 937 0899 ", "\u200E0499\u200C370899", "049\u2013937089\u22129"} {
		if got, ok := OnlyDigits(said); !ok || got != "0499370899" {
			t.Errorf("%q reads %q %v", said, got, ok)
		}
	}
}

func TestOtherLettersInANumberAreRefusedNotDropped(t *testing.T) {
	for _, said := range []string{"", " - ", "12x", "12.5", "1,000", "\u0967"} {
		if got, ok := OnlyDigits(said); ok {
			t.Errorf("%q was read as %q", said, got)
		}
	}
}

func TestCleanKeepsTextAndDropsControls(t *testing.T) {
	for said, want := range map[string]string{
		"a\x00b\x07c\x7F":   "abc",
		"a\r\nb\rc\n":       "a\nb\nc\n",
		"tab\tstays":        "tab\tstays",
		"bad\xFFbyte":       "badbyte",
		"a\u0085b":          "ab",
		"zwnj\u200Cstays":   "zwnj\u200Cstays",
		"\U0001F600 \u200F": "\U0001F600 \u200F",
	} {
		if got := Clean(said); got != want {
			t.Errorf("Clean(%q) = %q, want %q", said, got, want)
		}
	}
}

func TestNamesAreStoredAsTheyAreWrittenWithTheLettersOfTheirLanguage(t *testing.T) {
	for _, c := range loadCases(t).Names {
		if got := Name(c.Lang, c.Said); got != c.Want {
			t.Errorf("%q is stored as %q, want %q", c.Said, got, c.Want)
		}
	}
}

func TestAFileNameNamesNoPlaceAndTurnsNoLine(t *testing.T) {
	for said, want := range map[string]string{
		"invoice.pdf":                  "invoice.pdf",
		"../../etc/passwd":             "passwd",
		`C:\users\me\card.jpg`:         "card.jpg",
		"..":                           "",
		"":                             "",
		"/":                            "",
		"photo\u202Egpj.exe":           "photogpj.exe",
		"a\x00b\nc.txt":                "ab c.txt",
		`C:evil.exe`:                   "C_evil.exe",
		"bill.pdf:hidden":              "bill.pdf_hidden",
		`what? "this" <one>|*.pdf`:     "what_ _this_ _one___.pdf",
		".htaccess":                    "htaccess",
		"bill.exe. .":                  "bill.exe",
		"...":                          "",
		"con.pdf":                      "_con.pdf",
		"LPT1":                         "_LPT1",
		"com10.pdf":                    "com10.pdf",
		"company.pdf":                  "company.pdf",
		"bi\u200Bll\uFEFF.pdf":         "bill.pdf",
		"cafe\u0301.pdf":               "caf\u00E9.pdf",
		"\u0645\u06CC\u200C\u0634.pdf": "\u0645\u06CC\u200C\u0634.pdf",
		strings.Repeat("x", MaxFileName-1) + " and more": strings.Repeat("x", MaxFileName-1),
		strings.Repeat("x", 200) + ".pdf":                strings.Repeat("x", MaxFileName-4) + ".pdf",
	} {
		if got := FileName(said); got != want {
			t.Errorf("FileName(%q) = %q, want %q", said, got, want)
		}
	}
}

func FuzzNamesAndFileNames(f *testing.F) {
	f.Add(" x\u202E.pdf", "fa")
	f.Add(strings.Repeat("\u06A9", 100)+".jpg", "ar")
	f.Fuzz(func(t *testing.T, s, lang string) {
		name, file := Name(bot.Lang(lang), s), FileName(s)
		if !utf8.ValidString(name) || !utf8.ValidString(file) || Unmark(name) != name || Unmark(file) != file {
			t.Fatalf("%q became %q and %q", s, name, file)
		}
		if len(file) > MaxFileName || strings.ContainsAny(file, "/\\\n\x00:") || strings.HasPrefix(file, ".") {
			t.Fatalf("%q became the file name %q", s, file)
		}
		if Name(bot.Lang(lang), name) != name {
			t.Fatalf("%q is not stable", name)
		}
	})
}

func TestNearestForgivesOneSlipInThreeLetters(t *testing.T) {
	known := []string{"text", "digits", "national_id", "postal_code"}
	for word, want := range map[string]string{
		"txt": "text", "digit": "digits", "natoinal_id": "national_id", "postalcode": "postal_code", "text": "text",
		"zebra": "", "": "", "x": "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("%q is near %q, want %q", word, got, want)
		}
	}
}
