package flows

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"javab/bot"
)

// thirtySteps is a script that asks thirty questions, each of another kind in turn.
func thirtySteps(t testing.TB) *Program {
	t.Helper()
	var b strings.Builder
	b.WriteString("flow: long\ntitle: {fa: f, ar: a, en: e}\nsteps:\n")
	for i := range 10 {
		fmt.Fprintf(&b, "  - id: choice%d\n    ask: {fa: f, ar: a, en: \"Question %d?\"}\n    options: topics\n    save: topic\n", i, i)
		fmt.Fprintf(&b, "  - id: text%d\n    ask: {fa: \"{topic}\", ar: \"{topic}\", en: \"{topic}: tell us more\"}\n    expect: text\n    save: words%d\n", i, i)
		fmt.Fprintf(&b, "  - id: say%d\n    say: {fa: \"{words%d}\", ar: \"{words%d}\", en: \"You said {words%d}.\"}\n", i, i, i, i)
	}
	b.WriteString("  - end: done\n")
	s, problems := Parse("long.yaml", []byte(b.String()))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return Compile(append(testScripts(t), s), testEnv(t))
}

// turnInMiddle loads a state in the middle of the script, lets the member answer, and saves the next state.
func turnInMiddle(p *Program, raw []byte, in Input) ([]byte, []Effect, error) {
	var st State
	if err := json.Unmarshal(raw, &st); err != nil {
		return nil, nil, err
	}
	st, effects := p.Step(st, in)
	raw, err := json.Marshal(st)
	return raw, effects, err
}

func middle(t testing.TB) (*Program, []byte, Input) {
	t.Helper()
	c := &chat{t: t, p: thirtySteps(t), lang: bot.En}
	c.do(Input{Enter: Entrance{Flow: "long"}})
	for range 5 {
		c.types("1")
		c.types("words of mine")
	}
	c.types("1")
	c.at("long", "text5")
	return c.p, stateJSON(t, c.st), Input{Kind: bot.KindText, Text: "more words", Lang: bot.En, Now: noon, Token: "abcdef"}
}

// BenchmarkStep is one whole step: state from JSON, answer validated and saved, two messages rendered, state to JSON.
func BenchmarkStep(b *testing.B) {
	p, raw, in := middle(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := turnInMiddle(p, raw, in); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAStepIsCheap(t *testing.T) {
	p, raw, in := middle(t)
	allocs := testing.AllocsPerRun(100, func() {
		if _, effects, err := turnInMiddle(p, raw, in); err != nil || len(effects) == 0 {
			t.Fatal(effects, err)
		}
	})
	if allocs > 100 {
		t.Errorf("a step takes %v allocations, 100 are allowed", allocs)
	}
}
