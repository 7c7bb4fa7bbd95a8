package flows

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"javab/flows/syntax"
)

// reader walks over the syntax tree of one file and gathers every problem it meets; it never stops at one.
type reader struct {
	file     string
	lines    []string
	problems []Problem
}

// entry is one "key: value" of a mapping.
type entry struct {
	key   Name
	value ast.Node
}

// load parses src. It returns nil when the file is not YAML at all, having said why.
func (r *reader) load(src []byte) ast.Node {
	// CRLF would put every line after a comment one too far down (goccy/go-yaml v1.19.2).
	text := strings.ReplaceAll(string(src), "\r\n", "\n")
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r", "\n"), "\uFEFF")
	r.lines = strings.Split(text, "\n")
	if !utf8.ValidString(text) {
		r.fail(Pos{1, 1}, "file.encoding")
		return nil
	}
	file, _, err := syntax.Parse(text, parser.AllowDuplicateMapKey())
	if err != nil {
		pos, message := syntaxError(err)
		r.fail(pos, "file.syntax", "Message", message)
		return nil
	}
	for i, doc := range file.Docs {
		if i > 0 && doc.Body != nil {
			r.fail(posOf(doc.Body), "file.documents")
		}
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		r.fail(Pos{1, 1}, "file.empty")
		return nil
	}
	return file.Docs[0].Body
}

func syntaxError(err error) (Pos, string) {
	if e, ok := errors.AsType[*yaml.SyntaxError](err); ok && e.Token != nil {
		return place(e.Token), e.Message
	}
	return Pos{1, 1}, err.Error()
}

func place(t *token.Token) Pos {
	if t == nil || t.Position == nil {
		return Pos{1, 1}
	}
	return Pos{max(t.Position.Line, 1), max(t.Position.Column, 1)}
}

// posOf returns where a node begins. A block mapping's own token is the colon of its first key.
func posOf(n ast.Node) Pos {
	switch v := n.(type) {
	case nil:
		return Pos{1, 1}
	case *ast.MappingNode:
		if !v.IsFlowStyle && len(v.Values) > 0 {
			return posOf(v.Values[0])
		}
	case *ast.MappingValueNode:
		return place(v.Key.GetToken())
	}
	return place(n.GetToken())
}

func (r *reader) fail(pos Pos, code string, pairs ...string) {
	r.problems = append(r.problems, Problem{
		File: r.file, Line: pos.Line, Column: pos.Column, Severity: Error, Code: code, Params: params(pairs),
	})
}

// entries returns the pairs of a mapping in their order; anything else is a problem.
func (r *reader) entries(n ast.Node, what string) ([]entry, bool) {
	var values []*ast.MappingValueNode
	switch v := n.(type) {
	case *ast.MappingNode:
		values = v.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{v}
	default:
		r.fail(posOf(n), "shape.mapping", "What", what)
		return nil, false
	}
	entries := make([]entry, 0, len(values))
	seen := map[string]bool{}
	for _, v := range values {
		key := Name{scalarText(v.Key), place(v.Key.GetToken())}
		if seen[key.Text] {
			r.fail(key.Pos, "key.twice", "Key", key.Text)
			continue
		}
		seen[key.Text] = true
		entries = append(entries, entry{key, v.Value})
	}
	return entries, true
}

// known is entries for a mapping whose keys are listed in a table; others are reported, missing ones too.
func (r *reader) known(n ast.Node, what string, keys []key) (map[string]entry, bool) {
	entries, ok := r.entries(n, what)
	if !ok {
		return nil, false
	}
	return r.match(n, entries, what, keys), true
}

// match sorts entries by the table of their mapping.
func (r *reader) match(n ast.Node, entries []entry, what string, keys []key) map[string]entry {
	found, slipped := make(map[string]entry, len(entries)), map[string]entry{}
	for _, e := range entries {
		if !hasKey(keys, e.key.Text) {
			meant := near(e.key.Text, keyNames(keys))
			r.fail(e.key.Pos, "key.unknown", "Key", e.key.Text, "What", what, "Near", meant)
			if slipped[meant] = e; meant == "" {
				delete(slipped, meant)
			}
			continue
		}
		found[e.key.Text] = e
	}
	for meant, e := range slipped { // read as what was meant, so that one slip is one problem
		if _, there := found[meant]; !there {
			found[meant] = e
		}
	}
	for _, k := range keys {
		if _, there := found[k.name]; k.required && !there {
			r.fail(posOf(n), "key.missing", "Key", k.name, "What", what)
		}
	}
	return found
}

// items returns the entries of a list; anything else is a problem.
func (r *reader) items(n ast.Node, what string) []ast.Node {
	if list, ok := n.(*ast.SequenceNode); ok {
		return list.Values
	}
	r.fail(posOf(n), "shape.list", "What", what)
	return nil
}

// scalar returns a plain value as it was written: 3 and true are texts too.
func (r *reader) scalar(n ast.Node, what string) (Name, bool) {
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		if s := strings.TrimRight(scalarText(n), "\n"); s != "" {
			return Name{s, place(n.GetToken())}, true
		}
	}
	r.fail(posOf(n), "shape.text", "What", what)
	return Name{Pos: posOf(n)}, false // whatever else is said of it has its place
}

func scalarText(n ast.Node) string {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return v.Value.Value
	case nil:
		return ""
	default:
		return v.GetToken().Value
	}
}

// id returns a name that the script gives or refers to.
func (r *reader) id(n ast.Node, what string) Name {
	name, ok := r.scalar(n, what)
	if ok && !validName(name.Text) {
		r.fail(name.Pos, "name.malformed", "Name", name.Text, "What", what)
		return Name{Pos: name.Pos}
	}
	return name
}

func (r *reader) flag(n ast.Node, what string) bool {
	if b, ok := n.(*ast.BoolNode); ok {
		return b.Value
	}
	r.fail(posOf(n), "shape.flag", "What", what)
	return false
}

// findIn returns where a piece of text stands, at or after the beginning of the value that holds it.
func (r *reader) findIn(from Pos, piece string) Pos {
	for line := from.Line; line <= len(r.lines); line++ {
		text := r.lines[line-1]
		start := 0
		if line == from.Line {
			start = byteOf(text, from.Column)
		}
		if at := strings.Index(text[start:], piece); at >= 0 {
			return Pos{line, utf8.RuneCountInString(text[:start+at]) + 1}
		}
		if line > from.Line+60 {
			break
		}
	}
	return from
}

// byteOf returns the byte index of a column.
func byteOf(line string, column int) int {
	n := 1
	for i := range line {
		if n == column {
			return i
		}
		n++
	}
	return len(line)
}
