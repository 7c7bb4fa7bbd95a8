package changes

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"javab/flows"
	"javab/flows/scripts"
)

func read(t *testing.T, name string) string {
	t.Helper()
	src, err := fs.ReadFile(scripts.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func parse(t *testing.T, src string) *flows.Script {
	t.Helper()
	script, problems := flows.Parse("x.yaml", []byte(src))
	if script == nil {
		t.Fatal(problems)
	}
	return script
}

// told writes changes on one line each.
func told(changes []Change) []string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d %s %s %s%s: %s -> %s", c.Line, c.Kind, c.Step, c.What, c.Lang, c.Before, c.After)))
	}
	return lines
}

const script = `flow: x
title: {fa: f, ar: a, en: e}
enter: {command: x, phrasings: {en: [one, two]}}
steps:
  - id: hello
    say: {fa: f1, ar: a1, en: e1}
  - id: choose
    ask: {fa: f2, ar: a2, en: e2}
    options:
      - {id: yes, label: {fa: f3, ar: a3, en: e3}, goto: time}
      - {id: no, label: {fa: f4, ar: a4, en: e4}, when: {var: language, value: fa}}
      - topics
    save: choice
  - id: words
    ask: {fa: f5, ar: a5, en: e5}
    expect: {text: {max: 20}}
    save: words
  - id: time
    do: hours.now
    with: {unit: finance}
    then: {open: last, closed: last, paused: hello}
  - id: which
    if: {all: [{var: words, op: set}, {not: {var: choice, value: [a, b], op: in}}]}
    then: last
  - id: last
    say: {fa: f6, ar: a6, en: e6}
    end: done
`

func TestEachChangeIsToldByWhatItMeans(t *testing.T) {
	for _, one := range []struct {
		old, new string
		want     []string
	}{
		{"e1", "new", []string{"6 text hello sayen: e1 -> new"}},
		{"ar: a1, ", "", []string{"6 text hello sayar: a1 ->"}},
		{"title: {fa: f", "title: {fa: g", []string{"2 text  titlefa: f -> g"}},
		{"[one, two]", "[one]", []string{"3 enter  phrasingsen: one\ntwo -> one"}},
		{"command: x", "command: y", []string{"3 enter  command: x -> y"}},
		{"flow: x\n", "flow: x # comment\n\n", nil},
		{"goto: time", "goto: last", []string{"10 transition choose yes: time -> last"}},
		{"goto: time", "run: officer", []string{"10 transition choose yes: time -> run officer"}},
		{"      - topics\n", "", []string{"10 options choose options: yes, no, topics -> yes, no"}},
		{"e4", "new", []string{"11 text choose noen: e4 -> new"}},
		{"value: fa}}", "value: ar}}", []string{"11 condition choose no: language is fa -> language is ar"}},
		{"max: 20", "max: 30", []string{"15 expect words expect: text min 1 max 20 -> text min 1 max 30"}},
		{"closed: last", "closed: hello", []string{"19 transition time closed: last -> hello"}},
		{"unit: finance", "unit: legal", []string{"19 action time with: unit: finance -> unit: legal"}},
		{"[a, b]", "[a]", []string{"23 condition which if: (words set and not (choice in a b)) -> (words set and not (choice in a))"}},
		{"save: words", "save: story", []string{"17 setting words save: words -> story"}},
		{", goto: time}", "}", []string{"10 transition choose yes: time ->"}},
		{"    then: last\n", "    then: last\n    else: hello\n", []string{"25 transition which else:  -> hello"}},
		{"    end: done", "    goto: hello", []string{"27 transition last goto:  -> hello", "25 transition last end: true ->"}},
		{"  - id: words\n", "  - id: new\n    run: help\n  - id: words\n", []string{"14 step_added new :  -> run"}},
		{"- id: hello\n    say", "- id: greet\n    say", []string{"5 step_renamed greet : hello -> greet"}},
		{"  - id: hello\n    say: {fa: f1, ar: a1, en: e1}\n", "", []string{"5 step_removed hello : f1 ->"}},
		{"say: {fa: f6, ar: a6, en: e6}\n    end: done", "end: done", []string{"25 step_kind last : say -> end"}},
	} {
		after := strings.Replace(script, one.old, one.new, 1)
		if after == script {
			t.Fatalf("%q is not there", one.old)
		}
		if got := told(Between(parse(t, script), parse(t, after))); !slices.Equal(got, one.want) {
			t.Errorf("%q -> %q:\n%q\nwant\n%q", one.old, one.new, got, one.want)
		}
	}
}

