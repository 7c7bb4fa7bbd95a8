package faq

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// things are names of one thing each: words alone cannot know that they are.
var things = map[string]string{
	"animals": "cat dog horse rabbit goldfish parrot hamster kitten", "money": "fee price dues tariff charge invoice payment cash",
	"cars": "taxi lorry bus van truck jeep tractor motorbike", "food": "bread rice soup cheese salad butter noodles pancake",
	"rooms": "kitchen cellar attic hall office lounge bedroom balcony", "clothes": "shirt coat hat scarf glove jacket trousers socks",
	"ships": "boat ferry tanker yacht canoe raft submarine kayak", "trees": "oak pine maple birch willow cedar chestnut walnut",
	"tools": "hammer saw drill wrench chisel shovel screwdriver pliers", "music": "violin flute drum trumpet guitar organ clarinet harp",
}

// thingDocs are documents of all names but the last, which is for questions. Their phrasings differ in the name alone.
func thingDocs() (docs []Document) {
	for id, names := range things {
		var phrasings []string
		for i, name := range strings.Fields(names)[:7] {
			phrasings = append(phrasings, fmt.Sprintf([]string{"tell me about the %s", "what is with the %s", "I need to know more of a %s"}[i%3], name))
		}
		docs = append(docs, english(id, phrasings...))
	}
	return docs
}

// unheard asks for a document by a name that is in no phrasing.
func unheard(id string) string {
	return "tell me about the " + things[id][strings.LastIndex(things[id], " ")+1:]
}

// wise is an embedder that knows what is a name of what, more or less: blur is how far its vectors lie astray, and all have much
// in common, as those of real ones have. It notes what it is asked.
type wise struct {
	blur  float64
	err   error
	slow  bool
	short bool // one vector too few
	more  int  // dimensions than it had
	asked *[][]string
}

func (e wise) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if e.asked != nil {
		*e.asked = append(*e.asked, texts)
	}
	if e.slow {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = e.vector(text)
	}
	if e.short {
		vectors = vectors[1:]
	}
	return vectors, e.err
}

func (e wise) vector(text string) []float32 {
	seed := fnv.New64a()
	seed.Write([]byte(text))
	astray := rand.New(rand.NewPCG(seed.Sum64(), 1))
	v := make([]float32, 1+len(things)+20+e.more)
	v[0] = 3
	for at, id := range slices.Sorted(maps.Keys(things)) {
		for _, name := range strings.Fields(things[id]) {
			if slices.Contains(strings.Fields(strings.Trim(text, "?!. ")), name) {
				v[1+at]++
			}
		}
	}
	for i := range v {
		v[i] += float32(e.blur * astray.NormFloat64())
	}
	return v
}

// listening returns the index of the things with meaning by e, and what e is asked from then on.
func listening(t *testing.T, e wise) (with, without *Index, asked *[][]string) {
	t.Helper()
	docs := thingDocs()
	without = Train(docs)
	asked = new([][]string)
	said := e
	said.asked = asked
	with, err := without.WithMeaning(t.Context(), Sense{Phrasings: wise{blur: e.blur}, Messages: said, Patience: 20 * time.Millisecond}, docs)
	if err != nil {
		t.Fatal(err)
	}
	return with, without, asked
}

func TestASynonymThatWordsCannotSeeIsFoundByItsMeaning(t *testing.T) {
	with, without, _ := listening(t, wise{blur: .1})
	if in := with.Meant(); !slices.Equal(in, []bot.Lang{bot.En}) || without.Meant() != nil {
		t.Errorf("meaning counts in %v, and in %v", in, without.Meant())
	}
	blind := 0
	for id := range things {
		if r := with.Match(bot.En, unheard(id)); r.Sure != id || r.Likely[0] != id || r.P < meantP {
			t.Errorf("%s: got %+v", unheard(id), r)
		}
		blind += int(one(without.Match(bot.En, unheard(id)).Sure != id))
	}
	if blind < len(things) {
		t.Errorf("words alone find %d", len(things)-blind)
	}
}

func TestAWordThatNoPhrasingHasIsFoundByItsMeaning(t *testing.T) {
	with, without, _ := listening(t, wise{blur: .1})
	if r := without.Match(bot.En, "pancake"); r.P > askP {
		t.Fatalf("words know it: %+v", r)
	}
	if r := with.Match(bot.En, "pancake"); len(r.Likely) == 0 || r.Likely[0] != "food" || r.Sure != "" {
		t.Errorf("one word is offered, never acted on: %+v", r)
	}
}

func TestAnExactPhrasingStaysFirstAndIsAskedOfNobody(t *testing.T) {
	with, without, asked := listening(t, wise{blur: 5})
	for _, d := range thingDocs() {
		for _, p := range d.Phrasings {
			if got := with.Match(bot.En, p); got.Sure != d.ID || got.P != 1 || !reflect.DeepEqual(got, without.Match(bot.En, p)) {
				t.Errorf("%s: got %+v", p, got)
			}
		}
	}
	if len(*asked) > 0 {
		t.Errorf("asked %v", *asked)
	}
}

