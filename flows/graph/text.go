package graph

import (
	"strings"

	"javab/bot"
	"javab/flows"
)

// maxText bounds the words of a box: its two lines hold less.
const maxText = 120

// wordsIn is a text of the script in a language, or in the first that has it.
func wordsIn(w flows.Words, lang bot.Lang) string {
	if t := w.In(lang); t != nil {
		return t.Raw
	}
	for _, other := range bot.Langs {
		if t := w.In(other); t != nil {
			return t.Raw
		}
	}
	return ""
}

// kindOf is the kind of a step, as scripts write it.
func kindOf(s *flows.Step) string {
	switch s.Body.(type) {
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

// spoken reports whether the text of a step is words of a language; else it is names of the script.
func spoken(s *flows.Step) bool {
	switch s.Body.(type) {
	case *flows.SayStep, *flows.AskStep, *flows.EndStep, *flows.IfStep:
		return true
	default:
		return false
	}
}

// textOf is what stands in the box of a step.
func textOf(s *flows.Step, o Options) string {
	var text string
	switch b := s.Body.(type) {
	case *flows.SayStep:
		text = firstLine(wordsIn(b.Text, o.Lang))
	case *flows.AskStep:
		text = firstLine(wordsIn(b.Text, o.Lang))
	case *flows.FormStep:
		text = listName(b.Source)
	case *flows.WalkStep:
		text = listName(b.Source)
	case *flows.DoStep:
		text = b.Action.Text
	case *flows.IfStep:
		text = condition(&b.Cond, o)
	case *flows.RunStep:
		text = b.Flow.Text
	case *flows.HandOverStep:
		text = strings.Join(strings.Fields(raw(b.Unit)+" "+raw(b.Reason)), " · ")
	default:
		text = o.Words("graph.kind.end")
	}
	return cut(text, maxText)
}

func raw(t *flows.Template) string {
	if t == nil {
		return ""
	}
	return t.Raw
}

func listName(s flows.Source) string {
	if s.Path.Text != "" {
		return "{" + s.Path.Text + "}"
	}
	return s.List.Text
}

// condition is a condition as a sentence.
func condition(c *flows.Condition, o Options) string {
	switch {
	case c == nil:
		return ""
	case c.Not != nil:
		return o.Words("graph.not") + " " + condition(c.Not, o)
	case len(c.All) > 0:
		return conditions(c.All, o.Words("graph.and"), o)
	case len(c.Any) > 0:
		return conditions(c.Any, o.Words("graph.or"), o)
	}
	return strings.TrimSpace(c.Var.Text + " " + o.Words("graph.op."+string(c.Op)) + " " + strings.Join(c.Values, ", "))
}

func conditions(all []flows.Condition, between string, o Options) string {
	parts := make([]string, len(all))
	for i := range all {
		parts[i] = condition(&all[i], o)
	}
	return strings.Join(parts, " "+between+" ")
}

// cut shortens a text to at most n characters.
func cut(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
