package flows

import (
	"cmp"
	"slices"
)

// exit is one way out of a step.
type exit struct {
	to     string // the step that follows, "" when the script says nothing more
	pos    Pos
	sets   []string // variables that are surely set on this way
	clears []string // variables that may be unset on this way
	run    string   // a flow that is played on the way
	ends   bool     // the flow is over
	leaves bool     // the conversation goes elsewhere and does not come back
	unsaid bool     // where it leads is not written yet, which was reported
	by     By       // what it is taken for
	name   string   // of the outcome, or of the list whose entries are the buttons
	label  Words    // of the button
}

// goesOn is the way to the next step.
func goesOn(f *flow, s *Step) exit {
	pos := s.ID.Pos
	if s.Goto.Text != "" {
		pos = s.Goto.Pos
	}
	return exit{to: f.after(s), pos: pos, by: ByItself}
}

// exits lists where a step can lead, as it was meant: a name with a slip is reported once, where it stands, and taken for
// the one that it is near to, so that one slip does not look like many.
func (c *checker) exits(f *flow, s *Step) []exit {
	if ways, known := c.ways[s]; known {
		return ways
	}
	ways := s.Body.exits(f, s, c.names)
	c.ways[s] = ways
	for i := range ways {
		way := &ways[i]
		if _, known := f.steps[way.to]; !known && way.to != "" {
			way.to = cmp.Or(near(way.to, stepIDs(f)), way.to)
		}
		if _, known := c.flows[way.run]; !known && way.run != "" {
			way.run = cmp.Or(near(way.run, c.flowNames()), way.run)
			way.leaves = neverBack(way.run)
		}
	}
	return ways
}

// neverBack reports whether a flow that is run does not return: the main menu begins anew, an officer takes over.
func neverBack(name string) bool { return name == Home || name == Officer }

func (*SayStep) exits(f *flow, s *Step, _ *names) []exit {
	if s.Ends {
		return []exit{{ends: true}}
	}
	return []exit{goesOn(f, s)}
}

func (*EndStep) exits(*flow, *Step, *names) []exit { return []exit{{ends: true}} }

func (*HandOverStep) exits(*flow, *Step, *names) []exit { return []exit{{leaves: true}} }

func (a *AskStep) exits(f *flow, s *Step, _ *names) []exit {
	var ways []exit
	saved := savedName(a.Save)
	for i := range a.Options {
		ways = append(ways, a.optionExit(f, s, &a.Options[i], saved))
	}
	if a.Expect != nil {
		way := goesOn(f, s)
		way.by = ByAnswer
		if way.sets = saved; a.Else.Text != "" {
			way.to, way.pos = a.Else.Text, a.Else.Pos
		}
		ways = append(ways, way)
	}
	if nothing := len(a.Options) == 0 && a.Expect == nil; a.Optional || nothing { // the latter is reported; it goes on when mended
		way := goesOn(f, s)
		way.by, way.clears = BySkip, saved
		ways = append(ways, way)
	}
	return ways
}

func savedName(save Name) []string {
	if save.Text == "" {
		return nil
	}
	return []string{save.Text}
}

func (a *AskStep) optionExit(f *flow, s *Step, o *Option, saved []string) exit {
	way := goesOn(f, s)
	way.by, way.label = ByOption, o.Label
	if o.Source != nil {
		way.name = o.Source.name()
	}
	if o.Source != nil || o.ID.Text != "" {
		way.sets = slices.Clone(saved)
	}
	for _, set := range o.Set {
		way.sets = append(way.sets, set.Name.Text)
	}
	if o.Goto.Text != "" {
		way.to, way.pos = o.Goto.Text, o.Goto.Pos
	}
	if way.run = o.Run.Text; neverBack(way.run) {
		way.leaves = true
	}
	return way
}

func (b *FormStep) exits(f *flow, s *Step, _ *names) []exit {
	way := goesOn(f, s)
	way.sets = savedName(b.Save)
	return []exit{way}
}

func (w *WalkStep) exits(f *flow, s *Step, _ *names) []exit {
	ways := []exit{goesOn(f, s)}
	if w.Failed.Text != "" {
		ways = append(ways, exit{to: w.Failed.Text, pos: w.Failed.Pos, by: ByFailure, sets: []string{"walk.step", "walk.text"}})
	}
	return ways
}

func (b *DoStep) exits(f *flow, s *Step, n *names) []exit {
	if b.Then == nil { // reported; it goes on when mended
		return []exit{goesOn(f, s)}
	}
	spec := n.spec(b.Action.Text)
	ways := make([]exit, 0, len(b.Then))
	for _, o := range b.Then {
		way := exit{to: o.Step.Text, pos: o.Step.Pos, by: ByOutcome, name: o.Name.Text, sets: spec.sets(o.Name.Text)}
		if way.to == "" { // reported; it goes on when mended
			way.to, way.pos, way.unsaid = f.below(s), s.ID.Pos, true
		}
		ways = append(ways, way)
	}
	return ways
}

func (b *IfStep) exits(f *flow, s *Step, _ *names) []exit {
	then := exit{to: b.Then.Text, pos: b.Then.Pos, by: ByThen, sets: b.Cond.proves(true)}
	if then.to == "" { // reported; it goes on when mended
		then.to, then.pos, then.unsaid = f.below(s), s.ID.Pos, true
	}
	other := exit{to: b.Else.Text, pos: b.Else.Pos, by: ByElse, sets: b.Cond.proves(false)}
	if other.to == "" {
		other.to, other.pos = f.below(s), s.ID.Pos
	}
	return []exit{then, other}
}

func (b *RunStep) exits(f *flow, s *Step, _ *names) []exit {
	way := goesOn(f, s)
	for _, preset := range b.With {
		way.sets = append(way.sets, preset.Name.Text)
	}
	way.run = b.Flow.Text
	way.leaves = neverBack(way.run)
	return []exit{way}
}

// proves lists the variables that must be set when the condition is as given.
func (c *Condition) proves(truth bool) []string {
	switch {
	case c == nil:
		return nil
	case c.Not != nil:
		return c.Not.proves(!truth)
	case len(c.All) > 0 && truth, len(c.Any) > 0 && !truth:
		var proved []string
		for _, one := range slices.Concat(c.All, c.Any) {
			proved = append(proved, one.proves(truth)...)
		}
		return proved
	case len(c.All) > 0 || len(c.Any) > 0 || c.Var.Text == "":
		return nil
	}
	if truth && c.Op != OpUnset && c.Op != OpIsNot || !truth && (c.Op == OpUnset || c.Op == OpIsNot) {
		return []string{c.Var.Text}
	}
	return nil
}
