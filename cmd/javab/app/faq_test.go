package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"javab/bot/faq"
)

const kbLines = `{"lang":"en","query":"opening hours","expected":"hours"}
{"lang":"en","query":"when are you open","expected":"hours"}
{"lang":"en","query":"membership fees","expected":"fees"}
{"lang":"en","query":"file a complaint","expected":"complaint"}
`

func (i *installation) write(name, text string) (path string) {
	i.t.Helper()
	path = filepath.Join(i.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		i.t.Fatal(err)
	}
	return path
}

func TestTheMatcherIsAskedAboutTheContentWithoutAFile(t *testing.T) {
	i := install(t)
	got := i.run("faq", "ask", "--lang", "en", "how", "do", "I", "renew", "my", "card")
	i.want(got, 0, "1. ", "renewal")
	if strings.Contains(got.out, "flow/") || strings.Contains(got.out, "answers/") {
		t.Errorf("flows are no answers, and ids stand alone:\n%s", got.out)
	}
}

func TestAnAskedTextIsOneLineOfJSON(t *testing.T) {
	i := install(t)
	kb := i.write("kb.jsonl", kbLines)
	got := decoded[struct {
		Query, Action, Detected string
		Top                     []faq.Guess
	}](i, i.run("faq", "ask", "--json", "--kb", kb, "Opening", "hours?"))
	if got.Query != "Opening hours?" || got.Action != "answer" || got.Detected != "en" || len(got.Top) != 3 || got.Top[0].ID != "hours" {
		t.Errorf("got %+v", got)
	}
}

func TestPredictionsKeepTheOrderAndTheBytes(t *testing.T) {
	i := install(t)
	kb := i.write("kb.jsonl", kbLines)
	questions := i.write("questions.jsonl", strings.Repeat(`{"lang":"en","query":"membership fees?","expected":"fees"}
{"query":"opening hours","expected":"fees"}
{"lang":"en","query":"xyzzy","expected":null}
`, 2))
	var before []byte
	for range 2 {
		out := filepath.Join(i.dir, "out.jsonl")
		i.want(i.run("faq", "eval", "--kb", kb, "--out", out, questions), 0, "50.0 %  the right answer is the first", "out of scope: 2")
		now, err := os.ReadFile(out)
		if err != nil || before != nil && string(before) != string(now) {
			t.Errorf("two runs differ, or %v", err)
		}
		before = now
	}
	lines := strings.Split(strings.TrimSpace(string(before)), "\n")
	if len(lines) != 6 || !strings.Contains(lines[1], "opening hours") || !strings.Contains(lines[2], "xyzzy") {
		t.Errorf("got\n%s", before)
	}
}

func TestScoresAreForProgramsToo(t *testing.T) {
	i := install(t)
	kb, questions := i.write("kb.jsonl", kbLines), i.write("questions.jsonl", `{"lang":"en","query":"membership fees","expected":"fees"}`)
	if got := decoded[faq.Scores](i, i.run("faq", "eval", "--json", "--kb", kb, questions)); got.In != 1 || got.Top1 != 1 || got.Resolved != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestALineThatIsNoQuestionIsNamed(t *testing.T) {
	i := install(t)
	bad := i.write("bad.jsonl", kbLines+"{\n")
	i.want(i.run("faq", "eval", bad), 2, "bad.jsonl", "line 5")
	i.want(i.run("faq", "ask", "--kb", bad, "text"), 2, "line 5")
}

func TestScoresAreToldByLanguageAndKind(t *testing.T) {
	i := install(t)
	kb := i.write("kb.jsonl", kbLines)
	questions := i.write("questions.jsonl", `{"lang":"en","query":"membership fees","expected":"fees","kind":"formal"}
{"lang":"en","query":"opening hours","expected":"hours","kind":"keyword"}
{"lang":"en","query":"xyzzy plugh","expected":null,"kind":"far"}
`)
	i.want(i.run("faq", "eval", "--by-kind", "--kb", kb, questions), 0,
		"| en | all | 2 | 100.0 |", "| en | formal | 1 | 100.0 | 100.0 | 100.0 | 100.0 | 0.0 | 100.0 | 0 |  |", "| en | far | 0 |  |  |  |  |  |  | 1 | 0.0 |")
	groups := decoded[[]faq.Group](i, i.run("faq", "eval", "--by-kind", "--json", "--kb", kb, questions))
	if len(groups) != 4 || groups[0].Lang != "en" || groups[0].Kind != "" || groups[1].Kind != "far" || groups[0].Out != 1 {
		t.Errorf("got %+v", groups)
	}
}

func TestFinglishIsAskedOfTheContentInPersian(t *testing.T) {
	i := install(t)
	got := decoded[struct {
		Detected, Action string
		Top              []faq.Guess
	}](i, i.run("faq", "ask", "--json", "shekayat daram az karmand"))
	if got.Detected != "fa-Latn" || got.Action == "handoff" || len(got.Top) < 3 || !strings.HasPrefix(got.Top[0].ID, "complaint.") {
		t.Errorf("got %+v", got)
	}
}
