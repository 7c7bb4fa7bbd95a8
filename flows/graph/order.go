package graph

import (
	"cmp"
	"math"
	"slices"
)

// rounds is how often the layers are put in order, down and up; more hardly ever help.
const rounds = 12

// order puts the cells of each layer so that few lines cross: by the middle of what they hang on, from above and from
// below in turns, then by exchanging neighbours. The best arrangement of all is kept.
func (c *chart) order() {
	best, fewest := c.arrangement(), c.crossings()
	for round := 0; round < rounds && fewest > 0; round++ {
		if round%2 == 0 {
			for layer := 1; layer < len(c.rows); layer++ {
				c.sort(layer, true)
			}
		} else {
			for layer := len(c.rows) - 2; layer >= 0; layer-- {
				c.sort(layer, false)
			}
		}
		c.exchange()
		if n := c.crossings(); n < fewest {
			best, fewest = c.arrangement(), n
		}
	}
	c.rows = best
	for layer := range c.rows {
		c.number(layer)
	}
}

func (c *chart) arrangement() [][]int {
	rows := make([][]int, len(c.rows))
	for i := range rows {
		rows[i] = slices.Clone(c.rows[i])
	}
	return rows
}

func (c *chart) number(layer int) {
	for place, n := range c.rows[layer] {
		c.cells[n].place = place
	}
}

// sort orders a layer by where the neighbours of its cells stand. A cell that has none in that direction follows the one
// around which its rail turns, or stays. Where a rail that leads back ends, it comes from the outside: inside it would be
// caught between what stands there, and carry the whole picture aslant.
func (c *chart) sort(layer int, fromAbove bool) {
	row := c.rows[layer]
	middle := make(map[int]float64, len(row))
	for _, n := range row {
		near := c.cells[n].down
		if fromAbove {
			near = c.cells[n].up
		}
		if len(near) > 0 {
			sum := 0
			for _, other := range near {
				sum += c.cells[other].place
			}
			middle[n] = float64(sum) / float64(len(near))
		}
	}
	for _, n := range row {
		partner := c.cells[n].turn
		if partner < 0 {
			continue
		}
		if m, known := middle[partner]; known {
			if _, own := middle[n]; !own {
				middle[n] = m
				if c.cells[partner].box >= 0 {
					middle[n] = math.Inf(1)
				}
			}
		} else if m, own := middle[n]; own {
			middle[partner] = m
		}
	}
	for _, n := range row {
		if _, known := middle[n]; !known {
			middle[n] = float64(c.cells[n].place)
		}
	}
	slices.SortStableFunc(row, func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
	c.number(layer)
}

// exchange swaps neighbours as long as that takes crossings away.
func (c *chart) exchange() {
	for better, turns := true, 0; better && turns < 8; turns++ {
		better = false
		for layer, row := range c.rows {
			for i := 0; i+1 < len(row); i++ {
				a, b := row[i], row[i+1]
				if c.between(a, b) > c.between(b, a) {
					row[i], row[i+1] = b, a
					c.number(layer)
					better = true
				}
			}
		}
	}
}

// between counts the crossings of the lines of two cells that stand side by side.
func (c *chart) between(left, right int) int {
	n := 0
	for _, l := range c.cells[left].up {
		for _, r := range c.cells[right].up {
			if c.cells[l].place > c.cells[r].place {
				n++
			}
		}
	}
	for _, l := range c.cells[left].down {
		for _, r := range c.cells[right].down {
			if c.cells[l].place > c.cells[r].place {
				n++
			}
		}
	}
	return n
}

// crossings counts the lines that cross, over all layers.
func (c *chart) crossings() int {
	n := 0
	var ends []int
	for layer := 0; layer+1 < len(c.rows); layer++ {
		ends = ends[:0]
		for _, upper := range c.rows[layer] {
			first := len(ends)
			for _, lower := range c.cells[upper].down {
				ends = append(ends, c.cells[lower].place)
			}
			slices.Sort(ends[first:])
		}
		n += inversions(ends, len(c.rows[layer+1]))
	}
	return n
}

// inversions counts the pairs that stand the wrong way round, with a tree of counts.
func inversions(places []int, size int) int {
	counts := make([]int, size+1)
	n := 0
	for seen, place := range places {
		smaller := 0
		for i := place + 1; i > 0; i -= i & -i {
			smaller += counts[i]
		}
		n += seen - smaller
		for i := place + 1; i <= size; i += i & -i {
			counts[i]++
		}
	}
	return n
}
