package text

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"

	"javab/bot"
)

func TestValuesKeepTheirOrderInRightToLeftLines(t *testing.T) {
	for _, c := range loadCases(t).Bidi {
		if seen := visual(t, c.Line); !strings.Contains(seen, c.Sees) {
			t.Errorf("%q is seen as %q, want %q in it", c.Line, seen, c.Sees)
		}
	}
}

// visual orders the runs of a right-to-left line as eyes meet them from the left, without the marks.
func visual(t *testing.T, line string) string {
	t.Helper()
	var p bidi.Paragraph
	if _, err := p.SetString(line, bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	var seen strings.Builder
	for i := order.NumRuns() - 1; i >= 0; i-- {
		run := order.Run(i)
		if s := run.String(); run.Direction() == bidi.RightToLeft {
			seen.WriteString(bidi.ReverseString(s))
		} else {
			seen.WriteString(s)
		}
	}
	return Unmark(seen.String())
}

func TestAValueIsFencedOncePerLine(t *testing.T) {
	for said, want := range map[string]string{
		"":                    "",
		"x":                   FSI + "x" + PDI,
		"a\n\nb":              FSI + "a" + PDI + "\n\n" + FSI + "b" + PDI,
		LRI + "021" + PDI:     FSI + "021" + PDI,
		"a" + PDI + "b\u202E": FSI + "ab" + PDI,
	} {
		if got := Isolate(said); got != want {
			t.Errorf("Isolate(%q) = %q, want %q", said, got, want)
		}
	}
	if got := LTR("+98 21"); got != LRI+"+98 21"+PDI {
		t.Error(got)
	}
}

func TestIsolatesThatLeakIntoAnotherLineAreFound(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, "x": true, FSI + "x" + PDI: true, LRI + FSI + "x" + PDI + PDI: true,
		FSI + "x": false, "x" + PDI: false, FSI + "x\n" + PDI: false, PDI + FSI: false,
	} {
		if Balanced(s) != want {
			t.Errorf("Balanced(%q) = %v", s, !want)
		}
	}
}

func TestEveryRightToLeftLineBeginsRightToLeft(t *testing.T) {
	const beh = "\u0628"
	for said, want := range map[string]string{
		"":                      "",
		beh:                     beh,
		"JV-1":                  RLM + "JV-1",
		"1\n" + beh + "\n\n(x)": RLM + "1\n" + beh + "\n\n" + RLM + "(x)",
		FSI + beh + PDI:         RLM + FSI + beh + PDI,
		RLM + "x":               RLM + "x",
	} {
		for _, lang := range []bot.Lang{bot.Fa, bot.Ar} {
			if got := Finish(lang, said); got != want {
				t.Errorf("Finish(%q) = %q, want %q", said, got, want)
			}
		}
		if got := Finish(bot.En, said); got != said {
			t.Errorf("an English text was changed to %q", got)
		}
	}
}

func TestTheMarkBeforeACopiedNumberIsNotCopied(t *testing.T) {
	got := FinishSegments(bot.Fa, []bot.Segment{{Text: "\u0628\n"}, {Text: "JV-1405-000123-7", Style: bot.Code}, {Text: " x\ny"}, {}, {Draft: "description"}, {Text: "\n"}, {Draft: "more"}})
	want := []bot.Segment{{Text: "\u0628\n"}, {Text: RLM}, {Text: "JV-1405-000123-7", Style: bot.Code}, {Text: " x\n" + RLM + "y"}, {Draft: "description"}, {Text: "\n"}, {Text: RLM}, {Draft: "more"}}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if again := FinishSegments(bot.Fa, []bot.Segment{{Text: "x", Style: bot.Bold}}); bot.Outbound.Plain(bot.Outbound{Segments: again}) != Finish(bot.Fa, "x") {
		t.Errorf("segments are finished otherwise than texts: %q", again)
	}
}

func FuzzFinishedTextsAreBalanced(f *testing.F) {
	f.Add("\u0628: {x}\n", "a\u2066\nb\u2069")
	f.Fuzz(func(t *testing.T, around, value string) {
		if !Balanced(around) {
			return // not what is asked
		}
		s := Finish(bot.Fa, around+"\n"+Isolate(value)+"\n"+LTR(value))
		if !Balanced(s) {
			t.Fatalf("%q is not balanced", s)
		}
		if Finish(bot.Fa, s) != s {
			t.Fatalf("%q is not finished", s)
		}
		for line := range strings.SplitSeq(s, "\n") {
			if wantsRLM(line) {
				t.Fatalf("the line %q begins left to right", line)
			}
		}
	})
}