func TestAStepThatStandsElsewhereIsMovedAndNothingElse(t *testing.T) {
	hello := "  - id: hello\n    say: {fa: f1, ar: a1, en: e1}\n"
	after := strings.Replace(strings.Replace(script, hello, "", 1), "  - id: which", hello+"  - id: which", 1)
	if got := told(Between(parse(t, script), parse(t, after))); !slices.Equal(got, []string{"20 step_moved hello :  -> f1"}) {
		t.Errorf("%q", got)
	}
}

func TestAScriptThatIsNewOrGoneIsAllAddedOrRemoved(t *testing.T) {
	for _, c := range Between(nil, parse(t, script)) {
		if c.Kind == StepRemoved || c.Before != "" {
			t.Errorf("%+v", c)
		}
	}
	removed := 0
	for _, c := range Between(parse(t, script), nil) {
		if c.Kind == StepRemoved {
			removed++
		}
	}
	if removed != 6 {
		t.Errorf("%d steps are removed", removed)
	}
}

func TestTheRealScriptsDifferInNothingFromThemselves(t *testing.T) {
	names, err := fs.Glob(scripts.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		src := read(t, name)
		if got := Between(parse(t, src), parse(t, strings.ReplaceAll(src, "\n", "\r\n"))); len(got) > 0 {
			t.Errorf("%s: %q", name, told(got))
		}
	}
}

func TestEntriesOfListsAreComparedByTheirIDs(t *testing.T) {
	const before = `version: 1
answers:
  - id: fees
    unit: finance
    q: {fa: f1, ar: a1, en: e1}
    alt:
      fa: [x, y]
  - id: card
    q: {fa: f2, ar: a2, en: e2}
  - id: visa
    q: {fa: f3, ar: a3, en: e3}
`
	after := strings.NewReplacer("finance", "legal", "e1", "new", "[x, y]", "[x]", "  - id: card\n    q: {fa: f2, ar: a2, en: e2}\n", "", "version: 1", "version: 2",
		"  - id: visa", "  - id: more\n    q: {fa: f4}\n    risk: fee\n  - id: visa").Replace(before)
	got, err := Lists([]byte(before), []byte(after))
	want := []string{
		"9 entry_removed answers/card : f2 ->",
		"5 text answers/fees qen: e1 -> new", "7 text answers/fees altfa: x\ny -> x", "5 value answers/fees unit: finance -> legal",
		"9 entry_added answers/more :  -> f4", "0 value  version: 1 -> 2",
	}
	if err != nil || !slices.Equal(told(got), want) {
		t.Errorf("%q, %v", told(got), err)
	}
	gone, err := Lists([]byte("answers:\n  - id: fees\n    q: {fa: f, ar: a, en: e}\n    alt:\n      fa: [x]\n      fin: [y]\n"), []byte("answers:\n  - id: fees\n    q: {fa: f, ar: a, en: e}\n"))
	if err != nil || !slices.Equal(told(gone), []string{"3 text answers/fees altfa: x ->", "3 text answers/fees altfin: y ->"}) {
		t.Errorf("%q, %v", told(gone), err)
	}
	moved, err := Lists([]byte("l:\n  - {id: a, fa: x}\n  - {id: b, fa: y}\n"), []byte("l:\n  - {id: b, fa: y}\n  - {id: a, fa: x}\n"))
	if err != nil || !slices.Equal(told(moved), []string{"3 entry_moved l/a :  -> x"}) && !slices.Equal(told(moved), []string{"2 entry_moved l/b :  -> y"}) {
		t.Errorf("%q, %v", told(moved), err)
	}
	if _, err := Lists([]byte("a: {"), nil); err == nil {
		t.Error("a file that is no YAML was compared")
	}
}

func TestEveryKindHasItsSentence(t *testing.T) {
	src, err := os.ReadFile("../../locales/changes.en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	kinds := []Kind{
		StepAdded, StepRemoved, StepMoved, StepRenamed, StepKind, TextChanged, Transition, Options, Expect, Action, Condition,
		Setting, Enter, EntryAdded, EntryRemoved, EntryMoved, Value,
	}
	for _, kind := range kinds {
		if !strings.Contains(string(src), "\nchange."+string(kind)+": ") {
			t.Errorf("change.%s is in no catalog", kind)
		}
	}
	if n := strings.Count(string(src), "\nchange."); n != len(kinds) {
		t.Errorf("the catalog has %d sentences for %d kinds", n, len(kinds))
	}
}
