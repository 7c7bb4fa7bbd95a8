package faq

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// slowest is no promise of speed, which the benchmarks hold: it catches a text that costs far more than its length, on an
// index of the largest size we promise, also under the race detector on a busy machine.
const slowest = 250 * time.Millisecond

func FuzzMatch(f *testing.F) {
	for _, q := range questions(f, "testdata/dev.jsonl") {
		f.Add(string(q.index()), q.Query)
	}
	for _, hard := range hardTexts() {
		f.Add("fa", hard)
	}
	x := Build(syntheticDocs(f, 500, 10))
	trained := Train(someOf(sampleDocs(f), 20))
	f.Fuzz(func(t *testing.T, lang, text string) {
		if r := trained.Match(bot.Lang(lang), text); !(r.P >= 0 && r.P <= 1) || r.Sure != "" && !slices.Contains(r.Likely, r.Sure) {
			t.Errorf("trained: %+v", r)
		}
		trained.Several(bot.Lang(lang), text)
		SmallTalk(text)
		got, took := timed(x, bot.Lang(lang), text)
		for tries := 1; took > slowest && tries < 5; tries++ { // the machine may be busy with something else
			_, took = timed(x, bot.Lang(lang), text)
		}
		if took > slowest {
			t.Errorf("%d bytes took %v", len(text), took)
		}
		if len(got.Likely) > likelyN || got.Sure != "" && got.Sure != got.Top[0].ID {
			t.Errorf("got %+v", got)
		}
		if !slices.IsSortedFunc(got.Top, bestFirst) {
			t.Errorf("not in order: %+v", got.Top)
		}
	})
}

func bestFirst(a, b Scored) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
}

func timed(x *Index, lang bot.Lang, text string) (Result, time.Duration) {
	start := time.Now()
	r := x.Match(lang, text)
	return r, time.Since(start)
}

// hardTexts are made to be slow: much text, one endless word, one letter that folds to eighteen, every letter once.
func hardTexts() []string {
	var letters strings.Builder
	for r := rune(0x620); r < 0x6d0; r++ {
		letters.WriteRune(r)
	}
	return []string{
		"", "\x00", "\xff\xfe", "_", "'",
		strings.Repeat("\u0645\u06cc ", 1<<15),
		strings.Repeat("\u06a9\u0627\u0631\u062a", 1<<15),
		strings.Repeat("\ufdfa", 1<<15),
		strings.Repeat("a\u0301\u0302", 1<<15),
		strings.Repeat(letters.String(), 100),
		strings.Repeat("e ", 1<<16),
	}
}
