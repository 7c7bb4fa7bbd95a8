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

// library is a content of n answers in topics of eight.
type library struct {
	topics  []Item
	answers []Item
	at      map[string]int
}

func newLibrary(n int) *library {
	l := &library{at: map[string]int{}}
	for i := range n {
		id := fmt.Sprintf("a%d", i)
		said := bot.Text{Fa: "f " + id, Ar: "a " + id, En: "The answer to question " + id}
		l.at[id] = i
		l.answers = append(l.answers, Item{ID: id, Label: said, Fields: map[string]Field{"text": {Text: said}}})
	}
	for i := 0; i < n; i += 8 {
		name := fmt.Sprintf("t%d", i)
		l.topics = append(l.topics, Item{ID: name, Label: bot.Text{Fa: name, Ar: name, En: name}, Fields: map[string]Field{
			"answers": {Items: l.answers[i:min(i+8, n)]},
		}})
	}
	return l
}

func (l *library) List(name string) ([]Item, bool) {
	switch name {
	case "answers":
		return l.answers, true
	case "topics":
		return l.topics[:10], true
	default:
		return nil, false
	}
}

func (l *library) Item(list, id string) (Item, bool) {
	if i, known := l.at[id]; list == "answers" && known {
		return l.answers[i], true
	}
	for _, topic := range l.topics[:10] {
		if list == "topics" && topic.ID == id {
			return topic, true
		}
	}
	return Item{}, false
}

// answerByButton stands before the questions of a topic, one press away from an answer.
func answerByButton(t testing.TB, answers int) (*Program, State, Input) {
	t.Helper()
	s, problems := Parse("ask.yaml", []byte(`flow: ask
title: {fa: f, ar: a, en: e}
steps:
  - id: topic
    ask: {fa: f, ar: a, en: "Which topic?"}
    options: topics
    save: topic
  - id: question
    ask: {fa: f, ar: a, en: "Which question?"}
    options: "{topic.answers}"
    save: answer
  - id: told
    say: "{answer.text}"
    end: done
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	env := testEnv(t)
	env.Lists = newLibrary(answers)
	p := Compile(append(testScripts(t), s), env)
	in := Input{Lang: bot.En, Now: noon, Token: "abcdef", Enter: Entrance{Flow: "ask"}}
	st, _ := p.Step(State{}, in)
	in.Enter, in.Kind, in.Choice = Entrance{}, bot.KindPress, Choice{Token: "abcdef", ID: "t8"}
	st, _ = p.Step(st, in)
	in.Choice.ID = "a9"
	return p, st, in
}

// BenchmarkAnswerByButton is one press on a question, with few and with many answers behind it: the cost must not grow.
func BenchmarkAnswerByButton(b *testing.B) {
	for _, answers := range []int{100, 10_000} {
		b.Run(fmt.Sprint(answers), func(b *testing.B) {
			p, st, in := answerByButton(b, answers)
			b.ReportAllocs()
			for b.Loop() {
				p.Step(st, in)
			}
		})
	}
}

func TestAnAnswerByButtonCostsTheSameHoweverManyThereAre(t *testing.T) {
	cost := map[int]float64{}
	for _, answers := range []int{100, 10_000} {
		p, st, in := answerByButton(t, answers)
		_, effects := p.Step(st, in)
		if len(effects) == 0 || effects[0].(Say).Message.Plain() != "The answer to question a9" {
			t.Fatalf("%d answers: %+v", answers, effects)
		}
		cost[answers] = testing.AllocsPerRun(100, func() { p.Step(st, in) })
	}
	if cost[10_000] > 1.1*cost[100] {
		t.Errorf("allocations at 100 and 10,000 answers: %v", cost)
	}
}
