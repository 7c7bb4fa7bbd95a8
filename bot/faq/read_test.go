package faq

import (
	"slices"
	"testing"

	"javab/bot"
)

func TestSmallTalkIsReadAsNothingElse(t *testing.T) {
	x := trainedSample(t)
	if r := x.Read(bot.En, "hi, thanks a lot!", "card.apply"); r.Talk != Thanks || r.Sure != "" || r.Likely != nil {
		t.Errorf("got %+v", r)
	}
	if r := x.Read(bot.En, "hi, what are your opening hours?", ""); r.Talk != "" || r.Sure != "contact.hours" {
		t.Errorf("got %+v", r)
	}
}

func TestTheFirstOfSeveralQuestionsIsReadAndTheOthersAreKept(t *testing.T) {
	r := trainedSample(t).Read(bot.En, "What are your opening hours? And how do I file a complaint?", "")
	if r.Sure != "contact.hours" || !slices.Equal(r.Next, []string{"complaint.file"}) {
		t.Errorf("got %+v", r)
	}
}

func TestAShortQuestionIsReadAloneAndWithTheLastAnswer(t *testing.T) {
	own := Reading{Result: Result{Likely: []string{"a", "b", "c"}, P: 0.3}}
	on := Result{Likely: []string{"d", "a"}, P: 0.6}
	if r := own.goingOn(on); !slices.Equal(r.Likely, []string{"a", "d", "b"}) || r.P != 0.3 {
		t.Errorf("both: %+v", r)
	}
	if r := own.goingOn(Result{}); !slices.Equal(r.Likely, own.Likely) {
		t.Errorf("alone: %+v", r)
	}
	if r := (Reading{Class: bot.En}).goingOn(on); !slices.Equal(r.Likely, on.Likely) || r.P != 0.6 || r.Class != bot.En {
		t.Errorf("only with the last answer: %+v", r)
	}
	x := trainedSample(t)
	if sure := x.Read(bot.En, "what are your opening hours", "card.renew"); sure.Sure != "contact.hours" {
		t.Errorf("what says enough by itself is read as %+v", sure)
	}
	if nothing := x.Read(bot.En, "!", "membership.docs_natural"); nothing.Sure != "" || nothing.Class != "" {
		t.Errorf("a mark is read as %+v", nothing)
	}
}

func TestFinglishIsReadInPersian(t *testing.T) {
	r := trainedSample(t).Read(bot.Fa, "chetor shekayat konam", "")
	if r.Class != Finglish || r.Lang != bot.Fa || len(r.Likely) == 0 {
		t.Errorf("got %+v", r)
	}
}
