package learning

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"javab/bot"
	"javab/bot/faq"
)

// twins are two answers that nobody could tell apart, and one that stands by itself.
func twins() []faq.Document {
	return []faq.Document{
		{ID: "answers/renew", Lang: bot.En, Phrasings: []string{"renew the card", "renewal of a card", "card renewal how", "how to renew a card", "renewing my card"}},
		{ID: "answers/extend", Lang: bot.En, Phrasings: []string{"renew a card", "renewal of the card", "card renewal", "how to renew the card", "renewing cards"}},
		{ID: "answers/hours", Lang: bot.En, Phrasings: []string{"opening hours of your office", "when is your office open", "office hours please"}},
		{ID: "flow/complaint", Lang: bot.En, Phrasings: []string{"i want to complain"}},
	}
}

func TestAnswersThatTakeEachOthersPhrasingsAreTold(t *testing.T) {
	s, err := Look(t.Context(), Stock{faq.Usual(), twins()})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Pairs) != 1 || s.Pairs[0].A != "answers/extend" || s.Pairs[0].B != "answers/renew" || s.Pairs[0].N < confused || len(s.Pairs[0].Taken) != s.Pairs[0].N {
		t.Fatalf("pairs are %+v", s.Pairs)
	}
	if !s.Confusable("answers/renew") || s.Confusable("answers/hours") {
		t.Error("confusable are others")
	}
}

func TestAnswersWithFewPhrasingsAreTold(t *testing.T) {
	got := thin(twins())
	if want := "[{answers/extend map[ar:0 fa:0]} {answers/hours map[ar:0 en:3 fa:0]} {answers/renew map[ar:0 fa:0]}]"; fmt.Sprint(got) != want {
		t.Errorf("thin are %v", got)
	}
}

func TestAContentIsSurveyedOnceInTheBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		content := &shelf{version: 1, index: faq.Build(nil), docs: twins()}
		o := office(&record{}, content)
		ctx, stop := context.WithCancel(t.Context())
		go func() {
			if err := o.Work(ctx); err != nil {
				t.Error(err)
			}
		}()
		defer stop()
		for range 2 { // it is not waited for
			if _, there := o.Survey(); there {
				t.Fatal("nobody has looked")
			}
		}
		synctest.Wait()
		first, there := o.Survey()
		if !there || len(first.Pairs) != 1 {
			t.Fatalf("%+v %v", first, there)
		}
		content.version, content.docs = 2, twins()[2:]
		if _, there := o.Survey(); there {
			t.Error("the survey is of another version")
		}
		synctest.Wait()
		if second, there := o.Survey(); !there || len(second.Pairs) != 0 {
			t.Errorf("%+v %v", second, there)
		}
	})
}

func TestASurveyGivesWayToWhoeverMeasures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		content := &slowly{shelf: shelf{version: 1, index: faq.Build(nil), docs: twins()}, goOn: make(chan struct{})}
		o := office(&record{}, &content.shelf)
		o.Content = content
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go func() { _ = o.Work(ctx) }()
		o.Survey()
		synctest.Wait() // it has begun
		measured := make(chan error, 1)
		go func() {
			_, err := o.Effect(ctx, "s1", "answers/hours", bot.En, []string{"when are you there"})
			measured <- err
		}()
		synctest.Wait()
		close(content.goOn)
		if err := <-measured; err != nil {
			t.Fatal(err)
		}
		if _, there := o.Survey(); there {
			t.Error("the survey has not given way")
		}
		synctest.Wait()
		if _, there := o.Survey(); !there {
			t.Error("it is not done anew")
		}
	})
}

// slowly is a content that whoever reads it first reads only when he is told to go on.
type slowly struct {
	shelf
	begun atomic.Bool
	goOn  chan struct{}
}

func (s *slowly) Edition() Edition {
	if s.begun.CompareAndSwap(false, true) {
		<-s.goOn
	}
	return s.shelf.Edition()
}

func TestASurveyIsGivenUpWithTheProgram(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Look(ctx, Stock{faq.Usual(), twins()}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := office(&record{}, stocked()).Work(ctx); err != nil {
		t.Error(err)
	}
}
