package content

import (
	"regexp"
	"slices"
	"strings"

	"javab/bot"
	"javab/flows"
)

// quoted matches names in texts: «…» and “…”.
var quoted = regexp.MustCompile(`«([^»]*)»|“([^”]*)”`)

// offering is what texts may mention: names, each as the bot shows it in the three languages; words that are quoted for
// another reason and need not be the same thing in all languages; commands.
type offering struct {
	names    []bot.Text
	words    map[bot.Lang][]string
	commands []string
}

// offered gathers the buttons of the engine and of cases, the labels of the lists, and names.yaml; those of the scripts
// come with them.
func offered(f *files, b *Bundle) offering {
	o := offering{names: slices.Clone(f.names.Portal), words: map[bot.Lang][]string{}, commands: []string{"start"}}
	for _, w := range f.names.Words {
		for _, lang := range bot.Langs {
			o.words[lang] = append(o.words[lang], w.In(lang))
		}
	}
	for id, text := range b.System {
		if strings.HasPrefix(id, "label.") || strings.HasPrefix(id, "case.button.") {
			o.names = append(o.names, text)
		}
		if name, ok := strings.CutPrefix(id, "command."); ok {
			o.commands = append(o.commands, name)
		}
	}
	for _, list := range b.lists {
		for _, item := range list.items {
			o.names = append(o.names, item.Label)
		}
	}
	return o
}

func (o *offering) script(s *flows.Script, on map[string]bool) {
	o.names = append(o.names, s.Title.Text())
	if s.Enter.Command.Text != "" {
		o.commands = append(o.commands, s.Enter.Command.Text)
	}
	for _, step := range s.Steps {
		ask, ok := step.Body.(*flows.AskStep)
		if !ok {
			continue
		}
		for _, option := range ask.Options {
			if option.Source == nil && (option.Feature.Text == "" || on[option.Feature.Text]) {
				o.names = append(o.names, option.Label.Text())
			}
		}
	}
}

// check compares the names and commands of a text with what there is.
func (o offering) check(w words) {
	for _, m := range w.mentions {
		switch {
		case !m.command:
			o.name(w, m.lang, m.name)
		case !slices.Contains(o.commands, m.name):
			w.fail(m.lang, "content.command_unknown", "Name", m.name)
		}
	}
}

// name checks one quoted name: something is called so, and the other languages speak of the same thing.
func (o offering) name(w words, lang bot.Lang, name string) {
	if slices.Contains(o.words[lang], name) {
		return
	}
	known := false
	for _, offer := range o.names {
		if offer.In(lang) != name {
			continue
		}
		known = true
		if mentions(w.text, offer) {
			return
		}
	}
	if known {
		w.fail(lang, "content.name_missing", "Name", name)
		return
	}
	w.fail(lang, "content.name_unknown", "Name", name)
}

func mentions(text, offer bot.Text) bool {
	return strings.Contains(text.Fa, offer.Fa) && strings.Contains(text.Ar, offer.Ar) &&
		strings.Contains(strings.ToLower(text.En), strings.ToLower(offer.En))
}
