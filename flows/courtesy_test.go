package flows

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
)

func TestAGreetingIsNoWrongAnswer(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	for range 4 {
		c.types("Hello!")
		c.at("complaint", "group")
		c.says("EN hello\n\n")
	}
	if c.st.Tries != 0 {
		t.Errorf("%d tries are counted", c.st.Tries)
	}
	c.types("thank you")
	c.says("EN thanks\n\n")
}

func TestAGreetingOutsideOfAFlowIsAnsweredByTheMainMenu(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("hi")
	c.at(Home, "menu")
	c.says("EN hello")
}

func TestWhatFollowsAGreetingIsHeard(t *testing.T) {
	c := newChat(t, bot.En)
	var asked []string
	c.match = func(s string) Match {
		asked = append(asked, s)
		if s == "fees?" {
			return Match{Sure: "answers/membership.fees"}
		}
		return Match{}
	}
	c.types("Hello, hi fees?")
	c.at(AnswerFlow, "useful")
	if strings.Join(asked, "|") != "Hello, hi fees?|fees?" {
		t.Errorf("asked %q", asked)
	}
	c.types("/menu")
	c.types("hi I want to complain")
	c.at("complaint", "group")
}

func TestAGreetingBeginsAnAccountLikeAnyOtherWords(t *testing.T) {
	c := newChat(t, bot.En)
	for _, said := range []string{"/complaint", "1", "2", "hello"} {
		c.types(said)
	}
	c.at("complaint", "describe")
	if len(c.kept) != 1 || c.kept[0].Piece.Text != "hello" {
		t.Errorf("kept %+v", c.kept)
	}
}

func TestWhoPlainlyWritesAnotherLanguageIsOfferedItAndCanComeBack(t *testing.T) {
	c := newChat(t, bot.Fa)
	c.types("/complaint")
	c.types("What is this and how does it work?")
	if c.lang != bot.Fa {
		t.Fatal("the language was changed without asking")
	}
	c.taps("Go on in English")
	c.at("complaint", "group")
	if c.lang != bot.En {
		t.Fatalf("the language is %s", c.lang)
	}
	c.says("What is your complaint about?")
	back := c.said[len(c.said)-1].Message.Choices
	c.presses(back[len(back)-1].Data)
	if c.lang != bot.Fa {
		t.Errorf("one tap did not undo it: %s", c.lang)
	}
	c.types("go on in english")
	if c.lang != bot.En {
		t.Error("the button's words did not do what it does")
	}
	c.at("complaint", "group")
}

func TestTheOfferOfALanguageSurvivesAnAction(t *testing.T) {
	c := newChat(t, bot.Fa)
	c.match = func(string) Match { return Match{Sure: "flow/track"} }
	c.types("Where is my case, and what are you doing with it?")
	c.at("track", "pick")
	if c.button("Go on in English") == "" {
		t.Errorf("no offer in %s", c.last())
	}
	c.types("0")
	if c.button("Go on in English") != "" {
		t.Error("the offer is made again and again")
	}
}

func TestAShortAnswerInAnotherScriptIsNoOtherLanguage(t *testing.T) {
	c := newChat(t, bot.Fa)
	for _, said := range []string{"/complaint", "1", "2", "The card", "/done", "ok"} {
		c.types(said)
	}
	for _, s := range c.said {
		for _, choice := range s.Message.Choices {
			if strings.Contains(choice.Label, "English") {
				t.Errorf("offered after a few words: %s", show(s))
			}
		}
	}
}

func TestWhoWritesInsteadOfChoosingALanguageHasChosen(t *testing.T) {
	c := newChat(t, bot.Fa)
	c.first = true
	c.types("hello")
	c.at(Welcome, "choose")
	c.types("I want to complain")
	if c.lang != bot.En {
		t.Errorf("the language is %s", c.lang)
	}
	c.at("complaint", "group")
	c.says("What is your complaint about?")
}

func TestTheTitleOfAFlowMayBeTypedAnywhere(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Likely: []string{"answers/membership.fees"}} }
	c.types("money")
	c.at(Unsure, "pick")
	c.types("File a complaint")
	c.at("complaint", "group")
}

func TestNobodyIsAskedTwiceInARowWhatHeMeant(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Likely: []string{"answers/membership.fees"}} }
	c.types("money")
	c.at(Unsure, "pick")
	c.types("the money thing")
	if c.st.Flow == Unsure || c.st.Vars["misses"].Text != "2" || len(c.st.Vars["likely"].Items) != 1 {
		t.Errorf("%s with %+v", c.st.Flow, c.st.Vars)
	}
}

func TestAVoiceMessageThatNobodyAskedForIsToldWhereItIsHeard(t *testing.T) {
	c := newChat(t, bot.En)
	c.do(Input{Kind: bot.KindFile, Files: []bot.File{{ID: "f", Kind: "voice"}}})
	c.at(Home, "menu")
	c.says("EN file.kept")
	c.do(Input{Kind: bot.KindFile, Files: []bot.File{{ID: "f", Kind: "voice"}}})
	c.says("EN file.kept")
	officers := strings.Count(c.last(), "[Talk to an officer]")
	if officers != 1 || c.st.Tries != 0 {
		t.Errorf("%d buttons for an officer, %d tries", officers, c.st.Tries)
	}
}

func TestOfAnExpiredAnswerAnOfficerWillTell(t *testing.T) {
	c := newChat(t, bot.En)
	env := testEnv(t)
	fees, _ := env.Lists.Item("answers", "membership.fees")
	fees.Fields["valid_until"] = Field{Value: "2026-11-20"} // yesterday
	c.p = Compile(testScripts(t), env)
	c.types("questions")
	c.taps("Membership")
	if c.button("What does membership cost?") != "" || c.button("What are the benefits?") == "" {
		t.Errorf("offered: %s", c.last())
	}
	c.types("/menu")
	c.match = func(string) Match {
		return Match{Sure: "answers/membership.fees", Likely: []string{"answers/membership.fees", "answers/membership.benefits"}}
	}
	c.types("what does it cost")
	c.at(AnswerFlow, "useful")
	if told := show(c.said[len(c.said)-2]); told != "An officer will tell you" || c.button("Talk to an officer") == "" {
		t.Errorf("said %q, then %s", told, c.last())
	}
	c.match = func(string) Match {
		return Match{Likely: []string{"answers/membership.fees", "answers/membership.benefits"}}
	}
	c.types("/menu")
	c.types("what does it cost")
	c.at(Unsure, "pick")
	if c.button("What does membership cost?") != "" {
		t.Errorf("offered: %s", c.last())
	}
}

func TestAnAnswerIsGivenOnItsLastDay(t *testing.T) {
	turn := &turn{in: Input{Now: time.Date(2026, 11, 21, 19, 0, 0, 0, time.UTC)}}
	last := func(day string) Item { return Item{Fields: map[string]Field{"valid_until": {Value: day}}} }
	for day, expired := range map[string]bool{"2026-11-20": true, "2026-11-21": false, "2026-11-22": false, "": false} {
		if turn.expired(last(day)) != expired {
			t.Errorf("until %s: expired is %v", day, !expired)
		}
	}
}
