package learning

import (
	"testing"
	"time"

	"javab/bot"
)

func TestWhatBecameOfAQuestion(t *testing.T) {
	for _, c := range []struct {
		action   bot.QuestionAction
		pressed  string
		handOver string
		want     Outcome
	}{
		{bot.QuestionAnswered, "", "", Helped},
		{bot.QuestionAnswered, "solved", "", Helped},
		{bot.QuestionAnswered, "not_solved", "", Corrected},
		{bot.QuestionAnswered, "officer", "", Corrected},
		{bot.QuestionAnswered, "", "h1", Corrected},
		{bot.QuestionAsked, "answers/fee", "", Helped},
		{bot.QuestionAsked, "flow/complaint", "", Helped},
		{bot.QuestionAsked, "answers/fee", "h1", Refused},
		{bot.QuestionAsked, "officer", "", Refused},
		{bot.QuestionAsked, "", "h1", Refused},
		{bot.QuestionAsked, "", "", Left},
		{bot.QuestionRephrase, "", "", Lost},
		{bot.QuestionHandOff, "officer", "", Lost},
		{bot.QuestionHandOff, "answers/fee", "", Helped},
		{bot.QuestionOffered, "", "", Helped},
		{bot.QuestionOffered, "", "h1", Helped},
		{bot.QuestionOffered, "answers/fee", "h1", Corrected},
	} {
		q := bot.FreeQuestion{Action: c.action, Pressed: c.pressed, HandOver: c.handOver, At: noon.Add(-Settled)}
		if got := OutcomeOf(q, noon); got != c.want {
			t.Errorf("%s, pressed %q, hand-over %q: %s, want %s", c.action, c.pressed, c.handOver, got, c.want)
		}
	}
}

func TestWhoWasJustAskedMayStillPress(t *testing.T) {
	q := bot.FreeQuestion{Action: bot.QuestionAsked, At: noon.Add(-Settled + time.Second)}
	if got := OutcomeOf(q, noon); got != Pending || got.Unanswered() {
		t.Errorf("it is %s", got)
	}
}

func TestOnlyPeopleSayWhatAQuestionMeant(t *testing.T) {
	answered := bot.FreeQuestion{Action: bot.QuestionAnswered, Top: []bot.Guess{{ID: "answers/fee", P: .9}}}
	with := func(change func(*bot.FreeQuestion)) bot.FreeQuestion {
		q := answered
		change(&q)
		return q
	}
	for _, c := range []struct {
		q             bot.FreeQuestion
		officer, want string
	}{
		{answered, "", ""},
		{with(func(q *bot.FreeQuestion) { q.Pressed = "solved" }), "", "answers/fee"},
		{with(func(q *bot.FreeQuestion) { q.Pressed = "not_solved" }), "", ""},
		{with(func(q *bot.FreeQuestion) { q.Pressed = "answers/card" }), "", "answers/card"},
		{with(func(q *bot.FreeQuestion) { q.Pressed, q.HandOver = "solved", "h1" }), "", ""},
		{with(func(q *bot.FreeQuestion) { q.Pressed, q.HandOver = "solved", "h1" }), "answers/card", "answers/card"},
	} {
		if got := Right(c.q, c.officer); got != c.want {
			t.Errorf("pressed %q, hand-over %q, officer %q: %q, want %q", c.q.Pressed, c.q.HandOver, c.officer, got, c.want)
		}
	}
}
