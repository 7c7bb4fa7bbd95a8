package texts

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
)

// Entry is one entry of a list of a file: an answer, a unit, a page of a guide.
type Entry struct {
	// Path names it as it does a Row: "answers/fees", "services/card/steps/#2".
	Path string
	ID   string // "#2" when it has none
	// Line and End are its first and last line, counted from 1.
	Line, End int
	// Keys are where its keys stand, by their paths: "title" as well as "title/fa".
	Keys map[string]Place
	// Fields are what it says: "unit", "title/fa". A list of plain values has one a line; the parts of a list of entries
	// are named by their number or id, "steps/#1/fa".
	Fields map[string]string
}

// Within reports whether a line stands in the entry.
func (e Entry) Within(line int) bool { return e.Line <= line && line <= e.End }

// Place is a line and a column of a file, counted from 1 in characters.
type Place struct{ Line, Column int }

// before reports whether a place comes before another one, or is it.
func (p Place) before(other Place) bool {
	return p.Line < other.Line || p.Line == other.Line && p.Column <= other.Column
}

// Key is the path of the key at or behind which a place stands; empty when the place is before all keys.
func (e Entry) Key(at Place) string {
	best := ""
	for path, key := range e.Keys {
		if key.before(at) && (best == "" || e.Keys[best].before(key)) {
			best = path
		}
	}
	return best
}

// Entries lists the entries of a list, which is named by its path: "answers", "services/card/steps". A list that is not
// there, or has nothing in it, has none.
func Entries(src []byte, list string) ([]Entry, error) {
	t, err := openTree(src)
	if err != nil {
		return nil, err
	}
	at, there := t.find(list)
	if !there {
		return nil, nil
	}
	var entries []Entry
	for i, item := range itemsOf(at.node) {
		e := Entry{ID: nameOf(item, i), Fields: map[string]string{}, Keys: map[string]Place{}}
		e.Path = list + "/" + e.ID
		begin, end := t.extent(at.item(i))
		e.Line, _ = t.place(begin)
		e.End, _ = t.place(max(begin, end-1))
		for _, l := range leaves(item, "") {
			e.Fields[l.path] = l.text
		}
		e.keys(item, "")
		entries = append(entries, e)
	}
	return entries, t.err
}

// keys notes where the keys of a node stand.
func (e *Entry) keys(n ast.Node, under string) {
	for i, item := range itemsOf(n) {
		e.keys(item, under+nameOf(item, i)+"/")
	}
	for _, pair := range pairs(n) {
		if at := pair.Key.GetToken(); at.Position != nil {
			e.Keys[under+keyOf(pair)] = Place{at.Position.Line, columnOf(at)}
		}
		e.keys(pair.Value, under+keyOf(pair)+"/")
	}
}

// tree is a file whose nodes can be found by their paths.
type tree struct {
	walker
	root ast.Node
}

func openTree(src []byte) (*tree, error) {
	f, root, err := read(src)
	if err != nil {
		return nil, err
	}
	return &tree{walker{file: f, seen: map[string]int{}}, root}, nil
}

// spot is a node in its surroundings.
type spot struct {
	node   ast.Node
	flow   bool // it stands inside [] or {}
	indent int  // of the key or the dash before it
}

// find follows a path.
func (t *tree) find(path string) (spot, bool) {
	at := spot{node: t.root}
	for name := range strings.SplitSeq(path, "/") {
		next, there := at.child(name)
		if !there {
			return spot{}, false
		}
		at = next
	}
	return at, true
}

// child is the value of a key, or an item by its id or number.
func (at spot) child(name string) (spot, bool) {
	for i, item := range itemsOf(at.node) {
		if nameOf(item, i) == name {
			return at.item(i), true
		}
	}
	for _, pair := range pairs(at.node) {
		if keyOf(pair) == name {
			return spot{pair.Value, at.flow || isFlow(at.node), columnOf(pair.Key.GetToken()) - 1}, true
		}
	}
	return spot{}, false
}

// item is an item of the list that stands at the spot.
func (at spot) item(i int) spot {
	list := at.node.(*ast.SequenceNode)
	return spot{list.Values[i], at.flow || list.IsFlowStyle, columnOf(list.Start) - 1}
}

