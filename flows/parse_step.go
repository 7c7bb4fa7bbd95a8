package flows

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// step reads one entry of steps. Which kind it is, is said by the one key of kindKeys that it has.
func (r *reader) step(n ast.Node) *Step {
	entries, ok := r.entries(n, "step")
	if !ok {
		return nil
	}
	kind, entries := r.kind(n, entries)
	if kind == "" {
		return nil
	}
	keys := append(slices.Clone(besideKeys[kind]), key{name: kind, required: true})
	found := r.match(n, entries, kind, keys)
	s := &Step{ID: Name{Pos: posOf(n)}, Pos: posOf(n)}
	if e, ok := found["id"]; ok {
		s.ID = r.id(e.value, "id")
	}
	s.Goto = r.optionalID(found, "goto")
	s.Body = r.bodyOf(kind, s, found)
	return s
}

// kind returns the key that says what the step does, and the entries to read the step from: as they were meant.
func (r *reader) kind(n ast.Node, entries []entry) (string, []entry) {
	var kinds, all []string
	for _, e := range entries {
		all = append(all, e.key.Text)
		if hasKey(kindKeys, e.key.Text) {
			kinds = append(kinds, e.key.Text)
		}
	}
	if len(kinds) == 2 && slices.Contains(kinds, "end") {
		kinds = slices.DeleteFunc(kinds, func(k string) bool { return k == "end" })
	}
	switch len(kinds) {
	case 1:
		return kinds[0], entries
	case 0:
		slip, meant := nearestKind(all)
		r.fail(posOf(n), "step.kind", "Kinds", strings.Join(keyNames(kindKeys), ", "), "Near", meant)
		entries = slices.Clone(entries)
		for i := range entries {
			if meant != "" && entries[i].key.Text == slip {
				entries[i].key.Text = meant
			}
		}
		return meant, entries
	default:
		r.fail(posOf(n), "step.kinds", "Kinds", strings.Join(kinds, ", "))
		return kinds[0], slices.DeleteFunc(slices.Clone(entries), func(e entry) bool {
			return e.key.Text != kinds[0] && !hasKey(besideKeys[kinds[0]], e.key.Text)
		})
	}
}

// nearestKind finds the key that was probably meant to say what the step does.
func nearestKind(keys []string) (slip, kind string) {
	for _, k := range keys {
		if kind := near(k, keyNames(kindKeys)); kind != "" && k != "id" {
			return k, kind
		}
	}
	return "", ""
}

func (r *reader) bodyOf(kind string, s *Step, found map[string]entry) Body {
	value := found[kind].value
	switch kind {
	case "say":
		if e, ok := found["end"]; ok {
			s.Ends = true
			r.done(e.value)
		}
		return &SayStep{Text: r.words(value, "say")}
	case "ask":
		return r.ask(found)
	case "form":
		return &FormStep{Source: r.source(value, "form"), Save: r.optionalID(found, "save")}
	case "walk":
		return &WalkStep{Source: r.source(value, "walk"), Failed: r.optionalID(found, "failed")}
	case "do":
		return r.do(found)
	case "if":
		return r.branch(found)
	case "run":
		return &RunStep{Flow: r.id(value, "run"), With: r.optionalArgs(found, "with")}
	case "hand_over":
		return r.handOver(value)
	default:
		r.done(value)
		return &EndStep{}
	}
}

func (r *reader) optionalID(found map[string]entry, key string) Name {
	if e, ok := found[key]; ok {
		return r.id(e.value, key)
	}
	return Name{}
}

func (r *reader) optionalArgs(found map[string]entry, key string) []Arg {
	if e, ok := found[key]; ok {
		return r.args(e.value, key)
	}
	return nil
}

// done reads the only value that `end` takes.
func (r *reader) done(n ast.Node) {
	if word, ok := r.scalar(n, "end"); ok && word.Text != "done" {
		r.fail(word.Pos, "end.word", "Word", word.Text)
	}
}

func (r *reader) do(found map[string]entry) *DoStep {
	d := &DoStep{With: r.optionalArgs(found, "with")}
	d.Action, _ = r.scalar(found["do"].value, "do")
	if e, ok := found["then"]; ok {
		d.Then = []Outcome{} // written, if with nothing in it
		outcomes, _ := r.entries(e.value, "then")
		for _, o := range outcomes {
			d.Then = append(d.Then, Outcome{o.key, r.id(o.value, "then")})
		}
	}
	return d
}

func (r *reader) branch(found map[string]entry) *IfStep {
	return &IfStep{
		Cond: r.condition(found["if"].value, 1),
		Then: r.optionalID(found, "then"),
		Else: r.optionalID(found, "else"),
	}
}

func (r *reader) handOver(n ast.Node) *HandOverStep {
	h := &HandOverStep{Pos: posOf(n)}
	found, _ := r.known(n, "hand_over", handOverKeys)
	for name, e := range found {
		t, _ := r.template(e.value, name)
		switch name {
		case "unit":
			h.Unit = t
		case "reason":
			h.Reason = t
		case "topic":
			h.Topic = t
		}
	}
	return h
}

// source reads a list: `topics` of the content, or "{topic.answers}" through a variable.
func (r *reader) source(n ast.Node, what string) Source {
	name, ok := r.scalar(n, what)
	if !ok {
		return Source{}
	}
	inner, braced := strings.CutPrefix(name.Text, "{")
	inner, closed := strings.CutSuffix(inner, "}")
	switch {
	case braced != closed || !validPath(inner):
		r.fail(name.Pos, "list.malformed", "Name", name.Text)
		return Source{}
	case braced:
		return Source{Path: Name{inner, name.Pos}}
	default:
		return Source{List: name}
	}
}
