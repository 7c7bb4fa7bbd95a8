package learning

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"javab/bot"
	"javab/bot/faq"
)

func TestAPhrasingShowsWhatItWouldDo(t *testing.T) {
	r := &record{}
	r.ask(1, "where can i park my car near your office", does(bot.QuestionAsked, "answers/card", "answers/fee"))
	r.ask(1, parking, does(bot.QuestionAsked, "answers/card", "answers/fee"))
	r.ask(1, "a question in another language", does(bot.QuestionAsked, "answers/fee"), func(q *bot.FreeQuestion) { q.Class = bot.Ar })
	r.ask(1, "what became of the annual fee", does(bot.QuestionAnswered, "solved", "answers/fee"))
	all, err := office(r, stocked("my card has expired, how to renew", "card renewal")).Effect(t.Context(), "reza", "answers/card", bot.En, []string{parking})
	if err != nil {
		t.Fatal(err)
	}
	of := map[Set]Measured{}
	for _, m := range all {
		of[m.Set] = m
	}
	if n := of[Known].N; n != 5 {
		t.Errorf("%d known phrasings, want those 5 of the 9 that are one part; what is new is none", n)
	}
	m := of[Confirmed] // what is to be learnt is not among them
	if m.N != 2 || len(m.Better) != 1 || m.Better[0].Want != "answers/card" || m.Before.Answered != .5 || m.After.Answered != 1 {
		t.Errorf("on confirmed questions: %+v", m)
	}
	if n := of[Development].N; n < 60 { // those that nobody answers, and no question about answers that are not there
		t.Errorf("%d development questions", n)
	}
	if of[Development].After.In != 0 {
		t.Errorf("%d development questions ask for answers that are not there", of[Development].After.In)
	}
}

func TestWhoHasLeftIsNotMeasuredFor(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := office(&record{}, stocked()).Effect(ctx, "reza", "answers/card", bot.En, []string{parking}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestOneMeasuresAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := office(&record{}, stocked())
		if err := o.bench.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		done := false
		go func() {
			_, err := o.Effect(t.Context(), "reza", "answers/card", bot.En, []string{parking})
			done = err == nil
		}()
		synctest.Wait()
		if done {
			t.Error("two measured at once")
		}
		o.bench.leave()
		synctest.Wait()
		if !done {
			t.Error("the second never had its turn")
		}
	})
}

func TestFareIsWhatAMemberMeets(t *testing.T) {
	want, tops := "b", []faq.Guess{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}
	for fare, p := range map[Fare]faq.Prediction{
		Found:   {Action: faq.ActAnswer, Top: tops[1:]},
		Wrong:   {Action: faq.ActAnswer, Top: tops},
		Offered: {Action: faq.ActAsk, Top: tops},
		Open:    {Action: faq.ActAsk, Top: tops[2:]},
	} {
		p.Question.Expected = &want
		if got := fareOf(p); got != fare {
			t.Errorf("%s of %v is %s, want %s", p.Action, p.Top, got, fare)
		}
	}
	if got := fareOf(faq.Prediction{Action: faq.ActAnswer, Top: tops}); got != Wrong {
		t.Errorf("an answer where there is none is %s", got)
	}
	if got := fareOf(faq.Prediction{Action: faq.ActHandOff}); got != Open {
		t.Errorf("nothing understood is %s", got)
	}
}

func TestTeachingLeavesTheContentAsItIs(t *testing.T) {
	docs := append(stocked().docs, faq.Document{ID: "answers/card", Lang: bot.Fa, Phrasings: []string{"x y"}})
	taught := Teach(docs, "answers/card", bot.En, []string{"card renewal", "how do i renew my card"})
	if got := taught[1].Phrasings; !slices.Equal(got, []string{"how do i renew my card", "renew the commercial card", "card renewal"}) {
		t.Errorf("it knows %q", got)
	}
	if len(docs[1].Phrasings) != 2 || len(taught[0].Phrasings) != 5 {
		t.Error("another document has learnt it")
	}
	if got := Teach(docs, "answers/card", faq.Finglish, []string{"kart"}); fmt.Sprint(got[2].Finglish, got[2].Phrasings) != "[kart] [x y]" {
		t.Errorf("in Latin letters it knows %q", got[2].Finglish)
	}
}
