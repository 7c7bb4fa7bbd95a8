package content

import (
	"bytes"
	"fmt"
	"io/fs"
	"sync"

	"javab/flows"
	"javab/locales/text"
)

// Loader loads contents that follow on one another, as an admin edits them: a file that is as it was is not read again, and
// a content that was loaded lately is the same bundle. Bundles share what did not change, and none of them changes it. Its
// zero value is ready; it is safe for concurrent use, and loads one content after the other.
type Loader struct {
	mu     sync.Mutex
	lately latest
	loads  uint64
	reading
}

// reading is how the content was read that was loaded last, so that the next one is read by what differs.
type reading struct {
	kept  map[string]kept
	lists *together
	folds folds // of what the lists say
	heard folds // of what the scripts do
	said  speech
}

// Loads is how many contents were asked for so far.
func (l *Loader) Loads() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.loads
}

// Forget lets go of how files were read, which takes as much memory as all else that is made of them. Bundles stay; the next
// content that is a new one is read as a whole.
func (l *Loader) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reading = reading{}
}

// folds are phrasings as they are compared: those of this load, and those of the one before.
type folds struct{ now, before map[string]string }

// next begins another load.
func (f *folds) next() *folds {
	f.before, f.now = f.now, make(map[string]string, len(f.now))
	return f
}

// of is a phrasing as it is compared.
func (f *folds) of(phrasing string) string {
	folded, known := f.before[phrasing]
	if !known {
		folded = text.Squeeze(text.Fold(phrasing))
	}
	f.now[phrasing] = folded
	return folded
}

// kept is what was made of a file.
type kept struct {
	src      []byte
	source   *source
	script   *flows.Script // of a script
	list     any           // of a list: its struct
	pieces   map[string]*piece
	problems []flows.Problem
}

// file returns what was made of a file, by make when it is new or has changed. The problems that it had in itself are
// reported again.
func (l *Loader) file(fsys fs.FS, name string, problems *[]flows.Problem, make func(k *kept)) kept {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		k := kept{source: &source{name: name, problems: problems}}
		k.source.fail(nil, "content.unreadable", "Message", fmt.Sprint(err))
		return k
	}
	k, known := l.kept[name]
	if !known || !bytes.Equal(k.src, src) {
		k = kept{src: bytes.Clone(src), pieces: k.pieces}
		make(&k)
		if l.kept == nil {
			l.kept = map[string]kept{}
		}
		l.kept[name] = k
	}
	*problems = append(*problems, k.problems...)
	s := *k.source // what is found later is reported to whoever loads now
	s.problems = problems
	k.source = &s
	return k
}

// script returns a script with its source; it is nil when the file is none.
func (l *Loader) script(fsys fs.FS, name string, problems *[]flows.Problem) (*source, *flows.Script) {
	k := l.file(fsys, name, problems, func(k *kept) {
		if found, could := stepByStep(k, name); could {
			k.problems = append(found, k.problems...)
		} else {
			wholeScript(k, name)
		}
	})
	return k.source, k.script
}

// wholeScript reads a script as one.
func wholeScript(k *kept, name string) {
	k.source = &source{name: name, problems: &k.problems}
	k.script, k.source.root, k.problems = flows.ParseTree(name, k.src)
	k.source.said = k.source.look(k.source.root, true, nil)
}

// Script returns a script that was loaded last with just this text, else it reads it; nil when it is none.
func (l *Loader) Script(name string, src []byte) *flows.Script {
	l.mu.Lock()
	k, known := l.kept[name]
	l.mu.Unlock()
	if known && bytes.Equal(k.src, src) {
		return k.script
	}
	script, _ := flows.Parse(name, src)
	return script
}

// decode reads a list file.
func decode[T any](l *Loader, fsys fs.FS, name string, into *T, problems *[]flows.Problem) *source {
	return decodeBy(l, fsys, name, into, problems, func(k *kept) { whole[T](k, name) })
}

// whole reads a list file as one.
func whole[T any](k *kept, name string) {
	var decoded T
	k.source = read(listFile(name), k.src, &k.problems)
	k.source.decode(&decoded)
	if name != "names" { // which are words for the lint itself
		k.source.said = k.source.look(k.source.root, false, nil)
	}
	k.list = decoded
}

func listFile(name string) string { return "content/" + name + ".yaml" }

func decodeBy[T any](l *Loader, fsys fs.FS, name string, into *T, problems *[]flows.Problem, make func(*kept)) *source {
	k := l.file(fsys, listFile(name), problems, make)
	if decoded, ok := k.list.(T); ok {
		*into = decoded
	}
	return k.source
}
