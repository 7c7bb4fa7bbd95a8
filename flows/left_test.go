package flows

import (
	"fmt"
	"testing"
	"time"

	"javab/bot"
)

const goOnComplaint = "Go on: File a complaint"

func TestAFormThatIsLeftForTheMenuCanBeGoneOnWith(t *testing.T) {
	c := telling(t)
	draft := c.st.Draft
	c.types("/menu")
	c.says("EN left")
	if first := c.said[len(c.said)-1].Message.Choices[0]; first.Label != goOnComplaint || first.Beside {
		t.Errorf("the first row is %+v", first)
	}
	if second := c.said[len(c.said)-1].Message.Choices[1]; second.Beside {
		t.Error("the form does not stand in a row of its own")
	}
	c.types("1")
	c.at("complaint", "describe")
	c.says("EN resumed")
	if c.st.Draft != draft || len(c.st.Left) != 0 {
		t.Errorf("the form is %s, left are %+v", c.st.Draft, c.st.Left)
	}
	c.types("It came today.")
	c.taps("Done")
	c.at("complaint", "details")
	c.types("/back")
	c.at("complaint", "describe")
}

func TestAFormIsGoneOnWithFromEveryKindOfQuestion(t *testing.T) {
	for _, row := range []struct {
		at   string
		more []string
	}{
		{"describe", nil},
		{"details", []string{"done"}},
		{"whom", []string{"done", "123456"}},
		{"phone", []string{"done", "123456", "1"}},
		{"confirm", []string{"done", "123456", "1", "I don't have it"}},
	} {
		c := telling(t)
		for _, said := range row.more {
			c.types(said)
		}
		c.at("complaint", row.at)
		item := c.st.Item
		asked := c.last()
		c.types("/menu")
		c.taps(goOnComplaint)
		c.at("complaint", row.at)
		if c.st.Item != item {
			t.Errorf("%s: at question %d instead of %d; before: %s", row.at, c.st.Item, item, asked)
		}
	}
}

func TestAFormInWhichNothingWasWrittenIsSimplyLeft(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("/menu")
	c.says("EN cancelled")
	if c.button(goOnComplaint) != "" {
		t.Error("there is nothing to go on with")
	}
}

func TestWhoGivesAFormUpIsNotRemindedOfIt(t *testing.T) {
	c := telling(t)
	c.types("/cancel")
	c.says("EN cancelled")
	if len(c.st.Left) != 0 {
		t.Errorf("left: %+v", c.st.Left)
	}
	c = telling(t)
	c.types("/menu")
	c.types("/cancel")
	c.says("EN cancelled")
	if c.button(goOnComplaint) != "" {
		t.Error("it is offered still")
	}
}

func TestAfterSevenDaysAFormIsNoLongerOffered(t *testing.T) {
	for days, offered := range map[int]bool{6: true, 8: false} {
		c := telling(t)
		c.types("/menu")
		c.st.Left[0].At -= int64(time.Duration(days) * 24 * time.Hour / time.Second)
		c.types("/menu")
		if got := c.button(goOnComplaint) != ""; got != offered {
			t.Errorf("after %d days: offered is %v", days, got)
		}
	}
}

func TestEveryWayOutOfAFormLeadsBackIntoIt(t *testing.T) {
	ways := map[string]func(c *chat){
		"another form": func(c *chat) {
			c.match = func(string) Match { return Match{Sure: "flow/survey"} }
			c.types("What are the opening hours?")
			c.presses(Choice{c.st.Token, "?flow/services"}.Data())
			c.at("services", "service")
		},
		"a command within a command": func(c *chat) {
			c.types("/language")
			c.types("/menu")
		},
		"a form within it": func(c *chat) {
			c.types("/track")
			c.at("track", "pick")
			c.types("/menu")
		},
		"an officer": func(c *chat) {
			c.types("/officer")
		},
		"an event from outside": func(c *chat) {
			c.do(Input{Enter: Entrance{Flow: "complaint", Step: "closed"}})
			c.at("complaint", "closed")
		},
	}
	for name, leave := range ways {
		t.Run(name, func(t *testing.T) {
			c := telling(t)
			draft := c.st.Draft
			leave(c)
			c.types("/menu")
			c.taps(goOnComplaint)
			c.at("complaint", "describe")
			if c.st.Draft != draft || c.st.Account != "description" || !c.st.Wrote {
				t.Errorf("the form came back as %+v", c.st)
			}
		})
	}
}

func TestThreeFormsAreKeptAndTheLastStandsFirst(t *testing.T) {
	c := newChat(t, bot.En)
	for i := range 4 {
		c.types("/complaint")
		c.types("1")
		c.types("2")
		c.types(fmt.Sprintf("story %d", i))
		c.types("/menu")
	}
	if len(c.st.Left) != maxLeft {
		t.Fatalf("%d are kept", len(c.st.Left))
	}
	c.says("[Go on: File a complaint (12:30)]")
	newest := c.st.Left[0].State.Draft
	c.types("1")
	if c.st.Draft != newest || len(c.st.Left) != maxLeft-1 {
		t.Errorf("form %s, %d left", c.st.Draft, len(c.st.Left))
	}
	c.types("/menu")
	if len(c.st.Left) != maxLeft || c.st.Left[0].State.Draft != newest {
		t.Error("the same form is kept twice, or in another place")
	}
}

