package flows

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"javab/bot"
)

// Severity says whether a problem keeps the content from being published.
type Severity string

// An Error stops Publish; a Warning is only shown.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is one thing that is wrong with a script: where, what, and in its message what to do about it. Code is its
// message in the catalogs locales/problems.<lang>.yaml, under "problem."+Code; Params fill it in. When Params has
// "Near", the message "problem.near" (did you mean ...) follows.
type Problem struct {
	File     string            `json:"file"`
	Line     int               `json:"line"`
	Column   int               `json:"column"`
	Severity Severity          `json:"severity"`
	Code     string            `json:"code"`
	Params   map[string]string `json:"params,omitempty"`
	// Fix is a change that makes the problem go away, when one is known; package flows/fixes finds it.
	Fix *Fix `json:"fix,omitempty"`
}

// String prints the problem as compilers do, in English.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", p.File, p.Line, p.Column, p.Severity, p.Message(english))
}

// Message puts the problem's sentences together from a catalog: translate returns the message of an id, filled in.
func (p Problem) Message(translate func(id string, params map[string]string) string) string {
	params := p.worded(translate)
	message := translate("problem."+p.Code, params)
	if p.Params["Near"] != "" {
		message += " " + translate("problem.near", params)
	}
	return message
}

// Langs are the languages that the problem is about; none when it is about all, or about no text.
func (p Problem) Langs() (langs []bot.Lang) {
	for code := range strings.SplitSeq(p.Params["Lang"], ", ") {
		if lang := bot.Lang(code); lang.Valid() {
			langs = append(langs, lang)
		}
	}
	return langs
}

// worded are the params with the names of languages, and of what a text is, in place of their codes. A catalog without
// these names, as the command line has, leaves the codes: its reader has the file before him.
func (p Problem) worded(translate func(id string, params map[string]string) string) map[string]string {
	said := maps.Clone(p.Params)
	put := func(param, id string) {
		if word := translate(id, nil); word != "" {
			said[param] = word
		}
	}
	if langs := p.Langs(); len(langs) > 0 {
		var names []string
		for _, lang := range langs {
			names = append(names, cmp.Or(translate("lang."+string(lang), nil), string(lang)))
		}
		said["Lang"] = strings.Join(names, comma(names))
	}
	if other := bot.Lang(p.Params["Other"]); p.Code == "placeholder.missing" && other.Valid() {
		put("Other", "lang."+string(other))
	}
	if what := p.Params["What"]; slices.Contains(textKeys, what) && (p.Code == "language.missing" || p.Code == "text.unwritten") {
		put("What", "studio.key."+what)
	}
	if key, code, of := strings.Cut(p.Params["What"], " "); of && slices.Contains(textKeys, key) && bot.Lang(code).Valid() {
		word, lang := translate("studio.key."+key, nil), translate("lang."+code, nil)
		if word != "" && lang != "" {
			said["What"] = word + " (" + lang + ")"
		}
	}
	return said
}

// textKeys are the keys of texts, which the catalogs have words for.
var textKeys = []string{"title", "say", "ask", "label"}

// comma stands between names, as their letters have it.
func comma(names []string) string {
	if strings.ContainsFunc(names[0], func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
		return "\u060c "
	}
	return ", "
}

// english fills in the built-in English message; the command line has no need of a catalog.
func english(id string, params map[string]string) string {
	message := englishProblems[strings.TrimPrefix(id, "problem.")]
	for name, value := range params {
		message = strings.ReplaceAll(message, "{{."+name+"}}", value)
	}
	return message
}

// HasErrors reports whether any of the problems keeps the content from being published.
func HasErrors(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == Error })
}

// SortProblems puts problems into the order of the files and lines they are about.
func SortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Code, b.Code))
	})
}

// params makes the Params of a problem from pairs of name and value, leaving out empty ones.
func params(pairs []string) map[string]string {
	if len(pairs) == 0 {
		return nil
	}
	m := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			m[pairs[i]] = pairs[i+1]
		}
	}
	return m
}
