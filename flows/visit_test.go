package flows

import (
	"reflect"
	"strings"
	"testing"

	"javab/bot"
)

// below is a button below a message about a case, as it comes back when it is pressed.
func below(b bot.CaseButton, answer string) string {
	return bot.CasePress{Button: b, Number: bot.CaseNumber{Year: 1405, Seq: 123}, Round: 2, Answer: answer}.Data()
}

func TestAButtonOfACaseKnowsItsCaseRoundAndAnswer(t *testing.T) {
	c := newChat(t, bot.En)
	c.presses(below(bot.ButtonRate, "5"))
	c.says("EN rate JV-1405-000123-7 2 5")
	if !c.st.Idle() {
		t.Errorf("a chat that stood nowhere stands at %s.%s", c.st.Flow, c.st.Step)
	}
}

func TestAnIdleChatIsOfferedTheMenuAfterAVisit(t *testing.T) {
	c := newChat(t, bot.En)
	c.presses(below(bot.ButtonSolved, ""))
	if c.button("Main menu") == "" {
		t.Errorf("no way on: %s", c.last())
	}
}

func TestAButtonOfACaseWorksAtEveryQuestion(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		before, asked := c.st, c.said[len(c.said)-1].Message
		c.presses(below(bot.ButtonHolds, ""))
		if words := show(c.said[len(c.said)-2]); !strings.Contains(words, "EN holds JV-1405-000123-7") {
			t.Errorf("the button is answered with %q", words)
		}
		c.says(questions[i].asks.En)
		c.stands(before)
		if now := c.said[len(c.said)-1].Message.Choices; !reflect.DeepEqual(now, asked.Choices) {
			t.Errorf("the buttons were %v and are %v", asked.Choices, now)
		}
	})
}

func TestAVisitThatAsksComesBackToEveryQuestion(t *testing.T) {
	everywhere(t, func(t *testing.T, c *chat, i int) {
		before := c.st
		c.presses(below(bot.ButtonNotSolved, ""))
		c.at("not_solved", "missing")
		if c.st.Draft == before.Draft || c.st.Draft == "" {
			t.Errorf("the visit writes into the form %q", c.st.Draft)
		}
		c.types("The card has not come.")
		c.types("done")
		c.says(questions[i].asks.En)
		c.stands(before)
	})
}

func TestTheOldButtonsOfAQuestionStayGoodAfterAVisit(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	first := c.said[len(c.said)-1].Message.Choices[0].Data
	c.presses(below(bot.ButtonHolds, ""))
	c.presses(first)
	c.at("complaint", "category")
}

func TestTheVariablesOfAVisitAreItsOwn(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/track")
	c.types("1")
	c.presses(below(bot.ButtonHolds, ""))
	if _, leaked := c.st.Vars["round"]; leaked {
		t.Errorf("the variables are %v", c.st.Vars)
	}
}

func TestAVisitBesideAnOfficerLeavesTheChatWithHim(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/officer")
	if !c.st.Parked {
		t.Fatal("the chat was not handed over")
	}
	before := c.st
	c.presses(below(bot.ButtonSolved, ""))
	c.says("EN solved")
	c.stands(before)
}

func TestASecondVisitIsPlayedOverTheFirst(t *testing.T) {
	c := telling(t)
	c.presses(below(bot.ButtonNotSolved, ""))
	c.presses(below(bot.ButtonHolds, ""))
	c.at("not_solved", "missing")
	c.presses(below(bot.ButtonNotSolved, ""))
	if c.st.visits() != 2 {
		t.Errorf("%d visits", c.st.visits())
	}
	for range 2 {
		c.types("Something is missing.")
		c.types("done")
	}
	c.at("complaint", "describe")
}

func TestVisitsOverOneAnotherAreBounded(t *testing.T) {
	c := telling(t)
	form := c.st.Draft
	for range 3 * MaxVisits {
		c.presses(below(bot.ButtonNotSolved, ""))
		c.types("Something is missing.")
		if c.st.visits() > MaxVisits {
			t.Fatalf("%d visits over one another", c.st.visits())
		}
	}
	for range MaxVisits {
		c.types("done")
	}
	c.at("complaint", "describe")
	if c.st.Draft != form || len(c.st.Left) == 0 {
		t.Errorf("the form is %s, left are %+v", c.st.Draft, c.st.Left)
	}
}

