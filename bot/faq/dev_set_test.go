package faq

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"javab/locales/text"
)

const (
	devQueries = "testdata/dev/queries.jsonl"
	devOutside = "testdata/dev/outside.jsonl"
)

// leastOfAnswer is how many questions, over all languages, an answer must have for its figures to mean something.
const leastOfAnswer = 4

// leastOfKind is how many questions of a kind each language must have. The README beside the set has the real counts.
var leastOfKind = map[string]map[string]map[string]int{
	devQueries: {
		"fa":      {"formal": 50, "colloquial": 95, "typo": 65, "story": 40, "keyword": 30},
		"fa-Latn": {"finglish": 115},
		"ar":      {"formal": 95, "dialect": 110, "typo": 55, "story": 25, "keyword": 15},
		"en":      {"formal": 50, "colloquial": 95, "dialect": 55, "typo": 35, "story": 30, "keyword": 25},
	},
	devOutside: {
		"fa":      {"near": 25, "far": 20, "small_talk": 10},
		"fa-Latn": {"near": 8, "far": 10, "small_talk": 6},
		"ar":      {"near": 25, "far": 20, "small_talk": 8},
		"en":      {"near": 25, "far": 20, "small_talk": 8},
	},
}

func TestDevelopmentSetHasItsKindsInEveryLanguage(t *testing.T) {
	for path, least := range leastOfKind {
		got := map[string]map[string]int{}
		for _, q := range questions(t, path) {
			kind := kindOf(t, q)
			if _, known := least[q.Lang][kind]; !known {
				t.Errorf("%s: %q has lang %q and kind %q, which the set does not know together", path, q.Query, q.Lang, kind)
				continue
			}
			if got[q.Lang] == nil {
				got[q.Lang] = map[string]int{}
			}
			got[q.Lang][kind]++
		}
		for lang, kinds := range least {
			for kind, n := range kinds {
				if got[lang][kind] < n {
					t.Errorf("%s: %d of %s %s, want at least %d", path, got[lang][kind], lang, kind, n)
				}
			}
		}
	}
}

func TestDevelopmentSetAsksForAnswersThatExist(t *testing.T) {
	asked := map[string]int{}
	for _, d := range sampleDocs(t) {
		asked[d.ID] = 0
	}
	for _, q := range questions(t, devQueries) {
		if q.Expected == nil {
			t.Errorf("%q expects nothing: it belongs to %s", q.Query, devOutside)
			continue
		}
		if _, there := asked[*q.Expected]; !there {
			t.Errorf("%q expects %s, which the content does not have", q.Query, *q.Expected)
		}
		asked[*q.Expected]++
	}
	for id, n := range asked {
		if n == 0 {
			t.Logf("%s came after the set was written: nothing asks for it", id)
		} else if n < leastOfAnswer {
			t.Errorf("%s is asked for %d times, want at least %d", id, n, leastOfAnswer)
		}
	}
	for _, q := range questions(t, devOutside) {
		if q.Expected != nil {
			t.Errorf("%q expects %s: it belongs to %s", q.Query, *q.Expected, devQueries)
		}
	}
}

func TestDevelopmentSetNeverAsksTheSameTwice(t *testing.T) {
	all := slices.Concat(questions(t, devQueries), questions(t, devOutside))
	words := make([][]string, len(all))
	for i, q := range all {
		words[i] = strings.Fields(text.Fold(q.Query))
		for j := range i {
			if oneWordApart(words[i], words[j]) {
				t.Errorf("%q and %q are the same question but for a word at most", all[j].Query, q.Query)
			}
		}
	}
}

// A query that is a phrasing would be found by exact comparison and measure nothing.
func TestDevelopmentSetHoldsNoPhrasing(t *testing.T) {
	phrasings := map[string]string{}
	for _, d := range sampleDocs(t) {
		for _, p := range d.Phrasings {
			phrasings[text.Fold(p)] = d.ID
		}
	}
	for _, q := range slices.Concat(questions(t, devQueries), questions(t, devOutside)) {
		if id, is := phrasings[text.Fold(q.Query)]; is {
			t.Errorf("%q is a phrasing of %s: write it anew", q.Query, id)
		}
	}
}

// oneWordApart tells whether two texts are the same but for a word that was changed, added or left out. Of one or two
// words, only equal ones are.
func oneWordApart(a, b []string) bool {
	if min(len(a), len(b)) <= 2 {
		return slices.Equal(a, b)
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return max(len(a), len(b)) <= 1
}

func kindOf(t *testing.T, q Question) string {
	t.Helper()
	var kind string
	if err := json.Unmarshal(q.fields["kind"], &kind); err != nil {
		t.Fatalf("%q: kind: %v", q.Query, err)
	}
	return kind
}
