package faq

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"javab/bot"
)

// Action says what the bot does with a question.
type Action string

// The actions: answer at once, ask which of a few is meant, or give up to a person.
const (
	ActAnswer  Action = "answer"
	ActAsk     Action = "ask"
	ActHandOff Action = "handoff"
)

// Guess is one document of a prediction. P is how likely it is meant, 0 to 1: of the first document it is calibrated, those
// of the others follow their scores.
type Guess struct {
	ID string  `json:"id"`
	P  float64 `json:"p"`
}

// Prediction is what the matcher makes of a question.
type Prediction struct {
	Question Question
	Top      []Guess
	Action   Action
	Detected string // the language that the text itself seems to be in; empty when nothing tells
}

// Predict asks the index a question of a member who reads the language that the question names. A question without a
// language is asked in what it seems to be written in, and in Persian, the house's own, when nothing tells.
func Predict(x *Index, q Question) Prediction {
	p := Prediction{Question: q, Detected: string(x.Class(q.Query)), Top: []Guess{}}
	class := cmp.Or(bot.Lang(q.Lang), bot.Lang(p.Detected), bot.Fa)
	if x.sections[class] == nil {
		class = languageOf(class)
	}
	r := x.match(class, cut(q.Query), x.hear(cut(q.Query)))
	if q.Lang == "" || class != Finglish && latinOnly(q.Query) {
		r = x.Match(class, q.Query)
	}
	if p.Action = r.Action(); p.Action == ActAnswer {
		if _, polite := x.speech.SmallTalk(q.Query); polite {
			p.Action = ActHandOff // kind words are answered in kind: no document is
		}
	}
	p.Top = append(p.Top, Guesses(r)...)
	return p
}

// Guesses are the best documents of a result with how likely each is meant.
func Guesses(r Result) []Guess {
	guesses := make([]Guess, len(r.Top))
	for i, t := range r.Top {
		guesses[i] = Guess{ID: t.ID, P: rounded(r.P * max(0, t.Score) / max(r.Top[0].Score, 1e-9))}
	}
	return guesses
}

// rounded to four places, which are more than P means.
func rounded(p float64) float64 { return math.Round(p*1e4) / 1e4 }

// Documents makes documents of the lines of a knowledge base, in the order in which their ids first come. The error says
// that a language has more of them than MaxDocuments.
func Documents(kb []Question) ([]Document, error) {
	type key struct {
		id   string
		lang bot.Lang
	}
	at, of := map[key]int{}, map[bot.Lang]int{}
	var docs []Document
	for _, q := range kb {
		if q.Expected == nil {
			continue
		}
		k := key{*q.Expected, q.index()}
		i, ok := at[k]
		if !ok {
			i = len(docs)
			at[k] = i
			if of[k.lang]++; of[k.lang] > MaxDocuments {
				return nil, fmt.Errorf("more than %d answers in %s: divide them into several files", MaxDocuments, k.lang)
			}
			docs = append(docs, Document{ID: k.id, Lang: k.lang})
		}
		docs[i].Phrasings = append(docs[i].Phrasings, q.Query)
	}
	return docs, nil
}

// Scores are the shares, 0 to 1, by which a set of predictions is judged. Those of the first group are of the questions
// in scope, OutFalse of those out of scope.
type Scores struct {
	In       int     `json:"in_scope"`
	Top1     float64 `json:"top1"`
	Top3     float64 `json:"top3"`
	MRR      float64 `json:"mrr"`
	Answered float64 `json:"answered"`
	Wrong    float64 `json:"wrong"` // answered with another document
	Asked    float64 `json:"asked"`
	AskHit   float64 `json:"ask_hit"`  // of those asked back: the right one was among the first three
	Resolved float64 `json:"resolved"` // answered rightly, or asked back with a hit

	Out      int     `json:"out_of_scope"`
	OutFalse float64 `json:"oos_false"` // answered all the same

	ECE float64 `json:"ece"` // expected calibration error of the first guess's P, over all
}

// Score judges predictions by what their questions expect.
func Score(predictions []Prediction) Scores {
	var s Scores
	for _, p := range predictions {
		if want := p.Question.Expected; want == nil {
			s.Out++
			s.OutFalse += one(p.Action == ActAnswer)
		} else {
			s.count(p.Action, slices.IndexFunc(p.Top, func(g Guess) bool { return g.ID == *want }))
		}
	}
	s.AskHit /= max(1, s.Asked)
	for _, share := range []*float64{&s.Top1, &s.Top3, &s.MRR, &s.Answered, &s.Wrong, &s.Asked, &s.Resolved} {
		*share /= max(1, float64(s.In))
	}
	s.OutFalse /= max(1, float64(s.Out))
	s.ECE = calibrationError(predictions)
	return s
}

// Group is the scores of the questions of one language that are written in one way.
type Group struct {
	Lang string `json:"lang"`
	Kind string `json:"kind"`
	Scores
}

// ScoreByKind judges predictions by language and kind: those of one language without a kind first, then its kinds in the
// order of the alphabet.
func ScoreByKind(predictions []Prediction) []Group {
	type key struct{ lang, kind string }
	of := map[key][]Prediction{}
	for _, p := range predictions {
		lang, kind := p.Question.Lang, p.Question.Kind()
		of[key{lang, ""}] = append(of[key{lang, ""}], p)
		if kind != "" {
			of[key{lang, kind}] = append(of[key{lang, kind}], p)
		}
	}
	groups := make([]Group, 0, len(of))
	for k, group := range of {
		groups = append(groups, Group{Lang: k.lang, Kind: k.kind, Scores: Score(group)})
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Or(cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Kind, b.Kind)) })
	return groups
}

// count adds a question in scope whose right document stood at rank, 0 for the first; -1 when it was not named.
func (s *Scores) count(action Action, rank int) {
	top3 := rank >= 0 && rank < likelyN
	s.In++
	s.Top1 += one(rank == 0)
	s.Top3 += one(top3)
	if rank >= 0 {
		s.MRR += 1 / float64(rank+1)
	}
	switch action {
	case ActAnswer:
		s.Answered++
		s.Wrong += one(rank != 0)
		s.Resolved += one(rank == 0)
	case ActAsk:
		s.Asked++
		s.AskHit += one(top3)
		s.Resolved += one(top3)
	}
}

// calibrationError sorts the predictions into ten bins by P and compares, in each, the mean P with the share of right
// first guesses.
func calibrationError(predictions []Prediction) float64 {
	var p, right [10]float64
	for _, g := range predictions {
		if len(g.Top) == 0 {
			continue
		}
		bin := min(int(g.Top[0].P*10), 9)
		p[bin] += g.Top[0].P
		right[bin] += one(g.Question.Expected != nil && *g.Question.Expected == g.Top[0].ID)
	}
	var gap float64
	for bin := range p {
		gap += max(p[bin]-right[bin], right[bin]-p[bin])
	}
	return gap / max(1, float64(len(predictions)))
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
