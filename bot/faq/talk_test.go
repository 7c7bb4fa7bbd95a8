package faq

import (
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

func TestSmallTalkIsToldFromQuestions(t *testing.T) {
	for said, want := range map[string]Talk{
		"Hello!": Greeting, "hi, thanks a lot": Thanks, "Thank you, bye.": Farewell, "good morning, how are you?": Wellbeing,
		"OK, perfect": Praise, "are you a bot?": Who,
	} {
		if got, is := SmallTalk(said); !is || got != want {
			t.Errorf("%q is %q %v, want %s", said, got, is, want)
		}
	}
	for _, question := range []string{"", "?", "hello, how do I renew my card", "thanks for nothing", "membership"} {
		if got, is := SmallTalk(question); is {
			t.Errorf("%q is %s", question, got)
		}
	}
}

func TestEveryPhraseOfSmallTalkIsRecognised(t *testing.T) {
	for line := range strings.Lines(talkLines) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.SplitN(line, " ", 3)
		for phrase := range strings.SplitSeq(fields[2], "|") {
			if got, is := SmallTalk(phrase); !is || string(got) != fields[1] {
				t.Errorf("%q is %q, want %s", phrase, got, fields[1])
			}
		}
	}
}

func TestNoQuestionOfTheDevelopmentSetIsTakenForSmallTalk(t *testing.T) {
	found, all := 0, 0
	for _, q := range devSet(t) {
		_, is := SmallTalk(q.Query)
		switch {
		case q.Expected != nil && is:
			t.Errorf("%q is no small talk", q.Query)
		case q.Kind() == "small_talk":
			all++
			found += int(one(is))
		}
	}
	t.Logf("%d of %d recognised", found, all)
	if found*3 < all {
		t.Errorf("only %d of %d recognised", found, all)
	}
}

func TestSeveralQuestionsInOneMessageAreFoundEach(t *testing.T) {
	x := trainedSample(t)
	got := x.Several(bot.En, "Hello! What are your opening hours? And how do I file a complaint? Thanks.")
	if len(got) != 2 || got[0].Sure != "contact.hours" || got[1].Sure != "complaint.file" {
		t.Errorf("got %+v", got)
	}
	for _, single := range []string{"What are your opening hours?", "My card is lost. It was blue. It rains.", ""} {
		if got := x.Several(bot.En, single); got != nil {
			t.Errorf("%q: %+v", single, got)
		}
	}
}

func TestAQuestionIsCutWhereItEnds(t *testing.T) {
	got := Questions("Hi! Where are you\nand when do you open? ok.")
	if !slices.Equal(got, []string{"Where are you", "and when do you open"}) {
		t.Errorf("got %q", got)
	}
}

func TestAFollowUpLeansOnTheLastAnswer(t *testing.T) {
	x := trainedSample(t)
	got := x.Follow(bot.En, "what about companies?", "membership.docs_natural")
	if got.Sure != "" || !slices.Contains(got.Likely, "membership.docs_legal") || slices.Contains(got.Likely, "membership.docs_natural") {
		t.Errorf("got %+v", got)
	}
	for name, none := range map[string]Result{
		"an unknown answer":     x.Follow(bot.En, "what about companies?", "nowhere"),
		"enough by itself":      x.Follow(bot.En, "opening hours", "membership.docs_natural"),
		"too long to lean":      x.Follow(bot.En, "and what would you say if I told you that", "membership.docs_natural"),
		"a language of no help": x.Follow("de", "und?", "membership.docs_natural"),
	} {
		if none.Likely != nil || none.Sure != "" {
			t.Errorf("%s: %+v", name, none)
		}
	}
}
