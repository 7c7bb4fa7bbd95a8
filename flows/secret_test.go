package flows

import (
	"encoding/json"
	"strings"
	"testing"

	"javab/bot"
)

// linked is a chat that a member of staff has linked.
func linked(t *testing.T) *chat {
	t.Helper()
	c := newChat(t, bot.En)
	c.actions["staff.link"] = bot.Result{Outcome: "ok", Staff: bot.ChatLinked, Vars: map[string]bot.Value{"staff.name": {Text: "Mona"}}}
	c.actions["approval.show"] = bot.Result{Outcome: "open"}
	c.actions["approval.decide"] = bot.Result{Outcome: "ok"}
	c.types("/link K7QM")
	c.says("Welcome")
	return c
}

func state(t *testing.T, c *chat) string {
	t.Helper()
	kept, err := json.Marshal(c.st)
	if err != nil {
		t.Fatal(err)
	}
	return string(kept)
}

func TestWhatStandsBehindACommandReachesItsActionAndNothingElse(t *testing.T) {
	c := linked(t)
	if got := c.dos[len(c.dos)-1].With["code"]; got != "K7QM" {
		t.Errorf("the action got %q", got)
	}
	if strings.Contains(state(t, c), "K7QM") || len(c.kept) != 0 {
		t.Errorf("it is kept: %s, %v", state(t, c), c.kept)
	}
}

func TestACodeReachesItsActionAndNothingElseEvenWithinAForm(t *testing.T) {
	c := linked(t)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	c.types("something happened")
	kept := len(c.kept)
	c.types("/desk")
	c.at("desk", "code")
	c.types("\u06f1\u06f2\u06f3 \u06f4\u06f5\u06f6")
	if got := c.dos[len(c.dos)-1].With["code"]; got != "123456" {
		t.Errorf("the action got %q", got)
	}
	c.at("complaint", "describe")
	if strings.Contains(state(t, c), "123456") || len(c.kept) != kept {
		t.Errorf("it is kept: %s, %v", state(t, c), c.kept[kept:])
	}
}

func TestAWrongCodeIsAskedAgain(t *testing.T) {
	c := linked(t)
	c.actions["approval.decide"] = bot.Result{Outcome: "wrong"}
	c.types("/desk")
	c.types("12")
	c.says("expect.code")
	c.types("000000")
	c.at("desk", "code")
}

func TestAFlowForStaffIsNoneForMembers(t *testing.T) {
	stranger, other := newChat(t, bot.En), newChat(t, bot.En)
	for _, before := range []string{"", "/complaint"} {
		if before != "" {
			stranger.types(before)
			other.types(before)
		}
		got, want := stranger.types("/desk"), other.types("/nothing")
		if len(got) != len(want) || show(got[0]) != show(want[0]) || stranger.st.Flow != other.st.Flow || stranger.st.Step != other.st.Step {
			t.Errorf("after %q: %v, of an unknown command %v", before, got, want)
		}
	}
	stranger.types("Desk") // the flow's own name
	if stranger.st.Flow == "desk" {
		t.Error("its title leads to it")
	}
	if commands := testProgram(t).Commands(); commands["desk"] != "" || commands["link"] != "" {
		t.Errorf("the menu of a messenger lists them: %v", commands)
	}
}

func TestAButtonThatSaysACommandForStaffWorksFromAnyStepAndComesBack(t *testing.T) {
	c := linked(t)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	button := CommandChoice("desk", "y:h7")
	for range 2 { // the second time within the flow itself
		c.do(Input{Kind: bot.KindPress, Choice: button})
		c.at("desk", "code")
	}
	if got := c.dos[len(c.dos)-1].With["pick"]; got != "y:h7" {
		t.Errorf("the action got %q", got)
	}
	if back, ok := ParsePress(button.Data()); !ok || back != button || len(button.Data()) > 64 {
		t.Errorf("%q is read as %v", button.Data(), back)
	}
	if label := testProgram(t).PressLabel(c.st, button.Data(), bot.En); label != "Desk" {
		t.Errorf("the record says %q", label)
	}
	c.types("123456")
	c.at("complaint", "describe")

	stranger := newChat(t, bot.En)
	stranger.types("/complaint")
	stranger.do(Input{Kind: bot.KindPress, Choice: button})
	stranger.at("complaint", "group")
	stranger.says("EN stale")
}

func TestALinkedChatStaysSoThroughMenusAndIsTakenBackByAnAction(t *testing.T) {
	c := linked(t)
	c.types("/complaint")
	c.types("/menu")
	c.types("/cancel")
	c.types("/desk")
	c.at("desk", "code")
	c.actions["approval.decide"] = bot.Result{Outcome: "not_linked", Staff: bot.ChatUnlinked}
	c.types("123456")
	c.types("/desk")
	if c.st.Flow == "desk" || c.st.Staff {
		t.Error("it is still linked")
	}
}

func TestTheRecordHasDotsInThePlaceOfASecret(t *testing.T) {
	p := testProgram(t)
	asked := State{Flow: "desk", Step: "code"}
	for _, row := range []struct {
		st         State
		said, kept string
	}{
		{State{}, "/link K7QM", "/link •••"},
		{asked, "/link@javab_bot K7QM", "/link •••"},
		{State{}, "/link", "/link"},
		{State{}, "/complaint now", "/complaint now"},
		{State{}, "123456", "123456"},
		{State{Flow: "desk", Step: "decide"}, "123456", "123456"},
		{State{Flow: "gone", Step: "code"}, "123456", "123456"},
		{asked, "123456", "•••"},
		{asked, "my code is 123456", "•••"},
		{asked, "", ""},
		{asked, "/cancel", "/cancel"},
	} {
		if got := p.Unsaid(row.st, row.said); got != row.kept {
			t.Errorf("%+v, %q: kept %q, want %q", row.st, row.said, got, row.kept)
		}
	}
}
