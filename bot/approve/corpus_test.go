package approve_test

import (
	"os"
	"testing"

	"github.com/goccy/go-yaml"

	"javab/bot"
	"javab/bot/approve"
)

// labelled are replies of officers, each with what a person says of it.
type labelled struct {
	Published []bot.Text
	Sentences []struct {
		ID, Text, Before, Member, Note string

		Lang    bot.Lang
		Binding bool
	}
}

func read[T any](t testing.TB, path string) (v T) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// words are the lists of the embedded content.
func words(t testing.TB) bot.Manners {
	type list = map[bot.Lang][]string
	f := read[struct{ Promises, Waivers, Compensation, Discounts, Money, Sums list }](t, "../../flows/scripts/content/manners.yaml")
	return bot.Manners{
		Promises: f.Promises, Waivers: f.Waivers, Compensation: f.Compensation, Discounts: f.Discounts, Money: f.Money, Sums: f.Sums,
	}
}

func guard(t testing.TB, published []bot.Text) *approve.Guard {
	var texts []string
	for _, p := range published {
		texts = append(texts, p.Fa, p.Ar, p.En)
	}
	return approve.NewGuard(words(t), texts)
}

// What a false alarm costs is one tap of a manager; what is missed binds the chamber.
const (
	leastRecall    = 0.98
	leastPrecision = 0.80
)

func TestTheGuardFindsWhatBindsTheChamberAndLittleElse(t *testing.T) {
	measure(t, "testdata/sentences.yaml")
}

func TestTheGuardKeepsWhatItsListsHaveLearnt(t *testing.T) {
	measure(t, "testdata/paraphrases.yaml")
}

func measure(t *testing.T, path string) {
	all := read[labelled](t, path)
	g := guard(t, all.Published)
	type count struct{ held, binding, both int }
	counts := map[bot.Lang]*count{}
	total := &count{}
	for _, s := range all.Sentences {
		var around approve.Around
		if s.Before != "" {
			around.Before = []string{s.Before}
		}
		if s.Member != "" {
			around.Member = []string{s.Member}
		}
		found := g.Look(s.Text, around)
		if counts[s.Lang] == nil {
			counts[s.Lang] = &count{}
		}
		for _, c := range []*count{total, counts[s.Lang]} {
			if s.Binding {
				c.binding++
			}
			if len(found) > 0 {
				c.held++
			}
			if s.Binding && len(found) > 0 {
				c.both++
			}
		}
		if s.Binding != (len(found) > 0) {
			t.Logf("%s (%s): %s %v", s.ID, s.Note, s.Text, found)
		}
	}
	for _, lang := range append(bot.Langs[:], "") {
		c := total
		if lang != "" {
			c = counts[lang]
		}
		recall, precision := float64(c.both)/float64(c.binding), float64(c.both)/float64(c.held)
		t.Logf("%2s: recall %.3f of %d, precision %.3f of %d", lang, recall, c.binding, precision, c.held)
		if recall < leastRecall || precision < leastPrecision {
			t.Errorf("%q: recall %.3f, precision %.3f", lang, recall, precision)
		}
	}
}
