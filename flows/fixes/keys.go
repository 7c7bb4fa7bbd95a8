package fixes

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"javab/flows"
)

// keyAdded adds a key that must be there, where what it says is known: names, outcomes, and texts to be written.
func keyAdded(s *sheet) []flows.Fix {
	key := s.p.Params["Key"]
	what := s.p.Params["What"]
	name := strings.TrimSuffix(path.Base(s.p.File), ".yaml")
	switch {
	case what == "script" && key == "flow":
		return fix("add", []flows.Edit{s.put(0, 0, "flow: "+name+"\n")}, "What", key)
	case what == "script" && key == "title":
		return fix("add", []flows.Edit{s.put(s.head(), s.head(), "title: "+inThree(marked(name))+"\n")}, "What", key)
	case what == "options" && key == "label":
		return s.inside("label: " + inThree(marked(s.optionName())))
	case what == "hand_over" && key == "reason":
		return s.inside("reason: asked")
	case what == "hand_over" && key == "unit":
		return s.inside("unit: " + s.unit())
	case key == "then":
		return s.thenAdded()
	}
	return nil
}

// optionName is what a button without a label can be called: as its id is.
func (s *sheet) optionName() string {
	id := regexp.MustCompile(`\b(?:id|goto|run): *([a-z0-9_]+)`).FindStringSubmatch(s.text[s.at:s.lineEnd(s.at)])
	if id == nil {
		return "…"
	}
	return id[1]
}

// head is the line below the name of the script, where its title stands.
func (s *sheet) head() int {
	for at := 0; at < len(s.text); at = s.lineEnd(at) {
		if strings.HasPrefix(s.text[at:], "flow:") {
			return s.lineEnd(at)
		}
	}
	return 0
}

// inside adds an entry to the mapping that begins at the problem.
func (s *sheet) inside(entry string) []flows.Fix {
	key, _, _ := strings.Cut(entry, ":")
	if s.at < len(s.text) && s.text[s.at] == '{' {
		end := s.bracketEnd(s.at + 1)
		inner := strings.TrimRight(s.text[s.at+1:end], " \n")
		if at := s.at + 1 + len(inner); inner != "" {
			return fix("add", []flows.Edit{s.put(at, at, ", "+entry)}, "What", key)
		}
		return nil
	}
	margin := strings.Repeat(" ", s.at-s.lineStart(s.at))
	return fix("add", []flows.Edit{s.put(s.at, s.at, entry+"\n"+margin)}, "What", key)
}

// thenAdded lets a condition or an action go on to the step below.
func (s *sheet) thenAdded() []flows.Fix {
	steps, i := s.here()
	if i < 0 || i+1 == len(steps) || steps[i+1].id == "" {
		return nil
	}
	to := steps[i+1].id
	line := "then: " + to
	if action, does := steps[i].key("do"); does {
		name := strings.TrimSpace(strings.SplitN(s.text[action.start+len("do:"):s.lineEnd(action.start)], "#", 2)[0])
		var ways []string
		for _, outcome := range slices.Sorted(maps.Keys(s.env.Actions[name].Outcomes)) {
			ways = append(ways, outcome+": "+to)
		}
		line = "then: {" + strings.Join(ways, ", ") + "}"
	}
	return fix("outcome_next", []flows.Edit{s.line(steps[i], line)}, "Name", "then", "To", to)
}

// argumentGiven gives an action the variable that is called as its argument is, or as the last word of it.
func argumentGiven(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	name := s.p.Params["Name"]
	area, _, _ := strings.Cut(s.p.Params["Action"], ".")
	var fixes []flows.Fix
	for _, variable := range []string{name, area + "." + name} {
		entry := name + `: "{` + variable + `}"`
		var edit flows.Edit
		if with, ok := steps[i].key("with"); ok {
			brace := strings.IndexByte(s.text[with.start:with.end], '{')
			if brace < 0 || strings.TrimSpace(s.text[with.start+len("with:"):with.start+brace]) != "" {
				edit = s.put(with.end, with.end, s.below(with.end, steps[i].margin()+"  "+entry+"\n"))
			} else {
				inside := with.start + brace + 1
				if strings.TrimSpace(s.text[inside:s.bracketEnd(inside)]) != "" {
					entry += ", "
				}
				edit = s.put(inside, inside, entry)
			}
		} else {
			edit = s.line(steps[i], "with: {"+entry+"}")
		}
		fixes = append(fixes, fix("add", []flows.Edit{edit}, "What", name)...)
	}
	return fixes
}

// answerExpected makes a question without any answer one that is answered in words.
func answerExpected(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	edit := s.line(steps[i], "expect: text\n"+steps[i].margin()+"save: "+s.answerName(steps[i]))
	if _, saved := steps[i].key("save"); saved {
		edit = s.line(steps[i], "expect: text")
	}
	return fix("expect", []flows.Edit{edit})
}

// answerSaved keeps the answer under the name of its step.
func answerSaved(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	name := s.answerName(steps[i])
	return fix("add", []flows.Edit{s.line(steps[i], "save: "+name)}, "What", "save: "+name)
}

func (s *sheet) answerName(st step) string {
	if st.id != "" {
		return st.id
	}
	return "answer_text"
}

// parted makes two steps of one that does two things: what comes second stands below.
func parted(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	kinds := strings.Split(s.p.Params["Kinds"], ", ")
	var fixes []flows.Fix
	for _, kind := range kinds[1:] {
		e, ok := steps[i].key(kind)
		if !ok || e.start == steps[i].keys[0].start {
			continue
		}
		written := strings.Repeat(" ", steps[i].indent) + "- " + s.text[e.start:e.end]
		fixes = append(fixes, fix("part", []flows.Edit{
			s.put(s.lineStart(e.start), e.end, ""),
			s.put(steps[i].end, steps[i].end, s.below(steps[i].end, written)),
		}, "What", kind)...)
		if e.end == steps[i].end {
			fixes[len(fixes)-1].Edits = []flows.Edit{s.put(s.lineStart(e.start), e.end, written)}
		}
	}
	return fixes
}
