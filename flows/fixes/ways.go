package fixes

import (
	"slices"
	"strings"

	"javab/flows"
)

// stepsRemoved takes a step away that nothing leads to, and those that only it leads to.
func stepsRemoved(s *sheet) []flows.Fix {
	script, _ := flows.Parse(s.p.File, s.src)
	steps, i := s.here()
	if script == nil || i < 0 || len(steps) != len(script.Steps) {
		return nil
	}
	gone := reach(script, i)
	roots := []int{0}
	for j, step := range script.Steps {
		if step.ID.Text == script.AfterCase.Text && script.AfterCase.Text != "" {
			roots = append(roots, j)
		}
	}
	for _, root := range roots {
		for j := range reach(script, root) {
			delete(gone, j)
		}
	}
	var edits []flows.Edit
	for j := range steps {
		if gone[j] {
			edits = append(edits, s.put(s.comments(steps[j].start), steps[j].end, ""))
		}
	}
	return fix("remove_steps", edits, "Name", s.p.Params["Name"], "Count", number(len(edits)))
}

// comments is where the comments begin that stand right above a line.
func (s *sheet) comments(at int) int {
	for at > 0 {
		above := s.lineStart(at - 1)
		if !strings.HasPrefix(strings.TrimSpace(s.text[above:at]), "#") {
			break
		}
		at = above
	}
	return at
}

// reach finds the steps that one leads to, itself among them.
func reach(script *flows.Script, from int) map[int]bool {
	at := map[string]int{}
	for i, step := range script.Steps {
		at[step.ID.Text] = i
	}
	reached := map[int]bool{}
	todo := []int{from}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if reached[i] {
			continue
		}
		reached[i] = true
		for _, way := range script.Ways() {
			if next, known := at[way.To]; known && way.From == script.Steps[i] {
				todo = append(todo, next)
			}
		}
	}
	return reached
}

// ended ends the flow in the very step after which nothing follows, when it says something.
func ended(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	if _, says := steps[i].key("say"); !says {
		return nil
	}
	return fix("end", []flows.Edit{s.line(steps[i], "end: done")})
}

// line is an edit that adds a key to a step, behind its others.
func (s *sheet) line(st step, line string) flows.Edit {
	return s.put(st.end, st.end, s.below(st.end, st.margin()+line+"\n"))
}

// endedBelow ends the flow in a step of its own.
func endedBelow(s *sheet) []flows.Fix {
	steps := s.steps()
	if len(steps) == 0 {
		return nil
	}
	last := steps[len(steps)-1]
	return fix("end", []flows.Edit{s.put(last.end, last.end, s.below(last.end, last.written("end: done")))})
}

// question asks whether to go on, with the way on and the way out.
func (s *sheet) question(st step, id, to string) string {
	return st.written(
		"id: "+id,
		"ask: "+block("go_on/ask"),
		"options:",
		"  - {id: go_on, label: "+block("go_on/yes")+", goto: "+to+"}",
		"  - {id: enough, label: "+block("go_on/no")+", goto: "+id+"_end}",
	) + st.written("id: "+id+"_end", "end: done")
}

// askedBetween puts a question on the way by which a circle closes: where the step names the one it goes back to.
func askedBetween(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	to, id := s.p.Params["To"], s.unused("go_on")
	last := steps[len(steps)-1]
	var edits []flows.Edit
	for _, key := range []string{"goto", "then", "else"} {
		e, ok := steps[i].key(key)
		if !ok {
			continue
		}
		value := e.start + len(key) + 1
		for _, edit := range s.everywhere(to, id) {
			if at := s.index(edit.Line, edit.Column); at >= value && at < e.end && !strings.HasPrefix(s.text[at+len(to):], ":") {
				edits = append(edits, edit)
			}
		}
	}
	if len(edits) == 0 {
		return nil
	}
	edits = append(edits, s.put(last.end, last.end, s.below(last.end, s.question(last, id, to))))
	return fix("ask_between", edits, "Name", to)
}

