package learning

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"javab/bot"
	"javab/bot/faq"
)

// Set is what an effect is measured on.
type Set string

// The sets. Scores of one cannot be compared with those of another: what members write is harder than what is written down.
const (
	// Known is every fifth phrasing of the content, asked of an index that does not know it.
	Known Set = "known"
	// Confirmed are members' own questions of which somebody has said what they mean: see Right.
	Confirmed Set = "confirmed"
	// Development are the questions that the program is developed on: those whose answer the content has, and those that
	// nobody answers.
	Development Set = "development"
)

// Measured is how a set fares without a change of the content and with it.
type Measured struct {
	Set           Set
	N             int // questions
	Before, After faq.Scores
	Better, Worse []Changed
}

// Changed is a question that fares in another way than before.
type Changed struct {
	Text          string
	Want          string // the right thing; empty when nothing is
	Before, After Fare
}

// Fare is how a question fares.
type Fare string

// The ways to fare, the worst first.
const (
	Wrong   Fare = "wrong"   // answered with something else, or where nothing is right
	Open    Fare = "open"    // not understood, or asked back without the right thing
	Offered Fare = "offered" // asked back, with the right thing among the buttons
	Found   Fare = "found"   // answered
)

// fares are all of them, the worst first.
var fares = []Fare{Wrong, Open, Offered, Found}

// offered is how many buttons a question that is asked back has.
const offered = 3

func fareOf(p faq.Prediction) Fare {
	rank := -1
	if want := p.Question.Expected; want != nil {
		rank = slices.IndexFunc(p.Top, func(g faq.Guess) bool { return g.ID == *want })
	}
	switch {
	case p.Action == faq.ActAnswer && rank == 0:
		return Found
	case p.Action == faq.ActAnswer:
		return Wrong
	case p.Action == faq.ActAsk && rank >= 0 && rank < offered:
		return Offered
	default:
		return Open
	}
}

// Measure says what a change of the phrasings of one language does: how each set fares on the documents before, and on
// those after. It trains four times, and gives up when ctx ends. Questions in other languages, and those whose answer
// is not among the documents, measure nothing and are left out.
func Measure(ctx context.Context, lang bot.Lang, before, after Stock, sets map[Set][]faq.Question) ([]Measured, error) {
	was, err := sitting(ctx, before.in(lang), sets, lang)
	if err != nil {
		return nil, fmt.Errorf("measure the content as it is: %w", err)
	}
	is, err := sitting(ctx, after.in(lang), sets, lang)
	if err != nil {
		return nil, fmt.Errorf("measure the content with the change: %w", err)
	}
	var all []Measured
	for _, set := range []Set{Known, Confirmed, Development} {
		if m := compare(set, was[set], is[set]); m.N > 0 {
			all = append(all, m)
		}
	}
	return all, nil
}

// blindParts is how many parts of the content's phrasings are asked: one takes as long as a training.
const blindParts = 1

// in is a stock with the documents of one language alone: its index is trained by itself.
func (s Stock) in(lang bot.Lang) Stock {
	s.Documents = slices.DeleteFunc(slices.Clone(s.Documents), func(d faq.Document) bool { return d.Lang != lang })
	return s
}

// sitting asks all sets of one content.
func sitting(ctx context.Context, s Stock, sets map[Set][]faq.Question, lang bot.Lang) (map[Set][]faq.Prediction, error) {
	blind, err := s.Speech.Blind(ctx, s.Documents, blindParts)
	if err != nil {
		return nil, err
	}
	x, err := s.Speech.TrainUntil(ctx, s.Documents)
	if err != nil {
		return nil, err
	}
	asked := map[Set][]faq.Prediction{Known: blind}
	for set, questions := range sets {
		for _, q := range questions {
			if fits(q, lang, s.Documents) {
				asked[set] = append(asked[set], faq.Predict(x, q))
			}
		}
	}
	return asked, nil
}

// fits reports whether a question measures something: it is put in the language, and what it means is there.
func fits(q faq.Question, lang bot.Lang, docs []faq.Document) bool {
	if bot.Lang(q.Lang) != lang && (lang != bot.Fa || bot.Lang(q.Lang) != faq.Finglish) {
		return false
	}
	return q.Expected == nil || slices.ContainsFunc(docs, func(d faq.Document) bool { return d.ID == *q.Expected })
}

// compare holds two sittings of one set together, by what both were asked: a phrasing that is new is no question of the
// content that lacks it.
func compare(set Set, before, after []faq.Prediction) Measured {
	m := Measured{Set: set}
	later := map[string]faq.Prediction{}
	for _, p := range after {
		later[questionKey(p)] = p
	}
	var was, is []faq.Prediction
	for _, p := range before {
		q, both := later[questionKey(p)]
		if !both {
			continue
		}
		was, is = append(was, p), append(is, q)
		change := Changed{Text: p.Question.Query, Before: fareOf(p), After: fareOf(q)}
		if p.Question.Expected != nil {
			change.Want = *p.Question.Expected
		}
		switch by := slices.Index(fares, change.After) - slices.Index(fares, change.Before); cmp.Compare(by, 0) {
		case 1:
			m.Better = append(m.Better, change)
		case -1:
			m.Worse = append(m.Worse, change)
		}
	}
	m.N, m.Before, m.After = len(was), faq.Score(was), faq.Score(is)
	return m
}

func questionKey(p faq.Prediction) string {
	key := p.Question.Lang + "\x00" + p.Question.Query
	if p.Question.Expected != nil {
		key += "\x00" + *p.Question.Expected
	}
	return key
}

// Teach returns the documents with further phrasings of one of them. One that it has is not added again.
func Teach(docs []faq.Document, id string, class bot.Lang, phrasings []string) []faq.Document {
	taught := slices.Clone(docs)
	for i, d := range taught {
		if d.ID != id || d.Lang != class && (class != faq.Finglish || d.Lang != bot.Fa) {
			continue
		}
		into := &taught[i].Phrasings
		if class == faq.Finglish {
			into = &taught[i].Finglish
		}
		*into = slices.Clone(*into)
		for _, p := range phrasings {
			if !slices.Contains(*into, p) {
				*into = append(*into, p)
			}
		}
		break
	}
	return taught
}
