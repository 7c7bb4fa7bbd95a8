package faq

import (
	"context"
	"slices"
)

// Parts is into how many parts the phrasings are cut: each part is asked of an index that knows the others.
const Parts = 5

// Blind asks phrasings of the documents, in the documents' order, each of a trained index that does not know it: all of them
// with Parts, every fifth with one of the parts, at a fifth of the cost. What comes out tells how members fare who put it in
// a way that is not written down.
// A phrasing that is the only one of its document is not asked. Into which part a phrasing comes depends on its words
// alone, so that one more changes nothing for the others but what it teaches. It trains several times, and gives up when
// ctx ends.
func (p *Speech) Blind(ctx context.Context, docs []Document, parts int) ([]Prediction, error) {
	return blind(docs, parts, func(known []Document) (*Index, error) { return p.TrainUntil(ctx, known) })
}

// Rank asks all phrasings as Blind does, of indexes that are not trained: of phrasings that they do not know those put the
// right document first as often, and four in five that they take for another's a trained one takes for the same. It costs a
// tenth, and says nothing of how members fare.
func (p *Speech) Rank(ctx context.Context, docs []Document) ([]Prediction, error) {
	return blind(docs, Parts, func(known []Document) (*Index, error) { return p.Build(known), ctx.Err() })
}

func blind(docs []Document, parts int, index func(known []Document) (*Index, error)) ([]Prediction, error) {
	asked := make([]Prediction, 0, len(docs))
	for fold := range min(parts, Parts) {
		known, hidden := split(docs, fold)
		if len(hidden) == 0 {
			continue
		}
		x, err := index(known)
		if err != nil {
			return nil, err
		}
		for _, q := range hidden {
			asked = append(asked, Predict(x, q))
		}
	}
	return inOrder(docs, asked), nil
}

// split takes the phrasings of one part out of the documents.
func split(docs []Document, part int) (known []Document, hidden []Question) {
	known = slices.Clone(docs)
	for i, d := range docs {
		alone := len(d.Phrasings)+len(d.Finglish) < 2
		take := func(class, phrasing string) bool {
			if alone || int(hash(wordKind, []byte(phrasing))%Parts) != part {
				return false
			}
			hidden = append(hidden, Question{Lang: class, Query: phrasing, Expected: &docs[i].ID})
			return true
		}
		known[i].Phrasings = slices.DeleteFunc(slices.Clone(d.Phrasings), func(p string) bool { return take(string(d.Lang), p) })
		known[i].Finglish = slices.DeleteFunc(slices.Clone(d.Finglish), func(p string) bool { return take(string(Finglish), p) })
	}
	return known, hidden
}

// inOrder brings predictions into the order of the documents: those of one document stay in theirs.
func inOrder(docs []Document, asked []Prediction) []Prediction {
	place := make(map[*string]int, len(docs))
	for i := range docs {
		place[&docs[i].ID] = i
	}
	slices.SortStableFunc(asked, func(a, b Prediction) int { return place[a.Question.Expected] - place[b.Question.Expected] })
	return asked
}
