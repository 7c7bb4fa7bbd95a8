package faq

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// topics is an embedder that knows two meanings: of animals and of anything else.
type topics struct {
	err  error
	slow bool
}

func (e topics) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if e.slow {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = []float32{0, 3}
		for _, animal := range []string{"cat", "kitten", "dog"} {
			if strings.Contains(text, animal) {
				vectors[i] = []float32{2, 0}
			}
		}
	}
	return vectors, e.err
}

func animalDocs() []Document {
	return []Document{english("animals", "may I bring my cat", "dogs in the office"), english("bags", "may I bring my bag", "bags in the office")}
}

func TestMeaningReordersWhatWordsLeaveOpen(t *testing.T) {
	docs := animalDocs()
	x := Train(docs)
	with, err := x.WithMeaning(t.Context(), topics{}, time.Second, docs)
	if err != nil {
		t.Fatal(err)
	}
	const asked = "may I bring my kitten to you"
	if r := with.Match(bot.En, asked); r.Top[0].ID != "animals" {
		t.Errorf("got %+v", r)
	}
	if r := with.Match(bot.En, "may I bring my basket to you"); r.Top[0].ID != "bags" {
		t.Errorf("got %+v", r)
	}
}

func TestAnEmbedderThatIsGoneOrSlowIsNeverNoticed(t *testing.T) {
	docs := animalDocs()
	x := Train(docs)
	want := x.Match(bot.En, "may I bring something")
	with, err := x.WithMeaning(t.Context(), topics{}, 20*time.Millisecond, docs)
	if err != nil {
		t.Fatal(err)
	}
	for name, e := range map[string]Embedder{"gone": topics{err: errors.New("gone")}, "slow": topics{slow: true}} {
		with.meaning.embedder = e
		start := time.Now()
		if got := with.Match(bot.En, "may I bring something"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
	if _, err := x.WithMeaning(t.Context(), topics{err: errors.New("gone")}, time.Second, docs); err == nil {
		t.Error("an index was made without vectors")
	}
}