// itemsOf are the items of a list; any other node has none.
func itemsOf(n ast.Node) []ast.Node {
	if list, ok := n.(*ast.SequenceNode); ok {
		return list.Values
	}
	return nil
}

// pairs are the entries of a mapping; any other node has none.
func pairs(n ast.Node) []*ast.MappingValueNode {
	switch v := n.(type) {
	case *ast.MappingNode:
		return v.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{v}
	default:
		return nil
	}
}

func isFlow(n ast.Node) bool {
	m, ok := n.(*ast.MappingNode)
	return ok && m.IsFlowStyle
}

func keyOf(pair *ast.MappingValueNode) string { return pair.Key.GetToken().Value }

func nameOf(item ast.Node, i int) string {
	if id := idOf(item); id != "" {
		return id
	}
	return "#" + strconv.Itoa(i+1)
}

// extent is where a node is written: its first byte, and the one behind its last.
func (t *tree) extent(at spot) (begin, end int) {
	switch v := at.node.(type) {
	case *ast.MappingNode:
		if v.IsFlowStyle {
			return t.bracketed(v.Start.Position.Line, columnOf(v.Start), v.End.Position.Line, columnOf(v.End))
		}
		return t.extentOf(v.Values, at)
	case *ast.MappingValueNode:
		return t.extentOf([]*ast.MappingValueNode{v}, at)
	case *ast.SequenceNode:
		if v.IsFlowStyle {
			return t.bracketed(v.Start.Position.Line, columnOf(v.Start), v.End.Position.Line, columnOf(v.End))
		}
		begin = t.byteOf(v.Start)
		_, end = t.extent(at.item(len(v.Values) - 1))
		return begin, end
	case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		plain := t.value(v, where{flow: at.flow, indent: at.indent})
		return plain.start, plain.end
	default: // anchors, aliases, tags: none of ours has them
		t.lost(at.node.GetToken())
		return 0, 0
	}
}

func (t *tree) extentOf(values []*ast.MappingValueNode, at spot) (begin, end int) {
	first, last := values[0], values[len(values)-1]
	_, end = t.extent(spot{last.Value, at.flow, columnOf(last.Key.GetToken()) - 1})
	return t.byteOf(first.Key.GetToken()), end
}

// bracketed is what stands between brackets, with them.
func (t *tree) bracketed(line, column, lastLine, lastColumn int) (begin, end int) {
	begin, ok := t.index(line, column)
	end, closed := t.index(lastLine, lastColumn)
	if !ok || !closed || end >= len(t.text) || strings.IndexByte("[{", t.text[begin]) < 0 || strings.IndexByte("]}", t.text[end]) < 0 {
		t.err = invalid(fmt.Errorf("line %d: the brackets cannot be told apart from what surrounds them", line))
		return 0, 0
	}
	return begin, end + 1
}

// leaf is one plain value, or list of plain values, of a file.
type leaf struct{ path, text string }

// leaves lists all that a node says, in its order.
func leaves(n ast.Node, path string) []leaf {
	under := func(name string) string {
		if path == "" {
			return name
		}
		return path + "/" + name
	}
	var all []leaf
	switch v := n.(type) {
	case *ast.SequenceNode:
		if plainItems(v) {
			words := make([]string, len(v.Values))
			for i, item := range v.Values {
				words[i] = said(item)
			}
			return []leaf{{path, strings.Join(words, "\n")}}
		}
		for i, item := range v.Values {
			all = append(all, leaves(item, under(nameOf(item, i)))...)
		}
	case *ast.MappingNode, *ast.MappingValueNode:
		for _, pair := range pairs(v) {
			all = append(all, leaves(pair.Value, under(keyOf(pair)))...)
		}
	case nil:
	default:
		return []leaf{{path, said(n)}}
	}
	return all
}

// gone is the error for what a file does not have.
func gone(path string) error {
	return &bot.Error{Kind: bot.NotFound, Key: "text_gone", Err: fmt.Errorf("no entry %s", path)}
}
