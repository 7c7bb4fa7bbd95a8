package faq

import (
	"context"
	"errors"
	"slices"
	"testing"

	"javab/bot"
)

// blindDocs are two answers that are easily told apart, and one that has a single phrasing.
func blindDocs() []Document {
	return []Document{
		{ID: "answers/fee", Lang: bot.En, Phrasings: []string{
			"how much is the annual fee", "what does the annual fee cost", "price of the annual fee", "annual fee amount", "the yearly fee how much",
		}},
		{ID: "answers/card", Lang: bot.En, Phrasings: []string{
			"how do I renew my card", "renew the commercial card", "my card has expired, how to renew", "card renewal", "renewing a commercial card",
		}},
		{ID: "answers/alone", Lang: bot.En, Phrasings: []string{"where is your office"}},
	}
}

func TestEveryPhrasingIsAskedOnceOfAnIndexWithoutIt(t *testing.T) {
	docs := blindDocs()
	asked, err := Usual().Blind(t.Context(), docs, Parts)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Concat(docs[0].Phrasings, docs[1].Phrasings)
	var got []string
	for _, p := range asked {
		got = append(got, p.Question.Query)
		if p.Top[0].P == exactP {
			t.Errorf("%q was known", p.Question.Query)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("asked %q", got)
	}
	if s := Score(asked); s.Top1 < .8 {
		t.Errorf("only %.2f find their answer", s.Top1)
	}
	if !slices.IsSortedFunc(asked, func(a, b Prediction) int {
		return slices.Index(order, *a.Question.Expected) - slices.Index(order, *b.Question.Expected)
	}) {
		t.Error("they do not stand in the order of the documents")
	}
	if len(docs[0].Phrasings) != 5 || docs[0].Phrasings[0] != "how much is the annual fee" {
		t.Error("the documents were changed")
	}
}

var order = []string{"answers/fee", "answers/card"}

func TestAnotherPhrasingLeavesTheOthersInTheirParts(t *testing.T) {
	docs, more := blindDocs(), blindDocs()
	more[0].Phrasings = append([]string{"costs of the yearly fee"}, more[0].Phrasings...)
	for part := range Parts {
		_, before := split(docs, part)
		_, after := split(more, part)
		var was, is []string
		for _, q := range before {
			was = append(was, q.Query)
		}
		for _, q := range after {
			if q.Query != "costs of the yearly fee" {
				is = append(is, q.Query)
			}
		}
		if !slices.Equal(was, is) {
			t.Errorf("part %d was %q and is %q", part, was, is)
		}
	}
}

func TestWhoHasLeftIsNotTrainedFor(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := Usual().Blind(ctx, blindDocs(), Parts); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if x, err := TrainUntil(ctx, blindDocs()); !errors.Is(err, context.Canceled) || x.sections[bot.En].trust != nil {
		t.Errorf("got %v", err)
	}
	x, err := TrainUntil(t.Context(), blindDocs())
	if err != nil || x.sections[bot.En].trust == nil {
		t.Errorf("got %v", err)
	}
}

func TestTheDevelopmentSetComesWithTheProgram(t *testing.T) {
	all, err := Development()
	if err != nil {
		t.Fatal(err)
	}
	if want := len(questions(t, devQueries)) + len(questions(t, devOutside)); len(all) != want {
		t.Errorf("%d questions, want %d", len(all), want)
	}
}

func TestAnswersThatTakeEachOthersPhrasingsAreFoundWithoutTraining(t *testing.T) {
	docs := append(blindDocs(), Document{ID: "answers/copy", Lang: bot.En, Phrasings: []string{
		"renewal of a commercial card", "my commercial card has expired", "how do I renew the card", "card renewing", "renew a card that has expired",
	}})
	asked, err := Usual().Rank(t.Context(), docs)
	if err != nil || len(asked) != 15 {
		t.Fatalf("asked %d: %v", len(asked), err)
	}
	for _, p := range asked {
		if want := *p.Question.Expected; want == "answers/fee" && p.Top[0].ID != want {
			t.Errorf("%q is taken by %s", p.Question.Query, p.Top[0].ID)
		}
	}
	if taken := slices.IndexFunc(asked, func(p Prediction) bool {
		return *p.Question.Expected == "answers/copy" && p.Top[0].ID == "answers/card"
	}); taken < 0 {
		t.Error("two answers that say the same take nothing from each other")
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := Usual().Rank(gone, docs); !errors.Is(err, context.Canceled) {
		t.Errorf("went on: %v", err)
	}
}
