package graph

import (
	"path/filepath"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows"
)

// area is a rectangle of a picture.
type area struct {
	what                     string
	left, top, right, bottom int
}

func (a area) overlaps(b area) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

// areas are the boxes and labels of a picture.
func areas(c *chart) []area {
	var all []area
	for _, b := range c.boxes {
		all = append(all, area{"step " + b.id + b.flow, b.x - b.width/2, b.y, b.x + b.width/2, b.y + b.height})
	}
	for _, a := range c.arrows {
		if at := c.cells[a.cell]; len(a.labels) > 0 {
			top := c.tops[at.layer]
			all = append(all, area{"label " + a.labels[0].text, at.x - at.width/2, top, at.x + at.width/2, top + at.height})
		}
	}
	return all
}

// everyScript are the scripts that Javab comes with, and long ones.
func everyScript(t *testing.T) map[string]*flows.Script {
	t.Helper()
	paths, err := filepath.Glob("../scripts/*.yaml")
	if err != nil || len(paths) < 20 {
		t.Fatal("no scripts", err)
	}
	scripts := map[string]*flows.Script{"150 steps": long(t, 30), "40 steps": long(t, 8), "45 steps": long(t, 9)}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		scripts[name] = built(t, name)
	}
	return scripts
}

func TestNeitherBoxesNorLabelsLieOnOneAnother(t *testing.T) {
	for name, script := range everyScript(t) {
		for _, lang := range bot.Langs {
			c := laid(script, lang)
			all := areas(c)
			for i, a := range all {
				if a.left < 0 || a.top < 0 || a.right > c.width || a.bottom > c.height {
					t.Errorf("%s in %s: %s is outside of the picture", name, lang, a.what)
				}
				for _, b := range all[i+1:] {
					if a.overlaps(b) {
						t.Errorf("%s in %s: %s lies on %s", name, lang, a.what, b.what)
					}
				}
			}
		}
	}
}

func TestNoLineRunsThroughABoxOrASlantedWay(t *testing.T) {
	for name, script := range everyScript(t) {
		c := laid(script, bot.En)
		for _, a := range c.arrows {
			for i := 1; i < len(a.path); i++ {
				p, q := a.path[i-1], a.path[i]
				if p.x != q.x && p.y != q.y {
					t.Fatalf("%s: the line from %s to %s is slanted: %v", name, c.boxes[a.from].id, c.boxes[a.to].id, a.path)
				}
				piece := area{"", min(p.x, q.x), min(p.y, q.y) + 1, max(p.x, q.x) + 1, max(p.y, q.y)}
				for n, b := range c.boxes {
					box := area{"", b.x - b.width/2 + 1, b.y + 1, b.x + b.width/2, b.y + b.height - 1}
					if piece.overlaps(box) {
						t.Errorf("%s: the line from %s to %s runs through box %d, %s", name, c.boxes[a.from].id, c.boxes[a.to].id, n, b.id)
					}
				}
			}
		}
	}
}

func TestLinesOfDifferentStepsDoNotLieOnOneAnother(t *testing.T) {
	for name, script := range everyScript(t) {
		c := laid(script, bot.En)
		for i, a := range c.arrows {
			for _, b := range c.arrows[i+1:] {
				if a.from == b.from || a.to == b.to {
					continue // they share a beginning or an end
				}
				if n := shared(a.path, b.path); n > 0 {
					t.Errorf("%s: the lines %s to %s and %s to %s share %d pixels", name, c.boxes[a.from].id, c.boxes[a.to].id,
						c.boxes[b.from].id, c.boxes[b.to].id, n)
				}
			}
		}
	}
}

// shared is how far two paths run on the same pixels.
func shared(a, b []point) int {
	n := 0
	for i := 1; i < len(a); i++ {
		for j := 1; j < len(b); j++ {
			p, q, r, s := a[i-1], a[i], b[j-1], b[j]
			if p.x == q.x && r.x == s.x && p.x == r.x {
				n += max(0, min(max(p.y, q.y), max(r.y, s.y))-max(min(p.y, q.y), min(r.y, s.y)))
			}
			if p.y == q.y && r.y == s.y && p.y == r.y {
				n += max(0, min(max(p.x, q.x), max(r.x, s.x))-max(min(p.x, q.x), min(r.x, s.x)))
			}
		}
	}
	return n
}

