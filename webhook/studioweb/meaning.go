package studioweb

import (
	html "html/template"

	"javab/flows"
	"javab/flows/changes"
)

// meant is one difference of two scripts, in words of the reader.
type meant struct {
	Kind          string // added, removed or changed, for the eye
	Step          string
	Text          html.HTML
	Before, After html.HTML // of a text: how it read and reads
}

// meaning tells two bodies of a script apart by what they mean. What cannot be read as a script has none.
func (s screen) meaning(name string, before, after []byte) (list []meant) {
	if flowOf(name) == "" {
		return nil
	}
	was, _ := flows.Parse(name, before)
	is, _ := flows.Parse(name, after)
	if was == nil || is == nil {
		return nil
	}
	for _, c := range changes.Between(was, is) {
		params := c.Params()
		if c.Lang != "" {
			params["Lang"] = s.T("studio.language." + string(c.Lang))
		}
		one := meant{Kind: "changed", Step: c.Step, Text: named(s.Told("change."+string(c.Kind), params))}
		switch c.Kind {
		case changes.StepAdded, changes.EntryAdded:
			one.Kind, one.Step = "added", ""
		case changes.StepRemoved, changes.EntryRemoved:
			one.Kind, one.Step = "removed", ""
		case changes.StepMoved, changes.StepRenamed, changes.StepKind, changes.EntryMoved:
			one.Step = ""
		case changes.TextChanged:
			one.Before, one.After = named(c.Before), named(c.After)
		}
		list = append(list, one)
	}
	return list
}
