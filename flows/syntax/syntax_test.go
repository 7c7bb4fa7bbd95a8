package syntax

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"javab/flows/scripts"
)

func TestWhatIsNestedTooDeepIsRefusedAtItsPlaceBeforeItTakesMemory(t *testing.T) {
	const deep = 100_000
	stairs := ""
	for n := range 2 * Depth {
		stairs += strings.Repeat(" ", n) + "a:\n"
	}
	for name, text := range map[string]string{
		"lists in brackets": "a:\n  " + strings.Repeat("[", deep), "closed ones": "a: " + strings.Repeat("[", deep) + strings.Repeat("]", deep),
		"mappings": "a: " + strings.Repeat("{a: ", deep), "entries on a line": strings.Repeat("- ", deep), "keys on a line": strings.Repeat("? ", deep),
		"values on a line": strings.Repeat("a: ", deep), "stairs": stairs,
	} {
		_, _, err := Parse(text)
		if at, is := errors.AsType[*yaml.SyntaxError](err); !is || at.Token == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatPeopleWriteIsNotTooDeep(t *testing.T) {
	wide := "a: [" + strings.Repeat("{b: [1, 2], c: {d: e}}, ", 1000) + "]\nb:\n" + strings.Repeat("  - - x\n    - y\n", 1000)
	if _, tokens, err := Parse(wide); err != nil || len(tokens) < 1000 {
		t.Errorf("many beside one another: %v", err)
	}
	for _, pattern := range []string{"*.yaml", "content/*.yaml"} {
		names, err := fs.Glob(scripts.FS, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(len(names), err)
		}
		for _, name := range names {
			text, err := scripts.FS.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := Parse(string(text)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func FuzzParseAnswersOrRefuses(f *testing.F) {
	f.Add("a: [b, {c: d}]\n- - e\n? f\n: \"g\"")
	f.Add("draft: ''\n")
	f.Fuzz(func(t *testing.T, text string) {
		if file, _, err := Parse(text); (file == nil) != (err != nil) {
			t.Errorf("a tree: %v, an error: %v", file != nil, err)
		}
	})
}