func TestFormsThatWereLeftGiveWayToWhatIsDoneNow(t *testing.T) {
	c := telling(t)
	c.types("/menu")
	c.st.Left[0].State.Vars["long"] = bot.Value{Text: string(make([]byte, MaxStateBytes))}
	c.types("/complaint")
	c.at("complaint", "group")
	if len(c.st.Left) != 0 || len(c.handed) != 0 {
		t.Errorf("%d left, %d handed over", len(c.st.Left), len(c.handed))
	}
}

func TestAFormWhosePlaceTheContentLostIsNotOffered(t *testing.T) {
	c := telling(t)
	c.types("/menu")
	c.st.Left[0].State.Step = "gone"
	c.types("/menu")
	if c.button(goOnComplaint) != "" {
		t.Error("it leads nowhere")
	}
}

func TestTheAccountOfAnInterruptedFormStillTakesLatePieces(t *testing.T) {
	c := telling(t)
	c.types("done")
	c.at("complaint", "details")
	c.types("/track")
	c.types("/back")
	c.at("complaint", "details")
	c.sends("late", "")
	c.says("EN added")
	if last := c.kept[len(c.kept)-1].Piece; last.Field != "description" || last.File == nil {
		t.Errorf("kept %+v", last)
	}
}

// visiting is a form with a form of its own that a command leads to.
const visiting = `
flow: track
title: {fa: f, ar: a, en: Track}
draft: true
steps:
  - id: change
    ask: {fa: f, ar: a, en: What shall change?}
    expect: account
    save: change
  - id: sorry
    run: officer
`

func TestTheFormOfAVisitTakesNothingFromTheOneAround(t *testing.T) {
	c := scripted(t, visiting)
	c.describing()
	c.types("The card is late.")
	draft := c.st.Draft
	c.types("done")
	c.at("complaint", "details")
	c.types("/track")
	c.types("/back")
	c.at("complaint", "details")
	if c.st.Draft != draft || c.st.Account != "description" || !c.st.Wrote {
		t.Errorf("the form came back as %+v", c.st)
	}
	c.types("/track")
	c.types("/menu") // nothing was written there: the complaint is what he left
	c.taps(goOnComplaint)
	c.at("complaint", "details")
}

func TestWhatWasWrittenOnAVisitIsKeptTogetherWithTheFormAround(t *testing.T) {
	c := scripted(t, visiting)
	c.describing()
	c.types("The card is late.")
	c.types("/track")
	c.types("Another phone, please.")
	c.types("/menu")
	c.taps(goOnComplaint)
	c.at("track", "change")
	c.types("/back")
	c.at("complaint", "describe")
}

func TestAFormThatTheScriptItselfGaveToAnOfficerIsNotGoneOnWith(t *testing.T) {
	c := scripted(t, visiting)
	c.enters("track")
	c.types("Another phone, please.")
	c.taps("Done")
	if len(c.handed) != 1 || len(c.st.Left) != 0 {
		t.Errorf("handed over %d times, left %+v", len(c.handed), c.st.Left)
	}
}

func TestAnOfficerAskedTwiceDoesNotTakeThePlaceOfTheForm(t *testing.T) {
	c := scripted(t, `
flow: officer
title: {fa: f, ar: a, en: Officer}
steps:
  - id: about
    ask: {fa: f, ar: a, en: What about?}
    expect: account
    save: about
  - hand_over: {unit: finance, reason: asked}
`)
	c.describing()
	c.types("The card is late.")
	c.types("/officer")
	c.types("/officer")
	c.types("/menu")
	c.says("EN left")
	c.taps(goOnComplaint)
	c.at("complaint", "describe")
}

func TestWhatHappensAfterwardsDoesNotReachIntoTheFormThatWasLeft(t *testing.T) {
	c := telling(t)
	next, _ := c.p.Step(c.st, Input{Kind: bot.KindText, Text: "/officer", Lang: bot.En, Now: noon, Token: "x", Draft: "y"})
	before := len(next.Left[0].State.Vars)
	turn := &turn{p: c.p, st: c.st, owned: true, in: Input{Now: noon}}
	turn.setAside()
	turn.set("reason", bot.Value{Text: "asked"})
	if got := turn.st.Left[0].State.Vars; len(got) != before {
		t.Errorf("the form that was left has %v", got)
	}
}

func TestCancelAtTheMenuGivesUpOneFormAtATime(t *testing.T) {
	c := newChat(t, bot.En)
	for range 2 {
		c.describing()
		c.types("story")
		c.types("/menu")
	}
	older := c.st.Left[1].State.Draft
	c.types("/cancel")
	if len(c.st.Left) != 1 || c.st.Left[0].State.Draft != older {
		t.Errorf("left: %+v", c.st.Left)
	}
	c.types("/cancel")
	if len(c.st.Left) != 0 {
		t.Errorf("left: %+v", c.st.Left)
	}
}
