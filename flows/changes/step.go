package changes

import (
	"fmt"
	"slices"
	"strings"

	"javab/bot"
	"javab/flows"
)

// step compares two versions of one step.
func (d *diff) step(before, after *flows.Step) {
	id, line := after.ID.Text, after.ID.Pos.Line
	d.line = line
	if a, b := kindOf(before.Body), kindOf(after.Body); a != b {
		d.add(Change{Kind: StepKind, Step: id, Before: a, After: b, Line: line})
		before = &flows.Step{ID: before.ID, Goto: before.Goto, Body: none(after.Body)}
	}
	switch is := after.Body.(type) {
	case *flows.SayStep:
		d.words(id, "say", before.Body.(*flows.SayStep).Text, is.Text)
	case *flows.AskStep:
		d.ask(id, before.Body.(*flows.AskStep), is)
	case *flows.FormStep:
		was := before.Body.(*flows.FormStep)
		d.value(Setting, id, "form", source(was.Source), source(is.Source), line)
		d.value(Setting, id, "save", was.Save.Text, is.Save.Text, line)
	case *flows.WalkStep:
		was := before.Body.(*flows.WalkStep)
		d.value(Setting, id, "walk", source(was.Source), source(is.Source), line)
		d.value(Transition, id, "failed", was.Failed.Text, is.Failed.Text, is.Failed.Pos.Line)
	case *flows.DoStep:
		d.action(id, before.Body.(*flows.DoStep), is)
	case *flows.IfStep:
		was := before.Body.(*flows.IfStep)
		d.value(Condition, id, "if", condition(&was.Cond), condition(&is.Cond), is.Cond.Pos.Line)
		d.value(Transition, id, "then", was.Then.Text, is.Then.Text, is.Then.Pos.Line)
		d.value(Transition, id, "else", was.Else.Text, is.Else.Text, is.Else.Pos.Line)
	case *flows.RunStep:
		was := before.Body.(*flows.RunStep)
		d.value(Transition, id, "run", was.Flow.Text, is.Flow.Text, is.Flow.Pos.Line)
		d.arguments(id, was.With, is.With, line)
	case *flows.HandOverStep:
		was := before.Body.(*flows.HandOverStep)
		d.value(Action, id, "unit", raw(was.Unit), raw(is.Unit), line)
		d.value(Action, id, "reason", raw(was.Reason), raw(is.Reason), line)
		d.value(Action, id, "topic", raw(was.Topic), raw(is.Topic), line)
	}
	d.value(Transition, id, "goto", before.Goto.Text, after.Goto.Text, after.Goto.Pos.Line)
	d.value(Transition, id, "end", flag(before.Ends), flag(after.Ends), line)
}

func (d *diff) ask(id string, was, is *flows.AskStep) {
	d.words(id, "ask", was.Text, is.Text)
	d.options(id, was, is)
	d.value(Expect, id, "expect", expectation(was.Expect), expectation(is.Expect), is.Text.Pos.Line)
	d.value(Setting, id, "save", was.Save.Text, is.Save.Text, is.Save.Pos.Line)
	d.value(Setting, id, "optional", flag(was.Optional), flag(is.Optional), is.Text.Pos.Line)
	d.value(Setting, id, "rows", flag(was.Rows), flag(is.Rows), is.Text.Pos.Line)
	d.value(Transition, id, "else", was.Else.Text, is.Else.Text, is.Else.Pos.Line)
}

// options compares the buttons: which there are, and each of those that stayed.
func (d *diff) options(id string, was, is *flows.AskStep) {
	before, after := buttons(was), buttons(is)
	line := is.Text.Pos.Line
	if len(is.Options) > 0 {
		line = is.Options[0].Pos.Line
	}
	d.value(Options, id, "options", list(before), list(after), line)
	for i, name := range after {
		at := slices.Index(before, name)
		if at < 0 {
			continue
		}
		a, b := was.Options[at], is.Options[i]
		d.words(id, name, a.Label, b.Label)
		d.value(Transition, id, name, towards(a), towards(b), b.Pos.Line)
		d.value(Condition, id, name, condition(a.When), condition(b.When), b.Pos.Line)
		d.value(Setting, id, name, arguments(a.Set), arguments(b.Set), b.Pos.Line)
		d.value(Setting, id, name, a.Feature.Text, b.Feature.Text, b.Pos.Line)
	}
}

