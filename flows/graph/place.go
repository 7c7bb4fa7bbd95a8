package graph

import (
	"math"
	"slices"
)

// Room between what stands side by side.
const (
	boxSpace  = 36
	lineSpace = 18
)

// place says how far from the left every cell stands, as Brandes and Köpf do it: four times, each time leaning to
// another corner, cells are hung straight under one another where they can be, and packed; the middle of the four is
// taken. Rails are straightened first.
func (c *chart) place() {
	blocked := c.conflicts()
	var layouts [4][]int
	for i := range layouts {
		down, leftward := i&1 == 0, i&2 == 0
		layouts[i] = c.pack(c.align(blocked, down, leftward), leftward)
	}
	c.narrowest(&layouts)
	for n := range c.cells {
		four := [4]int{layouts[0][n], layouts[1][n], layouts[2][n], layouts[3][n]}
		slices.Sort(four[:])
		c.cells[n].x = (four[1] + four[2]) / 2
	}
	c.frame()
}

// edges are the left and the right edge of all cells.
func (c *chart) edges() (left, right int) {
	left, right = math.MaxInt, math.MinInt
	for n := range c.cells {
		half := (c.cells[n].width + 1) / 2
		left, right = min(left, c.cells[n].x-half), max(right, c.cells[n].x+half)
	}
	return left, right
}

// frame moves everything so that the leftmost cell stands at the margin; where people read from right to left, the
// picture is in a mirror: the first choice stands on the right.
func (c *chart) frame() {
	if c.mirror {
		for n := range c.cells {
			c.cells[n].x = -c.cells[n].x
		}
	}
	left, right := c.edges()
	for n := range c.cells {
		c.cells[n].x += margin - left
	}
	c.width = right - left + 2*margin
}

// conflicts finds the lines that cross a rail: they give way.
func (c *chart) conflicts() map[[2]int]bool {
	found := map[[2]int]bool{}
	for layer := 0; layer+1 < len(c.rows); layer++ {
		lower := c.rows[layer+1]
		left, from := 0, 0
		for i, n := range lower {
			above := c.inner(n)
			if above < 0 && i+1 < len(lower) {
				continue
			}
			right := len(c.rows[layer]) - 1
			if above >= 0 {
				right = c.cells[above].place
			}
			for ; from <= i; from++ {
				for _, upper := range c.cells[lower[from]].up {
					place := c.cells[upper].place
					if (place < left || place > right) && !(c.cells[upper].rail && c.cells[lower[from]].rail) {
						found[[2]int{upper, lower[from]}] = true
					}
				}
			}
			left = right
		}
	}
	return found
}

// inner is the cell of the same rail above, -1 when the rail does not pass there.
func (c *chart) inner(n int) int {
	if c.cells[n].rail {
		for _, upper := range c.cells[n].up {
			if c.cells[upper].rail {
				return upper
			}
		}
	}
	return -1
}

// align hangs cells under one another. It returns for each cell the first of those it hangs with.
func (c *chart) align(blocked map[[2]int]bool, down, leftward bool) []int {
	root, hangs := make([]int, len(c.cells)), make([]int, len(c.cells))
	for n := range root {
		root[n], hangs[n] = n, n
	}
	for step := range c.rows {
		row := c.rows[step]
		if !down {
			row = c.rows[len(c.rows)-1-step]
		}
		c.alignRow(row, blocked, down, leftward, root, hangs)
	}
	return root
}

func (c *chart) alignRow(row []int, blocked map[[2]int]bool, down, leftward bool, root, hangs []int) {
	last := -1
	if !leftward {
		last = math.MaxInt
	}
	for i := range row {
		n := row[i]
		if !leftward {
			n = row[len(row)-1-i]
		}
		near := c.cells[n].up
		if !down {
			near = c.cells[n].down
		}
		for _, other := range c.medians(n, near, leftward) {
			place, edge := c.cells[other].place, [2]int{other, n}
			if !down {
				edge = [2]int{n, other}
			}
			if hangs[n] != n || blocked[edge] || leftward && place <= last || !leftward && place >= last {
				continue
			}
			hangs[other], hangs[n] = n, root[other]
			root[n], last = root[other], place
		}
	}
}

