package flows

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func problemCatalog(t *testing.T, lang string) map[string]string {
	t.Helper()
	catalog := map[string]string{}
	readYAML(t, "../locales/problems."+lang+".yaml", &catalog)
	return catalog
}

// bare turns the template of a catalog into the form of the built-in table: a literal brace needs no escape there.
func bare(message string) string { return strings.ReplaceAll(message, `{{"{"}}`, "{") }

func TestTheCommandLineAndTheCatalogSayTheSame(t *testing.T) {
	catalog := problemCatalog(t, "en")
	for code, message := range englishProblems {
		if got := bare(catalog["problem."+code]); got != message {
			t.Errorf("%s: the catalog says %q, the table %q", code, got, message)
		}
	}
	for id := range catalog {
		code := strings.TrimPrefix(id, "problem.")
		if _, ok := englishProblems[code]; !ok {
			t.Errorf("nothing uses %s", id)
		}
	}
}

// TestEveryCodeHasItsMessage reads the package's own sources: each code that is reported has a message, and each
// message is reported somewhere.
func TestEveryCodeHasItsMessage(t *testing.T) {
	reported := map[string]bool{"near": true}
	call := regexp.MustCompile(`(?:fail|warn)\([^"\n]*"([a-z_.]+)"|code: "([a-z_.]+)"`)
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		src, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(src), -1) {
			reported[m[1]+m[2]] = true
		}
	}
	delete(reported, "")
	if got, want := slices.Sorted(maps.Keys(englishProblems)), slices.Sorted(maps.Keys(reported)); !slices.Equal(got, want) {
		t.Errorf("messages for %q\nreported are %q", got, want)
	}
}