func TestWhoLeavesAVisitForTheMenuKeepsTheFormBeneath(t *testing.T) {
	for name, leave := range map[string]string{
		"the menu": "/menu", "an officer": "/officer", "another flow": "/complaint",
	} {
		c := telling(t)
		form := c.st.Draft
		c.presses(below(bot.ButtonNotSolved, ""))
		c.types(leave)
		if len(c.st.Left) != 1 || c.st.Left[0].State.Draft != form || c.st.Visiting() {
			t.Errorf("%s: left are %+v, beneath is %+v", name, c.st.Left, c.st.Beneath)
		}
	}
}

func TestAVisitThatHandsOverKeepsTheFormBeneath(t *testing.T) {
	c := telling(t)
	form := c.st.Draft
	c.presses(below(bot.ButtonReopen, ""))
	if len(c.handed) != 1 || !c.st.Parked || len(c.st.Left) != 1 || c.st.Left[0].State.Draft != form {
		t.Errorf("handed over: %v, the state is %+v", c.handed, c.st)
	}
}

func TestWhoCancelsAVisitIsBackAtHisQuestion(t *testing.T) {
	c := telling(t)
	before := c.st
	c.presses(below(bot.ButtonNotSolved, ""))
	c.types("/cancel")
	c.says("EN cancelled")
	c.stands(before)
}

func TestALanguageChosenInAVisitStays(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/track")
	c.presses(below(bot.ButtonNotSolved, ""))
	c.types("/language")
	c.presses(Choice{c.st.Token, "ar"}.Data())
	c.types("!")
	c.types("done")
	if c.lang != bot.Ar || c.st.Flow != "track" || !strings.Contains(c.last(), "JV-1405") {
		t.Errorf("%s at %s.%s: %s", c.lang, c.st.Flow, c.st.Step, c.last())
	}
}

func TestAChatThatFillsAFormStaysWithItsVersionDuringAVisit(t *testing.T) {
	c := telling(t)
	c.presses(below(bot.ButtonNotSolved, ""))
	if !c.st.Pinned() {
		t.Error("the form beneath is played with another version")
	}
}

// secretive is a chat whose cases are confidential.
func secretive(c *chat) *chat {
	for name, result := range c.actions {
		if name == "case.show" || name == "case.add" {
			result.Confidential, result.Unit = true, "legal"
			c.actions[name] = result
		}
	}
	return c
}

func TestWhatAVisitLearnsOfAConfidentialCaseLeavesTheFormBeneathAsItWas(t *testing.T) {
	c := secretive(telling(t))
	before := c.st
	c.presses(below(bot.ButtonNotSolved, ""))
	c.types("The card.")
	c.types("done")
	c.stands(before)
}

func TestWhoLooksAtAConfidentialCaseOnTheWayComesBackToHisOwnForm(t *testing.T) {
	c := secretive(telling(t))
	unit := c.st.Unit
	c.types("/track")
	c.types("1")
	c.at("complaint", "describe")
	if unit == "" || c.st.Unit != unit || c.st.Confidential {
		t.Errorf("the form was of unit %q and is of %q, confidential: %v", unit, c.st.Unit, c.st.Confidential)
	}
}

func TestAResultMakesWhatFollowsConfidential(t *testing.T) {
	c := newChat(t, bot.En)
	c.presses(below(bot.ButtonNotSolved, ""))
	c.actions["case.add"] = bot.Result{Outcome: "refused", Confidential: true, Unit: "legal"} // which no step answers: to an officer
	c.types("The card.")
	c.types("done")
	if c.st.Unit != "legal" || !c.st.Confidential {
		t.Errorf("of unit %q, confidential: %v", c.st.Unit, c.st.Confidential)
	}
}

func TestAForgedButtonIsAnsweredKindly(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	for _, data := range []string{"c:", "c:rob:JV-1405-000123-7:1", "c:solved:JV-1405-000123-8:1", "x"} {
		c.presses(data)
		c.says("EN stale")
		c.at("complaint", "group")
	}
}

func TestTheRecordSaysWhatAButtonOfACaseSays(t *testing.T) {
	p := testProgram(t)
	for data, want := range map[string]string{
		below(bot.ButtonSolved, ""): "The button solved", below(bot.ButtonRate, "4"): "The button rate: 4",
		below(bot.ButtonRate, "a lot"): "The button rate", "c:rob:1:1": "",
	} {
		if got := p.PressLabel(State{}, data, bot.En); got != want {
			t.Errorf("%s says %q, not %q", data, got, want)
		}
	}
}