// medians are the middle ones of the neighbours of a cell. A rail hangs on nothing but itself, so that it is straight.
func (c *chart) medians(n int, near []int, leftward bool) []int {
	sorted := make([]int, 0, len(near))
	for _, other := range near {
		if c.inner(other) < 0 || c.inner(other) == n || c.inner(n) == other {
			sorted = append(sorted, other)
		}
	}
	if above := c.inner(n); above >= 0 && slices.Contains(sorted, above) {
		sorted = []int{above}
	}
	if len(sorted) == 0 {
		return nil
	}
	slices.SortFunc(sorted, func(a, b int) int { return c.cells[a].place - c.cells[b].place })
	middle := sorted[(len(sorted)-1)/2 : len(sorted)/2+1]
	if !leftward {
		slices.Reverse(middle)
	}
	return middle
}

// apart is how far the middles of two neighbours must be from each other.
func (c *chart) apart(left, right int) int {
	l, r := &c.cells[left], &c.cells[right]
	space := lineSpace
	if l.box >= 0 && r.box >= 0 {
		space = boxSpace
	}
	return (l.width+1)/2 + (r.width+1)/2 + space
}

// pack moves the blocks of an alignment together: first as far to the left as they go, then back to the right as far as
// nothing is pushed, so that no block lags behind its neighbours. Leaning to the right is the same in a mirror.
func (c *chart) pack(root []int, leftward bool) []int {
	type gap struct{ block, space int }
	before, after := make(map[int][]gap), make(map[int][]gap)
	blocks := []int{}
	for n := range c.cells {
		if root[n] == n {
			blocks = append(blocks, n)
		}
	}
	for _, row := range c.rows {
		for i := 0; i+1 < len(row); i++ {
			left, right := root[row[i]], root[row[i+1]]
			space := c.apart(row[i], row[i+1])
			if !leftward {
				left, right = right, left
			}
			before[right] = append(before[right], gap{left, space})
			after[left] = append(after[left], gap{right, space})
		}
	}
	at := make([]int, len(c.cells))
	done := make([]bool, len(c.cells))
	var order []int
	var settle func(block int)
	settle = func(block int) {
		if done[block] {
			return
		}
		done[block] = true
		for _, g := range before[block] {
			settle(g.block)
			at[block] = max(at[block], at[g.block]+g.space)
		}
		order = append(order, block)
	}
	for _, block := range blocks {
		settle(block)
	}
	for _, block := range slices.Backward(order) {
		room := math.MaxInt
		for _, g := range after[block] {
			room = min(room, at[g.block]-g.space)
		}
		if room != math.MaxInt {
			at[block] = max(at[block], room)
		}
	}
	x := make([]int, len(c.cells))
	for n := range x {
		x[n] = at[root[n]]
		if !leftward {
			x[n] = -x[n]
		}
	}
	return x
}

// narrowest moves the layouts over the narrowest of them: those that lean to the left at its left edge, the others at
// its right.
func (c *chart) narrowest(layouts *[4][]int) {
	var lefts, rights [4]int
	best := 0
	for i, x := range layouts {
		lefts[i], rights[i] = math.MaxInt, math.MinInt
		for n := range c.cells {
			half := (c.cells[n].width + 1) / 2
			lefts[i], rights[i] = min(lefts[i], x[n]-half), max(rights[i], x[n]+half)
		}
		if rights[i]-lefts[i] < rights[best]-lefts[best] {
			best = i
		}
	}
	for i, x := range layouts {
		shift := lefts[best] - lefts[i]
		if i&2 != 0 {
			shift = rights[best] - rights[i]
		}
		for n := range x {
			x[n] += shift
		}
	}
}
