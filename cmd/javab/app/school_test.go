package app

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/faq"
	"javab/flows/scripts"
)

func someDocuments(phrasing string) []faq.Document {
	return []faq.Document{
		{ID: "fee", Lang: bot.En, Phrasings: []string{"membership fee", phrasing}}, {ID: "card", Lang: bot.En, Phrasings: []string{"membership card"}},
	}
}

func TestTheSameDocumentsAreTrainedOnceAndTheOldestAreForgotten(t *testing.T) {
	s := new(school)
	train := func(phrasing string) *faq.Index {
		x, err := s.train(t.Context(), courseOf(faq.Usual(), someDocuments(phrasing)))
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	first := train("a")
	if train("a") != first || s.known(courseOf(faq.Usual(), someDocuments("a")).of) != first {
		t.Error("trained again")
	}
	own, _ := faq.NewSpeech(faq.Sayings{})
	if s.known(courseOf(own, someDocuments("a")).of) != nil {
		t.Error("other sayings, the same index")
	}
	for _, phrasing := range []string{"b", "a", "c", "d"} {
		train(phrasing)
	}
	if s.known(courseOf(faq.Usual(), someDocuments("b")).of) != nil || s.known(courseOf(faq.Usual(), someDocuments("a")).of) != first {
		t.Error("the one that was wanted longest ago is kept, or another is forgotten")
	}
}

func TestATrainingThatNobodyWantsAnyMoreIsGivenUpAndNotKept(t *testing.T) {
	s := new(school)
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := s.train(gone, courseOf(faq.Usual(), someDocuments("a"))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if s.known(courseOf(faq.Usual(), someDocuments("a")).of) != nil {
		t.Error("half a training is kept")
	}
}

func TestMembersAreAnsweredAtOnceAndBetterWhenTheMatcherIsTrained(t *testing.T) {
	l, err := new(reader).open(scripts.FS, opening)
	if err != nil {
		t.Fatal(err)
	}
	before := l.live.Load().questions.Index()
	if m := l.Match(converse.Ask{Lang: bot.En, Text: "What are your opening hours?"}); m.Sure != "answers/contact.hours" {
		t.Errorf("at once: %+v", m)
	}
	h := &house{library: l, env: Environment{Clock: time.Now}, log: slog.New(slog.DiscardHandler)}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- h.teach(ctx) }()
	for l.live.Load().questions.Index() == before {
		time.Sleep(time.Millisecond)
	}
	trained := l.live.Load().questions.Index()
	l.publish(l.live.Load().bundle, 1, opening) // the same answers again
	if l.live.Load().questions.Index() != trained {
		t.Error("what is known already does not serve at once")
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	m := l.Match(converse.Ask{Lang: bot.En, Text: "What are your opening hours? And how do I file a complaint?"})
	if m.Sure != "answers/contact.hours" || len(m.Next) != 1 || m.P < 0.5 || len(m.Top) != 3 || m.Class != bot.En {
		t.Errorf("got %+v", m)
	}
}

func TestWhatIsTaggedAsRiskyIsAskedBackWhereOtherThingsAreAnswered(t *testing.T) {
	l := builtIn(t)
	if err := l.learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	questions, err := faq.Development()
	if err != nil {
		t.Fatal(err)
	}
	risky := map[string]bool{}
	for _, a := range l.live.Load().bundle.Answers {
		risky["answers/"+a.ID] = a.Risk != ""
	}
	least := map[bool]float64{true: 1, false: 1} // the P of what was answered all the same
	for _, q := range questions {
		m := l.Match(converse.Ask{Lang: bot.Lang(q.Lang), Text: q.Query})
		if m.Sure != "" && len(m.Top) > 0 && m.Sure == m.Top[0].ID {
			least[risky[m.Sure]] = min(least[risky[m.Sure]], m.P)
		}
	}
	if least[true] < 0.7 || least[false] >= 0.7 {
		t.Errorf("of what is risky P %.2f is answered, of the rest P %.2f", least[true], least[false])
	}
}
