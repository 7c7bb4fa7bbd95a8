package graph

import (
	"cmp"
	"slices"
)

// Room between what stands one above the other.
const (
	margin    = 20
	aboveBus  = 12 // from a box or a label down to the first track
	belowBus  = 8  // from the last track down to a label
	belowHead = 18 // from the last track down to a box: the head of the arrow is there
	track     = 10 // from one track to the next
)

type point struct{ x, y int }

// net is the lines in one gap that come together: all that leave one box, or all that lead to one. They share a level
// part, the bus, unless they are one straight line.
type net struct {
	tops, bottoms []int // the cells it ends at, above the gap and below it
	left, right   int
	track         int
	y             int
}

// gap is the room between two layers.
type gap struct {
	nets   []*net
	tracks int
}

// route finds the way of every line, and with it how far from the top everything stands.
func (c *chart) route() {
	c.gaps = make([]gap, len(c.rows)+1)
	over, under := c.nets()
	for i := range c.gaps {
		c.gaps[i].assign(c)
	}
	c.level()
	for i := range c.boxes {
		b := &c.boxes[i]
		b.x, b.y = c.cells[b.cell].x, c.tops[c.cells[b.cell].layer]
	}
	for i := range c.arrows {
		a := &c.arrows[i]
		if a.hidden {
			continue
		}
		a.path = c.trace(a, over, under)
		c.boxes[a.to].entered = true
	}
}

// nets gathers the lines of all gaps. It returns the net above and the net below each cell.
func (c *chart) nets() (over, under []*net) {
	over, under = make([]*net, len(c.cells)), make([]*net, len(c.cells))
	turning := make([][]int, len(c.cells))
	for n := range c.cells {
		if around := c.cells[n].turn; around >= 0 {
			turning[around] = append(turning[around], n)
		}
	}
	add := func(g int, tops, bottoms []int) {
		w := &net{tops: tops, bottoms: bottoms}
		for _, n := range tops {
			under[n] = w
		}
		for _, n := range bottoms {
			over[n] = w
		}
		c.gaps[g].nets = append(c.gaps[g].nets, w)
	}
	for layer, row := range c.rows {
		for _, n := range row {
			at := &c.cells[n]
			switch {
			case layer%2 == 1 && at.rail && len(turning[n]) > 0 && len(at.down) == 0: // where a rail that leads back begins
				add(layer+1, append([]int{n}, turning[n]...), nil)
			case layer%2 == 0 && len(at.down) > 0:
				add(layer+1, []int{n}, at.down)
			}
			if layer%2 == 1 {
				continue
			}
			tops, bottoms := slices.Clone(at.up), []int{n}
			for _, upper := range at.up {
				tops = append(tops, turning[upper]...)
			}
			if at.box >= 0 {
				bottoms = append(bottoms, turning[n]...)
			}
			if ends := at.rail && at.turn >= 0; !ends && len(tops)+len(bottoms) > 1 {
				add(layer, tops, bottoms)
			}
		}
	}
	return over, under
}

// span measures a net.
func (w *net) span(c *chart) {
	first := true
	for _, n := range slices.Concat(w.tops, w.bottoms) {
		x := c.cells[n].x
		if first {
			w.left, w.right, first = x, x, false
		}
		w.left, w.right = min(w.left, x), max(w.right, x)
	}
}

// straight reports whether the net is one line down.
func (w *net) straight() bool { return w.left == w.right }

// assign gives the nets their tracks, so that few lines cross and none lies on another.
func (g *gap) assign(c *chart) {
	var bent []*net
	for _, w := range g.nets {
		if w.span(c); !w.straight() {
			bent = append(bent, w)
		}
	}
	slices.SortStableFunc(bent, func(a, b *net) int { return cmp.Or(a.left-b.left, a.right-b.right) })
	g.arrange(c, bent)
	for i, w := range bent {
		for _, above := range bent[:i] {
			if w.left-track <= above.right && above.left-track <= w.right {
				w.track = max(w.track, above.track+1)
			}
		}
		g.tracks = max(g.tracks, w.track+1)
	}
}

// maxArranged bounds how many nets are compared with one another.
const maxArranged = 80

// arrange puts the nets in order, the uppermost first.
func (g *gap) arrange(c *chart, bent []*net) {
	if len(bent) > maxArranged {
		return
	}
	for range bent {
		moved := false
		for i := 0; i+1 < len(bent); i++ {
			if c.cost(bent[i+1], bent[i]) < c.cost(bent[i], bent[i+1]) {
				bent[i], bent[i+1], moved = bent[i+1], bent[i], true
			}
		}
		if !moved {
			return
		}
	}
}

// cost counts the crossings when one net lies above another; lines that lie on one another count for many.
func (c *chart) cost(above, below *net) int {
	const onOneAnother = 20
	n := 0
	for _, top := range below.tops {
		if x := c.cells[top].x; above.left <= x && x <= above.right {
			n++
		}
		for _, bottom := range above.bottoms {
			if c.cells[top].x == c.cells[bottom].x {
				n += onOneAnother
			}
		}
	}
	for _, bottom := range above.bottoms {
		if x := c.cells[bottom].x; below.left <= x && x <= below.right {
			n++
		}
	}
	return n
}

// level sets the layers and tracks one below the other.
func (c *chart) level() {
	c.tops = make([]int, len(c.rows))
	y := margin - aboveBus
	for i := range c.gaps {
		g := &c.gaps[i]
		for _, w := range g.nets {
			w.y = y + aboveBus + track*w.track
		}
		if i == len(c.rows) {
			if y += margin; g.tracks > 0 {
				y += track * g.tracks
			}
			break
		}
		y += aboveBus + track*max(g.tracks-1, 0)
		if i > 0 || g.tracks > 0 {
			y += belowHead - (belowHead-belowBus)*(i%2)
		}
		c.tops[i] = y
		height := 0
		for _, n := range c.rows[i] {
			height = max(height, c.cells[n].height)
		}
		y += height
	}
	c.height = y
}

// trace follows an arrow from box to box.
func (c *chart) trace(a *arrow, over, under []*net) []point {
	from, to := &c.boxes[a.from], &c.boxes[a.to]
	path := []point{{from.x, from.y + from.height}}
	cross := func(w *net, n int) int {
		path = append(path, point{path[len(path)-1].x, w.y}, point{c.cells[n].x, w.y})
		return n
	}
	n := cross(under[from.cell], a.cell)
	if !a.back {
		for n != to.cell {
			n = cross(under[n], c.cells[n].down[0])
		}
	} else {
		n = cross(under[n], c.cells[n].turn)
		for len(c.cells[n].up) > 0 {
			n = cross(over[n], c.cells[n].up[0])
		}
		cross(over[n], to.cell)
	}
	return straighten(append(path, point{to.x, to.y}))
}

// straighten leaves only the corners of a path.
func straighten(path []point) []point {
	kept := path[:1]
	for i := 1; i < len(path); i++ {
		if path[i] == kept[len(kept)-1] {
			continue
		}
		if i+1 < len(path) {
			a, b, d := kept[len(kept)-1], path[i], path[i+1]
			if a.x == b.x && b.x == d.x && (b.y-a.y)*(d.y-b.y) >= 0 || a.y == b.y && b.y == d.y && (b.x-a.x)*(d.x-b.x) >= 0 {
				continue
			}
		}
		kept = append(kept, path[i])
	}
	return kept
}
