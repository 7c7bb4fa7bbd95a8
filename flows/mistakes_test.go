package flows

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"javab/bot"
)

// elsewhere are the problems that no single script can have; they have tests of their own below.
var elsewhere = map[string]bool{
	"near": true, "file.encoding": true, "flow.twice": true, "flow.reserved": true, "human.none": true,
	"answer.next": true, "press.unanswered": true,
}

func TestEachProblemHasAMistake(t *testing.T) {
	shown := map[string]bool{}
	paths, _ := filepath.Glob("testdata/mistakes/*.yaml")
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, promise := range promised(string(src)) {
			_, code, _ := strings.Cut(promise, " ")
			code, _, _ = strings.Cut(code, ":")
			shown[code] = true
		}
	}
	for code := range englishProblems {
		if shown[code] == elsewhere[code] {
			t.Errorf("%s: shown in testdata/mistakes is %v", code, shown[code])
		}
	}
}

// TestAProblemPointsAtItsWord looks at the very place in the file: what the problem quotes stands there.
func TestAProblemPointsAtItsWord(t *testing.T) {
	quoting := map[string]string{
		"step.unknown": "Name", "feature.unknown": "Name", "list.unknown": "Name", "flow.unknown": "Name",
		"action.unknown": "Name", "argument.unknown": "Name", "outcome.unknown": "Name", "unit.unknown": "Name",
		"key.unknown": "Key", "key.twice": "Key", "name.malformed": "Name", "step.twice": "Name",
		"expect.wrong": "Got", "end.word": "Word", "layout.word": "Word", "condition.op": "Op", "command.twice": "Name",
		"phrasing.twice": "Name", "option.twice": "Name", "press.unknown": "Name", "press.twice": "Name", "variable.unknown": "Name", "format.unknown": "Part",
	}
	pointed := map[string]bool{}
	paths, _ := filepath.Glob("testdata/mistakes/*.yaml")
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(src), "\n")
		for _, p := range checkWith(t, path, src) {
			word := p.Params[quoting[p.Code]]
			if word == "" {
				continue
			}
			pointed[p.Code] = true
			at := string([]rune(lines[p.Line-1])[p.Column-1:])
			if !strings.HasPrefix(strings.TrimLeft(at, `"{`), strings.Trim(word, "{}")) {
				t.Errorf("%s:%d:%d: %s names %q, but there stands %q", path, p.Line, p.Column, p.Code, word, at)
			}
		}
	}
	for code := range quoting {
		if !pointed[code] {
			t.Errorf("no mistake shows %s", code)
		}
	}
}

func TestAFileThatIsNoTextIsRefused(t *testing.T) {
	s, problems := Parse("x.yaml", []byte("flow: x\xff"))
	if s != nil || len(problems) != 1 || summary(problems[0]) != "1 file.encoding" {
		t.Errorf("%+v %v", s, problems)
	}
}

func TestAFlowIsWrittenOnce(t *testing.T) {
	src := "flow: track\ntitle: {fa: f, ar: a, en: e}\nsteps:\n  - hand_over: {unit: finance, reason: x}\n"
	script, _ := Parse("again.yaml", []byte(src))
	var got []string
	for _, p := range Check(append(testScripts(t), script), testEnv(t)) {
		got = append(got, p.File+" "+summary(p)+" "+p.Params["File"])
	}
	if want := "again.yaml 1 flow.twice testdata/scripts/track.yaml"; len(got) != 1 || got[0] != want {
		t.Errorf("%q", got)
	}
}

func TestEveryReservedFlowMustBeThere(t *testing.T) {
	for _, name := range []string{Home, Welcome, AnswerFlow, Unsure, Unknown, Officer, Stuck} {
		var rest []*Script
		for _, s := range testScripts(t) {
			if s.Flow.Text != name {
				rest = append(rest, s)
			}
		}
		found := false
		for _, p := range Check(rest, testEnv(t)) {
			found = found || p.Code == "flow.reserved" && p.Params["Name"] == name
		}
		if !found {
			t.Errorf("nobody misses %s", name)
		}
	}
}

