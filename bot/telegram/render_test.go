package telegram

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"javab/bot"
	"javab/locales/text"
)

func TestPlainTextIsSentWithoutAParseMode(t *testing.T) {
	d := Telegram()
	if got, mode := d.render([]bot.Segment{{Text: "a <b>"}, {Text: "& c"}}); got != "a <b>& c" || mode != "" {
		t.Errorf("%q as %q", got, mode)
	}
}

func TestStyledTextIsEscapedAndMarksOfDirectionStandOutsideOfIt(t *testing.T) {
	d := Telegram()
	got, mode := d.render([]bot.Segment{{Text: "\u200F<&>"}, {Text: "\u2066JV-1\u2069", Style: bot.Code}, {Text: "x&", Style: bot.Bold}})
	if want := "\u200F&lt;&amp;&gt;\u2066<code>JV-1</code>\u2069<b>x&amp;</b>"; got != want || mode != "HTML" {
		t.Errorf("%q as %q, want %q", got, mode, want)
	}
}

// paragraphs is a text whose values are isolated, n paragraphs long.
func paragraphs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Paragraph %d of the text, due on %s.\nIts second line.\n\n", i, text.LTR("1405/08/30"))
	}
	return b.String()
}

func TestALongTextIsCutBetweenParagraphs(t *testing.T) {
	whole := paragraphs(200)
	parts := split([]bot.Segment{{Text: whole}}, maxText)
	if len(parts) < 3 {
		t.Fatalf("%d parts", len(parts))
	}
	for i, p := range parts {
		s := plain(p)
		if units(s) > maxText || !strings.HasPrefix(s, "Paragraph") || !text.Balanced(s) {
			t.Errorf("part %d: %d units, begins %q", i, units(s), s[:20])
		}
		if i < len(parts)-1 && !strings.HasSuffix(s, "second line.") {
			t.Errorf("part %d ends %q", i, s[len(s)-20:])
		}
	}
}

func TestAnIsolatedValueLongerThanAMessageIsClosedAndOpenedAgain(t *testing.T) {
	parts := split([]bot.Segment{{Text: "You wrote: " + text.Isolate(strings.Repeat("word and word ", 700))}}, maxText)
	if len(parts) != 3 {
		t.Fatalf("%d parts", len(parts))
	}
	for i, p := range parts {
		if s := plain(p); !text.Balanced(s) || units(s) > maxText {
			t.Errorf("part %d: balanced %t, %d units", i, text.Balanced(s), units(s))
		}
	}
	if s := plain(parts[1]); !strings.HasPrefix(s, "\u2068word") && !strings.HasPrefix(s, "\u2068and") {
		t.Errorf("the second part begins %q", s[:12])
	}
}

func TestPicturesAndLettersWithMarksStayWhole(t *testing.T) {
	family := "\U0001F468\u200D\U0001F469\u200D\U0001F467"
	for _, p := range split([]bot.Segment{{Text: strings.Repeat(family, 1500)}}, maxText) {
		if s := plain(p); units(s) > maxText || strings.Count(s, family)*len(family) != len(s) {
			t.Errorf("%d units, torn", units(s))
		}
	}
	for _, p := range split([]bot.Segment{{Text: strings.Repeat("\u0301", 9000)}}, maxText) {
		if units(plain(p)) > maxText {
			t.Error("marks without a letter run over the limit")
		}
	}
}

func TestStylesSurviveACut(t *testing.T) {
	parts := split([]bot.Segment{{Text: strings.Repeat("a ", 2000)}, {Text: strings.Repeat("b ", 1000), Style: bot.Bold}, {Text: "c"}}, maxText)
	if len(parts) != 2 || parts[0][1].Style != bot.Bold || parts[1][0].Style != bot.Bold || plain(parts[1][1:]) != "c" {
		t.Errorf("%d parts, %+v", len(parts), parts[len(parts)-1])
	}
}

func TestATextOfNothingButEmptyLinesHasNoEmptyParts(t *testing.T) {
	parts := split([]bot.Segment{{Text: "a" + strings.Repeat("\n", 9000) + "b"}}, maxText)
	for _, p := range parts {
		if strings.TrimSpace(plain(p)) == "" {
			t.Error("an empty part")
		}
	}
}

func FuzzASplitTextFitsIsBalancedAndLosesNothingButSpace(f *testing.F) {
	f.Add("a b\n\nc", 20)
	f.Add(paragraphs(3), 40)
	f.Add(strings.Repeat("\u2068x y\u2069", 30), 33)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if !utf8.ValidString(s) || limit < 40 || limit > 5000 {
			return // not what is asked
		}
		var joined strings.Builder
		balanced := text.Balanced(s) && !strings.Contains(s, "\n")
		for _, p := range split([]bot.Segment{{Text: s}}, limit) {
			part := plain(p)
			if units(part) > limit {
				t.Fatalf("%d units over %d", units(part), limit)
			}
			if balanced && !text.Balanced(part) {
				t.Fatalf("unbalanced %q", part)
			}
			joined.WriteString(part)
		}
		if bare(joined.String()) != bare(s) {
			t.Fatalf("lost: %q of %q", bare(joined.String()), bare(s))
		}
	})
}

// bare takes out what a cut may add or leave out.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r >= lri && r <= pdi {
			return -1
		}
		return r
	}, s)
}

func TestKeyboardsAreLaidOutAsInTheGolden(t *testing.T) {
	raw, err := os.ReadFile("testdata/keyboards.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for block := range strings.SplitSeq(strings.TrimSpace(string(raw)), "\n\n") {
		head, _, _ := strings.Cut(block, "\n=>")
		lines := strings.Split(head, "\n")
		fmt.Fprintf(&b, "%s\n=>\n", head)
		lang, _, _ := strings.Cut(strings.TrimPrefix(lines[0], "# "), " ")
		for _, row := range rows(bot.Lang(lang), choices(lines[1:])) {
			for i, c := range row {
				if i > 0 {
					b.WriteString(" | ")
				}
				b.WriteString(c.Label)
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	compare(t, "testdata/keyboards.txt", []byte(strings.TrimSuffix(b.String(), "\n")))
}

// choices reads labels, one a line; one that begins with + asks to stand beside the one before it.
func choices(lines []string) []bot.Choice {
	var all []bot.Choice
	for _, line := range lines {
		label, beside := strings.CutPrefix(line, "+ ")
		all = append(all, bot.Choice{Label: label, Beside: beside})
	}
	return all
}

func TestNoMoreThanEightButtonsStandInARowAndNoMoreThanAHundredInAKeyboard(t *testing.T) {
	var many []bot.Choice
	for range 150 {
		many = append(many, bot.Choice{Label: "7", Beside: true})
	}
	laid, n := rows(bot.En, many), 0
	for _, row := range laid {
		n += len(row)
		if len(row) > maxRow {
			t.Errorf("a row of %d", len(row))
		}
	}
	if n != maxButtons {
		t.Errorf("%d buttons", n)
	}
}
