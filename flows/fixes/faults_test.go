package fixes

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/flows"
	"javab/flows/content"
	"javab/flows/scripts"
)

// company is the content that a script is checked among: the one that the product comes with.
type company struct {
	env     flows.Env
	scripts []*flows.Script
}

func theCompany(t testing.TB) company {
	t.Helper()
	bundle, problems := content.Load(scripts.FS)
	if bundle == nil {
		t.Fatal(problems)
	}
	return company{bundle.Env(), bundle.Scripts}
}

// check returns the problems of one file, and what its flow does to the others.
func (c company) check(name string, src []byte) []flows.Problem {
	script, problems := flows.Parse(name, src)
	var all []*flows.Script
	for _, good := range c.scripts {
		if script == nil || good.Flow.Text != script.Flow.Text {
			all = append(all, good)
		}
	}
	problems = append(problems, flows.Check(append(all, script), c.env)...)
	flows.SortProblems(problems)
	return problems
}

func (c company) fixer(name string) Fixer {
	return Fixer{Env: c.env, Check: func(src []byte) []flows.Problem { return c.check(name, src) }}
}

// TestEachSeededFaultIsReportedOnceAndItsFixMakesItPass reads flows/testdata/faults: each file is a script with one
// fault. A comment "# <- code" says on which line it is reported, "# <- code: near" also what was meant.
func TestEachSeededFaultIsReportedOnceAndItsFixMakesItPass(t *testing.T) {
	c := theCompany(t)
	paths, err := filepath.Glob("../testdata/faults/*.yaml")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d faults: %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Base(path)
			found := c.fixer(name).All(src, c.check(name, src))
			var got []string
			for _, p := range found {
				if p.Line < 1 || p.Column < 1 {
					t.Errorf("%v stands nowhere", p)
				}
				got = append(got, strings.TrimSuffix(fmt.Sprintf("%s:%d %s: %s", p.File, p.Line, p.Code, p.Params["Near"]), ": "))
			}
			if want := promised(name, string(src)); !slices.Equal(got, []string{want}) {
				t.Fatalf("got %q, want %q", got, want)
			}
			if found[0].Fix == nil {
				t.Fatal("no fix is offered")
			}
			after := flows.Apply(src, *found[0].Fix)
			for _, p := range c.check(name, after) {
				if p.Code != "text.unwritten" {
					t.Errorf("after %s: %v\n%s", found[0].Fix.Code, p, after)
				}
			}
			dos := flows.Apply([]byte(strings.ReplaceAll(string(src), "\n", "\r\n")), *found[0].Fix)
			if string(dos) != strings.ReplaceAll(string(after), "\n", "\r\n") {
				t.Errorf("with CRLF the fix makes\n%s", dos)
			}
			t.Logf("%s:\n%s", found[0].Fix.Code, after)
		})
	}
}

func promised(name, src string) string {
	for i, line := range strings.Split(src, "\n") {
		if _, code, ok := strings.Cut(line, "# <- "); ok {
			return fmt.Sprintf("%s:%d %s", name, i+1, code)
		}
	}
	return ""
}

func catalogOf(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("../../locales/fixes.en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// codesOf reads the package's own sources: the titles of all fixes that it makes.
func codesOf(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\bfix\("([a-z_]+)"`).FindAllStringSubmatch(string(src), -1) {
			codes[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(codes))
}
