package flows

import (
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Program is all scripts of a bundle, ready to be played. It is immutable and safe for concurrent use.
type Program struct {
	env       Env
	flows     map[string]*flow
	commands  map[string]string // slash command -> flow
	staff     map[string]string // the same, of flows for staff alone
	words     map[string]string // folded words -> command
	phrasings map[string]string // folded phrasing -> flow
	// courtesies are folded messages that only greet or thank -> the text that answers them.
	courtesies map[string]string
	system     map[string]Words
	forms      map[string][]*Source // the variable of a form -> the lists whose questions it asks
	pressed    map[string]string    // what a button that is none of a flow's belongs to and asks for, "case:solved" -> flow
}

// flow is a script with its steps by name.
type flow struct {
	*Script
	steps map[string]*Step
}

// Compile puts checked scripts together. Of what Check would refuse it makes the best it can.
func Compile(scripts []*Script, env Env) *Program {
	env.Limits = env.Limits.orUsual()
	p := &Program{
		env: env, flows: map[string]*flow{}, commands: map[string]string{}, words: map[string]string{},
		phrasings: map[string]string{}, courtesies: map[string]string{}, system: map[string]Words{},
		forms: map[string][]*Source{}, staff: map[string]string{}, pressed: map[string]string{},
	}
	for id := range SystemTexts {
		p.system[id] = compileText(env.System[id])
	}
	for _, s := range scripts {
		if s != nil && len(s.Steps) > 0 && s.Flow.Text != "" {
			p.add(s)
		}
	}
	for _, command := range commandNames {
		p.learn(p.words, "command."+command, command)
	}
	for _, courtesy := range courtesies {
		p.learn(p.courtesies, "words."+courtesy, courtesy)
	}
	return p
}

// learn reads the words of a system text, separated by "|", in all languages.
func (p *Program) learn(into map[string]string, id, meaning string) {
	for _, words := range langTexts(p.env.System[id]) {
		for word := range strings.SplitSeq(words, "|") {
			if key := text.Fold(word); key != "" {
				into[key] = meaning
			}
		}
	}
}

func (p *Program) add(s *Script) {
	f := &flow{s, make(map[string]*Step, len(s.Steps))}
	for _, step := range s.Steps {
		if _, twice := f.steps[step.ID.Text]; !twice {
			f.steps[step.ID.Text] = step
		}
		if form, ok := step.Body.(*FormStep); ok && form.Save.Text != "" {
			p.forms[form.Save.Text] = append(p.forms[form.Save.Text], &form.Source)
		}
	}
	p.flows[s.Flow.Text] = f
	if !p.on(s.Feature.Text) {
		return
	}
	if s.Enter.Case.Text != "" {
		p.pressed[pressedCase+s.Enter.Case.Text] = s.Flow.Text
	}
	if s.Staff {
		p.staff[s.Enter.Command.Text] = s.Flow.Text
		return
	}
	if s.Enter.Command.Text != "" {
		p.commands[s.Enter.Command.Text] = s.Flow.Text
	}
	if s.Enter.Command.Text != "" && s.Enter.Argument.Text == "" || len(s.Enter.Phrasings) > 0 {
		for _, title := range langTexts(s.Title.Text()) { // what its button says may be typed anywhere
			p.phrasings[text.Fold(title)] = s.Flow.Text
		}
	}
	for _, phrasings := range s.Enter.Phrasings {
		for _, phrasing := range phrasings {
			p.phrasings[text.Fold(phrasing.Text)] = s.Flow.Text
		}
	}
}

func compileText(t bot.Text) Words {
	fa, _ := parseTemplate(t.Fa)
	ar, _ := parseTemplate(t.Ar)
	en, _ := parseTemplate(t.En)
	return Words{Fa: fa, Ar: ar, En: en}
}

func langTexts(t bot.Text) [3]string { return [3]string{t.Fa, t.Ar, t.En} }

// on reports whether a feature is on; the empty name is a thing without a feature.
func (p *Program) on(feature string) bool { return feature == "" || p.env.Features[feature] }

// available returns a flow that exists and is not hidden.
func (p *Program) available(name string) (*flow, bool) {
	f, ok := p.flows[name]
	return f, ok && p.on(f.Feature.Text)
}

// Title returns what a flow is called in front of members.
func (p *Program) Title(name string) bot.Text {
	if f, ok := p.flows[name]; ok {
		return f.Title.Text()
	}
	return bot.Text{}
}

// Phrasings returns how members ask for each flow that is not hidden: what the matcher learns.
func (p *Program) Phrasings() map[string]map[bot.Lang][]string {
	all := make(map[string]map[bot.Lang][]string, len(p.flows))
	for name, f := range p.flows {
		if !p.on(f.Feature.Text) || len(f.Enter.Phrasings) == 0 {
			continue
		}
		all[name] = map[bot.Lang][]string{}
		for lang, phrasings := range f.Enter.Phrasings {
			for _, phrasing := range phrasings {
				all[name][lang] = append(all[name][lang], phrasing.Text)
			}
		}
	}
	return all
}

// Commands returns the slash commands that members may use, each with the flow it leads to, for the messenger's menu. One
// that wants words behind it is none for a menu.
func (p *Program) Commands() map[string]string {
	all := make(map[string]string, len(p.commands))
	for command, flow := range p.commands {
		if p.flows[flow].Enter.Argument.Text == "" {
			all[command] = flow
		}
	}
	return all
}

// AfterCase returns where a chat goes when a case is closed that was opened in the flow; it reports false when the
// flow does not say.
func (p *Program) AfterCase(name string) (Entrance, bool) {
	f, ok := p.available(name)
	if !ok || f.AfterCase.Text == "" {
		return Entrance{}, false
	}
	return Entrance{Flow: name, Step: f.AfterCase.Text}, true
}

// below returns the step under s, "" when it is the last.
func (f *flow) below(s *Step) string {
	if s.index+1 < len(f.Steps) {
		return f.Steps[s.index+1].ID.Text
	}
	return ""
}

// after returns where s goes on to when nothing else is said.
func (f *flow) after(s *Step) string {
	if s.Goto.Text != "" {
		return s.Goto.Text
	}
	return f.below(s)
}

// IsCommand reports whether the whole message is a command, by its slash or by one of its words: it acts wherever the
// chat stands.
func (p *Program) IsCommand(message string) bool {
	_, word := p.words[text.Fold(message)]
	_, _, slashed := slash(message)
	return word || slashed
}
