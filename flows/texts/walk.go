package texts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"javab/bot"
)

// mapping is where the languages of a row are written.
type mapping struct {
	flow   bool
	indent int     // of its keys, when it is no flow mapping
	keys   []field // the languages that it has, one at least
}

// field is one language of a mapping.
type field struct {
	lang  bot.Lang
	key   int // the byte at which its key begins
	value value
}

// walker goes through the syntax tree of a file and gathers its rows.
type walker struct {
	*file
	seen map[string]int // how often a path was met: ids may be written twice while a draft is in work
	err  error
}

// where is what a value knows of its surroundings.
type where struct {
	path, entry, kind string
	flow              bool
	indent            int // of the key or the dash that the value stands behind
}

func (at where) under(name string) where {
	if at.path != "" {
		name = at.path + "/" + name
	}
	at.path = name
	return at
}

func (w *walker) top(root ast.Node) {
	if root != nil {
		w.node(root, where{})
	}
}

func (w *walker) node(n ast.Node, at where) {
	switch v := n.(type) {
	case *ast.SequenceNode:
		w.list(v, at)
	case *ast.MappingNode:
		w.mapping(v.Values, v.IsFlowStyle, at)
	case *ast.MappingValueNode:
		w.mapping([]*ast.MappingValueNode{v}, false, at)
	default:
		w.rest = append(w.rest, Value{at.path, at.entry, said(n)})
	}
}

// list walks over the items of a sequence; each goes by its id, else by its number.
func (w *walker) list(list *ast.SequenceNode, at where) {
	for i, item := range list.Values {
		id := idOf(item)
		inner := at
		inner.flow = at.flow || list.IsFlowStyle
		inner.indent = columnOf(list.Start) - 1
		steps := at.path == "steps"
		switch {
		case id != "":
		case steps:
			id = "s" + strconv.Itoa(i+1)
		default:
			id = "#" + strconv.Itoa(i+1)
		}
		if !strings.Contains(at.path, "/") {
			inner.entry = id
		}
		w.node(item, inner.under(w.once(at.path, id)))
	}
}

// once makes an id that was met before in the same list another one.
func (w *walker) once(path, id string) string {
	w.seen[path+"/"+id]++
	if n := w.seen[path+"/"+id]; n > 1 {
		return id + "~" + strconv.Itoa(n)
	}
	return id
}

func (w *walker) mapping(values []*ast.MappingValueNode, flow bool, at where) {
	at.flow = at.flow || flow
	if len(values) > 0 {
		at.indent = columnOf(values[0].Key.GetToken()) - 1
	}
	var texts []*ast.MappingValueNode
	many := slices.ContainsFunc(values, func(v *ast.MappingValueNode) bool { return language(v) && isList(v.Value) })
	for _, v := range values {
		if w.says(v, many) {
			texts = append(texts, v)
			continue
		}
		key := v.Key.GetToken().Value
		inner := at.under(key)
		inner.kind = key
		if at.path == "texts" {
			inner.entry = key // the texts of the engine are a mapping of ids
		}
		w.node(v.Value, inner)
	}
	if len(texts) > 0 {
		w.row(texts, many, at)
	}
}

// says reports whether an entry of a mapping is its text in one language.
func (w *walker) says(v *ast.MappingValueNode, many bool) bool {
	switch v.Value.(type) {
	case *ast.SequenceNode:
		return many && (language(v) || bot.Lang(v.Key.GetToken().Value) == Finglish) && plainItems(v.Value)
	case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return !many && language(v)
	default:
		return false
	}
}

func language(v *ast.MappingValueNode) bool { return bot.Lang(v.Key.GetToken().Value).Valid() }

func isList(n ast.Node) bool {
	_, list := n.(*ast.SequenceNode)
	return list
}

// plainItems reports whether a list has nothing but texts.
func plainItems(n ast.Node) bool {
	return !slices.ContainsFunc(n.(*ast.SequenceNode).Values, func(item ast.Node) bool {
		switch item.(type) {
		case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
			return false
		default:
			return true
		}
	})
}

func (w *walker) row(texts []*ast.MappingValueNode, many bool, at where) {
	r := Row{Path: at.path, Entry: at.entry, Kind: at.kind, Many: many, Cells: map[bot.Lang]Cell{}}
	r.in = mapping{flow: at.flow, indent: at.indent}
	for _, v := range texts {
		lang := bot.Lang(v.Key.GetToken().Value)
		value := w.value(v.Value, at)
		r.in.keys = append(r.in.keys, field{lang, w.byteOf(v.Key.GetToken()), value})
		said := value.text()
		line, column := w.place(value.start)
		r.Cells[lang] = Cell{Text: said, Line: line, Column: column, Missing: said == "", at: value}
	}
	for _, lang := range bot.Langs {
		if _, there := r.Cells[lang]; !there {
			line, column := w.place(r.in.keys[0].key)
			r.Cells[lang] = Cell{Line: line, Column: column, Missing: true}
		}
	}
	w.rows = append(w.rows, r)
}

// byteOf is where a token stands; one that is not where the library says it is makes the file unreadable for us.
func (w *walker) byteOf(t *token.Token) int {
	at, ok := w.index(t.Position.Line, columnOf(t))
	if !ok {
		w.lost(t)
	}
	return at
}

func (w *walker) lost(t *token.Token) {
	if w.err == nil {
		w.err = invalid(fmt.Errorf("line %d: the text cannot be told apart from what surrounds it", t.Position.Line))
	}
}

func columnOf(t *token.Token) int {
	if t == nil || t.Position == nil {
		return 1
	}
	return max(t.Position.Column, 1)
}

func idOf(n ast.Node) string {
	var values []*ast.MappingValueNode
	switch v := n.(type) {
	case *ast.MappingNode:
		values = v.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{v}
	}
	for _, v := range values {
		if v.Key.GetToken().Value == "id" {
			return said(v.Value)
		}
	}
	return ""
}

// said is a value as text.
func said(n ast.Node) string {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return strings.TrimRight(v.Value.Value, "\n")
	case nil, *ast.NullNode:
		return ""
	default:
		return v.GetToken().Value
	}
}
