package fixes

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"javab/bot"
	"javab/flows"
)

// Block is one entry of the palette: a step that an admin puts into a script without knowing how it is written. Its name
// is in the catalogs locales/fixes.<lang>.yaml under "block."+Block.
type Block string

// Blocks lists the palette in the order in which it is shown.
var Blocks = []Block{"say", "choice", "text", "form", "walk", "do", "if", "run", "hand_over", "end"}

// Insert puts a block into a script, below the step of the given id; at the top when that is empty. Its texts are marked
// ✎, so that Check warns until they are written. The script has no new error with it: where a block ends the way, a
// question is put before it, with one button to it and one that goes on. It returns the id of the new step.
func (x Fixer) Insert(src []byte, after string, b Block) ([]byte, string, error) {
	if !slices.Contains(Blocks, b) {
		return nil, "", &bot.Error{Kind: bot.Invalid, Key: "block_unfit", Err: fmt.Errorf("no block %q", b)}
	}
	s := newSheet(src, flows.Problem{}, x.Env)
	steps := s.steps()
	at := slices.IndexFunc(steps, func(st step) bool { return st.id == after })
	if at < 0 && after != "" || len(steps) == 0 {
		return nil, "", &bot.Error{Kind: bot.NotFound, Key: "block_nowhere", Err: fmt.Errorf("no step %q to put a block below", after)}
	}
	id := s.unused(string(b))
	before := x.Check(src)
	for _, edits := range s.placements(steps, at, b, id) {
		out := flows.Apply(src, flows.Fix{Edits: edits})
		if better(flows.Problem{}, before, x.Check(out)) {
			return out, id, nil
		}
	}
	return nil, "", &bot.Error{Kind: bot.Invalid, Key: "block_unfit", Err: fmt.Errorf("no form of %s fits below %q", b, after)}
}

// placements are the ways to put a block below a step: where the step goes on by itself; where it ends or goes elsewhere,
// so that the block takes over its way on; at last above it, on the way to it.
func (s *sheet) placements(steps []step, at int, b Block, id string) [][]flows.Edit {
	if at < 0 {
		return s.puts(steps[0].start, s.forms(steps[0], b, id))
	}
	st := steps[at]
	all := s.puts(st.end, s.forms(st, b, id))
	for _, way := range []string{"end", "goto"} {
		e, ok := st.key(way)
		if !ok || len(st.keys) == 1 || st.keys[0].start == e.start {
			continue
		}
		line := strings.TrimSpace(s.text[e.start:s.lineEnd(e.start)])
		for _, written := range s.forms(st, b, id) {
			all = append(all,
				[]flows.Edit{s.put(s.lineStart(e.start), s.lineEnd(e.start), ""), s.put(st.end, st.end, s.below(st.end, written+st.margin()+line+"\n"))},
				[]flows.Edit{s.put(s.lineStart(e.start), s.lineEnd(e.start), ""), s.put(st.end, st.end, s.below(st.end, written))})
		}
	}
	all = append(all, s.onWays(st, at, s.forms(st, b, id))...)
	all = append(all, s.puts(st.start, s.forms(st, b, id))...)
	return append(all, s.instead(st, s.forms(st, b, id))...)
}

// instead puts a block above a step, and lets all who lead to that come to the block first.
func (s *sheet) instead(st step, forms []string) [][]flows.Edit {
	script, _ := flows.Parse(s.p.File, s.src)
	if script == nil || st.id == "" {
		return nil
	}
	var all [][]flows.Edit
	for _, written := range forms {
		edits := []flows.Edit{s.put(st.start, st.start, written)}
		for _, way := range script.Ways() {
			place := s.index(way.Pos.Line, way.Pos.Column)
			if way.To == st.id && strings.HasPrefix(s.text[place:], st.id) && place > 0 && s.text[place-1] == ' ' && !s.isName(place) {
				edits = append(edits, s.put(place, place+len(st.id), firstID.FindStringSubmatch(written)[1]))
			}
		}
		all = append(all, edits)
	}
	return all
}

