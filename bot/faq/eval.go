package faq

import (
	"cmp"
	"slices"

	"javab/bot"
	"javab/locales/text"
)

// Action says what the bot does with a question.
type Action string

// The actions: answer at once, ask which of a few is meant, or give up to a person.
const (
	ActAnswer  Action = "answer"
	ActAsk     Action = "ask"
	ActHandOff Action = "handoff"
)

// Guess is one document of a prediction. P is how likely it is meant, 0 to 1. It is the score on another scale, not
// yet a calibrated probability.
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

// Predict asks the index a question, as the bot would. A question without a language is asked in the detected one, and
// in Persian, the house's own, when nothing is detected.
func Predict(x *Index, q Question) Prediction {
	p := Prediction{Question: q, Action: ActHandOff, Detected: string(text.Detect(q.Query).Lang), Top: []Guess{}}
	r := x.Match(cmp.Or(q.index(), bot.Lang(p.Detected), bot.Fa), q.Query)
	if r.Sure != "" {
		p.Action = ActAnswer
	} else if len(r.Likely) > 0 {
		p.Action = ActAsk
	}
	for _, t := range r.Top {
		p.Top = append(p.Top, Guess{ID: t.ID, P: min(1, t.Score/exactBonus)})
	}
	return p
}

// Documents makes documents of the lines of a knowledge base, in the order in which their ids first come.
func Documents(kb []Question) []Document {
	type key struct {
		id   string
		lang bot.Lang
	}
	at := map[key]int{}
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
			docs = append(docs, Document{ID: k.id, Lang: k.lang})
		}
		docs[i].Phrasings = append(docs[i].Phrasings, q.Query)
	}
	return docs
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
