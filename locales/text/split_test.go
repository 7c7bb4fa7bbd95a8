package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"javab/bot"
)

func TestLengthIsCountedAsMessengersDo(t *testing.T) {
	if n := Len16("a\u0628\U0001F600"); n != 4 {
		t.Errorf("%d units", n)
	}
}

func TestAShortTextStaysWhole(t *testing.T) {
	if got := Split(bot.En, "hello", 10); !slices.Equal(got, []string{"hello"}) {
		t.Errorf("%q", got)
	}
}

func TestTextsAreCutAtTheBestPlace(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"between paragraphs", "One. Two.\nthree\n\nfour five six", []string{"One. Two.\nthree", "four five six"}},
		{"between lines", "One. Two.\nthree four five six", []string{"One. Two.", "three four five six"}},
		{"between sentences", "One two. Three four five six", []string{"One two.", "Three four five six"}},
		{"between words", "one two three four five six", []string{"one two three four", "five six"}},
		{"anywhere, when it must be", "abcdefghijklmnopqrstuvwxyz", []string{"abcdefghijklmnopqrs", "tuvwxyz"}},
		{"never inside a character", strings.Repeat("\U0001F600", 12), []string{strings.Repeat("\U0001F600", 9), strings.Repeat("\U0001F600", 3)}},
		{"never inside an isolate", "one two " + LRI + "0912 123 4567 8" + PDI, []string{"one two", LRI + "0912 123 4567 8" + PDI}},
	} {
		if got := Split(bot.En, c.text, 20); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAnIsolateLongerThanAMessageIsClosedAndOpenedAgain(t *testing.T) {
	pieces := Split(bot.Fa, Isolate(strings.Repeat("long words ", 20)), 50)
	if len(pieces) < 5 {
		t.Fatalf("%q", pieces)
	}
	for _, piece := range pieces {
		if !Balanced(piece) || Len16(piece) > 50 {
			t.Errorf("%q", piece)
		}
	}
}

func TestStylesSurviveACut(t *testing.T) {
	pieces := SplitSegments(bot.En, []bot.Segment{{Text: "one two three "}, {Text: "JV-1405-000123-7", Style: bot.Code}, {Text: " is your number"}}, 24)
	want := [][]bot.Segment{
		{{Text: "one two three"}},
		{{Text: "JV-1405-000123-7", Style: bot.Code}, {Text: " is"}},
		{{Text: "your number"}},
	}
	if !slices.EqualFunc(pieces, want, slices.Equal) {
		t.Errorf("%q", pieces)
	}
}

func FuzzPiecesFitAndLoseNothing(f *testing.F) {
	f.Add(strings.Repeat(loadCases(f).Long, 3), "value of x", 40)
	f.Add("\U0001F600\U0001F600\n\n\n\U0001F600", "\u202E", 1)
	f.Fuzz(func(t *testing.T, s, value string, limit int) {
		if limit < 10 || limit > 5000 || !utf8.ValidString(s) || !utf8.ValidString(value) {
			return // not what is asked
		}
		whole := Unmark(s) + Isolate(value) + Unmark(s)
		var kept string
		for _, piece := range Split(bot.Fa, whole, limit) {
			if Len16(piece) > limit || !Balanced(piece) || !utf8.ValidString(piece) || piece == "" {
				t.Fatalf("a piece of %q is %q", whole, piece)
			}
			kept += piece
		}
		if a, b := bare(kept), bare(whole); a != b {
			t.Fatalf("%q became %q", b, a)
		}
	})
}

func bare(s string) string {
	return strings.NewReplacer(" ", "", "\n", "").Replace(Unmark(s))
}
