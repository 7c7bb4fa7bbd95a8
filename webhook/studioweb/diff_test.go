package studioweb

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func said(all []change) string {
	var b strings.Builder
	for _, c := range all {
		if c.Skipped > 0 {
			fmt.Fprintf(&b, "(%d) ", c.Skipped)
			continue
		}
		fmt.Fprintf(&b, "%s%s ", c.Mark(), c.Text)
	}
	return b.String()
}

func TestADifferenceTellsWhatWasTakenOutAndWhatWasPutIn(t *testing.T) {
	for _, row := range []struct{ before, after, want string }{
		{"a\nb\nc\n", "a\nx\nc\n", " a −b +x  c "},
		{"a\nb\n", "a\nb\n", "(2) "},
		{"", "a\n", "+a "},
		{"a\n", "", "−a "},
		{"a\nb\nc\nd\n", "b\nc\nx\nd\n", "−a  b  c +x  d "},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nx\n", "(5)  6  7  8 −9 +x "},
	} {
		if got := said(compare(row.before, row.after)); got != row.want {
			t.Errorf("from %q to %q: %q, want %q", row.before, row.after, got, row.want)
		}
	}
}

func TestADifferenceLeadsFromTheOneTextToTheOther(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range random.IntN(30) {
			fmt.Fprintln(&b, random.IntN(6))
		}
		return b.String()
	}
	for range 300 {
		before, after := text(), text()
		a, b := lines(before), lines(after)
		for _, c := range middle(a, b, 0) {
			if !c.In && (c.Before < 1 || a[c.Before-1] != c.Text) || !c.Out && (c.After < 1 || b[c.After-1] != c.Text) {
				t.Fatalf("from %q to %q: %+v", before, after, c)
			}
		}
	}
}

func TestVeryLongTextsAreComparedWithoutMuchWork(t *testing.T) {
	before, after := strings.Repeat("a\n", tooLong+10), strings.Repeat("b\n", tooLong+10)
	if got := compare(before, after); len(got) != 2*(tooLong+10) || !got[0].Out || !changed(got) {
		t.Errorf("%d lines", len(got))
	}
	if changed(compare(before, before)) {
		t.Error("a text differs from itself")
	}
}
