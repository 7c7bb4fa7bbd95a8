package graph

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows"
)

// said gives every string of the catalogs as its id.
func said(id string) string { return id }

func parse(t testing.TB, source string) *flows.Script {
	t.Helper()
	s, problems := flows.Parse("x.yaml", []byte(source))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// built is one of the scripts that Javab comes with.
func built(t testing.TB, name string) *flows.Script {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "scripts", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(source))
}

// long is a script of five steps a section: a question that leads on and back, an action, words, a decision, and an
// officer for every third section.
func long(t testing.TB, sections int) *flows.Script {
	t.Helper()
	return parse(t, string(longSource(sections)))
}

func longSource(sections int) []byte {
	var b strings.Builder
	b.WriteString("flow: long\ntitle: {fa: f, ar: a, en: e}\nsteps:\n")
	for i := range sections {
		next := fmt.Sprintf("ask%d", i+1)
		if i == sections-1 {
			next = "officer0"
		}
		fmt.Fprintf(&b, `  - id: ask%[1]d
    ask: {fa: f, ar: a, en: "Which of these many questions is number %[1]d, and why?"}
    options:
      - {label: {fa: f, ar: a, en: "Yes, please do"}, goto: act%[1]d}
      - {label: {fa: f, ar: a, en: "No"}, goto: %[2]s}
      - {label: {fa: f, ar: a, en: "Go back to where it began"}, goto: ask%[3]d}
  - id: act%[1]d
    do: case.open
    with: {kind: complaint}
    then: {ok: told%[1]d, unavailable: officer%[4]d}
  - id: told%[1]d
    say: {fa: f, ar: a, en: "Thank you."}
  - id: choose%[1]d
    if: {var: x, op: set}
    then: %[2]s
    else: officer%[4]d
  - id: officer%[1]d
    hand_over: {unit: member_relations, reason: case_unavailable}
`, i, next, max(0, i-2), i/3*3)
	}
	return []byte(b.String())
}

// element is one element of a picture with what stands inside.
type element struct {
	name  string
	attrs map[string]string
	text  string
}

func (e element) number(t testing.TB, name string) int {
	t.Helper()
	n, err := strconv.Atoi(e.attrs[name])
	if err != nil {
		t.Fatalf("%s of %v: %v", name, e.attrs, err)
	}
	return n
}

// classed reports whether the element has the class.
func (e element) classed(class string) bool {
	return strings.Contains(" "+e.attrs["class"]+" ", " "+class+" ")
}

// read parses a picture as XML; it must be sound.
func read(t testing.TB, svg []byte) []element {
	t.Helper()
	var all []element
	var open []int
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("the picture is no XML: %v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			open, all = append(open, len(all)), append(all, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for _, n := range open {
				all[n].text += string(token)
			}
		}
	}
	return all
}

// withClass are the elements of a class.
func withClass(all []element, class string) []element {
	var found []element
	for _, e := range all {
		if e.classed(class) {
			found = append(found, e)
		}
	}
	return found
}

// laid is a script laid out, but not written.
func laid(script *flows.Script, lang bot.Lang) *chart {
	o := Options{Lang: lang, Words: said}
	c := chartOf(script, o)
	c.rank()
	c.layers()
	c.order()
	c.place()
	c.route()
	return c
}
