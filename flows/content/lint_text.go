package content

import (
	_ "embed"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// words is one text of the content, {fa, ar, en}, where it stands.
type words struct {
	src  *source
	node ast.Node
	text bot.Text
	at   map[bot.Lang]ast.Node
	// flags are the content flags that have to be on for anybody to read it.
	flags []string
	// script says that the text stands in a script, whose languages and placeholders flows.Check proves.
	script bool
	// mentions are the names and commands of which it speaks, and filled its placeholders.
	mentions []mention
	filled   []blank
}

// blank is one placeholder in one language of a text.
type blank struct {
	lang bot.Lang
	name string
}

// mention is one name or command in one language of a text.
type mention struct {
	lang    bot.Lang
	name    string
	command bool
}

// mention finds what the text speaks of.
func (w *words) mention() {
	for _, lang := range bot.Langs {
		said := w.text.In(lang)
		if !strings.ContainsAny(said, "/\u00AB\u201C") { // a command, or an opening quotation mark
			continue
		}
		for _, m := range command.FindAllStringSubmatch(said, -1) {
			w.mentions = append(w.mentions, mention{lang, m[1], true})
		}
		for _, m := range quoted.FindAllStringSubmatch(said, -1) {
			w.mentions = append(w.mentions, mention{lang, m[1] + m[2], false})
		}
	}
	for _, lang := range bot.Langs {
		if !strings.Contains(w.text.In(lang), "{") {
			continue
		}
		for _, m := range placeholder.FindAllStringSubmatch(w.text.In(lang), -1) {
			w.filled = append(w.filled, blank{lang, m[1]})
		}
	}
}

// fills checks that what a text of a list quotes is a setting, and that it quotes the same in all languages. A name that
// nothing fills in is told where it stands alone: it is a slip, and the other languages do not lack it. Of the engine's
// own texts the linter knows better what fills them in.
func (w words) fills(file string, settings map[string]bot.Text) {
	for i, b := range w.filled {
		if slices.Contains(w.filled[:i], b) {
			continue
		}
		if _, known := settings[b.name]; !known && file != "system" && !leftOpen(file, b.name) {
			near := text.Nearest(b.name, slices.Sorted(maps.Keys(settings)))
			w.fail(b.lang, "content.placeholder_unknown", "Name", b.name, "Near", near)
			continue
		}
		if slices.ContainsFunc(w.filled[:i], func(before blank) bool { return before.name == b.name }) {
			continue // what other languages lack of it was told
		}
		for _, lang := range bot.Langs {
			if w.text.In(lang) != "" && !slices.Contains(w.filled, blank{lang, b.name}) {
				w.fail(lang, "content.placeholder_missing", "Name", b.name)
			}
		}
	}
}

// shown reports whether anybody reads the text.
func (w words) shown(on map[string]bool) bool {
	return !slices.ContainsFunc(w.flags, func(flag string) bool { return !on[flag] })
}

// look checks the texts under a node for what they are by themselves, and returns those that speak of something else: of
// settings, of commands, of what has a name. The flags have to be on for anybody to read any of them.
func (s *source) look(n ast.Node, script bool, flags []string) (said []words) {
	s.walk(n, flags, func(w words) {
		w.script = script
		w.check()
		if w.mention(); len(w.mentions)+len(w.filled) > 0 {
			said = append(said, w)
		}
	})
	return said
}

func (s *source) walk(n ast.Node, flags []string, f func(words)) {
	if list, ok := n.(*ast.SequenceNode); ok {
		for _, item := range list.Values {
			s.walk(item, flags, f)
		}
		return
	}
	entries := pairs(n)
	flags = flagged(entries, flags)
	w := words{src: s, node: n, at: map[bot.Lang]ast.Node{}, flags: flags}
	for _, e := range entries {
		key := e.Key.GetToken().Value
		if text, ok := scalar(e.Value); ok && bot.Lang(key).Valid() {
			w.put(bot.Lang(key), text, e.Value)
			continue
		}
		inside := flags
		if key == "without" { // is said while the flag is off
			inside = nil
		}
		s.walk(e.Value, inside, f)
	}
	if len(w.at) > 0 {
		f(w)
	}
}

// flagged are the flags for the texts of a mapping.
func flagged(entries []*ast.MappingValueNode, flags []string) []string {
	for _, e := range entries {
		if flag, ok := scalar(e.Value); ok && e.Key.GetToken().Value == "feature" {
			flags = append(slices.Clip(flags), flag)
		}
	}
	return flags
}

// texts hands on what the file says of something else.
func (s *source) texts(f func(words)) {
	for _, w := range s.said {
		w.src = s
		f(w)
	}
}

func (w *words) put(lang bot.Lang, text string, at ast.Node) {
	w.at[lang] = at
	switch lang {
	case bot.Fa:
		w.text.Fa = text
	case bot.Ar:
		w.text.Ar = text
	default:
		w.text.En = text
	}
}

// fail reports a problem of the text in one language.
func (w words) fail(lang bot.Lang, code string, pairs ...string) {
	at := w.at[lang]
	if at == nil {
		at = w.node
	}
	w.src.fail(at, code, append(pairs, "Lang", string(lang))...)
}

// rule is what texts of one language must not have.
type rule struct {
	Letters string   // of the sister language
	Stop    string   // punctuation of Latin scripts
	Apart   []string // affixes that are written together with their word
	Ezafe   []string
}

//go:embed rules.json
var rulesJSON []byte

var rules = sync.OnceValue(func() map[bot.Lang]rule {
	var r map[bot.Lang]rule
	if err := json.Unmarshal(rulesJSON, &r); err != nil {
		panic(err) // embedded, and read by every test of this package
	}
	return r
})

// foreign matches what keeps Latin letters and figures in any text: placeholders, commands, names such as B2B, addresses
// of the net, phones and case numbers.
var foreign = regexp.MustCompile(`\{[^}]*\}|[\w@./:+-]*[A-Za-z][\w@./:+-]*|\+?[0-9][0-9 -]{6,}`)

var (
	placeholder = regexp.MustCompile(`\{([^}:?]*)[^}]*\}`)
	command     = regexp.MustCompile(`(?:^|[\s(])/([a-z_]+)`)
)

// sameLines reports whether a text says the same lines to all, perhaps in another order: each reader's own one first.
func sameLines(t bot.Text) bool {
	sorted := func(s string) []string { return slices.Sorted(strings.SplitSeq(s, "\n")) }
	fa := sorted(t.Fa)
	return slices.Equal(fa, sorted(t.Ar)) && slices.Equal(fa, sorted(t.En))
}

// check looks at everything about a text that needs no other one.
func (w words) check() {
	if sameLines(w.text) {
		w.spaces() // for readers whose language is not known yet, or a name
		return
	}
	if !w.script {
		w.complete()
	}
	w.spaces()
	for lang, r := range rules() {
		w.obey(lang, r)
	}
	if i := strings.IndexFunc(w.text.En, func(c rune) bool { return unicode.Is(unicode.Arabic, c) }); i >= 0 && !strings.HasPrefix(w.text.En, flows.Unwritten) {
		w.fail(bot.En, "content.letters", "Found", string([]rune(w.text.En[i:])[:1]))
	}
	w.same("content.command_missing", "/", command)
}

func (w words) complete() {
	for _, lang := range bot.Langs {
		if strings.TrimSpace(w.text.In(lang)) == "" {
			w.fail(lang, "content.language")
		}
	}
}

func (w words) spaces() {
	for _, lang := range bot.Langs {
		for line := range strings.SplitSeq(w.text.In(lang), "\n") {
			if line != strings.TrimSpace(line) || strings.Contains(line, "  ") || strings.Contains(line, "\t") {
				w.fail(lang, "content.spaces")
				break
			}
		}
	}
}

const figures = "0123456789"

func (w words) obey(lang bot.Lang, r rule) {
	said := w.text.In(lang)
	if strings.HasPrefix(said, flows.Unwritten) {
		return // still in another language, perhaps; flows.Check warns of it
	}
	if i := strings.IndexAny(said, r.Letters); i >= 0 {
		w.fail(lang, "content.letters", "Found", string([]rune(said[i:])[:1]))
	}
	bare := said
	if strings.ContainsAny(said, figures+r.Stop) {
		bare = foreign.ReplaceAllString(said, "")
	}
	if i := strings.IndexAny(bare, figures); i >= 0 {
		w.fail(lang, "content.digits", "Found", bare[i:i+1])
	}
	if i := strings.IndexAny(bare, r.Stop); i >= 0 {
		w.fail(lang, "content.punctuation", "Found", bare[i:i+1])
	}
	spaced := " " + said + " "
	for _, affix := range slices.Concat(r.Apart, r.Ezafe) {
		if strings.Contains(spaced, affix) {
			w.fail(lang, "content.joining", "Found", strings.TrimSpace(affix))
		}
	}
}

// same checks that what a pattern finds in one language it finds in all. The mark is in whatever the pattern matches:
// most texts are done with a look for it.
func (w words) same(code, mark string, pattern *regexp.Regexp) {
	if !strings.Contains(w.text.Fa+w.text.Ar+w.text.En, mark) {
		return
	}
	all := map[string]bool{}
	in := map[bot.Lang]map[string]bool{}
	for _, lang := range bot.Langs {
		in[lang] = map[string]bool{}
		for _, m := range pattern.FindAllStringSubmatch(w.text.In(lang), -1) {
			in[lang][m[1]], all[m[1]] = true, true
		}
	}
	for _, lang := range bot.Langs {
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if !in[lang][name] && w.text.In(lang) != "" {
				w.fail(lang, code, "Name", name)
			}
		}
	}
}
