package text

import (
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"javab/bot"
)

type amounts struct {
	Amounts []struct {
		Text  string
		Found []string
	}
	Phrases []struct {
		List  []string
		Text  string
		Found []string
	}
}

func amountsRead(t *testing.T) (a amounts) {
	t.Helper()
	src, err := os.ReadFile("testdata/amounts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(src, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestNumbersAreReadInFiguresAndInWords(t *testing.T) {
	for _, row := range amountsRead(t).Amounts {
		got := []string{}
		for _, a := range Amounts(Words(row.Text)) {
			value := "?"
			if a.Value != nil {
				value = strings.TrimSuffix(strings.TrimRight(a.Value.FloatString(3), "0"), ".")
			}
			got = append(got, value+" "+a.Currency)
		}
		if !slices.Equal(got, row.Found) {
			t.Errorf("%s: %q, want %q", row.Text, got, row.Found)
		}
	}
}

func TestPhrasesAreFoundWordByWord(t *testing.T) {
	for _, row := range amountsRead(t).Phrases {
		words := Words(row.Text)
		p := NewPhrases(map[bot.Lang][]string{bot.Fa: row.List})
		got := []string{}
		for _, span := range p.Find(words) {
			got = append(got, row.Text[words[span.First].From:words[span.Last].To])
		}
		if !slices.Equal(got, row.Found) || p.In(words) != (len(got) > 0) {
			t.Errorf("%q in %q: %q, want %q", row.List, row.Text, got, row.Found)
		}
	}
	if (Phrases{}).In(Words("anything")) {
		t.Error("no phrases are found")
	}
}

func TestATomanIsTenRials(t *testing.T) {
	of := func(n int64, currency string) Amount { return Amount{Value: big.NewRat(n, 1), Currency: currency} }
	for _, row := range []struct {
		a, b Amount
		want bool
	}{
		{of(3, Toman), of(30, Rial), true},
		{of(3, Toman), of(3, Toman), true},
		{of(3, Toman), of(3, Rial), false},
		{of(3, "USD"), of(3, "EUR"), false},
		{of(3, Rial), Amount{Currency: Rial}, false},
	} {
		if row.a.Same(row.b) != row.want || row.b.Same(row.a) != row.want {
			t.Errorf("%v and %v: %v", row.a, row.b, !row.want)
		}
	}
}

func TestWordsKnowWhereTheyStandAndWhereSentencesEnd(t *testing.T) {
	for text, want := range map[string]string{
		"Hello, it is 5. Bye":      "hello~|it|is|#5!|bye",
		"500k; A4\nB":              "#500|k!|a|#4!|b",
		"\u200f\u0661\u066c\u0662": "#1,2",
		"(a) - b":                  "a~|b",
		"\u200f\u064b ...":         "",
	} {
		var got []string
		for _, w := range Words(text) {
			key := w.Key
			if w.Figure {
				key = "#" + key
			}
			switch {
			case w.End:
				key += "!"
			case w.Pause:
				key += "~"
			}
			if w.From >= w.To || w.To > len(text) {
				t.Errorf("%q: %+v", text, w)
			}
			got = append(got, key)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %s, want %s", text, strings.Join(got, "|"), want)
		}
	}
}

func FuzzAmountsStayWithinTheText(f *testing.F) {
	f.Add("2.5 million rials")
	f.Fuzz(func(t *testing.T, s string) {
		words := Words(s)
		last := -1
		for _, a := range Amounts(words) {
			if a.First <= last || a.Last < a.First || a.Last >= len(words) {
				t.Errorf("%q: %+v after %d", s, a, last)
			}
			last = a.Last
		}
	})
}
