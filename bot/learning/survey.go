package learning

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/faq"
)

// Enough is how many phrasings an answer should have in a language.
const Enough = 5

// Two answers are told of when they take this many phrasings from each other, and this share of all that they have: with
// sixty each, every answer has lost a few to some other.
const (
	confused      = 2
	confusedShare = 0.1
)

// Survey is what is weak in a content by itself, before anybody has asked.
type Survey struct {
	Pairs []Pair // the most confusable first
	Thin  []Thin // the thinnest first
}

// Pair are two things of which one takes phrasings of the other: each phrasing asked of an index that does not know it.
type Pair struct {
	A, B  string
	N     int
	Taken []Taken
}

// Taken is a phrasing of one thing for which the matcher would think of another one first.
type Taken struct {
	Text   string
	Of, By string
}

// Thin is an answer with few phrasings in some language.
type Thin struct {
	ID  string
	Few map[bot.Lang]int // how many it has, where that is fewer than Enough
}

// Look surveys a content. It takes a second or two, and gives up when ctx ends.
func Look(ctx context.Context, s Stock) (Survey, error) {
	blind, err := s.Speech.Rank(ctx, s.Documents)
	if err != nil {
		return Survey{}, fmt.Errorf("look for confusable answers: %w", err)
	}
	return Survey{Pairs: pairs(blind), Thin: thin(s.Documents)}, nil
}

func pairs(blind []faq.Prediction) []Pair {
	type both struct{ a, b string }
	found, has := map[both]*Pair{}, map[string]int{}
	for _, p := range blind {
		has[*p.Question.Expected]++
		if len(p.Top) == 0 || p.Top[0].ID == *p.Question.Expected {
			continue
		}
		of, by := *p.Question.Expected, p.Top[0].ID
		key := both{min(of, by), max(of, by)}
		if found[key] == nil {
			found[key] = &Pair{A: key.a, B: key.b}
		}
		found[key].N++
		found[key].Taken = append(found[key].Taken, Taken{p.Question.Query, of, by})
	}
	var all []Pair
	for _, p := range found {
		if p.N >= confused && float64(p.N) >= confusedShare*float64(has[p.A]+has[p.B]) {
			all = append(all, *p)
		}
	}
	slices.SortFunc(all, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return all
}

func thin(docs []faq.Document) []Thin {
	counts := map[string]map[bot.Lang]int{}
	for _, d := range docs {
		if !strings.HasPrefix(d.ID, answerPrefix) {
			continue
		}
		if counts[d.ID] == nil {
			counts[d.ID] = map[bot.Lang]int{bot.Fa: 0, bot.Ar: 0, bot.En: 0}
		}
		counts[d.ID][d.Lang] += len(d.Phrasings)
	}
	var all []Thin
	for _, id := range slices.Sorted(maps.Keys(counts)) {
		few := counts[id]
		maps.DeleteFunc(few, func(_ bot.Lang, n int) bool { return n >= Enough })
		if len(few) > 0 {
			all = append(all, Thin{id, few})
		}
	}
	slices.SortStableFunc(all, func(a, b Thin) int { return cmp.Compare(a.fewest(), b.fewest()) })
	return all
}

// fewest is how many it has where it has fewest.
func (t Thin) fewest() int { return slices.Min(slices.Collect(maps.Values(t.Few))) }

// Confusable reports whether a thing stands in a pair.
func (s Survey) Confusable(id string) bool {
	return slices.ContainsFunc(s.Pairs, func(p Pair) bool { return p.A == id || p.B == id })
}
