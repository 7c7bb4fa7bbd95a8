package flows

// humans checks that whoever is asked something can reach a person: by a hand-over that the flow itself leads to, or by
// the flow `officer`, to which the command /officer and the third failed answer lead from every question.
func (c *checker) humans() {
	if stuck := c.flows[Stuck]; stuck != nil && !c.handsOver(stuck, map[*flow]bool{}) {
		c.fail(stuck, stuck.Flow.Pos, "human.stuck")
	}
	officer := c.flows[Officer]
	if officer != nil && c.handsOver(officer, map[*flow]bool{}) {
		return
	}
	if officer != nil {
		c.fail(officer, officer.Flow.Pos, "human.officer")
		return // all others rely on it
	}
	for _, f := range c.order {
		if f != officer && asks(f) && !c.handsOver(f, map[*flow]bool{}) {
			c.fail(f, firstAsk(f).ID.Pos, "human.none", "Name", f.Flow.Text)
		}
	}
}

// handsOver reports whether a hand-over can be reached from the top of a flow, through the flows it runs as well.
func (c *checker) handsOver(f *flow, seen map[*flow]bool) bool {
	if seen[f] {
		return false
	}
	seen[f] = true
	for s := range c.reach(f) {
		if _, ok := s.Body.(*HandOverStep); ok {
			return true
		}
		for _, way := range c.exits(f, s) {
			if callee := c.flows[way.run]; callee != nil && c.handsOver(callee, seen) {
				return true
			}
		}
	}
	return false
}

func firstAsk(f *flow) *Step {
	for _, s := range f.Steps {
		if _, waits := s.Body.(listener); waits {
			return s
		}
	}
	return f.Steps[0]
}
