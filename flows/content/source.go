package content

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"javab/flows"
	"javab/flows/syntax"
)

// Syntax is the code of the problem that a file cannot be read as what it is.
const Syntax = "content.syntax"

// source is one YAML file: its syntax tree, for decoding and for the places of problems.
type source struct {
	name     string
	root     ast.Node
	said     []words // that speak of other files
	problems *[]flows.Problem
}

// read parses a file; what is no YAML is reported, and its root is nil.
func read(name string, src []byte, problems *[]flows.Problem) *source {
	s := &source{name: name, problems: problems}
	// CRLF would put every line after a comment one too far down (goccy/go-yaml v1.19.2).
	text := strings.ReplaceAll(string(src), "\r\n", "\n")
	file, _, err := syntax.Parse(text)
	switch {
	case err != nil:
		s.broken(err)
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		s.fail(nil, "content.empty")
	default:
		s.root = file.Docs[0].Body
	}
	return s
}

// decode fills in the struct of the file. Keys that it does not have are problems.
func (s *source) decode(into any) {
	if s.root == nil {
		return
	}
	if err := yaml.NodeToValue(s.root, into, yaml.Strict()); err != nil {
		s.broken(err)
	}
}

// broken reports an error of the YAML library at its place.
func (s *source) broken(err error) {
	var at *token.Token
	message := err.Error()
	if e, ok := errors.AsType[yaml.Error](err); ok {
		at, message = e.GetToken(), e.GetMessage()
	}
	s.report(at, Syntax, "Message", message)
}

// fail reports a problem at a node; nil is the head of the file.
func (s *source) fail(at ast.Node, code string, pairs ...string) {
	if at == nil {
		s.report(nil, code, pairs...)
		return
	}
	s.report(head(at), code, pairs...)
}

func (s *source) report(at *token.Token, code string, pairs ...string) {
	p := flows.Problem{File: s.name, Line: 1, Column: 1, Severity: flows.Error, Code: code}
	if at != nil && at.Position != nil {
		p.Line, p.Column = max(at.Position.Line, 1), max(at.Position.Column, 1)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if p.Params == nil {
			p.Params = map[string]string{}
		}
		if pairs[i+1] != "" {
			p.Params[pairs[i]] = pairs[i+1]
		}
	}
	*s.problems = append(*s.problems, p)
}

// head is the token that a reader would call the beginning of a node; a block mapping's own token is a colon.
func head(n ast.Node) *token.Token {
	switch v := n.(type) {
	case *ast.MappingNode:
		if !v.IsFlowStyle && len(v.Values) > 0 {
			return v.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return v.Key.GetToken()
	}
	return n.GetToken()
}

// at returns the node under a path of keys and indices, or the nearest one above it that is there.
func (s *source) at(path ...any) ast.Node {
	n := s.root
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

func child(n ast.Node, step any) ast.Node {
	switch v := n.(type) {
	case *ast.SequenceNode:
		if i, ok := step.(int); ok && i < len(v.Values) {
			return v.Values[i]
		}
	default:
		for _, pair := range pairs(n) {
			if pair.Key.GetToken().Value == step {
				return pair.Value
			}
		}
	}
	return nil
}

// pairs returns the entries of a mapping, nothing for any other node.
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

// scalar returns the text of a plain value, and whether it is one.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	default:
		return "", false
	}
}
