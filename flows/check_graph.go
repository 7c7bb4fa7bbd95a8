package flows

// graph reports steps that nothing leads to, ways that lead nowhere, and circles without a question.
func (c *checker) graph() {
	for _, f := range c.order {
		reached := c.reach(f)
		for _, s := range f.Steps {
			if !reached[s] {
				c.fail(f, s.ID.Pos, "step.unreachable", "Name", s.ID.Text)
				continue
			}
			for _, way := range s.Body.exits(f, s, c.names) {
				if way.to == "" && !way.ends && !way.leaves {
					c.fail(f, way.pos, "step.dead_end", "Name", s.ID.Text)
				}
			}
		}
	}
	c.circles()
}

// reach finds the steps of a flow that a conversation can come to.
func (c *checker) reach(f *flow) map[*Step]bool {
	reached := map[*Step]bool{}
	todo := []*Step{f.Steps[0]}
	if closed, ok := f.steps[f.AfterCase.Text]; ok {
		todo = append(todo, closed)
	}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if reached[s] {
			continue
		}
		reached[s] = true
		for _, way := range s.Body.exits(f, s, c.names) {
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
	for _, way := range n.s.Body.exits(n.f, n.s, c.names) {
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
