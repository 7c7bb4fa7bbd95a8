package faq

import (
	"math/rand/v2"
	"slices"
	"testing"

	"javab/bot"
)

// likeness of .6 is what the page of what was not understood goes by.
const testedLikeness = 0.6

func TestTextsPutAlikeAreOneGroup(t *testing.T) {
	texts := []Spoken{
		{bot.En, "how do I renew my commercial card"},
		{bot.En, "can I pay the annual fee by phone"},
		{bot.En, "how do i renew my comercial card"},
		{bot.En, "how can I renew my commercial card?"},
		{bot.Ar, "how do I renew my commercial card"},
		{bot.En, "?!"},
		{bot.En, "..."},
	}
	if got := Alike(texts, testedLikeness); !slices.Equal(got, []int{0, 1, 0, 0, 4, 5, 6}) {
		t.Errorf("groups are %v", got)
	}
}

func TestFinglishIsAlikeByItsBones(t *testing.T) {
	texts := []Spoken{{Finglish, "kart bazargani ra chetor tamdid konam"}, {Finglish, "kaart e baazargaani ro chetori tamdid konam"}, {Finglish, "saat kari"}}
	if got := Alike(texts, testedLikeness); !slices.Equal(got, []int{0, 0, 2}) {
		t.Errorf("groups are %v", got)
	}
}

// Comparing only texts that share one of their rarest features loses nothing.
func TestGroupsAreThoseOfComparingEachWithEach(t *testing.T) {
	texts := spokenOf(t, 700)
	got := Alike(texts, testedLikeness)
	leaders := map[int]bool{}
	at := map[bot.Lang][]int{}
	for i, s := range texts {
		at[s.Class] = append(at[s.Class], i)
	}
	for class, places := range at {
		vectors := letterVectors(class, texts, places)
		var led []int
		for n, i := range places {
			want, most := i, testedLikeness-rounding
			for _, l := range led {
				if likeness := vectors[n].times(vectors[l]); likeness > most {
					want, most = places[l], likeness+rounding
				}
			}
			if want == i {
				led = append(led, n)
				leaders[i] = true
			}
			if got[i] != want {
				t.Fatalf("%q is led by %q, want %q", texts[i].Text, texts[got[i]].Text, texts[want].Text)
			}
		}
	}
	if len(leaders) < 50 || len(leaders) > 650 {
		t.Errorf("%d groups of %d texts compare nothing", len(leaders), len(texts))
	}
}

// spokenOf are n questions of the development set, each also with a word less.
func spokenOf(tb testing.TB, n int) (texts []Spoken) {
	tb.Helper()
	random := rand.New(rand.NewPCG(3, 4))
	set := questions(tb, devQueries)
	for len(texts) < n {
		q := set[random.IntN(len(set))]
		words := foldedWords(q.Query)
		i := random.IntN(len(words))
		texts = append(texts, Spoken{bot.Lang(q.Lang), join(slices.Delete(words, i, min(i+random.IntN(3), len(words))))})
	}
	return texts
}

func join(words []string) (text string) {
	for _, w := range words {
		text += w + " "
	}
	return text
}

// BenchmarkAlike groups ten thousand questions of a member's length, each written by itself.
func BenchmarkAlike(b *testing.B) {
	var texts []Spoken
	for _, d := range syntheticDocs(b, 334, 10) {
		for _, p := range d.Phrasings {
			texts = append(texts, Spoken{d.Lang, p})
		}
	}
	texts = texts[:10_000]
	for b.Loop() {
		Alike(texts, testedLikeness)
	}
}

// BenchmarkAlikeReal groups ten thousand real questions, of which many are nearly the same.
func BenchmarkAlikeReal(b *testing.B) {
	texts := spokenOf(b, 10_000)
	for b.Loop() {
		Alike(texts, testedLikeness)
	}
}
