package content

import (
	"strings"
	"testing"
	"testing/fstest"

	"javab/flows"
	"javab/flows/content/contenttest"
	"javab/flows/scripts"
)

// keystroke changes one letter of one script.
func keystroke(files fstest.MapFS, name string, i int) fstest.MapFS {
	changed := fstest.MapFS{}
	for n, f := range files {
		changed[n] = f
	}
	src := strings.Replace(string(files[name].Data), "Question", "Question"+contenttest.Letters(i), 1)
	changed[name] = &fstest.MapFile{Data: []byte(src)}
	return changed
}

// typing returns what loads the files after one more key in one of them.
func typing(files fstest.MapFS, name string) func() {
	var l Loader
	l.Load(files)
	i := 0
	return func() {
		i++
		l.Load(keystroke(files, name, i))
	}
}

// BenchmarkLoadLarge reads 60 scripts and 1,000 answers from nothing.
func BenchmarkLoadLarge(b *testing.B) {
	files := contenttest.Large(b)
	for b.Loop() {
		Load(files)
	}
}

// BenchmarkReload reads them again after a keystroke in one script.
func BenchmarkReload(b *testing.B) {
	files := contenttest.Large(b)
	key := typing(files, "more"+contenttest.Letters(59)+".yaml")
	for b.Loop() {
		key()
	}
}

// BenchmarkReloadAnswers reads them again after a keystroke in the answers.
func BenchmarkReloadAnswers(b *testing.B) {
	files := contenttest.Large(b)
	key := typing(files, "content/answers.yaml")
	for b.Loop() {
		key()
	}
}

// BenchmarkReloadOwn reads what the product comes with, and a script of 150 steps, again after a keystroke in that script.
func BenchmarkReloadOwn(b *testing.B) {
	files := contenttest.Product(b)
	files["long.yaml"] = &fstest.MapFile{Data: []byte(contenttest.Script("long", 150))}
	key := typing(files, "long.yaml")
	for b.Loop() {
		key()
	}
}

// BenchmarkCheckOne checks a script of 150 steps after a keystroke, all others being as they were.
func BenchmarkCheckOne(b *testing.B) {
	bundle, problems := Load(scripts.FS)
	if bundle == nil {
		b.Fatal(problems)
	}
	i := 0
	for b.Loop() {
		i++
		script, _ := flows.Parse("long.yaml", []byte(strings.Replace(contenttest.Script("long", 150), "Question", "Question"+contenttest.Letters(i), 1)))
		flows.Check(append(bundle.Scripts[:len(bundle.Scripts):len(bundle.Scripts)], script), bundle.Env())
		script.Ways()
	}
}
