package approve_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/approve"
)

type looks struct {
	Published []string
	Looks     []struct {
		Text, Before, Member string

		Found []map[bot.Concern]string
	}
}

func TestWhatBindsIsFoundWhereItStands(t *testing.T) {
	all := read[looks](t, "testdata/looks.yaml")
	g := approve.NewGuard(words(t), all.Published)
	for _, l := range all.Looks {
		var beside approve.Around
		if l.Before != "" {
			beside.Before = []string{l.Before}
		}
		if l.Member != "" {
			beside.Member = []string{"hello", l.Member}
		}
		got, want := []string{}, []string{}
		for _, f := range g.Look(l.Text, beside) {
			got = append(got, fmt.Sprintf("%s %q", f.Concern, l.Text[f.From:f.To]))
		}
		for _, f := range l.Found {
			for concern, part := range f {
				want = append(want, fmt.Sprintf("%s %q", concern, part))
			}
		}
		if strings.Join(got, "; ") != strings.Join(want, "; ") {
			t.Errorf("%q after %q, member %q:\n got %s\nwant %s", l.Text, l.Before, l.Member, got, want)
		}
	}
}

func TestAGuardWithoutContentKnowsMoneyAlone(t *testing.T) {
	g := approve.NewGuard(bot.Manners{}, nil)
	if len(g.Look("We guarantee a refund.", approve.Around{})) > 0 {
		t.Error("it knows phrases")
	}
	if len(g.Look("That makes $ 20.", approve.Around{})) != 1 {
		t.Error("it knows no money")
	}
}

// twice what the longest reply may have, made of what is hardest to read.
func TestTheLongestTextIsReadInNoTime(t *testing.T) {
	g := guard(t, nil)
	for _, piece := range []string{"we will ", "1 ", "1,", "one million ", "accept ", "\u0648", "\u2026", "5% ", "rials\n"} {
		begun := time.Now()
		g.Look(strings.Repeat(piece, 40_000/len(piece)), approve.Around{})
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%q took %s", piece, took)
		}
	}
}

func FuzzLookStaysWithinTheText(f *testing.F) {
	g := guard(f, []bot.Text{{En: "The fee is 5 dollars."}})
	for _, s := range read[labelled](f, "testdata/sentences.yaml").Sentences {
		f.Add(s.Text, s.Before, s.Member)
	}
	f.Fuzz(func(t *testing.T, words, before, member string) {
		for _, found := range g.Look(words, approve.Around{Before: []string{before}, Member: []string{member}}) {
			if found.From < 0 || found.From >= found.To || found.To > len(words) {
				t.Errorf("%+v in %d bytes", found, len(words))
			}
		}
	})
}

func BenchmarkLook(b *testing.B) {
	g := guard(b, nil)
	all := read[labelled](b, "testdata/sentences.yaml").Sentences
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Look(all[i%len(all)].Text, approve.Around{})
	}
}
