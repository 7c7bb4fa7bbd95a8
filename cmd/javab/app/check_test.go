package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"javab/flows/scripts"
)

// brokenContent is the content that Javab comes with, and a script with mistakes.
func brokenContent(t *testing.T, i *installation) string {
	t.Helper()
	folder := filepath.Join(i.dir, "content")
	if err := os.CopyFS(folder, scripts.FS); err != nil {
		t.Fatal(err)
	}
	script := `flow: broken
title: {fa: a, ar: a, en: a}
enter: {command: broken}
steps:
  - id: first
    say: {fa: a, ar: a, en: a}
    goto: lasst
  - id: last
    end: done
`
	if err := os.WriteFile(filepath.Join(folder, "broken.yaml"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestTheContentThatJavabComesWithIsSound(t *testing.T) {
	i := install(t)
	i.want(i.run("check"), 0)
}

func TestAProblemIsToldWithItsPlaceAndTheRightWord(t *testing.T) {
	i := install(t)
	got := i.run("check", brokenContent(t, i))
	i.want(got, 1, "broken.yaml:7:", "error: ", "lasst", "Did you mean “last”?", "Errors: ")
	for line := range strings.Lines(got.out) {
		if strings.Contains(line, "problem.") {
			t.Errorf("a message is missing: %s", line)
		}
	}
}

func TestProblemsAreForProgramsToo(t *testing.T) {
	i := install(t)
	folder := brokenContent(t, i)
	e := i.run("check", "--json", folder)
	got := decoded[struct {
		Problems         []told
		Errors, Warnings int
	}](i, e)
	if e.code != 1 || got.Errors == 0 || len(got.Problems) != got.Errors+got.Warnings {
		t.Fatalf("exit code %d, %+v", e.code, got)
	}
	p := got.Problems[0]
	if p.File != filepath.ToSlash(filepath.Join(folder, "broken.yaml")) || p.Line == 0 || p.Column == 0 || p.Code == "" || p.Message == "" {
		t.Errorf("got %+v", p)
	}
	sound := decoded[struct{ Problems []told }](i, i.run("check", "--json"))
	if sound.Problems == nil {
		t.Error("no problems are no list")
	}
}
