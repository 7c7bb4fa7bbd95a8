package fixes

import (
	"regexp"
	"strings"
)

// step is one step of a script as lines of text.
type step struct {
	id         string
	start, end int // from its dash to where the next one, or what is said about that, begins
	indent     int // of its dash
	keys       []entry
}

// entry is one "key: value" of a step that is written over lines.
type entry struct {
	name       string
	start, end int // from the key to the beginning of the next line that is not its own
}

var (
	stepsLine = regexp.MustCompile(`(?m)^steps:[ \t]*(#.*)?\n`)
	keyAt     = regexp.MustCompile(`^([A-Za-z_]+):(?:[ \t]|$)`)
)

// steps finds the steps of the script. There are none when they are not written one below the other.
func (s *sheet) steps() []step {
	head := stepsLine.FindStringIndex(s.text)
	if head == nil {
		return nil
	}
	var steps []step
	indent, behind := -1, 0 // behind: the end of the last line that belongs to a step
	for at := head[1]; at < len(s.text); at = s.lineEnd(at) {
		line := strings.TrimRight(s.text[at:s.lineEnd(at)], "\n")
		bare := strings.TrimLeft(line, " ")
		depth := len(line) - len(bare)
		dash := strings.HasPrefix(bare, "- ")
		if indent < 0 && dash {
			indent = depth
		}
		switch {
		case bare == "" || bare[0] == '#' && depth <= indent:
			continue
		case dash && depth == indent:
			if len(steps) > 0 {
				steps[len(steps)-1].end = behind
			}
			steps = append(steps, step{start: at, indent: indent})
		case depth <= indent || indent < 0:
			at = len(s.text) // the script goes on with something else
			continue
		}
		behind = s.lineEnd(at)
	}
	if len(steps) > 0 {
		steps[len(steps)-1].end = behind
	}
	for i := range steps {
		s.entries(&steps[i])
	}
	return steps
}

// entries finds the keys of a step.
func (s *sheet) entries(step *step) {
	margin := strings.Repeat(" ", step.indent)
	for at := step.start; at < step.end; at = s.lineEnd(at) {
		line := strings.TrimRight(s.text[at:s.lineEnd(at)], "\n")
		bare, ok := strings.CutPrefix(line, margin+"  ")
		if at == step.start {
			bare, ok = strings.CutPrefix(line, margin+"- ")
		}
		key := keyAt.FindStringSubmatch(bare)
		if !ok || key == nil {
			continue
		}
		if n := len(step.keys); n > 0 {
			step.keys[n-1].end = at
		}
		step.keys = append(step.keys, entry{key[1], at + len(line) - len(bare), step.end})
		if key[1] == "id" {
			step.id = strings.Trim(strings.TrimSpace(strings.SplitN(bare[len("id:"):], "#", 2)[0]), `"'`)
		}
	}
}

// here is the step at the problem, by its number; -1 when there is none.
func (s *sheet) here() (steps []step, i int) {
	steps = s.steps()
	for i := range steps {
		if steps[i].start <= s.at && s.at < steps[i].end {
			return steps, i
		}
	}
	return steps, -1
}

func (st step) key(name string) (entry, bool) {
	for _, e := range st.keys {
		if e.name == name {
			return e, true
		}
	}
	return entry{}, false
}

// margin begins a line with a key of the step.
func (st step) margin() string { return strings.Repeat(" ", st.indent+2) }

// written makes lines a step that stands beside this one.
func (st step) written(lines ...string) string {
	var b strings.Builder
	for i, line := range lines {
		lead := "  "
		if i == 0 {
			lead = "- "
		}
		b.WriteString(strings.Repeat(" ", st.indent) + lead + line + "\n")
	}
	return b.String()
}

// below is text that is put on a line of its own after a byte where a line begins, perhaps the end of the file.
func (s *sheet) below(at int, text string) string {
	if at > 0 && s.text[at-1] != '\n' {
		return "\n" + strings.TrimSuffix(text, "\n")
	}
	return text
}

// inBrackets reports whether a byte stands inside {} or [].
func (s *sheet) inBrackets(at int) bool {
	depth, quote := 0, byte(0)
	for i := s.lineStart(at); i < at; i++ {
		switch c := s.text[i]; {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return depth > 0
}

// valueEnd is the end of a value inside brackets that begins at a byte, its key included.
func (s *sheet) valueEnd(at int) int {
	depth, quote := 0, byte(0)
	for i := at; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{' || c == '[':
			depth++
		case (c == '}' || c == ']') && depth == 0, c == ',' && depth == 0:
			return i
		case c == '}' || c == ']':
			depth--
		}
	}
	return len(s.text)
}

// without is the piece to take away so that the entry whose key begins at a byte is gone: with its comma, or its lines.
func (s *sheet) without(at int) (start, end int, with string) {
	if s.inBrackets(at) {
		end = s.valueEnd(at)
		if end < len(s.text) && s.text[end] == ',' {
			return at, end + 1 + len(s.text[end+1:]) - len(strings.TrimLeft(s.text[end+1:], " ")), ""
		}
		for start = at; start > 0 && strings.IndexByte(" ,\n", s.text[start-1]) >= 0; start-- {
		}
		return start, end, ""
	}
	indent := at - s.lineStart(at)
	end = s.lineEnd(at)
	for end < len(s.text) {
		line := s.text[end:s.lineEnd(end)]
		bare := strings.TrimLeft(line, " ")
		depth := len(line) - len(bare)
		if strings.TrimSpace(bare) != "" && (depth < indent || depth == indent && !strings.HasPrefix(bare, "- ")) {
			break
		}
		end = s.lineEnd(end)
	}
	if lead := s.text[s.lineStart(at):at]; strings.TrimSpace(lead) != "" { // "- key: value": the next key takes the dash
		return at, min(end+indent, len(s.text)), ""
	}
	return s.lineStart(at), end, ""
}

// keyStart is where the key begins whose value stands at a byte, or that stands there itself.
func (s *sheet) keyStart(at int) int {
	line := s.text[s.lineStart(at):at]
	i := len(line)
	for i > 0 && strings.IndexByte("{,", line[i-1]) < 0 {
		i--
	}
	if !s.inBrackets(at) {
		i = 0
	}
	lead := line[i:]
	trimmed := strings.TrimLeft(lead, " ")
	if rest, dash := strings.CutPrefix(trimmed, "- "); dash {
		trimmed = strings.TrimLeft(rest, " ")
	}
	return at - len(trimmed)
}
