package flows

import (
	"slices"
	"strings"
)

// Formats are the ways in which a placeholder may ask for its value, as in {case.due:long_date}.
var Formats = []string{"date", "long_date", "time", "number", "money", "code", "list", "bold"}

// Template is a text with placeholders, parsed once.
type Template struct {
	Raw   string
	Pos   Pos
	Parts []Part

	faulty bool // it has something that is no placeholder, as was reported
}

// Part is a run of plain text, or, when Name is set, a placeholder.
type Part struct {
	Text   string
	Name   string
	Format string
	// Optional marks {name?}: the value may be unset, and then its whole line is left out.
	Optional bool
	Pos      Pos
}

// fault is something wrong inside a text, by the code of its problem; part is the placeholder as written.
type fault struct {
	code string
	part string
	near string
}

// parseTemplate splits a text at its placeholders. What is no placeholder is reported and kept as text.
func parseTemplate(s string) (*Template, []fault) {
	t := &Template{Raw: s}
	var faults []fault
	for rest := s; rest != ""; {
		plain, inner, after, found := cutPlaceholder(rest)
		if plain != "" {
			t.Parts = append(t.Parts, Part{Text: plain})
		}
		if !found {
			break
		}
		part, wrong := parsePlaceholder(inner)
		if wrong != (fault{}) {
			faults = append(faults, wrong)
			part = Part{Text: "{" + inner + "}"}
		}
		t.Parts, rest = append(t.Parts, part), after
	}
	if strings.Count(s, "{") != strings.Count(s, "}") {
		faults = append(faults, fault{code: "placeholder.brace"})
	}
	return t, faults
}

// cutPlaceholder returns the text before the first {…}, what is inside of it, and what follows.
func cutPlaceholder(s string) (plain, inner, after string, found bool) {
	open := strings.IndexByte(s, '{')
	if open < 0 {
		return s, "", "", false
	}
	length := strings.IndexByte(s[open:], '}')
	if length < 0 {
		return s, "", "", false
	}
	return s[:open], s[open+1 : open+length], s[open+length+1:], true
}

func parsePlaceholder(inner string) (Part, fault) {
	name, format, formatted := strings.Cut(inner, ":")
	part := Part{Name: name, Format: format}
	if formatted {
		part.Format, part.Optional = strings.CutSuffix(format, "?")
	} else {
		part.Name, part.Optional = strings.CutSuffix(name, "?")
	}
	switch {
	case !validPath(part.Name):
		return Part{}, fault{code: "placeholder.malformed", part: "{" + inner + "}"}
	case formatted && !slices.Contains(Formats, part.Format):
		return Part{}, fault{code: "format.unknown", part: part.Format, near: near(part.Format, Formats)}
	}
	return part, fault{}
}

// validPath reports whether s is the name of a variable, or a path into what it holds: words joined by dots.
func validPath(s string) bool {
	for word := range strings.SplitSeq(s, ".") {
		if !validName(word) {
			return false
		}
	}
	return true
}

// validName reports whether s may name a flow, step or variable: small letters, digits and underscores.
func validName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return s != ""
}

// Only returns the template's one placeholder, when it holds nothing else.
func (t *Template) Only() (Part, bool) {
	if t == nil || len(t.Parts) != 1 || t.Parts[0].Name == "" {
		return Part{}, false
	}
	return t.Parts[0], true
}

func (t *Template) raw() string {
	if t == nil {
		return ""
	}
	return t.Raw
}

// names returns the placeholders' names, each once, in their order.
func (t *Template) names() []string {
	var names []string
	if t == nil {
		return nil
	}
	for _, p := range t.Parts {
		if p.Name != "" && !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}
