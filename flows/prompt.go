package flows

import (
	"slices"
	"strings"
	"unicode/utf8"

	"javab/bot"
	"javab/flows/expect"
	"javab/locales/text"
)

// prompt is a question as it is put to the member: by an ask, by an item of a form, or as a page of a walk.
type prompt struct {
	words   []bot.Segment
	buttons []button // the script's own, in the order of their numbers
	tools   []button // the engine's: I don't have it, back ...
	rows    bool     // two buttons a row
	card    bool     // the member may share his contact card
}

// button is one choice of a prompt.
type button struct {
	id     string
	label  string
	labels bot.Text  // in all languages: a member may type any of them
	option *Option   // nil for an item of a list and for the engine's own
	value  bot.Value // what choosing it saves
	item   Item      // the content entry behind it
}

// The engine's own choices. They begin with a character that no id of the content has.
const (
	choiceDone   = "!done"
	choiceSkip   = "!skip"
	choiceYes    = "!yes"
	choiceNo     = "!no"
	choiceNext   = "!next"
	choiceFailed = "!failed"
	choiceAdd    = "!add"
	choiceEarly  = "!early"
	choiceGoOn   = "!go_on:" // with the draft of the form; among the buttons of the main menu, in a row of its own
	choiceBack   = "/back"
	choiceMenu   = "/menu"
	choiceCancel = "/cancel"
	choiceHuman  = "/officer"
)

// tool makes one of the engine's own buttons.
func (t *turn) tool(id, label string) button {
	words := t.p.system[label]
	return button{id: id, label: words.In(t.lang).raw(), labels: words.Text()}
}

// put asks the prompt and waits. What leads up to it stands in the same message; buttons beside it stand last.
func (t *turn) put(s *Step, q *prompt) {
	t.still = true
	t.st.Token = t.in.Token
	m := bot.Outbound{Segments: text.FinishSegments(t.lang, slices.Concat(t.takeLead(), q.words))}
	if t.replace && t.said == 0 {
		m.Replace = replacePressed
	}
	m.Choices = make([]bot.Choice, 0, len(q.buttons)+len(q.tools)+len(t.beside))
	short := q.rows || allShort(q.buttons)
	second := false // in its row
	for _, b := range q.buttons {
		m.Choices = append(m.Choices, t.choice(b, short && second))
		second = !second && !isGoOn(b.id)
	}
	if t.st.Tries >= maxTries {
		t.beside = append(t.beside, t.tool(choiceHuman, "label.officer"))
	}
	for _, b := range t.takeBeside(q.buttons) {
		m.Choices = append(m.Choices, t.choice(b, false))
	}
	for i, b := range q.tools {
		m.Choices = append(m.Choices, t.choice(b, i%2 == 1))
	}
	if q.card {
		m.AskContact = t.p.system["label.contact"].In(t.lang).raw()
	}
	t.send(m, s)
}

// takeBeside returns the buttons that this message has beside its own; one that says the same as one of those is left
// out.
func (t *turn) takeBeside(own []button) []button {
	beside := slices.DeleteFunc(t.beside, func(b button) bool {
		return slices.ContainsFunc(own, func(o button) bool { return o.label == b.label })
	})
	if t.st.Offer != "" {
		beside = append(beside, t.speakButton(t.st.Offer))
	}
	t.beside, t.st.Offer = nil, ""
	return beside
}

// replacePressed asks the Turn to put the message in the place of the one whose button was pressed.
const replacePressed = "pressed"

// maxTries is how many answers may fail before an officer is offered.
const maxTries = 3

func (t *turn) choice(b button, beside bool) bot.Choice {
	return bot.Choice{Label: b.label, Data: Choice{t.in.Token, b.id}.Data(), Beside: beside}
}

// allShort reports whether two of the labels fit a row on any phone.
func allShort(buttons []button) bool {
	for _, b := range buttons {
		if utf8.RuneCountInString(b.label) > shortLabel {
			return false
		}
	}
	return true
}

const shortLabel = 14

// send says a message in the name of a step.
func (t *turn) send(m bot.Outbound, s *Step) {
	m.Lang = t.lang
	said := Say{Message: m, Flow: t.st.Flow}
	if s != nil {
		said.Step = s.ID.Text
	}
	t.effects = append(t.effects, said)
	t.said++
}

