package graph

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"javab/flows"
)

const (
	corner    = 8 // of a box
	bend      = 7 // of a line
	headWidth = 4 // half of an arrow's head
	headDepth = 7
)

// writer builds the SVG. Everything of the script goes through its escaping methods.
type writer struct{ strings.Builder }

// put writes markup of our own; its values are numbers.
func (w *writer) put(format string, values ...any) { fmt.Fprintf(w, format, values...) }

// attr writes one attribute.
func (w *writer) attr(name, value string) {
	w.WriteString(" " + name + `="`)
	w.text(value)
	w.WriteByte('"')
}

// text writes words, escaped for a page and for XML alike; what neither may hold is left out.
func (w *writer) text(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			w.WriteString("&amp;")
		case r == '<':
			w.WriteString("&lt;")
		case r == '>':
			w.WriteString("&gt;")
		case r == '"':
			w.WriteString("&#34;")
		case r == '\'':
			w.WriteString("&#39;")
		case r == '\n', r == '\t':
			w.WriteByte(' ')
		case r < ' ', r == 0x7f, r == utf8.RuneError, r == 0xfffe, r == 0xffff:
		default:
			w.WriteRune(r)
		}
	}
}

// names are what is read from the left within words of any language: names in braces and commands.
var names = regexp.MustCompile(`\{[a-z0-9_.]+(?::[a-z_]+)?\??\}|/[A-Za-z][A-Za-z0-9_]*`)

// words writes words, their names isolated: otherwise braces and slashes jump to the other side.
func (w *writer) words(s string) {
	at := 0
	for _, place := range names.FindAllStringIndex(s, -1) {
		w.text(s[at:place[0]])
		w.WriteString(`<bdi dir="ltr">`)
		w.text(s[place[0]:place[1]])
		w.WriteString("</bdi>")
		at = place[1]
	}
	w.text(s[at:])
}

// svg writes the whole picture.
func (c *chart) svg(o Options) []byte {
	w := &writer{}
	w.Grow(1024 * (len(c.boxes) + len(c.arrows)))
	w.put(`<svg xmlns="http://www.w3.org/2000/svg" class="graph" width="%d" height="%d" viewBox="0 0 %d %d" role="group"`,
		c.width, c.height, c.width, c.height)
	w.attr("lang", string(o.Lang))
	w.attr("aria-label", wordsIn(c.script.Title, o.Lang))
	if len(c.script.Steps) > 0 {
		w.attr("data-first", c.script.Steps[0].ID.Text)
	}
	w.WriteString(">\n<g class=\"g-lines\">\n")
	for i := range c.arrows {
		if a := &c.arrows[i]; !a.hidden {
			c.line(w, a)
		}
	}
	for i := range c.boxes {
		if b := &c.boxes[i]; b.entered {
			w.put(`<path class="g-head" d="M%d %dl%d %dh%dz"/>`+"\n", b.x, b.y, -headWidth, -headDepth, 2*headWidth)
		}
	}
	w.WriteString("</g>\n")
	found := c.faults(o.Problems)
	for i := range c.boxes {
		if b := &c.boxes[i]; b.step != nil {
			c.step(w, b, found[i], o)
		} else {
			c.pillOut(w, b, o)
		}
	}
	for i := range c.arrows {
		if a := &c.arrows[i]; len(a.labels) > 0 {
			c.labels(w, a, o)
		}
	}
	w.WriteString("</svg>\n")
	return []byte(w.String())
}

// ends writes what a line or its labels are about.
func (c *chart) ends(w *writer, a *arrow) {
	w.attr("data-from", c.boxes[a.from].id)
	if to := &c.boxes[a.to]; to.flow != "" {
		w.attr("data-flow", to.flow)
	} else {
		w.attr("data-to", to.id)
	}
}

