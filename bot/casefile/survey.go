package casefile

import (
	"context"
	"time"

	"javab/bot"
)

// Low is the highest rating that says that somebody was not content.
const Low = 2

// SurveyQuery asks for what members said after closures, asked since an instant, newest first.
type SurveyQuery struct {
	By    bot.Staff
	Unit  bot.UnitID // empty: all
	Since time.Time
	Low   bool // low ratings alone
	Limit int
}

// Answer is what a member was asked and said, with the case that it is about.
type Answer struct {
	bot.Survey
	Kind     bot.CaseKind
	Category string
	Holder   bot.StaffID
	Name     string // of the member; empty: not known
}

// Tally is how the surveys of a query came out.
type Tally struct {
	Asked    int
	Answered int
	Low      int
	Ratings  [5]int // how many gave 1 to 5
}

// Mean is the mean rating; 0 when there is no answer.
func (t Tally) Mean() float64 {
	sum := 0
	for i, n := range t.Ratings {
		sum += (i + 1) * n
	}
	if t.Answered == 0 {
		return 0
	}
	return float64(sum) / float64(t.Answered)
}

// Add counts one rating of many; 0 is no answer.
func (t *Tally) Add(rating, n int) {
	t.Asked += n
	if rating < 1 || rating > len(t.Ratings) {
		return
	}
	t.Answered += n
	t.Ratings[rating-1] += n
	if rating <= Low {
		t.Low += n
	}
}

// Surveys are what members said. Those about cases that by may not see are not there.
type Surveys interface {
	SurveyAnswers(ctx context.Context, q SurveyQuery) ([]Answer, error)
	// SurveyTally counts as q asks, whatever its limit; low ratings are counted beside all.
	SurveyTally(ctx context.Context, q SurveyQuery) (Tally, error)
}
