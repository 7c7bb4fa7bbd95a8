package graph

import (
	"cmp"

	"javab/bot"
	"javab/flows"
)

// Options say how a script is drawn. The zero value is a Persian picture without labels of our own.
type Options struct {
	Lang bot.Lang
	// Current is the step that is outlined: where the cursor of the editor stands.
	Current string
	// Problems of the script colour the steps they are in. Those of other files are passed over.
	Problems []flows.Problem
	// Words returns a string of the catalogs by its id: those that begin with "graph.".
	Words func(id string) string
}

// Draw returns the script as an SVG element, to stand in a page. A step is
//
//	<g class="g-step g-ask" data-step="category" data-line="14" role="button" tabindex="0" aria-label="...">
//
// with g-warning or g-error when it has problems, g-current (and aria-current) when it is the current one, g-first when
// the flow begins there, and one of g-say, g-ask, g-form, g-walk, g-do, g-if, g-run, g-hand_over, g-end. What a way leads
// to outside of the steps is a <g class="g-out"> with data-flow, data-missing for a step that is not there, or data-to for one that is
// too far away to draw a line. A line is
// a <path class="g-arrow"> with data-from and data-to; several ways between the same two are one line. The svg itself has
// the class graph, and in data-first the step to show first.
func Draw(script *flows.Script, o Options) []byte {
	o.Lang = cmp.Or(o.Lang, bot.Fa)
	if o.Words == nil {
		o.Words = func(string) string { return "" }
	}
	c := chartOf(script, o)
	c.rank()
	c.layers()
	c.order()
	c.place()
	c.route()
	return c.svg(o)
}
