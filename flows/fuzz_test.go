package flows

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"javab/bot"
)

func FuzzParseNeverPanics(f *testing.F) {
	for _, pattern := range []string{"testdata/scripts/*.yaml", "testdata/mistakes/*.yaml"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(src))
		}
	}
	f.Add("flow: x\nsteps: [{ask: \"{a}\", options: [[]], if: {not: }}]")
	f.Add("&a [*a]\n")
	env := testEnv(f)
	f.Fuzz(func(t *testing.T, src string) {
		s, problems := Parse("fuzz.yaml", []byte(src))
		lines := strings.Count(src, "\n") + strings.Count(src, "\r") + 1
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Line > lines+1 {
				t.Errorf("the place of %v is not in the file of %d lines", p, lines)
			}
		}
		if s == nil && len(problems) == 0 {
			t.Error("nothing was read, and nothing was said about it")
		}
		Check([]*Script{s}, env)
		Compile([]*Script{s}, env).Step(State{}, Input{Enter: Entrance{Flow: Home}})
	})
}

func FuzzPlaceholders(f *testing.F) {
	for _, s := range []string{"", "{", "}", "{a}", "{a:date}", "x {a.b?} y", "{{a}}", "{a:date?}", "{:}", "{a", "a}", "\u0661{a}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tpl, _ := parseTemplate(s)
		var back strings.Builder
		for _, p := range tpl.Parts {
			if p.Name == "" {
				back.WriteString(p.Text)
				continue
			}
			back.WriteString("{" + p.Name)
			if p.Format != "" {
				back.WriteString(":" + p.Format)
			}
			if p.Optional {
				back.WriteString("?")
			}
			back.WriteString("}")
		}
		if back.String() != s {
			t.Errorf("%q was read as %q", s, back.String())
		}
	})
}

// FuzzStepEndsInAReachableStep plays any sequence of inputs: each byte is one. It must end in a place that the program has.
func FuzzStepEndsInAReachableStep(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Add([]byte{20, 1, 1, 40, 3, 41, 41, 41, 41, 60, 61, 62})
	f.Add([]byte("the quick brown fox jumps over the lazy dog"))
	f.Add([]byte{10, 1, 1, 245, 246, 4, 247, 248, 249, 3, 6, 250, 7, 245, 11, 246, 9})
	c := newChat(f, bot.Fa)
	f.Fuzz(func(t *testing.T, moves []byte) {
		d := *c
		d.t, d.first, d.st, d.said = t, true, State{}, nil
		for _, move := range moves[:min(len(moves), 80)] {
			d.random(move)
			if d.st.Idle() {
				continue
			}
			flow := d.p.flows[d.st.Flow]
			if flow == nil || flow.steps[d.st.Step] == nil {
				t.Fatalf("the chat stands at %s.%s, which does not exist", d.st.Flow, d.st.Step)
			}
			if _, waits := flow.steps[d.st.Step].Body.(listener); !waits {
				t.Fatalf("the chat stands at %s.%s, which waits for nobody", d.st.Flow, d.st.Step)
			}
			if raw, _ := json.Marshal(d.st); len(raw) > (MaxStateBytes+600)*(1+d.st.visits()) {
				t.Fatalf("the state has %d bytes", len(raw))
			}
		}
	})
}

var fuzzWords = []string{
	"1", "2", "3", "done", "back", "/back", "/menu", "/cancel", "/language", "/officer", "/complaint", "/track", "/start",
	"I want to complain", "what services do you have", "09121234567", "123456", "2026-11-01", "250 toman", "yes", "no", "",
	"I don't have it", "next", strings.Repeat("long ", 900), "{description}", "\u202E\u2066", "/nothing", "fees",
}

// random makes an input of a byte: words, a button of the last message, a stale button, a file, an event.
func (c *chat) random(move byte) {
	c.match = func(said string) Match {
		if said == "fees" {
			return Match{Sure: "answers/membership.fees"}
		}
		return Match{Likely: []string{"answers/membership.benefits", "flow/track", "nonsense"}}
	}
	switch n := int(move); {
	case n < len(fuzzWords):
		c.types(fuzzWords[n])
	case n < 200:
		var choices []bot.Choice
		for i := len(c.said) - 1; i >= 0 && i > len(c.said)-4; i-- {
			choices = append(choices, c.said[i].Message.Choices...)
		}
		if len(choices) == 0 {
			c.presses("f:none:none")
			return
		}
		c.presses(choices[n%len(choices)].Data)
	case n < 210:
		c.do(Input{Kind: bot.KindFile, Files: []bot.File{{ID: "f", Name: "a.pdf"}}, Text: "caption"})
	case n < 215:
		c.do(Input{Kind: bot.KindContact, Contact: &bot.Contact{Phone: "+989121234567", Own: n%2 == 0}})
	case n < 220:
		c.do(Input{Kind: bot.KindEvent, Event: bot.EventFilesGathered})
	case n < 225:
		c.do(Input{Kind: bot.KindEvent, Event: bot.EventFileLost, Files: []bot.File{{Name: "b"}}})
	case n < 235:
		c.do(Input{Kind: bot.KindLocation, Location: &bot.Location{Latitude: 35, Longitude: 51}})
	case n < 240:
		c.do(Input{Kind: bot.KindEdit, Text: "x"})
	case n < 245:
		c.do(Input{Kind: bot.KindBlocked})
	case n < 253:
		c.presses(bot.CasePress{
			Button: bot.CaseButtons[n%len(bot.CaseButtons)], Number: bot.CaseNumber{Year: 1405, Seq: 123}, Round: 1, Answer: "5",
		}.Data())
	default:
		c.do(Input{Kind: bot.KindOther})
	}
}
