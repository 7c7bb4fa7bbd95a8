package app

import (
	"os"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"

	"javab/bot/desk"
)

// samples are lines that members and officers may write, with what the content's words make of them.
type samples struct {
	Upset, Calm []string
	Hints       []struct {
		Text  string
		Hints []desk.Hint
	}
}

func TestTheContentsWordsTellAngryLinesFromCalmOnes(t *testing.T) {
	src, err := os.ReadFile("testdata/manners.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var s samples
	if err := yaml.Unmarshal(src, &s); err != nil {
		t.Fatal(err)
	}
	library := builtIn(t)
	lexicon := library.Lexicon()
	for want, lines := range map[bool][]string{true: s.Upset, false: s.Calm} {
		if len(lines) < 20 {
			t.Errorf("%d lines for %v", len(lines), want)
		}
		for _, line := range lines {
			if lexicon.Upset([]string{line}) != want {
				t.Errorf("upset %v: %s", !want, line)
			}
		}
	}
	for _, h := range s.Hints {
		if got := lexicon.Hints(h.Text); !slices.Equal(got, h.Hints) {
			t.Errorf("%v, want %v: %s", got, h.Hints, h.Text)
		}
	}
}

// What officers send again and again must not make them press twice.
func TestReadyRepliesRaiseNoHint(t *testing.T) {
	library := builtIn(t)
	for _, r := range library.live.Load().bundle.Replies {
		for _, words := range []string{r.Text.Fa, r.Text.Ar, r.Text.En} {
			if hints := library.Lexicon().Hints(words); len(hints) > 0 {
				t.Errorf("%s: %v in %s", r.ID, hints, words)
			}
		}
	}
}