// buttons names the options: by id, by the list they offer, else by where they lead or by their number.
func buttons(a *flows.AskStep) []string {
	names := make([]string, len(a.Options))
	for i, o := range a.Options {
		switch {
		case o.Source != nil:
			names[i] = source(*o.Source)
		case o.ID.Text != "":
			names[i] = o.ID.Text
		default:
			names[i] = fmt.Sprintf("#%d", i+1)
		}
	}
	return names
}

// towards says where a button leads.
func towards(o flows.Option) string {
	if o.Run.Text == "" {
		return o.Goto.Text
	}
	return strings.TrimSpace("run " + o.Run.Text + " " + o.Goto.Text)
}

func (d *diff) action(id string, was, is *flows.DoStep) {
	d.value(Action, id, "do", was.Action.Text, is.Action.Text, is.Action.Pos.Line)
	d.arguments(id, was.With, is.With, is.Action.Pos.Line)
	var outcomes []string
	to := [2]map[string]string{{}, {}}
	for i, all := range [][]flows.Outcome{was.Then, is.Then} {
		for _, o := range all {
			to[i][o.Name.Text] = o.Step.Text
			if !slices.Contains(outcomes, o.Name.Text) {
				outcomes = append(outcomes, o.Name.Text)
			}
		}
	}
	for _, name := range outcomes {
		d.value(Transition, id, name, to[0][name], to[1][name], is.Action.Pos.Line)
	}
}

func (d *diff) arguments(id string, was, is []flows.Arg, line int) {
	d.value(Action, id, "with", arguments(was), arguments(is), line)
}

func arguments(all []flows.Arg) string {
	given := make([]string, len(all))
	for i, a := range all {
		given[i] = a.Name.Text + ": " + raw(a.Value)
	}
	return list(given)
}

func raw(t *flows.Template) string {
	if t == nil {
		return ""
	}
	return t.Raw
}

func source(s flows.Source) string {
	if s.Path.Text != "" {
		return "{" + s.Path.Text + "}"
	}
	return s.List.Text
}

// expectation writes what answer is wanted.
func expectation(e *flows.Expectation) string {
	if e == nil {
		return ""
	}
	written := e.Kind.Text
	limits := e.Rule.Limits()
	for _, name := range []string{"min", "max", "files"} {
		if limits[name] != "" {
			written += " " + name + " " + limits[name]
		}
	}
	return written
}

// condition writes a condition on one line.
func condition(c *flows.Condition) string {
	switch {
	case c == nil:
		return ""
	case c.Not != nil:
		return "not (" + condition(c.Not) + ")"
	case len(c.All) > 0:
		return group(c.All, " and ")
	case len(c.Any) > 0:
		return group(c.Any, " or ")
	}
	return strings.TrimSpace(c.Var.Text + " " + string(c.Op) + " " + strings.Join(c.Values, " "))
}

func group(all []flows.Condition, word string) string {
	parts := make([]string, len(all))
	for i := range all {
		parts[i] = condition(&all[i])
	}
	return "(" + strings.Join(parts, word) + ")"
}

// kindOf is the key that says what a step does.
func kindOf(b flows.Body) string {
	switch b.(type) {
	case *flows.SayStep:
		return "say"
	case *flows.AskStep:
		return "ask"
	case *flows.FormStep:
		return "form"
	case *flows.WalkStep:
		return "walk"
	case *flows.DoStep:
		return "do"
	case *flows.IfStep:
		return "if"
	case *flows.RunStep:
		return "run"
	case *flows.HandOverStep:
		return "hand_over"
	default:
		return "end"
	}
}

// none is a body of the same kind that says and does nothing.
func none(b flows.Body) flows.Body {
	switch b.(type) {
	case *flows.SayStep:
		return &flows.SayStep{}
	case *flows.AskStep:
		return &flows.AskStep{}
	case *flows.FormStep:
		return &flows.FormStep{}
	case *flows.WalkStep:
		return &flows.WalkStep{}
	case *flows.DoStep:
		return &flows.DoStep{}
	case *flows.IfStep:
		return &flows.IfStep{}
	case *flows.RunStep:
		return &flows.RunStep{}
	case *flows.HandOverStep:
		return &flows.HandOverStep{}
	default:
		return &flows.EndStep{}
	}
}

// firstText is what a step says in the first language that it has a text in.
func firstText(s *flows.Step) string {
	var w flows.Words
	switch b := s.Body.(type) {
	case *flows.SayStep:
		w = b.Text
	case *flows.AskStep:
		w = b.Text
	}
	for _, lang := range bot.Langs {
		if said := w.Text().In(lang); said != "" {
			return said
		}
	}
	return kindOf(s.Body)
}
