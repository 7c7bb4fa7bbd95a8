package flows

import (
	"maps"
	"slices"
)

// bits is a set of variables by number.
type bits []uint64

func (b bits) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bits) add(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bits) drop(i int)     { b[i/64] &^= 1 << (i % 64) }

// meet keeps what is in both, and reports whether b lost anything.
func (b bits) meet(other bits) bool {
	lost := false
	for i := range b {
		if both := b[i] & other[i]; both != b[i] {
			b[i], lost = both, true
		}
	}
	return lost
}

// union adds what other has.
func (b bits) union(other bits) {
	for i := range b {
		b[i] |= other[i]
	}
}

// dataflow finds out which variables are surely set before each step, over all flows together: what all ways to a step
// have in common. Sets only ever shrink from round to round, so the rounds end.
type dataflow struct {
	c       *checker
	number  map[string]int
	before  map[*Step]bits // absent: no way to the step was found yet
	results map[*flow]bits // what is set when the flow returns; absent: it does not
	changed bool
}

// variables reports names that nothing sets, and reads of variables that may not be set yet.
func (c *checker) variables() {
	d := &dataflow{c: c, number: map[string]int{}, before: map[*Step]bits{}, results: map[*flow]bits{}}
	for i, name := range c.varNames {
		d.number[name] = i
	}
	d.roots()
	for d.changed = true; d.changed; {
		d.changed = false
		for _, f := range c.order {
			for _, s := range f.Steps {
				if d.before[s] != nil {
					d.play(f, s)
				}
			}
		}
	}
	for _, f := range c.order {
		for _, s := range f.Steps {
			unset := map[string]bool{}
			for _, r := range s.Body.reads(c.names) {
				c.read(d, f, s, r, unset)
			}
		}
	}
}

func (d *dataflow) none() bits { return make(bits, len(d.c.varNames)/64+1) }

// roots are the places where a conversation can begin with nothing but what the engine sets.
func (d *dataflow) roots() {
	run := d.c.runBy()
	for _, f := range d.c.order {
		vars, reserved := Reserved[f.Flow.Text]
		pressed := pressVars(f.Enter)
		if pressed != nil {
			d.begin(f, pressed)
		}
		alone := !run[f.Flow.Text] && pressed == nil
		if reserved || f.Enter.Command.Text != "" || len(f.Enter.Phrasings) > 0 || alone || d.c.nextOf(f.Flow.Text) {
			d.begin(f, append(savedName(f.Enter.Argument), vars...))
		}
		if closed, ok := f.steps[f.AfterCase.Text]; ok {
			d.arrive(closed, d.none())
		}
	}
}

// begin is a conversation that begins at the top of a flow, with some variables set.
func (d *dataflow) begin(f *flow, vars []string) {
	set := d.none()
	for _, name := range vars {
		set.add(d.number[name])
	}
	d.arrive(f.Steps[0], set)
}

// nextOf reports whether an answer of the content names the flow as its next.
func (c *checker) nextOf(flow string) bool {
	for _, item := range c.entries(answersList) {
		if item.Fields["next"].Value == flow {
			return true
		}
	}
	return false
}

// runBy says which flows are run by others.
func (c *checker) runBy() map[string]bool {
	run := map[string]bool{}
	for _, f := range c.order {
		for _, s := range f.Steps {
			for _, way := range c.exits(f, s) {
				run[way.run] = true
			}
		}
	}
	return run
}

func (d *dataflow) arrive(s *Step, set bits) {
	if d.before[s] == nil {
		d.before[s], d.changed = append(bits(nil), set...), true
		return
	}
	if d.before[s].meet(set) {
		d.changed = true
	}
}

// play carries what is set before a step to all that can follow it.
func (d *dataflow) play(f *flow, s *Step) {
	for _, way := range d.c.exits(f, s) {
		set := append(bits(nil), d.before[s]...)
		for _, name := range way.sets {
			if i, known := d.number[name]; known {
				set.add(i)
			}
		}
		for _, name := range way.clears {
			set.drop(d.number[name])
		}
		if callee := d.c.flows[way.run]; callee != nil && !d.call(callee, set, f) || way.leaves {
			continue
		}
		next, found := f.steps[way.to]
		switch {
		case found:
			d.arrive(next, set)
		case way.ends || way.to == "":
			d.end(f, set)
		}
	}
}

// call plays a flow that is run. It reports false while no way through that flow is known; else set is what is set
// when it has returned. The main menu forgets everything.
func (d *dataflow) call(callee *flow, set bits, caller *flow) bool {
	if !neverBack(callee.Flow.Text) {
		d.arrive(callee.Steps[0], set)
	}
	result := d.results[callee]
	if result == nil {
		return false
	}
	if caller.Flow.Text == Home {
		clear(set)
		return true
	}
	for _, s := range callee.Steps {
		for _, way := range d.c.exits(callee, s) {
			for _, name := range way.clears {
				set.drop(d.number[name])
			}
		}
	}
	set.union(result)
	return true
}

func (d *dataflow) end(f *flow, set bits) {
	if d.results[f] == nil {
		d.results[f], d.changed = append(bits(nil), set...), true
		return
	}
	if d.results[f].meet(set) {
		d.changed = true
	}
}

// read checks one look at a variable. That one may be unset is said once for a step, not for each language.
func (c *checker) read(d *dataflow, f *flow, s *Step, r read, unset map[string]bool) {
	variable, path := c.split(r.name)
	if variable == "" {
		if _, setting := c.env.item(VariablesList + "/" + r.name); !setting && r.name != "" {
			c.fail(f, r.pos, "variable.unknown", "Name", r.name, "Near", near(r.name, c.varNames))
		}
		return
	}
	if path != "" {
		c.path(f, r, variable, path)
	}
	before := d.before[s]
	if !r.sure || unset[variable] || before == nil || variable == languageVar || c.asked[variable] || before.has(d.number[variable]) {
		return
	}
	unset[variable] = true
	c.fail(f, r.pos, "variable.unset", "Name", variable, "Step", s.ID.Text)
}

// path checks that the entries a variable holds have such a field.
func (c *checker) path(f *flow, r read, variable, path string) {
	switch {
	case c.asked[path]: // the answer to one question of a form
	case len(c.from[variable]) == 0:
		c.fail(f, r.pos, "field.none", "Name", variable, "Path", path)
	case len(c.fieldsOf(r.name)) == 0:
		c.fail(f, r.pos, "field.unknown", "Name", path, "Var", variable, "Near", near(path, c.fieldNames(variable)))
	}
}

// fieldNames lists the fields of the entries that a variable holds.
func (c *checker) fieldNames(variable string) []string {
	seen := map[string]bool{}
	for _, name := range c.from[variable] {
		for _, item := range c.entries(name) {
			for field := range item.Fields {
				seen[field] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
