package changes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"javab/bot"
	"javab/flows"
)

// Between lists what makes after another script than before, in the order in which after has it; a removed step comes
// where it stood. Scripts that could not be read at all are nil: all of the other one was added or removed.
func Between(before, after *flows.Script) []Change {
	if before == nil {
		before = &flows.Script{}
	}
	if after == nil {
		after = &flows.Script{}
	}
	d := &diff{before: steps(before), after: steps(after)}
	d.head(before, after)
	d.renamed = d.renames(before, after)
	shifted := moved(d.ids(before), ids(after))
	d.gone("", before)
	for _, s := range after.Steps {
		id := s.ID.Text
		was, kept := d.before[d.earlier(id)]
		switch {
		case !kept:
			d.add(Change{Kind: StepAdded, Step: id, After: firstText(s), Line: s.ID.Pos.Line})
		default:
			if was.ID.Text != id {
				d.add(Change{Kind: StepRenamed, Step: id, Before: was.ID.Text, After: id, Line: s.ID.Pos.Line})
			}
			if shifted[id] {
				d.add(Change{Kind: StepMoved, Step: id, After: firstText(s), Line: s.ID.Pos.Line})
			}
			d.step(was, s)
		}
		if kept {
			d.gone(was.ID.Text, before)
		}
	}
	return d.changes
}

// diff is one comparison.
type diff struct {
	before, after map[string]*flows.Step
	renamed       map[string]string // new name -> old name
	line          int               // of the step that is compared
	changes       []Change
}

func (d *diff) add(c Change) { d.changes = append(d.changes, c) }

func (d *diff) earlier(id string) string {
	if old, renamed := d.renamed[id]; renamed {
		return old
	}
	return id
}

// ids are the names of the steps as after calls them.
func (d *diff) ids(before *flows.Script) []string {
	later := map[string]string{}
	for now, old := range d.renamed {
		later[old] = now
	}
	names := ids(before)
	for i, name := range names {
		if now, renamed := later[name]; renamed {
			names[i] = now
		}
	}
	return names
}

// gone notes the removed steps that followed on a kept one, or stood at the top.
func (d *diff) gone(behind string, before *flows.Script) {
	at := -1
	if behind != "" {
		at = slices.IndexFunc(before.Steps, func(s *flows.Step) bool { return s.ID.Text == behind })
	}
	for _, s := range before.Steps[at+1:] {
		if d.kept(s.ID.Text) {
			return
		}
		d.add(Change{Kind: StepRemoved, Step: s.ID.Text, Before: firstText(s), Line: s.ID.Pos.Line})
	}
}

func (d *diff) kept(id string) bool {
	for _, old := range d.renamed {
		if old == id {
			return true
		}
	}
	_, kept := d.after[id]
	return kept
}

// renames finds steps that are the same but for their name.
func (d *diff) renames(before, after *flows.Script) map[string]string {
	gone := map[string]string{}
	for _, s := range before.Steps {
		if d.after[s.ID.Text] == nil {
			gone[content(s)] = s.ID.Text
		}
	}
	renamed := map[string]string{}
	for _, s := range after.Steps {
		if old, ok := gone[content(s)]; ok && d.before[s.ID.Text] == nil {
			renamed[s.ID.Text] = old
			delete(gone, content(s))
		}
	}
	return renamed
}

func steps(s *flows.Script) map[string]*flows.Step {
	all := map[string]*flows.Step{}
	for _, step := range s.Steps {
		all[step.ID.Text] = step
	}
	return all
}

func ids(s *flows.Script) []string {
	names := make([]string, len(s.Steps))
	for i, step := range s.Steps {
		names[i] = step.ID.Text
	}
	return names
}

// head compares what stands above the steps.
func (d *diff) head(before, after *flows.Script) {
	d.words("", "title", before.Title, after.Title)
	for _, set := range []struct {
		kind          Kind
		what          string
		before, after string
		line          int
	}{
		{Setting, "flow", before.Flow.Text, after.Flow.Text, after.Flow.Pos.Line},
		{Enter, "command", before.Enter.Command.Text, after.Enter.Command.Text, after.Enter.Command.Pos.Line},
		{Enter, "argument", before.Enter.Argument.Text, after.Enter.Argument.Text, after.Enter.Argument.Pos.Line},
		{Enter, "case", before.Enter.Case.Text, after.Enter.Case.Text, after.Enter.Case.Pos.Line},
		{Setting, "after_case", before.AfterCase.Text, after.AfterCase.Text, after.AfterCase.Pos.Line},
		{Setting, "feature", before.Feature.Text, after.Feature.Text, after.Feature.Pos.Line},
		{Setting, "draft", flag(before.Draft), flag(after.Draft), 0},
		{Setting, "staff", flag(before.Staff), flag(after.Staff), 0},
	} {
		d.value(set.kind, "", set.what, set.before, set.after, set.line)
	}
	for _, lang := range bot.Langs {
		was, is := before.Enter.Phrasings[lang], after.Enter.Phrasings[lang]
		line := 0
		if len(is) > 0 {
			line = is[0].Pos.Line
		}
		if a, b := names(was), names(is); a != b {
			d.add(Change{Kind: Enter, What: "phrasings", Lang: lang, Before: a, After: b, Line: line})
		}
	}
}

func flag(on bool) string {
	if on {
		return "true"
	}
	return ""
}

// names writes phrasings one a line.
func names(all []flows.Name) string {
	var words []string
	for _, n := range all {
		words = append(words, n.Text)
	}
	return strings.Join(words, "\n")
}

func (d *diff) value(kind Kind, step, what, before, after string, line int) {
	if before != after {
		d.add(Change{Kind: kind, Step: step, What: what, Before: before, After: after, Line: cmp.Or(line, d.line)})
	}
}

// words compares a text in each language.
func (d *diff) words(step, what string, before, after flows.Words) {
	was, is := before.Text(), after.Text()
	for _, lang := range bot.Langs {
		if was.In(lang) == is.In(lang) {
			continue
		}
		line := cmp.Or(after.Pos.Line, d.line)
		if said := after.In(lang); said != nil {
			line = said.Pos.Line
		}
		d.add(Change{Kind: TextChanged, Step: step, What: what, Lang: lang, Before: was.In(lang), After: is.In(lang), Line: line})
	}
}

// content is all that a step does, but not its name.
func content(s *flows.Step) string {
	d := &diff{}
	d.step(&flows.Step{Body: none(s.Body)}, s)
	var b strings.Builder
	for _, c := range d.changes {
		c.Line, c.Step = 0, ""
		fmt.Fprintf(&b, "%+v\n", c)
	}
	return fmt.Sprintf("%T\n", s.Body) + b.String()
}