func TestEveryButtonOfACaseMustBeAnswered(t *testing.T) {
	for _, button := range bot.CaseButtons {
		var rest []*Script
		for _, s := range testScripts(t) {
			if s.Enter.Case.Text != string(button) {
				rest = append(rest, s)
			}
		}
		var got []string
		for _, p := range Check(rest, testEnv(t)) {
			got = append(got, p.Code+" "+p.Params["Name"])
		}
		if want := "press.unanswered " + string(button); len(got) != 1 || got[0] != want {
			t.Errorf("without the flow for %s: %q", button, got)
		}
	}
}

func TestWithoutTheFlowOfficerEachFlowMustReachAPersonByItself(t *testing.T) {
	var rest []*Script
	for _, s := range testScripts(t) {
		if s.Flow.Text != Officer {
			rest = append(rest, s)
		}
	}
	alone := map[string]string{}
	for _, p := range Check(rest, testEnv(t)) {
		if p.Code == "human.none" {
			alone[p.Params["Name"]] = fmt.Sprintf("%s:%d:%d", filepath.Base(p.File), p.Line, p.Column)
		}
	}
	if alone["survey"] != "survey.yaml:5:9" {
		t.Errorf("the survey asks and leads to nobody: %v", alone)
	}
	if place, wrong := alone["complaint"]; wrong {
		t.Errorf("the complaint hands over by itself: %s", place)
	}
}

func TestAnAnswerGoesOnToAFlowThatExists(t *testing.T) {
	env := testEnv(t)
	answer, _ := env.Lists.Item("answers", "membership.fees")
	answer.Fields["next"] = Field{Value: "trakc"}
	var got []string
	for _, p := range Check(testScripts(t), env) {
		got = append(got, fmt.Sprint(p.Code, " ", p.Params["Name"], " ", p.Params["Flow"], " ", p.Params["Near"]))
	}
	if len(got) != 1 || got[0] != "answer.next membership.fees trakc track" {
		t.Errorf("%q", got)
	}
}

func TestWarningsDoNotStopAScript(t *testing.T) {
	if HasErrors([]Problem{{Severity: Warning}}) || !HasErrors([]Problem{{Severity: Warning}, {Severity: Error}}) {
		t.Error("a warning counts as an error, or an error does not")
	}
}

// The parsers of what scripts and lists write on one line.

func TestConditionsOfListsAreReadAsTheyAreWritten(t *testing.T) {
	values := map[string]bot.Value{"who": {Text: "legal"}, "n": {Text: "7"}}
	for when, want := range map[string]string{
		"who is legal": "true", "who is_not legal": "false", "who in natural legal": "true", "who in natural": "false",
		"who set": "true", "who unset": "false", "x unset": "true", "n gt 6": "true", "n lt 6": "false",
		"who is legal and n gt 6": "true", "who is legal and n gt 8": "false",
		"": "refused", "who": "refused", "who equals legal": "refused", "who is": "refused", "who set now": "refused", "and": "refused",
	} {
		got := "refused"
		if c, err := ParseWhen(when); err == nil {
			turn := &turn{p: testProgram(t), st: State{Vars: values}}
			got = fmt.Sprint(turn.holds(&c))
		}
		if got != want {
			t.Errorf("%q is %s, not %s", when, got, want)
		}
	}
}

func TestCommandsAreReadFromTheTextAlone(t *testing.T) {
	for said, want := range map[string]string{
		"/menu": "menu", " /Menu ": "menu", "/menu@javab_bot": "menu", "/start complaint": "start complaint",
		"/start@bot  complaint ": "start complaint", "/": "", "menu": "", "go to /menu": "", "/@bot": "", "": "",
	} {
		command, argument, ok := slash(said)
		got := strings.TrimSpace(command + " " + argument)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q is %q, not %q", said, got, want)
		}
	}
}
