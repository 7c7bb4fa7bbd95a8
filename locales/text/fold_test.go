package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestTextsThatReadAlikeHaveOneKey(t *testing.T) {
	v := loadVectors(t)
	if len(v.FoldEqual) < 12 {
		t.Fatal("vectors are missing")
	}
	for _, pair := range v.FoldEqual {
		if a, b := Fold(pair[0]), Fold(pair[1]); a != b || a == "" {
			t.Errorf("%q and %q fold to %q and %q", pair[0], pair[1], a, b)
		}
	}
}

func TestTextsThatReadDifferentlyKeepDifferentKeys(t *testing.T) {
	for _, pair := range loadVectors(t).FoldDiffers {
		if Fold(pair[0]) == Fold(pair[1]) {
			t.Errorf("%q and %q fold alike", pair[0], pair[1])
		}
	}
}

func TestAKeyIsWordsWithOneSpaceBetween(t *testing.T) {
	for said, want := range map[string]string{
		"":                             "",
		"  ":                           "",
		"a":                            "a",
		" Hello,   World! ":            "hello world",
		"a  b":                         "a b",
		"caf\u00E9 \u00C5ngstr\u00F6m": "cafe angstrom",
		"\u2066x\u2069\u200Fy":         "xy",
		"\U0001F600 ok \U0001F600":     "ok",
		"\uFF21\uFF11":                 "a1",
		"\u00BD":                       "1 2",
		"\uFEFB":                       "\u0644\u0627",
		"bad\xFFbyte":                  "bad byte",
	} {
		if got := Fold(said); got != want {
			t.Errorf("Fold(%q) = %q, want %q", said, got, want)
		}
	}
}

func TestTheTablesSayWhatTheRuleSays(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		if got, want := Fold("a"+string(r)+"b"), slowFold("a"+string(r)+"b"); got != want {
			t.Errorf("%U: %q, the rule says %q", r, got, want)
		}
	}
}

// slowFold is the rule of the facts, word by word, over the whole text at once.
func slowFold(s string) string {
	key := strings.Map(func(r rune) rune {
		r = unify(r)
		switch {
		case unicode.In(r, unicode.Mn, unicode.Cf), r == tatweel, r == hamza:
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(norm.NFKC.String(s)))
	return strings.Join(strings.Fields(key), " ")
}

func TestFoldingAKeyCostsNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Fold("renew my card 1405") }); n != 0 {
		t.Errorf("%v allocations for a key", n)
	}
	said := loadVectors(t).FoldEqual[0][0]
	if n := testing.AllocsPerRun(100, func() { Fold(said) }); n > 1 {
		t.Errorf("%v allocations for a sentence", n)
	}
}

func TestSqueezedKeysDoNotDependOnHowWordsAreJoined(t *testing.T) {
	if got := Squeeze("a b c"); got != "abc" {
		t.Error(got)
	}
}

func FuzzFold(f *testing.F) {
	for _, pair := range loadVectors(f).FoldEqual {
		f.Add(pair[0])
		f.Add(pair[1])
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := Fold(s)
		if again := Fold(key); again != key {
			t.Fatalf("%q folds to %q, then to %q", s, key, again)
		}
		if !utf8.ValidString(key) || strings.Contains(key, "  ") || strings.TrimSpace(key) != key {
			t.Fatalf("%q is no key", key)
		}
		if utf8.ValidString(s) && slowFold(s) != key {
			t.Fatalf("%q folds to %q, the rule says %q", s, key, slowFold(s))
		}
	})
}

func BenchmarkFold(b *testing.B) {
	long := strings.Repeat(loadCases(b).Long, 4)
	for name, s := range map[string]string{"key": "renew my card 1405", "english": "How do I renew my card?", "persian": loadVectors(b).FoldEqual[0][0], "account": long} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Fold(s)
			}
		})
	}
}