func (c *chart) line(w *writer, a *arrow) {
	class := "g-arrow"
	if a.back {
		class += " g-back"
	}
	w.WriteString("<path")
	w.attr("class", class)
	c.ends(w, a)
	w.WriteString(` d="`)
	for i, p := range a.path {
		switch {
		case i == 0:
			w.put("M%d %d", p.x, p.y)
		case i+1 == len(a.path):
			w.put("L%d %d", p.x, p.y-1)
		default:
			turn(w, a.path[i-1], p, a.path[i+1])
		}
	}
	w.WriteString("\"/>\n")
}

// turn draws a rounded corner.
func turn(w *writer, before, at, after point) {
	r := min(bend, length(before, at)/2, length(at, after)/2)
	in, out := towards(at, before, r), towards(at, after, r)
	w.put("L%d %dQ%d %d %d %d", in.x, in.y, at.x, at.y, out.x, out.y)
}

// length is the length of a level or upright piece.
func length(a, b point) int { return max(a.x-b.x, b.x-a.x) + max(a.y-b.y, b.y-a.y) }

// towards is the point so far from one towards the other.
func towards(from, to point, by int) point {
	sign := func(n int) int {
		switch {
		case n < 0:
			return -by
		case n > 0:
			return by
		}
		return 0
	}
	return point{from.x + sign(to.x-from.x), from.y + sign(to.y-from.y)}
}

// faults are the problems of a step.
type faults struct{ errors, warnings int }

// faults finds the steps in which the problems are: the last one that begins at or above the line.
func (c *chart) faults(problems []flows.Problem) []faults {
	found := make([]faults, len(c.boxes))
	for _, p := range problems {
		if p.File != c.script.File {
			continue
		}
		at := -1
		for i, s := range c.script.Steps {
			if s.Pos.Line <= p.Line {
				at = i
			}
		}
		switch {
		case at < 0:
		case p.Severity == flows.Warning:
			found[at].warnings++
		default:
			found[at].errors++
		}
	}
	return found
}

// class is the class of a step's group.
func (c *chart) class(b *box, f faults, o Options) string {
	class := "g-step g-" + kindOf(b.step)
	if b.step.Ends {
		class += " g-ends"
	}
	if b.step == c.script.Steps[0] {
		class += " g-first"
	}
	if b.id == o.Current {
		class += " g-current"
	}
	switch {
	case f.errors > 0:
		class += " g-error"
	case f.warnings > 0:
		class += " g-warning"
	}
	return class
}

// says is the sentence by which a step is read aloud. What stands in the box comes first: who speaks to his machine says
// what he sees (WCAG 2.5.3).
func says(b *box, f faults, o Options) string {
	said := []string{
		strings.TrimSpace(b.text + " " + b.id), o.Words("graph.kind." + kindOf(b.step)), strings.TrimSpace(o.Words("graph.line") + " " + strconv.Itoa(b.step.Pos.Line)),
	}
	if f.errors > 0 {
		said = append(said, o.Words("graph.errors")+": "+strconv.Itoa(f.errors))
	}
	if f.warnings > 0 {
		said = append(said, o.Words("graph.warnings")+": "+strconv.Itoa(f.warnings))
	}
	kept := said[:0]
	for _, part := range said {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ", ")
}

