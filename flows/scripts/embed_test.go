package scripts

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
)

func names(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := fs.Glob(FS, pattern)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// played are the flows that no dialogue of their own needs: unsure is what the matcher makes of a text, and stuck is
// what our own faults lead to.
var played = []string{"unsure", "stuck"}

func TestEveryScriptHasADialogueInEachLanguage(t *testing.T) {
	dialogues := names(t, "*.chat")
	for _, script := range names(t, "*.yaml") {
		flow := strings.TrimSuffix(script, ".yaml")
		for _, lang := range []string{"fa", "ar", "en"} {
			if !slices.Contains(dialogues, flow+"."+lang+".chat") && !slices.Contains(played, flow) {
				t.Errorf("%s has no dialogue in %s", flow, lang)
			}
		}
	}
}

func TestEveryDialogueBelongsToAScriptAndSaysItsLanguage(t *testing.T) {
	for _, name := range names(t, "*.chat") {
		flow, rest, _ := strings.Cut(strings.TrimSuffix(name, ".chat"), ".")
		lang := rest[strings.LastIndexByte(rest, '.')+1:] // between the two: what this one is about
		if _, err := fs.Stat(FS, flow+".yaml"); err != nil {
			t.Errorf("%s: there is no script %s", name, flow)
		}
		src, err := fs.ReadFile(FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains("\n"+string(src), "\nlanguage "+lang+"\n") {
			t.Errorf("%s is not in the language of its name", name)
		}
	}
}

func TestTheListsOfTheContentAreEmbedded(t *testing.T) {
	for _, name := range []string{
		"answers", "complaints", "features", "names", "promises", "requests", "services", "system", "units", "variables",
	} {
		if src, err := fs.ReadFile(FS, "content/"+name+".yaml"); err != nil || !strings.Contains(string(src), "\nversion: 1\n") {
			t.Errorf("content/%s.yaml: %v", name, err)
		}
	}
}