func TestAMessageIsAskedAboutOnceWithAllItsParts(t *testing.T) {
	with, _, asked := listening(t, wise{blur: .1})
	const said = "Tell me about the pancake? Tell me about the pliers?"
	r := with.Read(bot.En, said, "")
	if r.Sure != "food" || !slices.Equal(r.Next, []string{"tools"}) {
		t.Errorf("got %+v", r)
	}
	if want := [][]string{{said, "Tell me about the pancake", "Tell me about the pliers"}}; !reflect.DeepEqual(*asked, want) {
		t.Errorf("asked %q", *asked)
	}
	*asked = nil
	with.Read(bot.En, "and pliers?", "food")
	if want := [][]string{{"and pliers?"}}; !reflect.DeepEqual(*asked, want) {
		t.Errorf("of what goes on from an answer asked %q", *asked)
	}
	*asked = nil
	with.Read(bot.En, "thank you", "")
	with.Read(bot.En, "hello", "")
	if len(*asked) > 0 {
		t.Errorf("of kind words asked %q", *asked)
	}
	with.Read(bot.En, strings.Repeat("What is this thing. ", 30), "")
	if len((*asked)[0]) != mostHeard {
		t.Errorf("of a long message asked %d texts", len((*asked)[0]))
	}
}

func TestAnEmbedderThatIsGoneOrSlowIsNeverNoticed(t *testing.T) {
	gone := map[string]wise{"gone": {err: errors.New("gone")}, "slow": {slow: true}, "short of vectors": {short: true}, "another": {more: 3}}
	for name, e := range gone {
		with, without, asked := listening(t, e)
		for id := range things {
			begun := time.Now()
			if got, want := with.Read(bot.En, unheard(id), "food"), without.Read(bot.En, unheard(id), "food"); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v, want %+v", name, got, want)
			}
			if took := time.Since(begun); took > time.Second {
				t.Errorf("%s: took %v", name, took)
			}
		}
		if len(*asked) != len(things) {
			t.Errorf("%s: asked %d times", name, len(*asked))
		}
	}
}

func TestAnEmbedderThatKnowsNothingHasNoSay(t *testing.T) {
	with, without, asked := listening(t, wise{blur: 1e6})
	for id := range things {
		if got, want := with.Match(bot.En, unheard(id)), without.Match(bot.En, unheard(id)); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if len(*asked) > 0 || len(with.Meant()) > 0 {
		t.Errorf("it is asked all the same: %v, in %v", *asked, with.Meant())
	}
}

func TestMeaningIsTrustedAsFarAsItIsRight(t *testing.T) {
	for _, blur := range []float64{.1, .3, .5} {
		with, _, _ := listening(t, wise{blur: blur})
		var p, right, n float64
		for id := range things {
			for _, way := range []string{"tell me about the %s", "I need to know more of a %s", "a %s please", "what about %s", "how many %s are there", "%s %[1]s"} {
				r := with.Match(bot.En, fmt.Sprintf(way, things[id][strings.LastIndex(things[id], " ")+1:]))
				p, right, n = p+r.P, right+one(r.Top[0].ID == id), n+1
			}
		}
		if t.Logf("blur %.1f: P %.2f, right %.2f", blur, p/n, right/n); math.Abs(p-right)/n > .15 {
			t.Errorf("blur %.1f: P is %.2f, right are %.2f", blur, p/n, right/n)
		}
	}
}

func TestAnIndexThatIsNotTrainedOrTooSmallToTellStaysAsItIs(t *testing.T) {
	docs := thingDocs()
	some := docs[:2]
	for name, x := range map[string]*Index{"not trained": Build(docs), "too small": Train(some)} {
		asked := new([][]string)
		of := map[string][]Document{"not trained": docs, "too small": some}[name]
		with, err := x.WithMeaning(t.Context(), Sense{Phrasings: wise{}, Messages: wise{asked: asked}, Patience: time.Second}, of)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := with.Match(bot.En, "a pancake please"), x.Match(bot.En, "a pancake please"); !reflect.DeepEqual(got, want) || len(*asked) > 0 {
			t.Errorf("%s: %+v, want %+v; asked %v", name, got, want, *asked)
		}
	}
}

// ragged gives vectors of different lengths.
type ragged struct{}

func (ragged) Embed(_ context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i := range vectors {
		vectors[i] = make([]float32, 1+i)
	}
	return vectors, nil
}

func TestWithoutTheVectorsOfAllPhrasingsThereIsNoIndexWithMeaning(t *testing.T) {
	docs := thingDocs()
	x := Train(docs)
	for name, e := range map[string]Embedder{"gone": wise{err: errors.New("gone")}, "one too few": wise{short: true}, "ragged": ragged{}} {
		if with, err := x.WithMeaning(t.Context(), Sense{Phrasings: e}, docs); err == nil || with != nil {
			t.Errorf("%s: got %v, %v", name, with, err)
		}
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.WithMeaning(over, Sense{Phrasings: wise{}}, docs); !errors.Is(err, context.Canceled) {
		t.Errorf("of a training that nobody wants any more: %v", err)
	}
	asked := new([][]string)
	if _, err := x.WithMeaning(t.Context(), Sense{Phrasings: wise{asked: asked}}, append(docs, docs...)); err != nil || len(*asked) != 1 || len((*asked)[0]) != 7*len(things) {
		t.Errorf("phrasings are not asked about together, each once: %v", err)
	}
}
