// Package syntax parses the YAML that people write.
//
// It knows what the YAML library cannot stand: some broken input makes it panic, and deep nesting takes memory with the
// square of its depth. It never knows what a file should say.
package syntax

import (
	"errors"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Depth is how many lists and mappings may stand one inside the other; scripts and lists need ten.
const Depth = 64

// Parse returns the syntax tree of a text, and the tokens that it is made of. What is no YAML, and what is nested deeper
// than Depth, is an error; where the place is known, a *yaml.SyntaxError.
func Parse(text string, options ...parser.Option) (file *ast.File, tokens token.Tokens, err error) {
	defer func() {
		if recover() != nil { // its value may hold what was written
			file, err = nil, errors.New("this is not YAML")
		}
	}()
	tokens = lexer.Tokenize(text)
	if at := tooDeep(tokens); at != nil {
		return nil, tokens, &yaml.SyntaxError{Message: "there is too much inside of one another here", Token: at}
	}
	file, err = parser.Parse(tokens, 0, options...)
	return file, tokens, err
}

// tooDeep returns the first token that stands too deep; nil when there is none. At most so much is open at a token: brackets,
// the columns at which lines above it began, and, outside of brackets, what begins on its own line.
func tooDeep(tokens token.Tokens) *token.Token {
	brackets, line, begun := 0, 0, 0
	var columns []int
	for _, t := range tokens {
		if t.Position.Line != line {
			line, begun = t.Position.Line, 0
			for len(columns) > 0 && columns[len(columns)-1] >= t.Position.Column {
				columns = columns[:len(columns)-1]
			}
			columns = append(columns, t.Position.Column)
		}
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			brackets++
		case token.MappingEndType, token.SequenceEndType:
			brackets = max(0, brackets-1)
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType:
			if brackets == 0 {
				begun++
			}
		}
		if brackets+begun+len(columns) > Depth {
			return t
		}
	}
	return nil
}
