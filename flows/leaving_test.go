package flows

import (
	"testing"

	"javab/bot"
)

// telling walks to the account of a complaint and writes a first piece.
func telling(t *testing.T) *chat {
	t.Helper()
	c := newChat(t, bot.En)
	for _, said := range []string{"/complaint", "1", "2", "The card is late."} {
		c.types(said)
	}
	c.at("complaint", "describe")
	return c
}

func TestStartDoesNotThrowAwayWhatWasWritten(t *testing.T) {
	c := telling(t)
	draft := c.st.Draft
	c.types("/start")
	c.at("complaint", "describe")
	c.says("EN draft.left")
	if c.st.Draft != draft {
		t.Error("the form is another one")
	}
	c.taps("Leave it")
	c.at(Home, "menu")
	c.says("EN cancelled")
}

func TestALinkToAFlowIsAButtonWhileAFormIsBeingFilled(t *testing.T) {
	c := telling(t)
	c.types("/start complaint")
	c.at("complaint", "describe")
	c.types("/start survey")
	c.at("complaint", "describe")
	c.types("/track")
	c.at("track", "pick")
	c.types("/back")
	c.at("complaint", "describe")
	c.types("/track")
	c.taps("JV-1405-000123-7")
	c.at("complaint", "describe")
	c.types("done")
	c.at("complaint", "details")
}

func TestALinkOfTheFirstContactIsFollowedAfterTheLanguage(t *testing.T) {
	c := newChat(t, bot.En)
	c.first = true
	c.types("/start complaint")
	c.at(Welcome, "choose")
	c.taps("English")
	c.at("complaint", "group")
}

func TestAnInterruptedQuestionIsNotAStepBackOfItsOwn(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.at("complaint", "category")
	c.types("/language")
	c.taps("English")
	c.at("complaint", "category")
	c.types("/back")
	c.at("complaint", "group")
}

func TestFilesAreCountedWhereAnAnswerIsToldBack(t *testing.T) {
	c := telling(t)
	c.do(Input{Kind: bot.KindFile, Files: []bot.File{{ID: "a"}}})
	c.do(Input{Kind: bot.KindFile, Files: []bot.File{{ID: "b"}}})
	for _, said := range []string{"done", "123456", "1"} {
		c.types(said)
	}
	for c.st.Step != "confirm" {
		c.types("I don't have it")
	}
	c.says("What happened: <description> (files: 2)")
	c.do(Input{Kind: bot.KindFile, Files: []bot.File{{ID: "c"}}})
	c.says("What happened: <description> (files: 3)")
}