// head puts one of the engine's own texts at the head of the next question.
func (t *turn) head(id string, values map[string]string) {
	t.lead = append(t.lead, t.systemWords(id, values)...)
	t.lead = append(t.lead, bot.Segment{Text: "\n\n"})
}

func (t *turn) takeLead() []bot.Segment {
	lead := t.lead
	t.lead = nil
	return lead
}

// system says one of the engine's own texts as a message.
func (t *turn) system(id string, values map[string]string) {
	_, s := t.here()
	t.send(bot.Outbound{Segments: text.FinishSegments(t.lang, t.systemWords(id, values))}, s)
}

func (t *turn) systemWords(id string, values map[string]string) []bot.Segment {
	spoken := speech{t: t, extra: values}
	spoken.template(t.p.system[id].In(t.lang))
	return spoken.segments
}

func (t *turn) words(w Words) []bot.Segment {
	spoken := speech{t: t}
	spoken.template(w.In(t.lang))
	return spoken.segments
}

// offerMenu adds the way to the main menu to the last message of a flow that is over.
func (t *turn) offerMenu() {
	if t.p.has(Home) && !t.aside {
		t.addChoice(t.tool(choiceMenu, "label.menu"))
	}
}

// addChoice adds a button to the last message.
func (t *turn) addChoice(b button) {
	for i := len(t.effects) - 1; i >= 0; i-- {
		if said, ok := t.effects[i].(Say); ok {
			said.Message.Choices = append(slices.Clip(said.Message.Choices), t.choice(b, false))
			t.effects[i] = said
			return
		}
	}
}

// find returns the button that was pressed, or whose words or number were typed.
func (q *prompt) find(t *turn) (button, bool) {
	if t.in.Kind == bot.KindPress {
		for _, list := range [][]button{q.buttons, q.tools} {
			for _, b := range list {
				if b.id == t.in.Choice.ID {
					return b, true
				}
			}
		}
		return button{}, false
	}
	if t.in.Kind != bot.KindText || t.in.Text == "" {
		return button{}, false
	}
	if id, ok := expect.Choose(options(q.buttons), t.in.Text); ok {
		return byID(q.buttons, id), true
	}
	for _, b := range q.tools {
		if b.says(t.in.Text) {
			return b, true
		}
	}
	return button{}, false
}

// says reports whether a text is the button's words; a number is none of a tool's.
func (b button) says(said string) bool {
	key := text.Squeeze(text.Fold(said))
	for _, label := range langTexts(b.labels) {
		if key != "" && text.Squeeze(text.Fold(label)) == key {
			return true
		}
	}
	return false
}

func options(buttons []button) []expect.Option {
	list := make([]expect.Option, len(buttons))
	for i, b := range buttons {
		list[i] = expect.Option{ID: b.id, Label: b.labels}
	}
	return list
}

func byID(buttons []button, id string) button {
	for _, b := range buttons {
		if b.id == id {
			return b
		}
	}
	return button{}
}

// PressLabel returns what the button says whose data was pressed, for the record of the chat; "" when the button is no
// longer there.
func (p *Program) PressLabel(st State, data string, lang bot.Lang) string {
	choice, ok := ParsePress(data)
	if !ok {
		return p.pressedLabel(data, lang)
	}
	t := &turn{p: p, st: st, in: Input{Kind: bot.KindPress, Choice: choice, Lang: lang}, lang: lang}
	if name, ok := commandOf(choice.ID); ok {
		name, _, _ = strings.Cut(name, " ")
		if p.system["label."+name].In(lang) != nil {
			return p.system["label."+name].In(lang).raw()
		}
		if flow, ok := p.staff[name]; ok {
			return p.Title(flow).In(lang)
		}
	}
	_, s := t.here()
	if s == nil {
		return ""
	}
	if ref, ok := suggestion(choice.ID); ok {
		return t.label(bot.Value{Ref: ref})
	}
	if to, ok := spoken(choice.ID); ok {
		return t.speakButton(to).label
	}
	if choice.ID == choiceAdd {
		return t.tool(choiceAdd, "label.add").label
	}
	waiting, ok := s.Body.(prompter)
	if !ok {
		return ""
	}
	q := waiting.prompt(t, s)
	if q == nil {
		return ""
	}
	b, _ := q.find(t)
	return b.label
}
