package content

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"javab/bot/faq"
	"javab/flows"
)

func TestTheContentHasTheSayingsThatTheMatcherKnowsByItself(t *testing.T) {
	if b := embedded(t); !slices.Equal(b.Speech.Sum(), faq.Usual().Sum()) {
		t.Error("content/words.yaml and the text files beside the matcher differ: please change both")
	}
}

func TestContentThatIsOlderThanItsSayingsKnowsTheUsualOnes(t *testing.T) {
	files := copied(t)
	delete(files, "content/words.yaml")
	if b, problems := Load(files); b == nil || b.Speech != faq.Usual() {
		t.Errorf("problems: %s", described(problems))
	}
}

func TestASayingThatCannotBeUsedIsFoundAtItsPlace(t *testing.T) {
	for name, change := range map[string]struct{ from, to, code, found string }{
		"a spoken word without letters": {"  en:\n", "  en:\n    \"...\": \"what\"\n", "content.saying", "..."},
		"a word of two meanings":        {"talk:\n", "    - [\"zorkmid\", \"fee\"]\ntalk:\n", "content.saying", "fee"},
		"small talk of two kinds":       {"    en: [\"thanks\"", "    en: [\"hello\", \"thanks\"", "content.saying", "hello"},
		"a kind that there is not":      {"talk:\n", "talk:\n  shouting:\n    fa: [\"a\"]\n    ar: [\"a\"]\n    en: [\"a\"]\n", "content.word", "shouting"},
		"a kind without a language":     {"  farewell:\n", "  farewell:\n    en: [\"bye\"]\n  farewell_:\n", "content.language", ""},
	} {
		files := copied(t)
		src := string(files["content/words.yaml"].Data)
		if !strings.Contains(src, change.from) {
			t.Fatalf("%s: no %q", name, change.from)
		}
		changed := strings.Replace(src, change.from, change.to, 1)
		files["content/words.yaml"] = &fstest.MapFile{Data: []byte(changed)}
		_, problems := Load(files)
		at := slices.IndexFunc(problems, func(p flows.Problem) bool {
			return p.File == "content/words.yaml" && p.Code == change.code && p.Params["Found"] == change.found
		})
		if at < 0 {
			t.Errorf("%s is not found: %s", name, described(problems))
			continue
		}
		line := strings.Split(changed, "\n")[problems[at].Line-1]
		if change.code == "content.saying" && !strings.Contains(line, change.found) {
			t.Errorf("%s: line %d is %q", name, problems[at].Line, line)
		}
	}
}
