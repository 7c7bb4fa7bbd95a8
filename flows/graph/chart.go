package graph

import (
	"strings"
	"unicode/utf8"

	"javab/flows"
)

// Sizes, in the pixels of the picture at its natural size.
const (
	boxWidth    = 208
	boxHeight   = 70
	pillHeight  = 28
	labelHeight = 20
	labelMax    = 168
	maxLabels   = 6 // of one line; more are counted
)

// box is a step, or a pill that stands for what lies outside: another flow, a step that is not there.
type box struct {
	step    *flows.Step // nil for a pill
	id      string      // of the step that is meant
	flow    string      // a pill's flow
	missing bool        // there is no such step
	text    string
	width   int
	height  int
	rank    int
	x, y    int // of the middle of its top edge
	cell    int
	entered bool // a line leads to it
}

// label says what one way is taken for.
type label struct {
	text string
	code bool   // a name of the script, not words
	run  string // a flow that is played on the way
}

// width is how much room the label is given. It is an estimate: what is longer is cut by the style sheet.
func (l label) width() int {
	n := 7 * utf8.RuneCountInString(l.text)
	if l.run != "" {
		n += 7*utf8.RuneCountInString(l.run) + 14
	}
	return min(n+16, labelMax)
}

// arrow is all ways from one box to another.
type arrow struct {
	from, to int
	labels   []label
	back     bool // it leads upwards
	hidden   bool // it only keeps a step in its place that nothing leads to
	cell     int  // that carries the labels
	path     []point
}

// lines is how many lines the labels take.
func (a *arrow) lines() int { return min(len(a.labels), maxLabels) }

// chart is a picture in the making.
type chart struct {
	script *flows.Script
	boxes  []box
	arrows []arrow
	cells  []cell
	rows   [][]int // the cells of each layer, from left to right
	tops   []int   // of each layer
	gaps   []gap   // above each layer, and below the last
	mirror bool    // people read from right to left
	width  int
	height int
}

// chartOf finds the boxes and arrows of a script.
func chartOf(script *flows.Script, o Options) *chart {
	c := &chart{script: script, mirror: o.Lang.RTL()}
	at := make(map[string]int, len(script.Steps))
	for _, s := range script.Steps {
		if _, twice := at[s.ID.Text]; !twice {
			at[s.ID.Text] = len(c.boxes)
		}
		c.boxes = append(c.boxes, box{step: s, id: s.ID.Text, text: textOf(s, o), width: boxWidth, height: boxHeight})
	}
	known := map[[2]int]int{}
	place := -1
	var before *flows.Step
	ways := script.Ways()
	for i, way := range ways {
		if way.From != before {
			place, before = place+1, way.From
			for script.Steps[place] != way.From {
				place++
			}
		}
		to, drawn := c.target(way, at)
		if !drawn {
			continue
		}
		alone := (i == 0 || ways[i-1].From != way.From) && (i+1 == len(ways) || ways[i+1].From != way.From)
		key := [2]int{place, to}
		n, there := known[key]
		if !there {
			n, known[key] = len(c.arrows), len(c.arrows)
			c.arrows = append(c.arrows, arrow{from: place, to: to})
		}
		if l, said := labelOf(way, alone, o); said {
			c.arrows[n].labels = append(c.arrows[n].labels, l)
		}
	}
	return c
}

// target is the box to which a way leads; a pill is made for what has none. A way that leads nowhere is not drawn.
func (c *chart) target(way flows.Way, at map[string]int) (int, bool) {
	switch n, known := at[way.To]; {
	case way.Leaves && way.Run != "":
		return c.pill(box{flow: way.Run, text: way.Run}), true
	case way.Leaves, way.Ends, way.To == "":
		return 0, false
	case known:
		return n, true
	}
	return c.pill(box{id: way.To, missing: true, text: way.To}), true
}

func (c *chart) pill(b box) int {
	b.width, b.height = min(8*utf8.RuneCountInString(b.text)+44, boxWidth), pillHeight
	c.boxes = append(c.boxes, b)
	return len(c.boxes) - 1
}

// labelOf says what a way is taken for. The only way out of a step needs no word, unless somebody presses it.
func labelOf(way flows.Way, alone bool, o Options) (label, bool) {
	l := label{}
	if way.By == flows.ByOption && !way.Leaves {
		l.run = way.Run
	}
	switch way.By {
	case flows.ByOption:
		l.text = firstLine(wordsIn(way.Label, o.Lang))
		if l.text == "" {
			l.text, l.code = way.Name, true
		}
	case flows.ByOutcome:
		l.text, l.code = way.Name, true
	case flows.ByAnswer:
		l.text = o.Words("graph.answer")
	case flows.BySkip:
		l.text = o.Words("graph.skip")
	case flows.ByFailure:
		l.text = o.Words("graph.failed")
	case flows.ByThen:
		l.text = o.Words("graph.yes")
	case flows.ByElse:
		l.text = o.Words("graph.no")
	case flows.ByItself:
		return l, false
	}
	pressed := way.By == flows.ByOption || way.By == flows.ByOutcome
	return l, l.text != "" && (pressed || !alone)
}

// firstLine is the first line of a text that says something.
func firstLine(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}
