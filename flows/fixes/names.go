package fixes

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"javab/flows"
)

// find is where a word stands, at the problem or a little behind it.
func (s *sheet) find(word string) (start, end int, ok bool) {
	if word == "" {
		return 0, 0, false
	}
	line := s.lineEnd(s.at)
	n := strings.Index(s.text[s.at:line], word)
	if n < 0 {
		return 0, 0, false
	}
	return s.at + n, s.at + n + len(word), true
}

// meant puts the nearest known word in the place of the one that a param holds.
func meant(param string) offer {
	return func(s *sheet) []flows.Fix {
		near, was := s.p.Params["Near"], s.p.Params[param]
		start, end, ok := s.find(was)
		if near == "" || !ok {
			return nil
		}
		return fix("replace", []flows.Edit{s.put(start, end, near)}, "From", was, "To", near)
	}
}

// word puts the only word that is possible in the place of the one that a param holds.
func word(only, param string) offer {
	return func(s *sheet) []flows.Fix {
		was := s.p.Params[param]
		start, end, ok := s.find(was)
		if !ok {
			return nil
		}
		return fix("replace", []flows.Edit{s.put(start, end, only)}, "From", was, "To", only)
	}
}

// removed takes the whole entry away in which the problem stands, named by a param.
func removed(param string) offer {
	return func(s *sheet) []flows.Fix {
		start, end, with := s.without(s.keyStart(s.at))
		what := s.p.Params[param]
		if what == "" {
			what = strings.TrimSpace(s.text[start:end])
		}
		return fix("remove", []flows.Edit{s.put(start, end, with)}, "What", what)
	}
}

func gotoRemoved(s *sheet) []flows.Fix { return removed("")(s) }

// kindMeant corrects the key that says what a step does: the problem knows what was meant, not where it stands.
func kindMeant(s *sheet) []flows.Fix {
	steps, i := s.here()
	if i < 0 {
		return nil
	}
	var fixes []flows.Fix
	for _, e := range steps[i].keys {
		if near := s.p.Params["Near"]; near != "" && e.name != "id" {
			fixes = append(fixes, fix("replace", []flows.Edit{s.put(e.start, e.start+len(e.name), near)}, "From", e.name, "To", near)...)
		}
	}
	return fixes
}

// commandOwn gives a flow the command of its own name.
func commandOwn(s *sheet) []flows.Fix {
	flow := regexp.MustCompile(`(?m)^flow: *([a-z0-9_]+)`).FindStringSubmatch(s.text)
	start, end, ok := s.find(s.p.Params["Name"])
	if flow == nil || !ok {
		return nil
	}
	return fix("replace", []flows.Edit{s.put(start, end, flow[1])}, "From", s.p.Params["Name"], "To", flow[1])
}

// ownName calls a flow as its file is called.
func ownName(s *sheet) []flows.Fix {
	name := strings.TrimSuffix(path.Base(s.p.File), ".yaml")
	start, end, ok := s.find(s.p.Params["Name"])
	if !ok {
		return nil
	}
	return fix("replace", []flows.Edit{s.put(start, end, name)}, "From", s.p.Params["Name"], "To", name)
}

// flag understands yes and no, and takes anything else away: a flag that is not there is false.
func flag(s *sheet) []flows.Fix {
	at := s.keyStart(s.at)
	said := strings.TrimSpace(s.text[s.at:min(s.lineEnd(s.at), len(s.text))])
	if words := strings.FieldsFunc(said, func(c rune) bool { return strings.ContainsRune(" ,}#\"'", c) }); len(words) > 0 {
		said = strings.ToLower(words[0])
	}
	start, end, with := s.without(at)
	without := fix("remove", []flows.Edit{s.put(start, end, with)}, "What", said)
	to := map[string]string{"yes": "true", "on": "true", "y": "true", "1": "true", "no": "false", "off": "false", "n": "false", "0": "false"}[said]
	if from, till, ok := s.find(said); ok && to != "" {
		return append(fix("replace", []flows.Edit{s.put(from, till, to)}, "From", said, "To", to), without...)
	}
	return without
}

// operator takes away the value of set and unset, and makes a comparison with nothing one that needs nothing.
func operator(s *sheet) []flows.Fix {
	line := s.text[s.at:s.lineEnd(s.at)]
	if value := regexp.MustCompile(`\bvalue:`).FindStringIndex(line); value != nil {
		start, end, with := s.without(s.at + value[0])
		return fix("remove", []flows.Edit{s.put(start, end, with)}, "What", "value")
	}
	op := s.p.Params["Op"]
	start, end, ok := s.find("op: " + op)
	if !ok {
		return nil
	}
	return fix("replace", []flows.Edit{s.put(start, end, "op: set")}, "From", op, "To", "set")
}

// wellFormed makes a name of small letters, digits and underscores of what was written, wherever the script says it.
func wellFormed(s *sheet) []flows.Fix {
	was := s.p.Params["Name"]
	name := sound(was)
	if name == "" {
		return nil
	}
	return fix("replace", s.everywhere(was, name), "From", was, "To", name)
}

// sound is the part of a word that a name may have.
func sound(word string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(strings.TrimSpace(word)) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case c == ' ' || c == '-' || c == '_':
			b.WriteByte('_')
		}
	}
	return strings.Trim(b.String(), "_")
}

// everywhere edits each occurrence of a whole word.
func (s *sheet) everywhere(word, with string) []flows.Edit {
	var edits []flows.Edit
	for at := 0; ; {
		n := strings.Index(s.text[at:], word)
		if n < 0 {
			return edits
		}
		start := at + n
		at = start + len(word)
		if (start == 0 || !inName(s.text[start-1])) && (at == len(s.text) || !inName(s.text[at])) {
			edits = append(edits, s.put(start, at, with))
		}
	}
}

func inName(c byte) bool {
	return c == '_' || c == '.' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// braced completes the braces around the path of a list.
func braced(s *sheet) []flows.Fix {
	was := s.p.Params["Name"]
	start, end, ok := s.find(was)
	path := strings.Trim(was, "{} ")
	if !ok {
		return nil
	}
	return fix("replace", []flows.Edit{s.put(start, end, "{"+path+"}")}, "From", was, "To", "{"+path+"}")
}

// renamed gives the second of two things with one name another one.
func renamed(s *sheet) []flows.Fix {
	was := s.p.Params["Name"]
	start, end, ok := s.find(was)
	if !ok {
		return nil
	}
	name := s.free(was)
	return fix("rename", []flows.Edit{s.put(start, end, name)}, "From", was, "To", name)
}

// shortID cuts an id to what a button can carry, wherever the script says it.
func shortID(s *sheet) []flows.Fix {
	was := s.p.Params["Name"]
	var fixes []flows.Fix
	for n := min(len(was)-1, 48); n >= 16; n -= 8 {
		name := strings.TrimRight(was[:n], "_")
		if !strings.Contains(s.text, name+",") {
			fixes = append(fixes, fix("rename", s.everywhere(was, name), "From", was, "To", name)...)
		}
	}
	return fixes
}

// number writes a count.
func number(n int) string { return strconv.Itoa(n) }
