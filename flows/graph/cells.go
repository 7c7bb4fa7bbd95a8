package graph

import "slices"

// cell is one place in a layer: a box, the labels of an arrow, or the point where a rail passes through. Boxes stand in
// the even layers, labels in the odd ones. A rail is the line that all arrows to one box share as soon as they are on
// their way, so that twenty ways to the same step are one line with twenty feeders.
type cell struct {
	layer  int
	width  int
	height int
	box    int // the box that stands here, else -1
	arrow  int // the arrow whose labels stand here, else -1
	rail   bool
	up     []int // neighbours in the layer above
	down   []int // in the one below
	turn   int   // the neighbour in the same layer around which a rail that leads back begins or ends, else -1
	place  int   // in its layer
	x      int   // of its middle
}

// In a script of more than fewSteps steps, a line over more than far ranks is more than an eye can follow: a pill that
// names where it leads stands for it.
const (
	fewSteps = 40
	far      = 5
)

// layers makes the cells and says which are next to which.
func (c *chart) layers() {
	c.shorten()
	depth := 0
	for i := range c.boxes {
		depth = max(depth, c.boxes[i].rank)
	}
	c.rows = make([][]int, 2*depth+2)
	for i := range c.boxes {
		b := &c.boxes[i]
		b.cell = c.cell(cell{layer: 2 * b.rank, width: b.width, height: b.height, box: i, arrow: -1})
	}
	rails := map[[2]int]int{} // by box and layer; those that lead back by ^box
	for i := range c.arrows {
		c.lay(i, rails)
	}
	c.walkIn()
}

// shorten turns the lines that would be too long into pills.
func (c *chart) shorten() {
	if len(c.script.Steps) <= fewSteps {
		return
	}
	for i := range c.arrows {
		a := &c.arrows[i]
		to, rank := c.boxes[a.to].id, c.boxes[a.from].rank
		if length := c.boxes[a.to].rank - rank; max(length, -length) <= far {
			continue
		}
		n := c.pill(box{id: to, text: to})
		c.boxes[n].rank = rank + 1
		a.to, a.back = n, false
	}
}

func (c *chart) cell(new cell) int {
	n := len(c.cells)
	new.turn = -1
	c.cells = append(c.cells, new)
	return n
}

func (c *chart) link(upper, lower int) {
	if !slices.Contains(c.cells[upper].down, lower) {
		c.cells[upper].down = append(c.cells[upper].down, lower)
		c.cells[lower].up = append(c.cells[lower].up, upper)
	}
}

// lay makes the cells of an arrow.
func (c *chart) lay(i int, rails map[[2]int]int) {
	a := &c.arrows[i]
	from, to := &c.boxes[a.from], &c.boxes[a.to]
	here := cell{layer: 2*from.rank + 1, box: -1, arrow: i, height: labelHeight * a.lines()}
	for _, l := range a.labels {
		here.width = max(here.width, l.width())
	}
	a.cell = c.cell(here)
	c.link(from.cell, a.cell)
	if a.back {
		end := c.rail(rails, ^a.to, 2*from.rank+1)
		c.cells[a.cell].turn = end
		for layer := 2 * from.rank; layer >= 2*to.rank; layer-- {
			next := c.rail(rails, ^a.to, layer)
			c.link(next, end)
			end = next
		}
		c.cells[end].turn = to.cell
		return
	}
	end := to.cell
	for layer := 2*to.rank - 1; layer > 2*from.rank+1; layer-- {
		next := c.rail(rails, a.to, layer)
		c.link(next, end)
		end = next
	}
	c.link(a.cell, end)
}

// rail returns the cell where the rail to a box passes through a layer.
func (c *chart) rail(rails map[[2]int]int, to, layer int) int {
	n, there := rails[[2]int{to, layer}]
	if !there {
		n = c.cell(cell{layer: layer, box: -1, arrow: -1, rail: true})
		rails[[2]int{to, layer}] = n
	}
	return n
}

// walkIn puts the cells into their layers in the order in which a walk along the script comes to them.
func (c *chart) walkIn() {
	seen := make([]bool, len(c.cells))
	var visit func(n int)
	visit = func(n int) {
		if seen[n] {
			return
		}
		seen[n] = true
		at := &c.cells[n]
		at.place = len(c.rows[at.layer])
		c.rows[at.layer] = append(c.rows[at.layer], n)
		for _, next := range at.down {
			visit(next)
		}
		if at.turn >= 0 {
			visit(at.turn)
		}
		if at.rail {
			for _, next := range at.up {
				visit(next)
			}
		}
	}
	for n := range c.cells {
		visit(n)
	}
}
