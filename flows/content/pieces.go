package content

import (
	"bytes"
	"io/fs"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"javab/flows"
	"javab/flows/syntax"
)

// A list may be long: of a thousand answers somebody changes one letter of one, and of a script one step. Such a file is
// read entry by entry, and an entry whose text is as it was is not read again. Whatever is not plainly a list of entries at
// its end, or has a mistake in it, is read as a whole: what is said of it is always the same.

// piece is what was made of one entry of a list.
type piece struct {
	line     int // above which it begins
	node     ast.Node
	entry    any
	said     []words
	problems []flows.Problem
}

// decodeLong reads a list file by the entries of its last list, which has the file's name.
func decodeLong[T, E any](l *Loader, fsys fs.FS, name string, into *T, list func(*T) *[]E, problems *[]flows.Problem) *source {
	return decodeBy(l, fsys, name, into, problems, func(k *kept) {
		if !inPieces(k, name, list) {
			whole[T](k, name)
		}
	})
}

// inPieces reads a list file entry by entry, and reports whether it could.
func inPieces[T, E any](k *kept, name string, list func(*T) *[]E) bool {
	var decoded T
	entries := []E{}
	read := func(p *piece) bool {
		var entry E
		err := yaml.NodeToValue(p.node, &entry, yaml.Strict())
		p.entry = entry
		return err == nil
	}
	cut := cutting{file: listFile(name), list: name, head: func(s *source) { s.decode(&decoded) }, read: read}
	if !k.cut(cut, func(p *piece) { entries = append(entries, p.entry.(E)) }) {
		return false
	}
	*list(&decoded) = entries
	k.list = decoded
	return true
}

// stepByStep reads a script so, and reports whether it could, and what is wrong with it as a script.
func stepByStep(k *kept, name string) (found []flows.Problem, could bool) {
	if bytes.ContainsRune(k.src, '\r') || bytes.HasPrefix(k.src, []byte("\uFEFF")) || !utf8.Valid(k.src) {
		return nil, false
	}
	if !k.cut(cutting{file: name, list: "steps", script: true}, func(*piece) {}) {
		return nil, false
	}
	k.script, found = flows.ReadTree(name, k.src, k.source.root)
	return found, true
}

// Reader reads one script again and again, each time a little otherwise: a step that is as it was is not read again. Its
// zero value is ready; it is safe for concurrent use.
type Reader struct {
	mu     sync.Mutex
	name   string
	pieces map[string]*piece
}

// Script does as flows.Parse.
func (r *Reader) Script(name string, src []byte) (*flows.Script, []flows.Problem) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := kept{src: src}
	if name == r.name {
		k.pieces = r.pieces
	}
	found, could := stepByStep(&k, name)
	if !could {
		return flows.Parse(name, src)
	}
	r.name, r.pieces = name, k.pieces
	return k.script, found
}

// cutting is how a file is cut into the entries of its last list.
type cutting struct {
	file, list string
	script     bool
	head       func(*source)     // reads what stands above the list, with one entry; it may be nil
	read       func(*piece) bool // makes an entry of a piece, when it has no mistake in it; it may be nil
}

// cut puts a file together of its pieces, and reports whether it could.
func (k *kept) cut(c cutting, each func(*piece)) bool {
	lines := strings.SplitAfter(strings.ReplaceAll(string(k.src), "\r\n", "\n"), "\n")
	starts := entriesOf(lines, c.list)
	if len(starts) == 0 {
		return false
	}
	s, seq := c.frame(strings.Join(lines[:starts[0].end], ""))
	if seq == nil {
		return false
	}
	s.problems = &k.problems
	seq.Values = nil
	flags := flagged(pairs(s.root), nil)
	said, pieces := s.look(s.root, c.script, nil), make(map[string]*piece, len(starts))
	var found []flows.Problem
	for _, at := range starts {
		text := strings.Join(lines[at.begin:at.end], "")
		key := strings.Join(append(flags, text), "\n")
		p := k.pieces[key]
		if p == nil || pieces[key] == p { // the same entry twice stands in two places
			p = c.piece(text, flags)
		}
		if p == nil {
			k.problems = nil
			return false
		}
		p.move(at.begin)
		pieces[key] = p
		seq.Values = append(seq.Values, p.node)
		said, found = append(said, p.said...), append(found, p.problems...)
		each(p)
	}
	s.said, k.source, k.pieces = said, s, pieces
	k.problems = append(k.problems, found...)
	return true
}

// span is the lines of an entry.
type span struct{ begin, end int }

// entriesOf finds the entries of a file's last list; there are none when anything else follows, or stands between them.
func entriesOf(lines []string, list string) (entries []span) {
	inside := false
	for i, line := range lines {
		switch bare := strings.TrimSpace(line); {
		case strings.TrimRight(line, "\n") == list+":":
			if inside {
				return nil
			}
			inside = true
		case !inside || bare == "" || bare[0] == '#':
		case strings.HasPrefix(line, "  - "):
			entries = append(entries, span{i, len(lines)})
			if n := len(entries); n > 1 {
				entries[n-2].end = i
			}
		case !strings.HasPrefix(line, "   ") || len(entries) == 0:
			return nil
		}
	}
	return entries
}

// frame reads a file with one entry, without a mistake; the node of its list is where all entries belong.
func (c cutting) frame(text string) (*source, *ast.SequenceNode) {
	var problems []flows.Problem
	s := read(c.file, []byte(text), &problems)
	if c.head != nil {
		c.head(s)
	}
	seq, is := child(s.root, c.list).(*ast.SequenceNode)
	if len(problems) > 0 || !is || len(seq.Values) != 1 {
		return nil, nil
	}
	return s, seq
}

// piece reads one entry; it is nil when it has a mistake in it.
func (c cutting) piece(text string, flags []string) *piece {
	read, _, err := syntax.Parse(text)
	if err != nil || len(read.Docs) != 1 {
		return nil
	}
	seq, is := read.Docs[0].Body.(*ast.SequenceNode)
	if !is || len(seq.Values) != 1 {
		return nil
	}
	p := &piece{node: seq.Values[0]}
	if unsteady(p.node) || c.read != nil && !c.read(p) {
		return nil
	}
	s := &source{name: c.file, root: p.node, problems: &p.problems}
	p.said = s.look(p.node, c.script, flags)
	return p
}

// unsteady reports whether something stands under a node whose place the library tells by what follows it: a key without
// a value, and a plain value that goes over several lines (goccy/go-yaml v1.19.2).
func unsteady(n ast.Node) (found bool) {
	ast.Walk(visit(func(n ast.Node) bool {
		switch v := n.(type) {
		case *ast.NullNode:
			found = true
		case *ast.StringNode:
			found = found || strings.Contains(strings.TrimSpace(v.Token.Origin), "\n")
		case *ast.LiteralNode:
			return false // begins where its | does
		}
		return !found
	}), n)
	return found
}

// move says where the entry stands now.
func (p *piece) move(line int) {
	by := line - p.line
	if p.line = line; by == 0 {
		return
	}
	for i := range p.problems {
		p.problems[i].Line += by
	}
	moved := map[*token.Position]bool{}
	ast.Walk(visit(func(n ast.Node) bool {
		if t := n.GetToken(); t != nil && t.Position != nil && !moved[t.Position] {
			moved[t.Position] = true
			t.Position.Line += by
		}
		return true
	}), p.node)
}

// visit is done to every node, and reports whether also to those below.
type visit func(ast.Node) bool

// Visit implements ast.Visitor.
func (v visit) Visit(n ast.Node) ast.Visitor {
	if v(n) {
		return v
	}
	return nil
}
