package graph

// rank gives every box its rank, the first step 0: as many lines down as the longest way to it has. Ways that lead back
// do not count. A script is written from top to bottom, so a way leads back when it leads to an earlier step from which
// one can come here again: every circle has one.
func (c *chart) rank() {
	c.hang()
	out := c.outward()
	circle := c.circles(out)
	for i := range c.arrows {
		a := &c.arrows[i]
		a.back = a.to <= a.from && circle[a.to] == circle[a.from]
	}
	for _, from := range c.downward(out) {
		below := c.boxes[from].rank + 1
		for _, n := range out[from] {
			if a := &c.arrows[n]; !a.back {
				c.boxes[a.to].rank = max(c.boxes[a.to].rank, below)
			}
		}
	}
}

// outward lists the arrows that leave each box.
func (c *chart) outward() [][]int {
	out := make([][]int, len(c.boxes))
	for i, a := range c.arrows {
		out[a.from] = append(out[a.from], i)
	}
	return out
}

// hang finds the steps that no line leads to, and hangs each by an arrow that is not drawn under the step before it.
func (c *chart) hang() {
	out := c.outward()
	reached := make([]bool, len(c.boxes))
	for n := range c.boxes {
		if reached[n] {
			continue
		}
		if n > 0 {
			c.arrows = append(c.arrows, arrow{from: n - 1, to: n, hidden: true})
		}
		reached[n] = true
		for todo := []int{n}; len(todo) > 0; {
			from := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, i := range out[from] {
				if to := c.arrows[i].to; !reached[to] {
					reached[to], todo = true, append(todo, to)
				}
			}
		}
	}
}

// circles numbers the boxes so that those have the same number from each of which one can come to the other (Tarjan).
func (c *chart) circles(out [][]int) []int {
	number, low := make([]int, len(c.boxes)), make([]int, len(c.boxes))
	circle := make([]int, len(c.boxes)) // 0: not known yet
	var path []int
	seen, circles := 0, 0
	var visit func(n int)
	visit = func(n int) {
		seen++
		number[n], low[n] = seen, seen
		path = append(path, n)
		for _, i := range out[n] {
			switch to := c.arrows[i].to; {
			case number[to] == 0:
				visit(to)
				low[n] = min(low[n], low[to])
			case circle[to] == 0:
				low[n] = min(low[n], number[to])
			}
		}
		if low[n] < number[n] {
			return
		}
		circles++
		for top := -1; top != n; {
			top = path[len(path)-1]
			path = path[:len(path)-1]
			circle[top] = circles
		}
	}
	for n := range c.boxes {
		if number[n] == 0 {
			visit(n)
		}
	}
	return circle
}

// downward returns the boxes so that every arrow that does not lead back leads to a later one.
func (c *chart) downward(out [][]int) []int {
	waits := make([]int, len(c.boxes))
	for _, a := range c.arrows {
		if !a.back {
			waits[a.to]++
		}
	}
	var order []int
	for n := range c.boxes {
		if waits[n] == 0 {
			order = append(order, n)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, n := range out[order[i]] {
			a := &c.arrows[n]
			if a.back {
				continue
			}
			if waits[a.to]--; waits[a.to] == 0 {
				order = append(order, a.to)
			}
		}
	}
	return order
}
