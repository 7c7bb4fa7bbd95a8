package content

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
	"javab/flows"
	"javab/flows/content/contenttest"
)

// placed is everything that a source says of where things stand.
func placed(s *source, problems []flows.Problem) string {
	var b strings.Builder
	each(s.root, func(e *ast.MappingValueNode) {
		at, to := e.Key.GetToken().Position, head(e.Value).Position
		fmt.Fprintln(&b, e.Key.GetToken().Value, at.Line, at.Column, to.Line, to.Column)
	})
	for _, w := range s.said {
		fmt.Fprintln(&b, w.text.In(bot.En), w.flags, head(w.node).Position.Line)
	}
	for _, p := range problems {
		fmt.Fprintln(&b, p.Line, p.Column, p.Code, p.Params)
	}
	return b.String()
}

func answersOf(f *answersFile) *[]answerEntry { return &f.Answers }

// TestEntryByEntryIsAsAWhole reads files both ways, each after the one before it, so that entries have been elsewhere.
func TestEntryByEntryIsAsAWhole(t *testing.T) {
	own := string(contenttest.Product(t)["content/answers.yaml"].Data)
	entry := "  - id: a\n    topic: b\n    a: {fa: \"F  {portal}\", ar: A, en: E}\n"
	begin := "version: 1\ntopics: []\nanswers:\n"
	var before kept
	for _, one := range []struct {
		named, src string
		whole      bool // it cannot be read entry by entry
	}{
		{named: "the product's own", src: own},
		{named: "one more line above", src: "# above\n" + own},
		{named: "with the line ends of Windows", src: strings.ReplaceAll(own, "\n", "\r\n")},
		{named: "one changed", src: strings.Replace(own, "basis: ", "basis:  ", 1)},
		{named: "a comment between", src: begin + entry + "# between\n  # and\n\n" + strings.Replace(entry, "id: a", "id: b", 1)},
		{named: "the same twice", src: begin + entry + entry},
		{named: "a block of text", src: begin + entry + "    source: |\n      one\n\n      - two\n" + entry},
		{named: "a list of another depth", src: begin + strings.ReplaceAll(entry, "\n  ", "\n")[2:], whole: true},
		{named: "something behind it", src: begin + entry + "more: 1\n", whole: true},
		{named: "an unknown key", src: begin + entry + "    colour: red\n", whole: true},
		{named: "an unknown key in the second", src: begin + entry + entry + "    colour: red\n", whole: true},
		{named: "an anchor that another uses", src: begin + strings.Replace(entry, "id: a", "id: &a a", 1) + strings.Replace(entry, "id: a", "id: *a", 1), whole: true},
		{named: "a quotation over two entries", src: begin + entry + "    source: \"one\n" + "  - id: two\"\n", whole: true},
		{named: "none", src: "version: 1\nanswers:\n", whole: true},
		{named: "twice", src: begin + entry + "answers:\n" + entry, whole: true},
		{named: "no file", src: "", whole: true},
	} {
		k := kept{src: []byte(one.src), pieces: before.pieces}
		if did := inPieces(&k, "answers", answersOf); did == one.whole {
			t.Errorf("%s: read entry by entry: %v", one.named, did)
			continue
		} else if !did {
			continue
		}
		before = k
		want := kept{src: []byte(one.src)}
		whole[answersFile](&want, "answers")
		if !reflect.DeepEqual(k.list, want.list) {
			t.Errorf("%s: the entries differ", one.named)
		}
		if got, want := placed(k.source, k.problems), placed(want.source, want.problems); got != want {
			t.Errorf("%s:\n%s\nas a whole:\n%s", one.named, got, want)
		}
	}
}

// TestStepByStepIsAsAWhole edits scripts as people do, sound and broken, each after the one before it.
func TestStepByStepIsAsAWhole(t *testing.T) {
	files := contenttest.Product(t)
	files["long.yaml"] = &fstest.MapFile{Data: []byte("feature: satisfaction\n" + contenttest.Script("long", 9))}
	stepwise := 0
	for name, file := range files {
		if strings.Contains(name, "/") {
			continue
		}
		own := string(file.Data)
		tries := []string{own, "# above\n" + own, own + "# below\n", strings.ReplaceAll(own, "\n", "\r\n"), "\uFEFF" + own, own + "---\n", own + "  - id: &x more\n    say: *x\n"}
		lines := strings.SplitAfter(own, "\n")
		for i := range edits {
			at := (i + 1) * 7919 % len(lines)
			tries = append(tries, strings.Join(lines[:at], "")+edited[i%len(edited)](lines[at])+strings.Join(lines[at+1:], ""))
		}
		var before kept
		var r Reader
		for i, src := range tries {
			script, found := r.Script(name, []byte(src))
			if want, asked := flows.Parse(name, []byte(src)); !reflect.DeepEqual(script, want) || !reflect.DeepEqual(found, asked) {
				t.Errorf("%s %d: read again it is another script, with %v, not %v", name, i, found, asked)
			}
			k := kept{src: []byte(src), pieces: before.pieces}
			found, could := stepByStep(&k, name)
			if !could {
				continue
			}
			k.problems = append(found, k.problems...)
			before, stepwise = k, stepwise+1
			want := kept{src: []byte(src)}
			wholeScript(&want, name)
			if !reflect.DeepEqual(k.script, want.script) {
				t.Errorf("%s %d: the scripts differ", name, i)
			}
			flows.SortProblems(k.problems)
			flows.SortProblems(want.problems)
			if got, want := placed(k.source, k.problems), placed(want.source, want.problems); got != want {
				t.Errorf("%s %d:\n%s\nas a whole:\n%s", name, i, got, want)
			}
		}
	}
	if stepwise < len(files)*edits/3 {
		t.Errorf("only %d were read step by step", stepwise)
	}
}

// edits is how often each script is edited, edited what is done to a line of it.
const edits = 12

var edited = []func(string) string{
	func(line string) string { return "" },
	func(line string) string { return "\n" + line },
	func(line string) string { return strings.Replace(line, ":", "", 1) },
	func(line string) string { return strings.Replace(line, "  ", "   ", 1) },
	func(line string) string { before, _, _ := strings.Cut(line, ": "); return before + ":\n" },
	func(line string) string { return line + line },
	func(line string) string { return strings.Replace(line, "}", "", 1) },
}

func TestALoaderReadsOnlyTheEntryThatChanged(t *testing.T) {
	files := contenttest.Large(t)
	all := testing.AllocsPerRun(1, func() { Load(files) })
	one := testing.AllocsPerRun(2, typing(files, "content/answers.yaml"))
	if one > all/3 {
		t.Errorf("a keystroke in one of 1,000 answers costs %.0f allocations, reading everything %.0f", one, all)
	}
}
