package content

import (
	"fmt"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"javab/bot"
	"javab/flows"
)

func sourced(t *testing.T, src string) (*source, *[]flows.Problem) {
	t.Helper()
	var problems []flows.Problem
	return read("a.yaml", []byte(src), &problems), &problems
}

func TestAProblemStandsWhereItsValueBegins(t *testing.T) {
	s, problems := sourced(t, "version: 1\nlist:\n  - id: a\n    unit: b\n  - {id: c, unit: d}\n")
	for _, one := range []struct {
		path         []any
		line, column int
	}{
		{[]any{"list", 0, "unit"}, 4, 11},
		{[]any{"list", 1, "unit"}, 5, 19},
		{[]any{"list", 0}, 3, 5},
		{[]any{"list", 0, "missing"}, 3, 5}, // the nearest that is there
		{[]any{"list", 7}, 3, 3},
		{[]any{"missing"}, 1, 1},
	} {
		*problems = nil
		s.fail(s.at(one.path...), "content.date")
		if p := (*problems)[0]; p.Line != one.line || p.Column != one.column {
			t.Errorf("%v: at %d:%d, want %d:%d", one.path, p.Line, p.Column, one.line, one.column)
		}
	}
}

func TestAKeyThatNoEntryHasIsFound(t *testing.T) {
	s, problems := sourced(t, "version: 1\nfeatures:\n  - {id: a, onn: true}\n")
	s.decode(&featuresFile{})
	if len(*problems) != 1 || (*problems)[0].Line != 3 {
		t.Errorf("got %v", *problems)
	}
}

func TestBrokenYAMLIsAProblemAndNoPanic(t *testing.T) {
	for _, src := range []string{"a: [", "a: b: c", "\t", "- {", "a: *nowhere", "? ", "a: \"\\x\"", strings.Repeat("[", 200)} {
		s, problems := sourced(t, src)
		s.decode(&unitsFile{})
		if len(*problems) == 0 && s.root == nil {
			t.Errorf("%q: neither read nor refused", src)
		}
	}
}

func TestAnyFileMayBeCutShort(t *testing.T) {
	for name := range copied(t) {
		if path.Dir(name) != "content" || path.Base(name) == "names.yaml" { // what is left of the names may do
			continue
		}
		files := copied(t)
		src := files[name].Data
		files[name] = &fstest.MapFile{Data: src[:len(src)/2]}
		b, problems := Load(files)
		if b != nil || len(problems) == 0 {
			t.Errorf("half of %s was taken for the whole", name)
		}
	}
}

func TestTextsAreFoundWhereverTheyStand(t *testing.T) {
	s, _ := sourced(t, `
title: {fa: A, ar: B, en: C}
list:
  - {id: x, fa: D, ar: E, en: F}
  - feature: urgent
    a: {fa: G, ar: H, en: I}
    without: {fa: J, ar: K, en: L}
phrasings: {fa: [M], ar: [N], en: [O]}
`)
	var found []string
	s.walk(s.root, nil, func(w words) {
		found = append(found, fmt.Sprint(w.text.In(bot.En), w.shown(map[string]bool{"urgent": false})))
	})
	if got := strings.Join(found, " "); got != "Ctrue Ftrue Ifalse Ltrue" {
		t.Errorf("found %q", got)
	}
}

func TestATextThatIsTheSameInAllLanguagesIsNotLinted(t *testing.T) {
	s, problems := sourced(t, "title: {fa: \"12 ?\", ar: \"12 ?\", en: \"12 ?\"}\n")
	s.look(s.root, false, nil)
	if len(*problems) != 0 {
		t.Errorf("got %v", *problems)
	}
	s, problems = sourced(t, "title: {fa: \"12 ?\", ar: \"12 ?\", en: \"12\"}\n")
	s.look(s.root, false, nil)
	if len(*problems) != 4 {
		t.Errorf("digits and marks in two languages: got %v", *problems)
	}
}

func TestNamesPhonesAndCodesKeepTheirFigures(t *testing.T) {
	for _, said := range []string{"B2B", "JV-1405-000123-7", "09121234567", "+98 21 18660000", "{hours}", "name@example.com", "ntsw.ir"} {
		s, problems := sourced(t, fmt.Sprintf("t: {fa: %q, ar: %q, en: other}\n", said, said))
		s.look(s.root, true, nil)
		if len(*problems) != 0 {
			t.Errorf("%q: %v", said, *problems)
		}
	}
}
