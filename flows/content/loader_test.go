package content

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"javab/flows"
	"javab/flows/content/contenttest"
)

func told(b *Bundle, problems []string) string {
	if b == nil {
		return "none " + strings.Join(problems, "\n")
	}
	return fmt.Sprint(len(b.Scripts), len(b.Answers), b.System["label.done"], b.Variables["portal"], problems)
}

// TestALoaderFindsWhatLoadFinds edits files one after the other and compares with reading all of them anew.
func TestALoaderFindsWhatLoadFinds(t *testing.T) {
	files := contenttest.Product(t)
	var l Loader
	edit := func(name, old, with string) {
		t.Helper()
		src := strings.Replace(string(files[name].Data), old, with, 1)
		if src == string(files[name].Data) {
			t.Fatalf("%s has no %q", name, old)
		}
		files[name] = &fstest.MapFile{Data: []byte(src)}
	}
	for _, one := range []struct{ name, old, with string }{
		{"home.yaml", "\n", "\n# a comment moves all lines\n"},
		{"complaint.yaml", "goto: submit", "goto: sumbit"},
		{"complaint.yaml", "goto: sumbit", "goto: submit"},
		{"content/variables.yaml", "id: portal", "id: portl"},
		{"content/variables.yaml", "id: portl", "id: portal"},
		{"content/answers.yaml", "basis: sample", "basis: hearsay"},
		{"content/answers.yaml", "basis: hearsay", "basis: sample"},
		{"content/units.yaml", "version: 1", "version: ["},
		{"content/units.yaml", "version: [", "version: 1"},
	} {
		edit(one.name, one.old, one.with)
		fresh, found := Load(files)
		again, foundAgain := l.Load(files)
		var want, got []string
		for _, p := range found {
			want = append(want, fmt.Sprint(p.File, p.Line, p.Column, p.Code, p.Params))
		}
		for _, p := range foundAgain {
			got = append(got, fmt.Sprint(p.File, p.Line, p.Column, p.Code, p.Params))
		}
		slices.Sort(want) // what is wrong at one place is in no order
		slices.Sort(got)
		if told(fresh, want) != told(again, got) {
			t.Errorf("after %q in %s:\n%s\nread anew:\n%s", one.with, one.name, told(again, got), told(fresh, want))
		}
	}
	delete(files, "content/names.yaml")
	if b, problems := l.Load(files); b != nil || !slices.ContainsFunc(problems, func(p flows.Problem) bool { return p.Code == "content.unreadable" }) {
		t.Error("a file that is gone is still there")
	}
}

func TestAKeystrokeIsLessWorkThanReadingTheScriptItIsIn(t *testing.T) {
	files := contenttest.Product(t)
	files["long.yaml"] = &fstest.MapFile{Data: []byte(contenttest.Script("long", 150))}
	script := testing.AllocsPerRun(1, func() { flows.Parse("long.yaml", files["long.yaml"].Data) })
	one := testing.AllocsPerRun(2, typing(files, "long.yaml"))
	if one > script {
		t.Errorf("a keystroke costs %.0f allocations, reading its script %.0f", one, script)
	}
}

func TestALoaderReadsOnlyWhatChanged(t *testing.T) {
	files := contenttest.Large(t)
	all := testing.AllocsPerRun(1, func() { Load(files) })
	one := testing.AllocsPerRun(2, typing(files, "more"+contenttest.Letters(59)+".yaml"))
	if one > all/3 {
		t.Errorf("a keystroke in one of 60 scripts costs %.0f allocations, reading everything %.0f", one, all)
	}
}

func TestAContentThatWasLoadedLatelyIsTheSameBundle(t *testing.T) {
	live, draft := contenttest.Product(t), contenttest.Product(t)
	draft["home.yaml"] = &fstest.MapFile{Data: append(bytes.Clone(draft["home.yaml"].Data), "# mine\n"...)}
	var l Loader
	first, problems := l.Load(live)
	mine, _ := l.Load(draft)
	if mine == first {
		t.Error("another content is the same bundle")
	}
	again, same := l.Load(contenttest.Product(t))
	if again != first || len(same) != len(problems) {
		t.Error("loaded again")
	}
	broken := contenttest.Product(t)
	broken["home.yaml"] = &fstest.MapFile{Data: []byte("flow: home\n")}
	for range 2 {
		if b, found := l.Load(broken); b != nil || !flows.HasErrors(found) {
			t.Errorf("a broken content is a bundle, with %d problems", len(found))
		}
	}
	for i := range latestKept {
		draft["home.yaml"].Data = fmt.Appendf(draft["home.yaml"].Data, "# %d\n", i)
		l.Load(draft)
	}
	if later, _ := l.Load(live); later == first || len(l.lately) != latestKept {
		t.Errorf("what nobody wanted for long is kept, of %d", len(l.lately))
	}
}

func TestALoaderThatHasForgottenFindsTheSame(t *testing.T) {
	files := contenttest.Product(t)
	var l Loader
	first, _ := l.Load(files)
	l.Forget()
	if again, _ := l.Load(files); again != first || l.Loads() != 2 {
		t.Errorf("a bundle is forgotten, after %d loads", l.Loads())
	}
	files["home.yaml"] = &fstest.MapFile{Data: append(bytes.Clone(files["home.yaml"].Data), "# more\n"...)}
	_, want := Load(files)
	if b, problems := l.Load(files); b == nil || len(problems) != len(want) {
		t.Errorf("found %d problems, want %d", len(problems), len(want))
	}
}

func TestOneLoaderServesAllWhoReadAtOnceEachHisOwnContent(t *testing.T) {
	live, draft := contenttest.Product(t), contenttest.Product(t)
	body := strings.Replace(string(draft["complaint.yaml"].Data), "goto: submit", "goto: sumbit", 1)
	draft["complaint.yaml"] = &fstest.MapFile{Data: []byte(body)}
	var l Loader
	var readers sync.WaitGroup
	for range 3 {
		for i, files := range []fstest.MapFS{live, draft} {
			readers.Go(func() {
				if b, problems := l.Load(files); (b == nil) != (i == 1) {
					t.Errorf("content %d: %v", i, problems)
				}
				if script := l.Script("complaint.yaml", files["complaint.yaml"].Data); script == nil {
					t.Error("no script")
				}
			})
		}
	}
	readers.Wait()
}
