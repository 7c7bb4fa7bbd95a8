package training

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"javab/bot"
)

// CommonFile has the words and the items that all personas share; every other file is a persona of its name.
const CommonFile = "common.yaml"

// Problem is something wrong in a file of personas, and where.
type Problem struct {
	File         string
	Line, Column int
	Text         string
}

// Error implements error.
func (p Problem) Error() string { return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text) }

// Load reads all personas of a folder, in the order of their tempers. The error has every Problem that was found.
func Load(files fs.FS) ([]*Persona, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the personas: %w", err)
	}
	shared, err := loadCommon(files)
	if err != nil {
		return nil, err
	}
	var all []*Persona
	var wrong []error
	for _, name := range names {
		if name == CommonFile {
			continue
		}
		src, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read persona %s: %w", name, err)
		}
		p, err := parsePersona(name, src, shared)
		all, wrong = append(all, p), append(wrong, err)
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(x, y *Persona) int {
		return slices.Index(Tempers[:], x.Temper) - slices.Index(Tempers[:], y.Temper)
	})
	return all, nil
}

// page is one file while it is read.
type page struct {
	name     string
	tree     *ast.File
	problems []Problem
}

// err is all that was found, in the order of the file.
func (p *page) err() error {
	slices.SortFunc(p.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Text, b.Text))
	})
	all := make([]error, len(p.problems))
	for i, problem := range p.problems {
		all[i] = problem
	}
	return errors.Join(all...)
}

// open parses a file into a shape; what the shape does not know is a problem, and ends the reading.
func open(name string, src []byte, shape any) (*page, error) {
	src = []byte(strings.ReplaceAll(string(src), "\r\n", "\n")) // CRLF would move every line after a comment
	tree, err := parser.ParseBytes(src, 0)
	if err == nil {
		err = yaml.UnmarshalWithOptions(src, shape, yaml.Strict())
	}
	if broken, is := errors.AsType[yaml.Error](err); is && broken.GetToken() != nil {
		at := broken.GetToken().Position
		return nil, Problem{name, at.Line, at.Column, broken.GetMessage()}
	}
	if err != nil {
		return nil, Problem{name, 1, 1, err.Error()}
	}
	return &page{name: name, tree: tree}, nil
}

// fail notes a problem at a place of the tree, "$.reactions[2].when"; where there is nothing, at the nearest place above.
func (p *page) fail(at, format string, args ...any) {
	problem := Problem{p.name, 1, 1, fmt.Sprintf(format, args...)}
	for ; at != "" && at != "$"; at = at[:max(strings.LastIndexAny(at, ".["), 0)] {
		if node := p.node(at); node != nil {
			where := begin(node).GetToken().Position
			problem.Line, problem.Column = where.Line, where.Column
			break
		}
	}
	p.problems = append(p.problems, problem)
}

func (p *page) node(at string) ast.Node {
	place, err := yaml.PathString(at)
	if err != nil {
		return nil
	}
	node, err := place.FilterFile(p.tree)
	if err != nil {
		return nil
	}
	return node
}

// begin is where a node begins: the own token of a block mapping is the colon behind its first key.
func begin(node ast.Node) ast.Node {
	switch n := node.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return n.Values[0].Key
		}
	case *ast.MappingValueNode:
		return n.Key
	}
	return node
}

// whole fails for a text that lacks a language.
func (p *page) whole(at string, t bot.Text) {
	for _, lang := range bot.Langs {
		if strings.TrimSpace(t.In(lang)) == "" {
			p.fail(at, "%s: nothing is said in %s", path.Base(strings.ReplaceAll(at, ".", "/")), lang)
		}
	}
}

// span reads a length of time such as 90s or 2m.
func (p *page) span(at, written string) time.Duration {
	if written == "" {
		return 0
	}
	d, err := time.ParseDuration(written)
	if err != nil || d <= 0 || d > time.Hour {
		p.fail(at, "%q is no time: write it as 90s or 2m, at most 1h", written)
	}
	return d
}
