package text

import (
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

func TestATextTellsItsLanguage(t *testing.T) {
	for _, c := range loadCases(t).Languages {
		if g := Detect(c.Said); g.Lang != c.Lang && !c.Loose {
			t.Errorf("%q was taken for %q: %+v", c.Said, g.Lang, g)
		}
	}
}

func TestOnlyClearEvidenceOverrulesTheStoredLanguage(t *testing.T) {
	for _, c := range loadCases(t).Languages {
		for _, stored := range bot.Langs {
			to, changed := Switch(stored, c.Said)
			if want := slices.Contains(c.Switch, stored); changed != want {
				t.Errorf("%s with %q turns to %s: %v, %+v", stored, c.Said, to, changed, Detect(c.Said))
			}
			if changed && !c.Loose && to != c.Lang || !changed && to != stored {
				t.Errorf("%s with %q turns to %s", stored, c.Said, to)
			}
		}
	}
}

func TestTheMessengersLanguageIsAFirstGuess(t *testing.T) {
	for code, want := range map[string]bot.Lang{
		"fa": bot.Fa, "fa-IR": bot.Fa, "prs": bot.Fa, "tg": bot.Fa, "az": bot.Fa, "ku": bot.Fa, "ckb": bot.Fa, "ps": bot.Fa,
		"ar": bot.Ar, "ar_EG": bot.Ar, "AR": bot.Ar, "en": bot.En, "en-US": bot.En,
	} {
		if got, ok := LangOf(code); got != want || !ok {
			t.Errorf("%q is %s %v", code, got, ok)
		}
	}
	for _, code := range []string{"", "zh", "tr", "de", "ur", "he", "farsi"} {
		if got, ok := LangOf(code); ok || got != bot.Fa {
			t.Errorf("%q is %s %v", code, got, ok)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, c := range loadCases(f).Languages {
		f.Add(c.Said)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := Detect(s)
		if g.Sure && g.Lang == "" {
			t.Fatalf("%q: sure of nothing", s)
		}
		if to, changed := Switch(bot.Fa, s); changed && (to == bot.Fa || to != g.Lang) {
			t.Fatalf("%q turns to %s", s, to)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	c := loadCases(b)
	for name, s := range map[string]string{"question": c.Languages[0].Said, "account": strings.Repeat(c.Long, 4), "english": "How do I renew my card?"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Detect(s)
			}
		})
	}
}