// askedBelow puts the question below a step that goes on to the next one by itself.
func askedBelow(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	id := s.unused("go_on")
	return fix("ask_between", []flows.Edit{
		s.put(steps[i].end, steps[i].end, s.below(steps[i].end, s.question(steps[i], id, s.p.Params["To"]))),
	}, "Name", s.p.Params["To"])
}

// outcomeToNext lets an outcome that was forgotten go on to the step below.
func outcomeToNext(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 || i+1 == len(steps) || steps[i+1].id == "" {
		return nil
	}
	return fix("outcome_next", s.outcome(steps[i], steps[i+1].id), "Name", s.p.Params["Name"], "To", steps[i+1].id)
}

// outcomeToOfficer gives the chat to an officer after an outcome that was forgotten.
func outcomeToOfficer(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	name := s.p.Params["Name"]
	id := s.unused(sound(name) + "_officer")
	last := steps[len(steps)-1]
	edits := append(s.outcome(steps[i], id),
		s.put(last.end, last.end, s.below(last.end, last.written("id: "+id, "run: "+flows.Officer))))
	return fix("outcome_officer", edits, "Name", name)
}

// outcome adds an outcome to the "then" of a step.
func (s *sheet) outcome(st step, to string) []flows.Edit {
	then, ok := st.key("then")
	if !ok {
		return nil
	}
	entry := s.p.Params["Name"] + ": " + to
	value := then.start + len("then:")
	if n := strings.IndexByte(s.text[value:then.end], '{'); n >= 0 {
		inside := value + n + 1
		end := s.bracketEnd(inside)
		if strings.TrimSpace(s.text[inside:end]) == "" {
			return []flows.Edit{s.put(inside, end, entry)}
		}
		end = inside + len(strings.TrimRight(s.text[inside:end], " \n"))
		return []flows.Edit{s.put(end, end, ", "+entry)}
	}
	next := s.lineEnd(then.start)
	margin := st.margin() + "  "
	if line := s.text[next:s.lineEnd(next)]; strings.TrimSpace(line) != "" {
		margin = line[:len(line)-len(strings.TrimLeft(line, " "))]
	}
	return []flows.Edit{s.put(then.end, then.end, s.below(then.end, margin+entry+"\n"))}
}

// bracketEnd is where the bracket closes that was opened right before a byte.
func (s *sheet) bracketEnd(at int) int {
	for at < len(s.text) {
		at = s.valueEnd(at)
		if at == len(s.text) || s.text[at] != ',' {
			return at
		}
		at++
	}
	return at
}

// handedOver gives the chat to an officer where the flow would end.
func handedOver(s *sheet) []flows.Fix {
	unit := s.unit()
	if unit == "" {
		return nil
	}
	handOver := "hand_over: {unit: " + unit + ", reason: asked}"
	steps := s.steps()
	var fixes []flows.Fix
	for _, st := range slices.Backward(steps) {
		end, ends := st.key("end")
		if !ends {
			continue
		}
		if len(st.keys) == 1 || len(st.keys) == 2 && st.id != "" {
			fixes = append(fixes, fix("hand_over", []flows.Edit{s.put(end.start, s.lineEnd(end.start)-1, handOver)}, "Unit", unit)...)
			continue
		}
		start, stop, with := s.without(end.start)
		fixes = append(fixes, fix("hand_over", []flows.Edit{
			s.put(start, stop, with),
			s.put(st.end, st.end, s.below(st.end, st.written(handOver))),
		}, "Unit", unit)...)
	}
	return fixes
}

// unit is a unit that can take a chat: one that the script names already, else the first of the content.
func (s *sheet) unit() string {
	if s.env.Lists == nil {
		return ""
	}
	units, _ := s.env.Lists.List("units")
	for _, u := range units {
		if strings.Contains(s.text, "unit: "+u.ID) {
			return u.ID
		}
	}
	for _, u := range units {
		if u.ID == "member_relations" {
			return u.ID
		}
	}
	if len(units) > 0 {
		return units[0].ID
	}
	return ""
}
