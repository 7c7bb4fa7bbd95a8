package flows

import (
	"slices"
	"strings"

	"javab/bot"
)

func (b *SayStep) check(c *checker, f *flow, _ *Step) { c.words(f, b.Text, "say") }

func (*EndStep) check(*checker, *flow, *Step) {}

func (a *AskStep) check(c *checker, f *flow, s *Step) {
	c.words(f, a.Text, "ask")
	if a.Else.Text != "" {
		c.target(f, a.Else)
		if a.Expect == nil || len(a.Options) == 0 {
			c.fail(f, a.Else.Pos, "ask.else")
		}
	}
	if len(a.Options) == 0 && a.Expect == nil && !a.Optional {
		c.fail(f, s.ID.Pos, "ask.nothing", "Name", s.ID.Text)
	}
	if a.Expect != nil && a.Save.Text == "" {
		c.warn(f, a.Expect.Kind.Pos, "ask.unsaved", "Name", s.ID.Text)
	}
	if a.Expect.secret() {
		c.secret(f, f.steps[f.after(s)], a.Save)
	}
	ids, labels := map[string]bool{}, map[string]bool{}
	for i := range a.Options {
		o := &a.Options[i]
		if o.Source != nil {
			c.optionSource(f, o)
			continue
		}
		c.option(f, o)
		c.distinct(f, o, ids, labels)
	}
}

func (c *checker) option(f *flow, o *Option) {
	c.label(f, o.Label)
	c.target(f, o.Goto)
	c.flowName(f, o.Run)
	c.feature(f, o.Feature)
	if pressBytes(o.ID.Text) > c.env.Limits.Press {
		c.fail(f, o.ID.Pos, "press.long", "Name", o.ID.Text)
	}
}

// distinct checks that no two buttons of an ask can be taken for one another.
func (c *checker) distinct(f *flow, o *Option, ids, labels map[string]bool) {
	if o.When != nil {
		return // two buttons may say the same when only one of them is shown
	}
	if ids[o.ID.Text] {
		c.fail(f, o.ID.Pos, "option.twice", "Name", o.ID.Text)
	}
	ids[o.ID.Text] = o.ID.Text != ""
	for i, lang := range bot.Langs {
		label := string(rune('0'+i)) + fold(o.Label.In(lang).raw())
		if labels[label] && len(label) > 1 {
			c.fail(f, o.Label.Pos, "label.twice", "Name", o.Label.In(lang).raw(), "Lang", string(lang))
		}
		labels[label] = true
	}
}

// optionSource checks a list that is offered as buttons, and the entries of the content behind it.
func (c *checker) optionSource(f *flow, o *Option) {
	c.source(f, o.Source)
	for _, item := range c.itemsOf(o.Source) {
		if pressBytes(item.ID) > c.env.Limits.Press {
			c.fail(f, o.Pos, "press.long", "Name", item.ID)
		}
		for _, lang := range bot.Langs {
			c.labelLength(f, o.Pos, lang, item.Label.In(lang))
		}
	}
}

func (c *checker) source(f *flow, source *Source) {
	name := source.List
	if name.Text == "" {
		return // a path: its variable and fields are looked at with all others
	}
	if _, ok := c.env.list(name.Text); !ok {
		c.fail(f, name.Pos, "list.unknown", "Name", name.Text, "Near", near(name.Text, c.listNames))
	}
}

func (b *FormStep) check(c *checker, f *flow, _ *Step) { c.source(f, &b.Source) }

func (w *WalkStep) check(c *checker, f *flow, _ *Step) {
	c.source(f, &w.Source)
	c.target(f, w.Failed)
}

func (b *IfStep) check(c *checker, f *flow, _ *Step) {
	c.target(f, b.Then)
	c.target(f, b.Else)
}

func (b *RunStep) check(c *checker, f *flow, _ *Step) { c.flowName(f, b.Flow) }

func (b *HandOverStep) check(c *checker, f *flow, _ *Step) {
	if b.Unit == nil || len(b.Unit.names()) > 0 {
		return
	}
	units, ok := c.env.list(unitsList)
	if _, known := c.env.item(unitsList + "/" + b.Unit.Raw); ok && !known {
		c.fail(f, b.Unit.Pos, "unit.unknown", "Name", b.Unit.Raw, "Near", near(b.Unit.Raw, itemIDs(units)))
	}
}

func itemIDs(items []Item) []string {
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	return ids
}

func (b *DoStep) check(c *checker, f *flow, s *Step) {
	for _, o := range b.Then {
		c.target(f, o.Step)
	}
	spec, ok := c.env.Actions[b.Action.Text]
	if !ok {
		if b.Action.Text != "" {
			c.fail(f, b.Action.Pos, "action.unknown", "Name", b.Action.Text, "Near", near(b.Action.Text, c.actionNames))
		}
		return
	}
	if b.Then != nil { // that it is missing altogether was reported by Parse
		c.outcomes(f, b, spec)
	}
	c.arguments(f, b, spec)
}

func (c *checker) outcomes(f *flow, b *DoStep, spec ActionSpec) {
	handled := map[string]bool{}
	for _, o := range b.Then {
		handled[o.Name.Text] = true
		if _, ok := spec.Outcomes[o.Name.Text]; !ok {
			meant := near(o.Name.Text, spec.outcomes())
			handled[meant] = true
			c.fail(f, o.Name.Pos, "outcome.unknown", "Name", o.Name.Text, "Action", b.Action.Text,
				"Known", strings.Join(spec.outcomes(), ", "), "Near", meant)
		}
	}
	for _, outcome := range spec.outcomes() {
		if !handled[outcome] {
			c.fail(f, b.Action.Pos, "outcome.missing", "Name", outcome, "Action", b.Action.Text)
		}
	}
}

func (c *checker) arguments(f *flow, b *DoStep, spec ActionSpec) {
	given := map[string]bool{}
	for _, a := range b.With {
		given[a.Name.Text] = true
		if !spec.Open && !slices.Contains(spec.arguments(), a.Name.Text) {
			meant := near(a.Name.Text, spec.arguments())
			given[meant] = true
			c.fail(f, a.Name.Pos, "argument.unknown", "Name", a.Name.Text, "Action", b.Action.Text, "Near", meant)
		}
	}
	for _, name := range spec.Required {
		if !given[name] {
			c.fail(f, b.Action.Pos, "argument.missing", "Name", name, "Action", b.Action.Text)
		}
	}
}
