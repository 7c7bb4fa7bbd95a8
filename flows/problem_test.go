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

func TestAProblemNamesLanguagesAndTextsInTheWordsOfItsCatalog(t *testing.T) {
	words := map[string]string{"lang.en": "English", "lang.fa": "Persian", "studio.key.ask": "Question"}
	told := func(id string, params map[string]string) string {
		if word, ok := words[id]; ok {
			return word
		}
		return english(id, params)
	}
	for want, p := range map[string]Problem{
		"“Question” is missing in: Persian, English. Please add the translation.":                                                     {Code: "language.missing", Params: map[string]string{"What": "ask", "Lang": "fa, en"}},
		"“Question (English)” must be a text and not empty. Please write it; a text that begins with “{” needs quotes.":               {Code: "shape.text", Params: map[string]string{"What": "ask en"}},
		"The text in “Persian” lacks {phone}, which the text in “English” has. Please add it to the one or remove it from the other.": {Code: "placeholder.missing", Params: map[string]string{"Name": "phone", "Lang": "fa", "Other": "en"}},
		"“ask” must be a list of “key: value” pairs. Please write it so.":                                                             {Code: "shape.mapping", Params: map[string]string{"What": "ask"}},
	} {
		if got := p.Message(told); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	copied := Fix{Code: "copy", Params: map[string]string{"From": "en", "Lang": "fa"}}
	if got := copied.Title(func(id string, params map[string]string) string { return words[id] + params["From"] + params["Lang"] }); got != "EnglishPersian" {
		t.Errorf("the fix is called %q", got)
	}
}
