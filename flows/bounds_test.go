package flows

import (
	"fmt"
	"strings"
	"testing"

	"javab/bot"
)

// scripted makes a chat that plays these scripts beside the usual ones, unchecked.
func scripted(t *testing.T, sources ...string) *chat {
	t.Helper()
	c := newChat(t, bot.En)
	scripts := testScripts(t)
	for i, src := range sources {
		s, problems := Parse(fmt.Sprintf("%d.yaml", i), []byte(src))
		if s == nil {
			t.Fatal(problems)
		}
		scripts = append(scripts, s)
	}
	c.p = Compile(scripts, testEnv(t))
	return c
}

// enters begins a flow.
func (c *chat) enters(flow string) []Say {
	c.t.Helper()
	return c.do(Input{Enter: Entrance{Flow: flow}})
}

// handedOver fails the test unless the chat went to an officer because it got stuck.
func (c *chat) handedOver() {
	c.t.Helper()
	if len(c.handed) != 1 || c.handed[0].Reason != Stuck || !c.st.Parked {
		c.t.Errorf("handed over: %+v; the chat stands at %s.%s", c.handed, c.st.Flow, c.st.Step)
	}
}

const words = "{fa: f, ar: a, en: e}"

func TestAScriptThatRunsInCirclesGoesToAnOfficer(t *testing.T) {
	c := scripted(t, `
flow: circle
title: `+words+`
steps:
  - id: one
    say: `+words+`
  - id: two
    say: `+words+`
    goto: one
`)
	c.enters("circle")
	if len(c.said) > MaxStepsPerTurn+2 {
		t.Errorf("%d messages", len(c.said))
	}
	c.handedOver()
}

func TestAScriptOfAsManyStepsAsAllowedIsPlayedToItsEnd(t *testing.T) {
	var steps strings.Builder
	for range MaxStepsPerTurn - 1 {
		steps.WriteString("  - if: {var: language}\n    then: over\n")
	}
	c := scripted(t, "flow: many\ntitle: "+words+"\nsteps:\n"+steps.String()+"  - id: over\n    say: "+words+"\n    end: done\n")
	c.enters("many")
	if len(c.handed) != 0 || !c.st.Idle() {
		t.Errorf("handed over: %+v, at %s.%s", c.handed, c.st.Flow, c.st.Step)
	}
}

func TestFlowsWithinFlowsGoDownFiveDeepAndComeBack(t *testing.T) {
	nested := func(depth int) []string {
		var sources []string
		for i := range depth {
			sources = append(sources, fmt.Sprintf(
				"flow: deep%d\ntitle: %s\nsteps:\n  - run: deep%d\n  - say: %s\n    end: done\n", i, words, i+1, words))
		}
		return append(sources, fmt.Sprintf("flow: deep%d\ntitle: %s\nsteps:\n  - id: q\n    ask: %s\n    expect: text\n", depth, words, words))
	}
	c := scripted(t, nested(MaxDepth)...)
	c.enters("deep0")
	c.at(fmt.Sprintf("deep%d", MaxDepth), "q")
	c.types("x")
	if len(c.handed) != 0 || !c.st.Idle() || len(c.said) != 1+MaxDepth {
		t.Errorf("%d messages, handed over %+v", len(c.said), c.handed)
	}
	c = scripted(t, nested(MaxDepth+1)...)
	c.enters("deep0")
	c.handedOver()
}

func TestBackRemembersTheLastSixteenQuestions(t *testing.T) {
	var steps strings.Builder
	for i := range MaxTrail + 5 {
		fmt.Fprintf(&steps, "  - id: q%d\n    ask: %s\n    expect: text\n    save: a%d\n", i, words, i)
	}
	c := scripted(t, "flow: long\ntitle: "+words+"\nsteps:\n"+steps.String())
	c.enters("long")
	last := MaxTrail + 4
	for range last {
		c.types("x")
	}
	c.at("long", fmt.Sprint("q", last))
	for i := range MaxTrail {
		c.types("/back")
		c.at("long", fmt.Sprint("q", last-1-i))
	}
	c.types("/back")
	c.says("EN first_question")
	c.at("long", fmt.Sprint("q", last-MaxTrail))
}

func TestAnAnswerBeyondSixtyBytesLiesInTheDraft(t *testing.T) {
	for _, n := range []int{MaxInline, MaxInline + 1} {
		c := scripted(t, "flow: name\ntitle: "+words+"\nsteps:\n  - id: q\n    ask: "+words+"\n    expect: text\n    save: name\n  - id: r\n    ask: "+words+"\n    expect: text\n")
		c.enters("name")
		c.types(strings.Repeat("x", n))
		if kept := c.st.Vars["name"].Kept; kept != (n > MaxInline) || len(c.kept) > 0 != kept {
			t.Errorf("%d bytes: in the draft is %v, pieces %+v", n, kept, c.kept)
		}
	}
}

func TestWhenTheScriptForTheStuckIsBrokenTooTheEngineHandsOver(t *testing.T) {
	for name, stuck := range map[string]string{
		"it runs in circles": "steps:\n  - id: one\n    say: " + words + "\n    goto: one\n",
		"it ends":            "steps:\n  - run: nowhere\n  - id: b\n    say: " + words + "\n    goto: b\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := scripted(t, "flow: stuck\ntitle: "+words+"\n"+stuck)
			c.st = State{Schema: 1, Flow: "complaint", Step: "group", Turns: MaxTurnsPerRun}
			c.types("x")
			c.handedOver()
			c.says("EN hand_over")
		})
	}
}

func TestAnInputTooManyGoesToAnOfficerAndOneLessDoesNot(t *testing.T) {
	for turns, stuck := range map[int]bool{MaxTurnsPerRun - 1: false, MaxTurnsPerRun: true} {
		c := newChat(t, bot.En)
		c.types("/complaint")
		c.st.Turns = turns
		c.types("/help me")
		if got := len(c.handed) > 0; got != stuck {
			t.Errorf("after %d inputs: handed over is %v", turns, got)
		}
	}
}

func TestWithoutAMainMenuOrAnOfficerThereIsStillAHuman(t *testing.T) {
	env := testEnv(t)
	for _, missing := range []string{Home, Officer} {
		var rest []*Script
		for _, s := range testScripts(t) {
			if s.Flow.Text != missing {
				rest = append(rest, s)
			}
		}
		c := newChat(t, bot.En)
		c.p = Compile(rest, env)
		c.types(map[string]string{Home: "/menu", Officer: "/officer"}[missing])
		c.handedOver()
	}
}
