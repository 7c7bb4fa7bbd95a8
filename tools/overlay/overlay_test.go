package overlay_test

import (
	"os"
	"path/filepath"
	"testing"

	"javab/tools/overlay"
)

func module(t *testing.T, source string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestEditsOfOneFileAreMadeOneAfterTheOther(t *testing.T) {
	got, err := overlay.Sources(module(t, "one two"), []overlay.Edit{{"a.go", "one", "1"}, {"a.go", "1 two", "1 2"}})
	if err != nil || got["a.go"] != "1 2" {
		t.Errorf("got %q, %v", got["a.go"], err)
	}
}

func TestASnippetMustBeThereExactlyOnce(t *testing.T) {
	for _, source := range []string{"", "one one"} {
		if _, err := overlay.Sources(module(t, source), []overlay.Edit{{"a.go", "one", "1"}}); err == nil {
			t.Errorf("%q was edited", source)
		}
	}
}

func TestAFileThatIsGoneIsAnError(t *testing.T) {
	if _, err := overlay.Sources(t.TempDir(), []overlay.Edit{{"b.go", "one", "1"}}); err == nil {
		t.Error("no error")
	}
}