// isName reports whether the id of a step stands there: of one that goes on by itself.
func (s *sheet) isName(at int) bool {
	return strings.HasSuffix(s.text[s.lineStart(at):at], "id: ") && !s.inBrackets(at)
}

// onWays puts a block on one of the ways that a step names: its button or outcome leads to the block, which goes on to
// where that led.
func (s *sheet) onWays(st step, at int, forms []string) [][]flows.Edit {
	script, _ := flows.Parse(s.p.File, s.src)
	if script == nil || at >= len(script.Steps) {
		return nil
	}
	var all [][]flows.Edit
	for _, way := range script.Ways() {
		place := s.index(way.Pos.Line, way.Pos.Column)
		if way.From != script.Steps[at] || way.To == "" || !strings.HasPrefix(s.text[place:], way.To) {
			continue
		}
		for _, written := range forms {
			first := firstID.FindStringSubmatch(written)
			all = append(all, []flows.Edit{
				s.put(place, place+len(way.To), first[1]),
				s.put(st.end, st.end, s.below(st.end, written+st.margin()+"goto: "+way.To+"\n")),
			})
		}
	}
	return all
}

var firstID = regexp.MustCompile(`- id: ([a-z0-9_]+)`)

func (s *sheet) puts(place int, forms []string) [][]flows.Edit {
	var all [][]flows.Edit
	for _, written := range forms {
		all = append(all, []flows.Edit{s.put(place, place, s.below(place, written))})
	}
	return all
}

// forms are the ways to write a block, the simplest first.
func (s *sheet) forms(beside step, b Block, id string) []string {
	var forms []string
	for _, lines := range s.plainForms(b, id) {
		written := beside.written(lines...)
		if b == "do" || b == "if" {
			written += beside.written("id: "+id+"_on", "say: "+block("say"))
		}
		forms = append(forms, written, written+beside.written("end: done"), s.aside(beside, id, written))
	}
	return forms
}

func (s *sheet) plainForms(b Block, id string) [][]string {
	head := "id: " + id
	switch b {
	case "say":
		return [][]string{{head, "say: " + block("say")}}
	case "choice":
		return [][]string{{
			head, "ask: " + block("choice/ask"), "options:",
			"  - {id: first, label: " + block("choice/first") + "}",
			"  - {id: second, label: " + block("choice/second") + "}",
			"save: " + id,
		}}
	case "text":
		return [][]string{{head, "ask: " + block("text"), "expect: text", "save: " + id}}
	case "form", "walk":
		return s.overLists(b, head)
	case "do":
		on := id + "_on"
		return [][]string{{head, "do: hours.now", "then: {open: " + on + ", closed: " + on + ", paused: " + on + "}"}}
	case "if":
		return [][]string{{head, "if: {var: language, value: fa}", "then: " + id + "_on"}}
	case "run":
		return [][]string{{head, "run: help"}, {head, "run: track"}, {head, "run: " + flows.Officer}}
	case "hand_over":
		return [][]string{{head, "hand_over: {unit: " + s.unit() + ", reason: asked}"}}
	default:
		return [][]string{{head, "end: done"}}
	}
}

// overLists are a form and a walk over each list of the content that has what they show.
func (s *sheet) overLists(b Block, head string) [][]string {
	var all [][]string
	for _, name := range []string{"questions", "ask_first", "documents", "steps"} {
		if s.env.Lists == nil {
			break
		}
		if items, _ := s.env.Lists.List(name); len(items) > 0 {
			all = append(all, []string{head, string(b) + ": " + name})
		}
	}
	return all
}

// aside puts a question before a block that ends the way: what was below goes on behind the other button.
func (s *sheet) aside(beside step, id, written string) string {
	question := beside.written(
		"id: "+id+"_or_not",
		"ask: "+block("go_on/ask"),
		"options:",
		"  - {id: go_on, label: "+block("go_on/yes")+", goto: "+id+"_not}",
		"  - {id: enough, label: "+block("go_on/no")+", goto: "+id+"}",
	)
	return question + strings.TrimSuffix(written, "\n") + "\n" + beside.written("id: "+id+"_not", "say: "+block("say"))
}
