package studioweb

import (
	html "html/template"
	"regexp"
	"strings"
)

// Persian and Arabic in the lines of a file, as assets/js/studio/bidi.js shows them in the editor: the line keeps its
// direction, each text within it is isolated in its own, and so is a name within the text. Otherwise full stops, braces
// and keys jump.
var (
	letter = regexp.MustCompile(`[A-Za-z\x{0590}-\x{08FF}\x{FB1D}-\x{FDFF}\x{FE70}-\x{FEFC}]`)
	// names are read from the left in any text: escapes, names in braces, commands, addresses.
	names = regexp.MustCompile(`\\["\\/a-z]|\{[a-z0-9_.]+(?::[a-z_]+)?\??\}|(?:https?:/|[A-Za-z0-9_.-]+)?/[A-Za-z][A-Za-z0-9_]*(?:[./?=&-][A-Za-z0-9_]+)*`)
	// lead is what stands before the value of a line.
	lead = regexp.MustCompile(`^\s*(?:- +|#+ +|[a-z0-9_.]+: +)*`)
	// collection is a value that has texts among other things.
	collection = regexp.MustCompile(`^(?:"|\[|\{[^}\s]*(?:[:\s]|$))`)
	// scalars are the texts of a collection, quoted or not.
	scalars = regexp.MustCompile(`"(?:\\.|[^"\\])*"?|[^\s,:{}\[\]"](?:\{[a-z0-9_.]+(?::[a-z_]+)?\??\}|[^,:{}\[\]"])*`)
)

// runs reports whether a text runs from right to left: its first letter says so, past the names.
func runs(text string) bool {
	return letter.FindString(names.ReplaceAllString(text, "")) > "\x7f"
}

// marked is a text for a page in which all that is found has become something else.
func marked(text string, found *regexp.Regexp, as func(string) string) string {
	var b strings.Builder
	at := 0
	for _, place := range found.FindAllStringIndex(text, -1) {
		b.WriteString(html.HTMLEscapeString(text[at:place[0]]) + as(text[place[0]:place[1]]))
		at = place[1]
	}
	return b.String() + html.HTMLEscapeString(text[at:])
}

// named is a text for a page, its names isolated.
func named(text string) html.HTML {
	return html.HTML(marked(text, names, func(name string) string {
		return `<bdi dir="ltr">` + html.HTMLEscapeString(name) + `</bdi>`
	}))
}

// isolated is a text within a line that reads from the left.
func isolated(text string) string {
	if !runs(text) {
		return html.HTMLEscapeString(text)
	}
	return `<bdi dir="rtl">` + string(named(text)) + `</bdi>`
}

// value is what the line says behind its keys.
func (c change) value() (before, value string) {
	at := len(lead.FindString(c.Text))
	return c.Text[:at], c.Text[at:]
}

// Shown is the line as it is read.
func (c change) Shown() html.HTML {
	before, value := c.value()
	shown := isolated(value)
	if collection.MatchString(value) {
		shown = marked(value, scalars, isolated)
	}
	return html.HTML(html.HTMLEscapeString(before) + shown)
}

// Spoken reports whether the line has nothing but words that run from right to left, as somebody says them in a dialogue:
// then all of it does.
func (c change) Spoken() bool {
	before, value := c.value()
	return strings.TrimSpace(before) == "" && !collection.MatchString(value) && runs(value)
}
