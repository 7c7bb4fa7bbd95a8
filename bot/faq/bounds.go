package faq

import "javab/bot"

// bounds say what a score is good for. They were chosen leave-one-out on the sample content, a step more careful than
// the best choice, so that an edit of the content does not break them at once: at most 3 of 100 phrasings that the
// index does not know are answered wrongly, and 8 of 100 whose document it does not know are answered at all. The floor
// keeps nonsense from being asked back with buttons; it hides at most 8 of 100 right documents among the first three. A
// test chooses again and fails when these no longer hold.
type bounds struct {
	score  float64 // the best document's score, from which on it is sure,
	margin float64 // when it is this far ahead of the second
	floor  float64 // below it a document is not even offered
}

func boundsOf(lang bot.Lang) bounds {
	switch lang {
	case bot.En:
		return bounds{score: 0.65, margin: 0.25, floor: 0.25}
	case bot.Ar:
		return bounds{score: 0.55, margin: 0.25, floor: 0.3}
	default:
		return bounds{score: 0.6, margin: 0.25, floor: 0.3}
	}
}

func (b bounds) sure(top []Scored) bool {
	if len(top) == 0 || top[0].Score < b.score {
		return false
	}
	return len(top) == 1 || top[0].Score-top[1].Score >= b.margin
}

func (b bounds) likely(top []Scored) []string {
	var ids []string
	for _, t := range top[:min(likelyN, len(top))] {
		if t.Score >= b.floor {
			ids = append(ids, t.ID)
		}
	}
	return ids
}
