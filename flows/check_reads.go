package flows

import (
	"slices"

	"javab/bot"
)

// read is one look at a variable. A sure one needs the variable to be set.
type read struct {
	name string
	pos  Pos
	sure bool
}

func wordReads(reads []read, all ...Words) []read {
	for _, w := range all {
		for _, lang := range bot.Langs {
			reads = templateReads(reads, w.In(lang))
		}
	}
	return reads
}

func templateReads(reads []read, tpl *Template) []read {
	if tpl == nil {
		return reads
	}
	for _, p := range tpl.Parts {
		if p.Name != "" {
			reads = append(reads, read{p.Name, p.Pos, !p.Optional})
		}
	}
	return reads
}

// argReads: an argument that is one placeholder and nothing else is left out when its variable is not set.
func argReads(reads []read, args []Arg, required ...string) []read {
	for _, a := range args {
		if p, only := a.Value.Only(); only && !slices.Contains(required, a.Name.Text) {
			reads = append(reads, read{p.Name, p.Pos, false})
			continue
		}
		reads = templateReads(reads, a.Value)
	}
	return reads
}

func conditionReads(reads []read, c *Condition) []read {
	c.each(func(one *Condition) { reads = append(reads, read{one.Var.Text, one.Var.Pos, false}) })
	return reads
}

func sourceReads(reads []read, s *Source) []read {
	if s.Path.Text == "" {
		return reads
	}
	return append(reads, read{s.Path.Text, s.Path.Pos, true})
}

func (b *SayStep) reads(*names) []read { return wordReads(nil, b.Text) }

func (*EndStep) reads(*names) []read { return nil }

func (a *AskStep) reads(*names) []read {
	reads := wordReads(nil, a.Text)
	for i := range a.Options {
		o := &a.Options[i]
		if o.Source != nil {
			reads = sourceReads(reads, o.Source)
			continue
		}
		reads = conditionReads(argReads(wordReads(reads, o.Label), o.Set), o.When)
	}
	return reads
}

func (b *FormStep) reads(*names) []read { return sourceReads(nil, &b.Source) }

func (w *WalkStep) reads(*names) []read { return sourceReads(nil, &w.Source) }

func (b *IfStep) reads(*names) []read { return conditionReads(nil, &b.Cond) }

func (b *RunStep) reads(*names) []read { return argReads(nil, b.With) }

func (b *DoStep) reads(n *names) []read {
	return argReads(nil, b.With, n.actions[b.Action.Text].Required...)
}

func (b *HandOverStep) reads(*names) []read {
	return templateReads(templateReads(templateReads(nil, b.Unit), b.Reason), b.Topic)
}
