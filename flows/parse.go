package flows

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
)

// Parse reads one script file. It is tolerant: it returns what it understood together with every problem it met, each
// with its place. The script is nil when the file is no mapping at all.
func Parse(name string, src []byte) (*Script, []Problem) {
	s, _, problems := ParseTree(name, src)
	return s, problems
}

// ParseTree does as Parse, and returns the syntax tree too, nil when the file is no YAML.
func ParseTree(name string, src []byte) (*Script, ast.Node, []Problem) {
	r := &reader{file: name}
	root := r.load(src)
	if root == nil {
		return nil, nil, r.problems
	}
	s := r.script(root)
	SortProblems(r.problems)
	return s, root, r.problems
}

// ReadTree does as Parse with a syntax tree that somebody else has made of src, which must be UTF-8 with plain line ends.
func ReadTree(name string, src []byte, root ast.Node) (*Script, []Problem) {
	r := &reader{file: name, lines: strings.Split(string(src), "\n")}
	s := r.script(root)
	SortProblems(r.problems)
	return s, r.problems
}

func (r *reader) script(n ast.Node) *Script {
	found, ok := r.known(n, "script", scriptKeys)
	if !ok {
		return nil
	}
	s := &Script{File: r.file}
	for name, e := range found {
		switch name {
		case "flow":
			s.Flow = r.id(e.value, "flow")
		case "title":
			s.Title = r.words(e.value, "title")
		case "enter":
			s.Enter = r.enter(e.value)
		case "draft":
			s.Draft = r.flag(e.value, "draft")
		case "after_case":
			s.AfterCase = r.id(e.value, "after_case")
		case "feature":
			s.Feature = r.id(e.value, "feature")
		case "staff":
			s.Staff = r.flag(e.value, "staff")
		case "steps":
			s.Steps = r.steps(e.value)
		}
	}
	return s
}

func (r *reader) enter(n ast.Node) Enter {
	found, _ := r.known(n, "enter", enterKeys)
	var enter Enter
	if e, ok := found["command"]; ok {
		enter.Command = r.id(e.value, "command")
	}
	enter.Argument = r.optionalID(found, "argument")
	enter.Case = r.optionalID(found, "case")
	if e, ok := found["phrasings"]; ok {
		enter.Phrasings = map[bot.Lang][]Name{}
		lists, _ := r.known(e.value, "phrasings", languageKeys)
		for lang, list := range lists {
			for _, item := range r.items(list.value, "phrasings") {
				if phrasing, ok := r.scalar(item, "phrasings"); ok {
					enter.Phrasings[bot.Lang(lang)] = append(enter.Phrasings[bot.Lang(lang)], phrasing)
				}
			}
		}
	}
	return enter
}

func (r *reader) steps(n ast.Node) []*Step {
	var steps []*Step
	seen := map[string]bool{}
	for _, item := range r.items(n, "steps") {
		s := r.step(item)
		if s == nil {
			continue
		}
		s.index = len(steps)
		if s.ID.Text == "" {
			// A step nobody refers to needs no name; dialogues and states need one all the same.
			s.ID.Text = "s" + strconv.Itoa(s.index+1)
		}
		if seen[s.ID.Text] {
			r.fail(s.ID.Pos, "step.twice", "Name", s.ID.Text)
			s.ID.Text = another(s.ID.Text, seen) // it is played all the same, and so checked
		}
		seen[s.ID.Text] = true
		steps = append(steps, s)
	}
	if len(steps) == 0 {
		r.fail(posOf(n), "steps.none")
	}
	return steps
}

// another is a name like the one that is taken: name_2.
func another(name string, taken map[string]bool) string {
	for n := 2; ; n++ {
		if other := name + "_" + strconv.Itoa(n); !taken[other] {
			return other
		}
	}
}

// words reads {fa, ar, en}, or a single text that consists of placeholders and so needs no translation.
func (r *reader) words(n ast.Node, what string) Words {
	w := Words{Pos: posOf(n)}
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		text, ok := r.template(n, what)
		if _, only := text.Only(); ok && !only {
			r.fail(w.Pos, "words.languages", "What", what)
		}
		return Words{Fa: text, Ar: text, En: text, Pos: w.Pos}
	}
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) == 0 {
		r.fail(w.Pos, "words.languages", "What", what)
	}
	found, _ := r.known(n, what, languageKeys)
	said := 0
	for _, e := range found {
		if !blank(e.value) {
			said++
		}
	}
	for lang, e := range found {
		if said > 0 && blank(e.value) {
			continue // Check tells that the language is missing
		}
		text, _ := r.template(e.value, what+" "+lang)
		switch bot.Lang(lang) {
		case bot.Fa:
			w.Fa = text
		case bot.Ar:
			w.Ar = text
		case bot.En:
			w.En = text
		}
	}
	return w
}

// blank reports whether nothing is written yet where a text is wanted.
func blank(n ast.Node) bool {
	switch v := n.(type) {
	case *ast.NullNode:
		return true
	case *ast.StringNode:
		return v.Value == ""
	default:
		return false
	}
}

// template reads a text with placeholders.
func (r *reader) template(n ast.Node, what string) (*Template, bool) {
	text, ok := r.scalar(n, what)
	if !ok {
		return nil, false
	}
	t, faults := parseTemplate(text.Text)
	t.Pos, t.faulty = text.Pos, len(faults) > 0
	for i := range t.Parts {
		if name := t.Parts[i].Name; name != "" {
			t.Parts[i].Pos = r.findIn(text.Pos, "{"+name)
		}
	}
	for _, f := range faults {
		r.fail(r.findIn(text.Pos, f.part), f.code, "Part", f.part, "Near", f.near)
	}
	return t, true
}

// args reads a mapping of names to texts with placeholders.
func (r *reader) args(n ast.Node, what string) []Arg {
	entries, _ := r.entries(n, what)
	var args []Arg
	for _, e := range entries {
		if !validName(e.key.Text) {
			r.fail(e.key.Pos, "name.malformed", "Name", e.key.Text, "What", what)
			continue
		}
		if value, ok := r.template(e.value, what); ok {
			args = append(args, Arg{e.key, value})
		}
	}
	return args
}
