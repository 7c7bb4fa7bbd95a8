package content

import (
	"bytes"
	"fmt"
	"io/fs"

	"javab/flows"
)

// Loader loads contents that follow on one another, as an admin edits them: a file that is as it was is not read again.
// Bundles share what did not change, and none of them changes it. Its zero value is ready; it is for one goroutine.
type Loader struct {
	kept map[string]kept
}

// kept is what was made of a file.
type kept struct {
	src      []byte
	source   *source
	script   *flows.Script // of a script
	list     any           // of a list: its struct
	problems []flows.Problem
}

// file returns what was made of a file, by make when it is new or has changed. The problems that it had in itself are
// reported again.
func (l *Loader) file(fsys fs.FS, name string, problems *[]flows.Problem, make func(*kept)) kept {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		k := kept{source: &source{name: name, problems: problems}}
		k.source.fail(nil, "content.unreadable", "Message", fmt.Sprint(err))
		return k
	}
	k, known := l.kept[name]
	if !known || !bytes.Equal(k.src, src) {
		k = kept{src: bytes.Clone(src)}
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
		k.script, k.problems = flows.Parse(name, k.src)
		var unheard []flows.Problem // what is wrong with its YAML has just been said
		k.source = read(name, k.src, &unheard)
	})
	return k.source, k.script
}

// decode reads a list file.
func decode[T any](l *Loader, fsys fs.FS, name string, into *T, problems *[]flows.Problem) *source {
	k := l.file(fsys, "content/"+name+".yaml", problems, func(k *kept) {
		var decoded T
		k.source = read("content/"+name+".yaml", k.src, &k.problems)
		k.source.decode(&decoded)
		k.list = decoded
	})
	if decoded, ok := k.list.(T); ok {
		*into = decoded
	}
	return k.source
}
