package flows

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheExampleScriptsHaveNoProblems(t *testing.T) {
	for _, p := range Check(testScripts(t), testEnv(t)) {
		t.Errorf("%v", p)
	}
}

// TestEachMistakeIsFound reads testdata/mistakes: each file is a script with one mistake or several. A comment
// "# <- code" at the end of a line promises a problem of that code on that line; "# <- code: Near" also what was meant.
// Anything else that Check says is an error.
func TestEachMistakeIsFound(t *testing.T) {
	paths, _ := filepath.Glob("testdata/mistakes/*.yaml")
	if len(paths) == 0 {
		t.Fatal("no mistakes in testdata")
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := promised(string(src))
			var got []string
			for _, p := range checkWith(t, path, src) {
				got = append(got, summary(p))
				if m := p.Message(english); m == "" || strings.Contains(m, "{{") {
					t.Errorf("%s has no message, or an unfilled one: %q", p.Code, m)
				}
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("\ngot  %q\nwant %q", got, want)
			}
		})
	}
}

// checkWith checks a script in the company of the good ones; one of the same flow takes the place of the good one.
func checkWith(t *testing.T, path string, src []byte) []Problem {
	t.Helper()
	script, problems := Parse(path, src)
	var scripts []*Script
	for _, good := range testScripts(t) {
		if script == nil || good.Flow.Text != script.Flow.Text {
			scripts = append(scripts, good)
		}
	}
	for _, p := range Check(append(scripts, script), testEnv(t)) {
		if p.File == path {
			problems = append(problems, p)
		}
	}
	return problems
}

func promised(src string) []string {
	var want []string
	for i, line := range strings.Split(src, "\n") {
		_, promise, ok := strings.Cut(line, "# <- ")
		for ok && promise != "" {
			var one string
			one, promise, _ = strings.Cut(promise, " + ")
			want = append(want, fmt.Sprintf("%d %s", i+1, one))
		}
	}
	return want
}

func summary(p Problem) string {
	s := fmt.Sprintf("%d %s", p.Line, p.Code)
	if p.Params["Near"] != "" {
		s += ": " + p.Params["Near"]
	}
	return s
}

func TestProblemsNameTheColumn(t *testing.T) {
	src := "flow: columns\ntitle: {fa: f, ar: a, en: e}\nsteps:\n" +
		"  - say: {fa: \"f {nmae}\", ar: \"a {nmae}\", en: \"e {nmae}\"}\n    goto: nowhere\n"
	problems := checkWith(t, "columns.yaml", []byte(src))
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Code))
	}
	want := []string{"4:18 variable.unknown", "4:34 variable.unknown", "4:50 variable.unknown", "5:11 step.unknown"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCarriageReturnsDoNotMoveTheLines(t *testing.T) {
	src := "# a comment\r\nflow: x # another\r\ntitle: {fa: f, ar: a, en: e}\r\nsteps:\r\n  - say: {fa: f, ar: a, en: e}\r\n    goto: nowhere\r\n"
	problems := checkWith(t, "crlf.yaml", []byte(src))
	if len(problems) != 1 || problems[0].Line != 6 || problems[0].Column != 11 {
		t.Errorf("got %v", problems)
	}
}

func TestAProblemReadsAsASentence(t *testing.T) {
	p := Problem{File: "home.yaml", Line: 3, Column: 7, Severity: Error, Code: "flow.unknown", Params: map[string]string{
		"Name": "trakc", "Near": "track",
	}}
	want := "home.yaml:3:7: error: There is no flow “trakc”. Please name one that exists. Did you mean “track”?"
	if p.String() != want {
		t.Errorf("got %q", p)
	}
}

func TestCheckIsQuick(t *testing.T) {
	scripts, env := testScripts(t), testEnv(t)
	begun := time.Now()
	Check(scripts, env)
	if took := time.Since(begun); took > 100*time.Millisecond {
		t.Errorf("Check took %v for %d scripts", took, len(scripts))
	}
}

func BenchmarkCheck(b *testing.B) {
	scripts, env := testScripts(b), testEnv(b)
	b.ReportAllocs()
	for b.Loop() {
		Check(scripts, env)
	}
}
