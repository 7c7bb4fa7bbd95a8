package fixes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"javab/flows"
)

// halfWritten are what stands behind a key while somebody writes.
var halfWritten = []string{"", `""`, "''", "[", "{", "x y", "!", "&a", "|"}

func TestAScriptThatIsHalfWrittenIsFixedOrLeftAlone(t *testing.T) {
	c := theCompany(t)
	paths, err := filepath.Glob("../testdata/faults/*.yaml")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d faults: %v", len(paths), err)
	}
	for n, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(src), "\n")
		for i, line := range lines {
			key, _, is := strings.Cut(line, ": ")
			if !is || strings.HasPrefix(key, "#") {
				continue
			}
			for k, said := range halfWritten {
				if (n+i+k)%3 != 0 { // each way is tried in a third of all places
					continue
				}
				lines[i] = key + ": " + said
				fixesOf(t, c, []byte(strings.Join(lines, "\n")))
			}
			lines[i] = line
		}
	}
	fixesOf(t, c, []byte("flow: x\nsteps:\n  - id: open\n    do: case.open\n    then: {none: grup, one: , many: open}\n"))
	for _, flag := range []string{"draft:", `draft: ""`, "draft: ''", "draft: '", "draft: #", "draft: ,"} {
		fixesOf(t, c, []byte("flow: x\nstart: a\n"+flag+"\nsteps:\n  a: {say: {fa: a, ar: a, en: a}, end: true}\n"))
		fixesOf(t, c, []byte("flow: x\n"+flag))
	}
}

// fixesOf fails unless whatever is offered can be taken.
func fixesOf(t *testing.T, c company, src []byte) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("%v, for\n%s", p, src)
		}
	}()
	check := func(src []byte) []flows.Problem {
		script, problems := flows.Parse("x.yaml", src)
		return append(problems, flows.Check([]*flows.Script{script}, c.env)...)
	}
	for _, p := range (Fixer{Env: c.env, Check: check}).All(src, check(src)) {
		if p.Line < 1 || p.Column < 1 {
			t.Fatalf("%v stands nowhere, for\n%s", p, src)
		}
		if p.Fix != nil {
			flows.Apply(src, *p.Fix)
		}
	}
}
