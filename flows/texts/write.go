package texts

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// scalar writes a text in place of another one: in its style when that can hold it, else in double quotes, which can
// hold any.
func (f *file) scalar(v value, text string) string {
	var written string
	switch v.style {
	case plain, none:
		if bare(text, v.flow) {
			written = text
		}
	case single:
		written = "'" + strings.ReplaceAll(text, "'", "''") + "'"
	case block:
		written = f.lined(v, text)
	}
	if written != "" && v.reads(written, text) {
		return written
	}
	return inDoubleQuotes(text)
}

// bare reports whether a text needs no quotes by the rules of YAML; the library reads some that do.
func bare(text string, flow bool) bool {
	if text == "" || strings.ContainsAny(text[:1], "-?:,[]{}#&*!|>'\"%@`") || strings.TrimSpace(text) != text {
		return false
	}
	return !strings.HasSuffix(text, ":") && !strings.Contains(text, ": ") && !strings.Contains(text, " #") &&
		!strings.HasPrefix(text, "...") && !(flow && strings.ContainsAny(text, ",[]{}"))
}

// reads reports whether a scalar, standing where v stands, is read as the text and as nothing else.
func (v value) reads(written, text string) bool {
	if v.style != block && strings.ContainsFunc(written, func(c rune) bool { return c == '\n' || unicode.IsControl(c) }) {
		return false
	}
	before, after := "{k: ", ", z: z}\n"
	if !v.flow {
		margin := strings.Repeat(" ", v.indent+1)
		before, after = "r:\n"+margin+"k: ", "\n"+margin+"z: z\n"
		written = strings.ReplaceAll(written, "\n", "\n ")
	}
	root, _, err := parse(before + written + after)
	if err != nil {
		return false
	}
	if !v.flow {
		root = child(root, "r")
	}
	k := child(root, "k")
	switch k.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return said(k) == text && said(child(root, "z")) == "z"
	default:
		return false
	}
}

// child is the value of a key, nil when there is none.
func child(n ast.Node, key string) ast.Node {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		if one, single := n.(*ast.MappingValueNode); single && one.Key.GetToken().Value == key {
			return one.Value
		}
		return nil
	}
	for _, v := range m.Values {
		if v.Key.GetToken().Value == key {
			return v.Value
		}
	}
	return nil
}

// lined writes a text below the header of a | or > scalar. A folded one needs an empty line for each end of a line.
func (f *file) lined(v value, text string) string {
	header := f.text[v.start:f.lineEnd(v.start)]
	margin := strings.Repeat(" ", f.depth(v))
	if header[0] == '>' {
		text = strings.ReplaceAll(text, "\n", "\n\n")
	}
	var b strings.Builder
	b.WriteString(header)
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteByte('\n')
		if line != "" {
			b.WriteString(margin + line)
		}
	}
	return b.String()
}

// inDoubleQuotes writes any text on one line.
func inDoubleQuotes(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFEFF':
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