func TestLinesBeginAndEndAtTheirSteps(t *testing.T) {
	for name, script := range everyScript(t) {
		c := laid(script, bot.Fa)
		for _, a := range c.arrows {
			if a.hidden {
				continue
			}
			from, to := c.boxes[a.from], c.boxes[a.to]
			first, last := a.path[0], a.path[len(a.path)-1]
			if first != (point{from.x, from.y + from.height}) || last != (point{to.x, to.y}) {
				t.Errorf("%s: the line from %s to %s goes from %v to %v", name, from.id, to.id, first, last)
			}
			if before := a.path[len(a.path)-2]; before.y > last.y-headDepth {
				t.Errorf("%s: the head of the line from %s to %s has no room: %v", name, from.id, to.id, a.path)
			}
		}
	}
}

func TestTheFormOfAPictureIsSane(t *testing.T) {
	for name, script := range everyScript(t) {
		c := laid(script, bot.En)
		steps := len(script.Steps)
		if c.height > 120*steps+300 {
			t.Errorf("%s: %d steps are %d high", name, steps, c.height)
		}
		if c.width > 2800 {
			t.Errorf("%s: %d steps are %d wide", name, steps, c.width)
		}
	}
}

func TestAScriptReadsFromTopToBottom(t *testing.T) {
	c := laid(built(t, "complaint"), bot.Fa)
	at := map[string]box{}
	for _, b := range c.boxes {
		at[b.id] = b
	}
	order := []string{"open", "belongs", "group", "category", "story", "questions", "reach", "summary", "edit"}
	for i := 1; i < len(order); i++ {
		if at[order[i-1]].y >= at[order[i]].y {
			t.Errorf("%s does not stand above %s", order[i-1], order[i])
		}
	}
	for _, a := range c.arrows {
		if from := c.boxes[a.from].id; a.back != (from == "edit" || c.boxes[a.to].id == "group" && (from == "suggest" || from == "which")) {
			t.Errorf("the line from %s to %s: back is %t", from, c.boxes[a.to].id, a.back)
		}
	}
}

func TestWhereOneReadsFromTheRightTheFirstChoiceStandsOnTheRight(t *testing.T) {
	source := `flow: x
title: {fa: f, ar: a, en: e}
steps:
  - id: q
    ask: {fa: f, ar: a, en: e}
    options:
      - {label: {fa: f, ar: a, en: e}, goto: one}
      - {label: {fa: f, ar: a, en: e}, goto: two}
  - {id: one, end: done}
  - {id: two, end: done}
`
	for lang, wantLeft := range map[bot.Lang]bool{bot.En: true, bot.Fa: false, bot.Ar: false} {
		c := laid(parse(t, source), lang)
		if left := c.boxes[1].x < c.boxes[2].x; left != wantLeft {
			t.Errorf("in %s the first choice stands at %d, the second at %d", lang, c.boxes[1].x, c.boxes[2].x)
		}
	}
}

func TestAStepThatNothingLeadsToStandsBelowTheOneBeforeIt(t *testing.T) {
	source := "flow: x\ntitle: {fa: f, ar: a, en: e}\nsteps:\n  - {id: one, say: {fa: f, ar: a, en: e}}\n" +
		"  - {id: two, say: {fa: f, ar: a, en: e}, end: done}\n  - {id: lost, say: {fa: f, ar: a, en: e}, goto: one}\n"
	svg := Draw(parse(t, source), Options{Lang: bot.En})
	c := laid(parse(t, source), bot.En)
	if c.boxes[2].y <= c.boxes[1].y {
		t.Errorf("it stands at %d, the one before at %d", c.boxes[2].y, c.boxes[1].y)
	}
	for _, e := range withClass(read(t, svg), "g-arrow") {
		if e.attrs["data-from"] == "two" {
			t.Errorf("a line is drawn that the script has not: %v", e.attrs)
		}
	}
}

func TestLongWaysOfLongScriptsArePillsThatNameTheirStep(t *testing.T) {
	c := laid(long(t, 30), bot.En)
	pills := 0
	for _, a := range c.arrows {
		if to := c.boxes[a.to]; to.step == nil && !to.missing && to.flow == "" {
			pills++
		}
		if n := c.boxes[a.to].rank - c.boxes[a.from].rank; n > far || -n > far {
			t.Errorf("the line from %s to %s is %d ranks long", c.boxes[a.from].id, c.boxes[a.to].id, n)
		}
	}
	if pills == 0 {
		t.Error("there are none")
	}
	for _, a := range laid(long(t, 8), bot.En).arrows {
		if a.to >= 40 {
			t.Error("a script of 40 steps has pills")
		}
	}
}
