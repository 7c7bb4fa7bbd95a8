package flows

import (
	"github.com/goccy/go-yaml/ast"
)

func (r *reader) ask(found map[string]entry) *AskStep {
	a := &AskStep{Save: r.optionalID(found, "save"), Else: r.optionalID(found, "else")}
	for name, e := range found {
		switch name {
		case "ask":
			a.Text = r.words(e.value, "ask")
		case "options":
			a.Options = r.options(e.value)
		case "expect":
			a.Expect = r.expect(e.value)
		case "optional":
			a.Optional = r.flag(e.value, "optional")
		case "layout":
			word, ok := r.scalar(e.value, "layout")
			a.Rows = word.Text == "rows"
			if ok && !a.Rows {
				r.fail(word.Pos, "layout.word", "Word", word.Text)
			}
		}
	}
	return a
}

// options reads one list name, or a list that mixes list names and buttons.
func (r *reader) options(n ast.Node) []Option {
	if _, list := n.(*ast.SequenceNode); !list {
		return []Option{r.option(n)}
	}
	var options []Option
	for _, item := range r.items(n, "options") {
		options = append(options, r.option(item))
	}
	return options
}

func (r *reader) option(n ast.Node) Option {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return r.button(n)
	default:
		source := r.source(n, "options")
		return Option{Source: &source, Pos: posOf(n)}
	}
}

func (r *reader) button(n ast.Node) Option {
	found, _ := r.known(n, "options", optionKeys)
	o := Option{
		Pos: posOf(n), ID: r.optionalID(found, "id"), Goto: r.optionalID(found, "goto"), Run: r.optionalID(found, "run"),
		Set: r.optionalArgs(found, "set"), Feature: r.optionalID(found, "feature"),
	}
	if e, ok := found["label"]; ok {
		o.Label = r.words(e.value, "label")
	}
	if e, ok := found["when"]; ok {
		when := r.condition(e.value, 1)
		o.When = &when
	}
	return o
}

// condition reads a comparison or a group of them.
func (r *reader) condition(n ast.Node, depth int) Condition {
	c := Condition{Pos: posOf(n)}
	if depth > MaxConditionDepth {
		r.fail(c.Pos, "condition.deep")
		return c
	}
	found, ok := r.known(n, "if", conditionKeys)
	if !ok {
		return c
	}
	parts := 0
	for name, e := range found {
		switch name {
		case "var":
			parts++
			c.Var = r.path(e.value)
		case "op":
			op, _ := r.scalar(e.value, "op")
			if c.Op = Op(op.Text); op.Text != "" && !knownOp(c.Op) {
				r.fail(op.Pos, "condition.op", "Op", op.Text, "Near", near(op.Text, Ops))
				c.Op = ""
			}
		case "value":
			c.Values = r.values(e.value)
		case "all":
			parts++
			c.All = r.group(e.value, depth)
		case "any":
			parts++
			c.Any = r.group(e.value, depth)
		case "not":
			parts++
			not := r.condition(e.value, depth+1)
			c.Not = &not
		}
	}
	r.sound(&c, parts)
	return c
}

// sound checks that a condition has one part, and a comparison what it needs.
func (r *reader) sound(c *Condition, parts int) {
	if parts != 1 {
		r.fail(c.Pos, "condition.parts")
		return
	}
	if c.Var.Text == "" {
		return
	}
	if c.Op == "" {
		c.Op = OpIs
		if len(c.Values) == 0 {
			c.Op = OpSet
		}
	}
	if c.Op.valued() != (len(c.Values) > 0) {
		r.fail(c.Pos, "condition.value", "Op", string(c.Op))
	}
}

func (r *reader) group(n ast.Node, depth int) []Condition {
	var group []Condition
	for _, item := range r.items(n, "if") {
		group = append(group, r.condition(item, depth+1))
	}
	return group
}

func (r *reader) path(n ast.Node) Name {
	name, ok := r.scalar(n, "var")
	if ok && !validPath(name.Text) {
		r.fail(name.Pos, "name.malformed", "Name", name.Text, "What", "var")
		return Name{}
	}
	return name
}

func (r *reader) values(n ast.Node) []string {
	nodes := []ast.Node{n}
	if list, ok := n.(*ast.SequenceNode); ok {
		nodes = list.Values
	}
	var values []string
	for _, item := range nodes {
		if v, ok := r.scalar(item, "value"); ok {
			values = append(values, v.Text)
		}
	}
	return values
}
