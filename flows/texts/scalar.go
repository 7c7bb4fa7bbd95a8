package texts

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// style is how a scalar is written.
type style int

const (
	plain style = iota
	single
	double
	block // | and >
	none  // a key without a value
)

// value is where a text, or a list of them, is written.
type value struct {
	start, end int
	style      style
	flow       bool // inside [] or {}
	indent     int  // of the key or the dash before it
	said       string
	list       bool // a list: items are its texts
	items      []value
}

// text is what the value says; a list one item a line.
func (v value) text() string {
	if !v.list {
		return v.said
	}
	items := make([]string, len(v.items))
	for i, item := range v.items {
		items[i] = item.said
	}
	return strings.Join(items, "\n")
}

// value finds where a node is written.
func (w *walker) value(n ast.Node, at where) value {
	if list, ok := n.(*ast.SequenceNode); ok {
		return w.sequence(list, at)
	}
	v := value{flow: at.flow, indent: at.indent, said: said(n)}
	t := n.GetToken()
	v.start = w.byteOf(t)
	switch {
	case isNull(n):
		w.null(&v)
	case t.Type == token.DoubleQuoteType:
		v.style = double
	case t.Type == token.SingleQuoteType:
		v.style = single
	case t.Type == token.LiteralType, t.Type == token.FoldedType:
		v.style = block
	}
	var ok bool
	if v.end, ok = w.scan(v); !ok {
		w.lost(t)
	}
	return v
}

func isNull(n ast.Node) bool {
	_, null := n.(*ast.NullNode)
	return null
}

// null is a key with ~, null or nothing behind it.
func (w *walker) null(v *value) {
	if rest := w.text[v.start:]; strings.HasPrefix(rest, "~") || strings.HasPrefix(rest, "null") {
		return
	}
	v.style = none
	if colon := strings.LastIndexByte(w.text[:v.start], ':'); colon >= 0 && strings.Trim(w.text[colon+1:v.start], " \n") == "" {
		v.start = colon + 1
	}
}

// sequence finds where a list and each of its items is written.
func (w *walker) sequence(list *ast.SequenceNode, at where) value {
	v := value{list: true, flow: at.flow || list.IsFlowStyle, indent: at.indent, start: w.byteOf(list.Start)}
	inner := where{flow: v.flow, indent: columnOf(list.Start) - 1}
	v.end = v.start + 1
	for _, item := range list.Values {
		v.items = append(v.items, w.value(item, inner))
		v.end = v.items[len(v.items)-1].end
	}
	want := byte('-')
	if v.flow {
		want = '['
	}
	if v.start >= len(w.text) || w.text[v.start] != want {
		w.lost(list.Start)
		return v
	}
	if list.IsFlowStyle {
		v.end = w.byteOf(list.End) + 1
		if v.end > len(w.text) || w.text[v.end-1] != ']' {
			w.lost(list.End)
		}
	}
	return v
}

// scan finds the end of a scalar. It reports false when no such scalar begins there.
func (f *file) scan(v value) (int, bool) {
	if v.start > len(f.text) {
		return 0, false
	}
	rest := f.text[v.start:]
	var n int
	switch v.style {
	case none:
		return v.start, true
	case double:
		n = quoted(rest, '"', '\\')
	case single:
		n = quoted(rest, '\'', '\'')
	case block:
		n = f.blockEnd(v) - v.start
	default:
		if v.flow {
			n = flowPlain(rest)
		} else {
			n = f.blockPlain(v) - v.start
		}
	}
	return v.start + n, n > 0
}

// quoted is the length of a quoted scalar; escape takes away the meaning of what follows it. 0 when there is none.
func quoted(s string, quote, escape byte) int {
	if s == "" || s[0] != quote {
		return 0
	}
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == escape && (escape != quote || i+1 < len(s) && s[i+1] == quote):
			i++
		case s[i] == quote:
			return i + 1
		}
	}
	return 0
}

// flowPlain is the length of a scalar without quotes inside brackets.
func flowPlain(s string) int {
	end := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case strings.IndexByte(",[]{}", c) >= 0,
			c == ':' && (i+1 == len(s) || strings.IndexByte(" \n,[]{}", s[i+1]) >= 0),
			c == '#' && i > 0 && isSpace(s[i-1]):
			return end
		}
		if !isSpace(c) {
			end = i + 1
		}
	}
	return end
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// blockPlain is the end of a scalar without quotes and brackets: of its line, and of lines indented below its key.
func (f *file) blockPlain(v value) int {
	end := plainLine(f.text, v.start, f.lineEnd(v.start))
	if end < f.lineEnd(v.start) && strings.TrimSpace(f.text[end:f.lineEnd(v.start)]) != "" {
		return end // a comment ends it
	}
	for next := f.lineEnd(v.start) + 1; next < len(f.text); next = f.lineEnd(next) + 1 {
		line := f.text[next:f.lineEnd(next)]
		bare := strings.TrimLeft(line, " \t")
		if bare == "" {
			continue
		}
		if len(line)-len(bare) <= v.indent || bare[0] == '#' {
			break
		}
		begin := next + len(line) - len(bare)
		end = plainLine(f.text, begin, f.lineEnd(next))
		if end < begin+len(strings.TrimRight(bare, " \t")) {
			break
		}
	}
	return end
}

// plainLine is the end of what a line of a plain scalar says: without blanks and a comment.
func plainLine(text string, from, to int) int {
	line := text[from:to]
	for i := 1; i < len(line); i++ {
		if line[i] == '#' && isSpace(line[i-1]) {
			line = line[:i]
			break
		}
	}
	return from + len(strings.TrimRight(line, " \t"))
}

// blockEnd is the end of the last line of a | or > scalar that is not blank.
func (f *file) blockEnd(v value) int {
	if v.start >= len(f.text) || f.text[v.start] != '|' && f.text[v.start] != '>' {
		return v.start
	}
	end := f.lineEnd(v.start)
	depth := f.depth(v)
	for next := end + 1; next < len(f.text); next = f.lineEnd(next) + 1 {
		line := f.text[next:f.lineEnd(next)]
		switch bare := strings.TrimLeft(line, " "); {
		case bare == "":
		case len(line)-len(bare) < depth:
			return end
		default:
			end = f.lineEnd(next)
		}
	}
	return end
}

// depth is how far the lines of a | or > scalar are indented: as its header says, else as its first line is.
func (f *file) depth(v value) int {
	header := f.text[v.start:f.lineEnd(v.start)]
	for _, c := range header[:min(3, len(header))] {
		if c >= '1' && c <= '9' {
			return v.indent + int(c-'0')
		}
	}
	for next := f.lineEnd(v.start) + 1; next < len(f.text); next = f.lineEnd(next) + 1 {
		line := f.text[next:f.lineEnd(next)]
		if bare := strings.TrimLeft(line, " "); bare != "" {
			if n := len(line) - len(bare); n > v.indent {
				return n
			}
			break
		}
	}
	return v.indent + 2
}
