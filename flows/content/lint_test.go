package content

import (
	_ "embed"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"

	"javab/flows"
)

//go:embed testdata/broken.yaml
var brokenYAML []byte

// broken is content with one thing wrong.
type broken struct {
	Code, File string
	Old, New   *string
}

func samples(t *testing.T) []broken {
	t.Helper()
	var all []broken
	if err := yaml.UnmarshalWithOptions(brokenYAML, &all, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return all
}

// breaks returns the embedded content with the sample's change, and the lines that it touches.
func (b broken) breaks(t *testing.T) (files fstest.MapFS, first, last int) {
	t.Helper()
	files = copied(t)
	src := string(files[b.File].Data)
	switch {
	case b.New == nil:
		delete(files, b.File)
		return files, 1, 1
	case b.Old == nil:
		files[b.File] = &fstest.MapFile{Data: []byte(*b.New)}
		return files, 1, 1
	case strings.Count(src, *b.Old) != 1:
		t.Fatalf("%s has %d times %q", b.File, strings.Count(src, *b.Old), *b.Old)
	}
	before, after, _ := strings.Cut(src, *b.Old)
	files[b.File] = &fstest.MapFile{Data: []byte(before + *b.New + after)}
	first = 1 + strings.Count(before, "\n")
	return files, first, first + strings.Count(*b.New, "\n")
}

func TestEachRuleFindsItsBrokenSample(t *testing.T) {
	var l Loader // as the studio does it: only what is broken is read anew
	for _, b := range samples(t) {
		t.Run(strings.TrimPrefix(b.Code, "content."), func(t *testing.T) {
			files, first, last := b.breaks(t)
			bundle, problems := l.Load(files)
			if bundle != nil {
				t.Error("a bundle was made of it")
			}
			found := slices.DeleteFunc(slices.Clone(problems), func(p flows.Problem) bool {
				return p.Code != b.Code || p.File != b.File
			})
			if len(found) == 0 {
				t.Fatalf("not found; instead: %v", described(problems))
			}
			inside := func(p flows.Problem) bool { return p.Line >= first && p.Line <= last }
			if !slices.ContainsFunc(found, inside) && !headed[b.Code] {
				t.Errorf("lines %d to %d are broken, reported: %v", first, last, described(found))
			}
		})
	}
}

// headed are the problems of a whole file or list, which stand at its head, and those of an entry that another place made
// too many.
var headed = map[string]bool{
	"content.empty": true, "content.unreadable": true, "content.flow_name": true, "content.system_missing": true,
	"content.screen": true, "content.label_long": true, "content.next_missing": true, "content.without_missing": true,
	"content.phrasing_twice": true, "content.few_phrasings": true, "content.hours": true,
}

func described(problems []flows.Problem) string {
	var all []string
	for _, p := range problems {
		all = append(all, Describe(p))
	}
	return strings.Join(all, "\n")
}

func TestEachProblemHasAMessageAndASample(t *testing.T) {
	sampled := map[string]bool{}
	for _, b := range samples(t) {
		sampled[b.Code] = true
	}
	used := map[string]bool{}
	sources, _ := filepath.Glob("*.go")
	for _, name := range sources {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "messages.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`"(content\.[a-z_]+)"`).FindAllSubmatch(src, -1) {
			used[string(m[1])] = true
		}
	}
	for code := range used {
		if english[code] == "" {
			t.Errorf("%s has no message", code)
		}
		if !sampled[code] {
			t.Errorf("%s has no broken sample", code)
		}
	}
	for code := range english {
		if !used[code] {
			t.Errorf("%s is never reported", code)
		}
	}
}

func TestTheCatalogSaysTheSameInEnglish(t *testing.T) {
	src, err := os.ReadFile("../../locales/content.en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var catalog map[string]string
	if err := yaml.Unmarshal(src, &catalog); err != nil {
		t.Fatal(err)
	}
	for code, message := range english {
		if got := catalog["problem."+code]; got != message {
			t.Errorf("%s: the catalog says %q, the code %q", code, got, message)
		}
	}
	if len(catalog) != len(english) {
		t.Errorf("%d messages in the catalog, %d in the code", len(catalog), len(english))
	}
}

func TestAProblemReadsAsASentenceWithItsPlace(t *testing.T) {
	p := flows.Problem{
		File: "content/answers.yaml", Line: 3, Column: 7, Severity: flows.Error, Code: "content.reference",
		Params: map[string]string{"ID": "trainings", "List": "services", "Near": "training"},
	}
	want := "content/answers.yaml:3:7: error: There is no “trainings” in services. Please write an id that is there. Did you mean training?"
	if got := Describe(p); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLinesAreCountedRightInFilesFromWindows(t *testing.T) {
	files := copied(t)
	src := strings.ReplaceAll(string(files["content/answers.yaml"].Data), "\n", "\r\n")
	src = strings.Replace(src, "unit: training_centre\r\n    service: training\r\n", "unit: training_centre\r\n    service: trainings\r\n", 1)
	files["content/answers.yaml"] = &fstest.MapFile{Data: []byte(src)}
	_, problems := Load(files)
	line := 1 + strings.Count(src[:strings.Index(src, "trainings")], "\n")
	if len(problems) != 1 || problems[0].Line != line {
		t.Errorf("want line %d: %s", line, described(problems))
	}
}

func TestAPhrasingThatStandsTwiceIsToldAtTheSamePlaceEachTime(t *testing.T) {
	const answers = `version: 1
answers:
  - id: fees
    alt:
      fa: [hagh ozviat]
      fin: [hagh ozviat]
`
	for range 20 { // a map has another order each time
		var problems []flows.Problem
		s := read("content/answers.yaml", []byte(answers), &problems)
		f := &files{sources: map[string]*source{"answers": s}}
		s.decode(&f.answers)
		l := linter{files: f, problems: &problems}
		l.phrasings(owners{of: map[string]string{}, folds: new(folds).next()})
		problems = slices.DeleteFunc(problems, func(p flows.Problem) bool { return p.Params["Found"] == "" })
		if len(problems) != 1 || problems[0].Line != 6 {
			t.Fatalf("%v", problems)
		}
	}
}
