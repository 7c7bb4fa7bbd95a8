package flows

// graph reports steps that nothing leads to, ways that lead nowhere, and circles without a question.
func (c *checker) graph() {
	for _, f := range c.order {
		reached := c.reach(f)
		c.unreached(f, reached)
		for _, s := range f.Steps {
			if !reached[s] {
				continue
			}
			for _, way := range c.exits(f, s) {
				if way.to == "" && !way.ends && !way.leaves && !way.unsaid {
					c.fail(f, way.pos, "step.dead_end", "Name", s.ID.Text)
				}
			}
		}
	}
	c.circles()
}

// unreached reports the steps that nothing leads to. What only they lead to goes with them; and where the name of a step
// is not known at all, nobody can tell.
func (c *checker) unreached(f *flow, reached map[*Step]bool) {
	for _, s := range f.Steps {
		for _, way := range c.exits(f, s) {
			if _, known := f.steps[way.to]; !known && way.to != "" {
				return
			}
		}
	}
	led := map[*Step]bool{}
	for _, s := range f.Steps {
		if !reached[s] {
			for next := range c.reachFrom(f, s) {
				led[next] = led[next] || next != s && !c.reachFrom(f, next)[s]
			}
		}
	}
	for _, s := range f.Steps {
		if !reached[s] && !led[s] {
			c.fail(f, s.ID.Pos, "step.unreachable", "Name", s.ID.Text)
			for next := range c.reachFrom(f, s) {
				led[next] = true // a circle has no first step; the first in the file stands for it
			}
		}
	}
}

// reach finds the steps of a flow that a conversation can come to.
func (c *checker) reach(f *flow) map[*Step]bool {
	todo := []*Step{f.Steps[0]}
	if closed, ok := f.steps[f.AfterCase.Text]; ok {
		todo = append(todo, closed)
	}
	return c.reachFrom(f, todo...)
}

func (c *checker) reachFrom(f *flow, todo ...*Step) map[*Step]bool {
	reached := map[*Step]bool{}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if reached[s] {
			continue
		}
		reached[s] = true
		for _, way := range c.exits(f, s) {
			if next, ok := f.steps[way.to]; ok && !way.leaves {
				todo = append(todo, next)
			}
		}
	}
	return reached
}

// node is a step with its flow, for walks through all flows.
type node struct {
	f *flow
	s *Step
}

// The colours of a depth-first search.
const (
	unseen = iota
	open
	closed
)

// circles finds ways on which a conversation could run for ever without waiting for the member.
func (c *checker) circles() {
	colour := map[*Step]int{}
	for _, f := range c.order {
		for _, s := range f.Steps {
			c.circle(node{f, s}, colour)
		}
	}
}

func (c *checker) circle(n node, colour map[*Step]int) {
	if colour[n.s] != unseen {
		return
	}
	colour[n.s] = open
	for _, next := range c.silent(n) {
		if colour[next.s] == open {
			c.fail(n.f, n.s.ID.Pos, "step.loop", "Name", n.s.ID.Text, "To", next.s.ID.Text)
		}
		c.circle(next, colour)
	}
	colour[n.s] = closed
}

// silent lists where a step can lead without the member having a say.
func (c *checker) silent(n node) []node {
	if _, waits := n.s.Body.(listener); waits {
		return nil
	}
	var next []node
	for _, way := range c.exits(n.f, n.s) {
		callee := c.flows[way.run]
		if callee != nil {
			next = append(next, node{callee, callee.Steps[0]})
		}
		if s, ok := n.f.steps[way.to]; ok && !way.leaves && (callee == nil || !asks(callee)) {
			next = append(next, node{n.f, s})
		}
	}
	return next
}

// asks reports whether a flow waits for the member anywhere.
func asks(f *flow) bool {
	for _, s := range f.Steps {
		if _, waits := s.Body.(listener); waits {
			return true
		}
	}
	return false
}