func (c *chart) step(w *writer, b *box, f faults, o Options) {
	left := b.x - b.width/2
	w.WriteString("<g")
	w.attr("class", c.class(b, f, o))
	w.attr("data-step", b.id)
	w.put(` data-line="%d" tabindex="0" role="button"`, b.step.Pos.Line)
	if b.id == o.Current {
		w.attr("aria-current", "step")
	}
	sentence := says(b, f, o)
	w.attr("aria-label", sentence)
	w.WriteString("><title>")
	w.text(sentence)
	w.put("</title>\n<rect class=\"g-box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>", left, b.y, b.width, b.height, corner)
	w.put(`<path class="g-kind" d="M%d %da%d %d 0 0 1 %d %dh%da%d %d 0 0 1 %d %dq-2 -4 -8 -4h%dq-6 0 -8 4z"/>`,
		left, b.y+corner, corner, corner, corner, -corner, b.width-2*corner, corner, corner, corner, corner, 2*corner-b.width)
	if b.step.Ends {
		w.put(`<path class="g-last" d="M%d %dh%d"/>`, left+corner, b.y+b.height-1, b.width-2*corner)
	}
	w.put("\n<foreignObject x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">", left, b.y, b.width, b.height)
	w.WriteString(`<div xmlns="http://www.w3.org/1999/xhtml" class="g-text"`)
	direct(w, o)
	if w.WriteString("><p"); spoken(b.step) {
		w.WriteString(` class="g-words"`)
	} else {
		w.WriteString(` class="g-words g-code" dir="ltr"`)
	}
	w.WriteString(">")
	w.words(b.text)
	w.WriteString("</p>\n<p class=\"g-id\" dir=\"ltr\">")
	w.text(b.id)
	w.WriteString("</p></div></foreignObject></g>\n")
}

// direct says in which direction words of the script are written. What an admin left in another language stands in its
// own direction: the style sheet isolates it.
func direct(w *writer, o Options) {
	dir := "ltr"
	if o.Lang.RTL() {
		dir = "rtl"
	}
	w.attr("dir", dir)
}

func (c *chart) pillOut(w *writer, b *box, o Options) {
	left := b.x - b.width/2
	w.WriteString("<g")
	title := b.text
	switch {
	case b.missing:
		w.attr("class", "g-out g-missing")
		w.attr("data-missing", b.id)
		title = strings.TrimSpace(o.Words("graph.missing") + " " + b.text)
	case b.flow != "":
		w.attr("class", "g-out")
		w.attr("data-flow", b.flow)
		title = strings.TrimSpace(o.Words("graph.kind.run") + " " + b.text)
	default:
		w.attr("class", "g-out g-again")
		w.attr("data-to", b.id)
	}
	w.WriteString("><title>")
	w.text(title)
	w.put("</title><rect class=\"g-box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>", left, b.y, b.width, b.height, b.height/2)
	w.put(`<foreignObject x="%d" y="%d" width="%d" height="%d">`, left, b.y, b.width, b.height)
	w.WriteString(`<div xmlns="http://www.w3.org/1999/xhtml" class="g-text"><p class="g-code" dir="ltr">`)
	w.text(b.text)
	w.WriteString("</p></div></foreignObject></g>\n")
}

// labels writes what the ways of an arrow are taken for, one below the other.
func (c *chart) labels(w *writer, a *arrow, o Options) {
	at := &c.cells[a.cell]
	top := c.tops[at.layer]
	w.WriteString("<g")
	w.attr("class", "g-labels")
	c.ends(w, a)
	all := make([]string, len(a.labels))
	for i, l := range a.labels {
		all[i] = l.text
	}
	w.WriteString("><title>")
	w.text(strings.Join(all, ", "))
	w.put("</title><foreignObject x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">", at.x-at.width/2, top, at.width, at.height)
	w.WriteString(`<div xmlns="http://www.w3.org/1999/xhtml" class="g-label"`)
	direct(w, o)
	w.WriteString(">")
	shown := a.labels
	if len(shown) > maxLabels {
		shown = shown[:maxLabels-1]
	}
	for _, l := range shown {
		l.write(w)
	}
	if more := len(a.labels) - len(shown); more > 0 {
		w.put(`<p dir="ltr">+%d</p>`, more)
	}
	w.WriteString("</div></foreignObject></g>\n")
}

func (l label) write(w *writer) {
	w.WriteString("<p>")
	class := "g-by"
	if l.code {
		class += " g-code"
	}
	w.WriteString("<bdi")
	w.attr("class", class)
	w.WriteString(">")
	w.text(cut(l.text, 60))
	w.WriteString("</bdi>")
	if l.run != "" {
		w.WriteString(`<bdi class="g-run g-code"`)
		w.attr("data-flow", l.run)
		w.WriteString(">")
		w.text(l.run)
		w.WriteString("</bdi>")
	}
	w.WriteString("</p>")
}
