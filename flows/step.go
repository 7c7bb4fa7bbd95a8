package flows

import (
	"slices"
	"strings"

	"javab/bot"
)

// Step plays the script on from st after one input, until it waits for the member, asks for a Do or is over. It is
// pure: st is not changed, and the same arguments give the same results.
func (p *Program) Step(st State, in Input) (State, []Effect) {
	t := &turn{p: p, st: st, in: in, lang: in.Lang}
	if !t.lang.Valid() {
		t.lang = bot.Fa
	}
	t.st.Schema = Schema
	t.st.Stack = slices.Clip(st.Stack)
	t.hear()
	t.run()
	for t.st.size() > MaxStateBytes && len(t.st.Left) > 0 { // what the member does now comes first
		t.st.Left = t.st.Left[:len(t.st.Left)-1]
	}
	if t.st.size() > MaxStateBytes {
		t.overflow()
	}
	return t.st, t.effects
}

// overflow drops what made the state too large and gives the chat to an officer.
func (t *turn) overflow() {
	t.leaveBeneath()
	t.st = State{
		Schema: Schema, Bundle: t.st.Bundle, Flow: t.st.Flow, Draft: t.st.Draft, Left: t.st.Left, Staff: t.st.Staff,
	}
	t.owned, t.still = true, false
	t.stuck()
	t.run()
}

// hear decides what the input means. It leaves the turn still when nothing is to be played.
func (t *turn) hear() {
	switch {
	case t.in.Result != nil:
		t.resume(t.in.Result)
	case t.in.Enter.Flow != "":
		t.setAside()
		t.begin(t.in.Enter)
	case t.in.Visit.Flow != "":
		t.over(t.in.Visit)
	case t.in.Kind == bot.KindBlocked, t.in.Kind == bot.KindUnblocked, t.in.Kind == bot.KindIgnored:
		t.still = true
	case t.in.Kind == bot.KindEvent:
		t.event()
	default:
		t.member()
	}
}

// member handles what the member himself did.
func (t *turn) member() {
	if t.st.Parked {
		t.rest()
		t.still = false
	}
	if t.in.First && t.st.Flow == "" {
		t.welcome()
		return
	}
	if t.st.Turns++; t.st.Turns > MaxTurnsPerRun && t.st.Flow != Home {
		t.stuck()
		return
	}
	switch t.in.Kind {
	case bot.KindPress:
		t.pressed()
	case bot.KindText:
		t.text()
	default:
		t.offer()
	}
}

// welcome greets a chat that was never seen. What the member wrote is kept, and answered once he chose his language.
func (t *turn) welcome() {
	if !t.p.has(Welcome) {
		t.begin(Entrance{Flow: Home})
		return
	}
	switch t.in.Kind {
	case bot.KindText:
		t.st.First = clip(t.in.Text, maxFirst)
	case bot.KindFile:
		t.keepEarly()
	}
	t.begin(Entrance{Flow: Welcome})
}

// text handles a message of words: a command, an answer to the question that waits, or a question of its own.
func (t *turn) text() {
	if command, argument, ok := slash(t.in.Text); ok && t.command(command, argument) {
		return
	}
	t.offer()
}

// offer gives the input to the step that waits; a chat that stands nowhere takes it as free text.
func (t *turn) offer() {
	_, s := t.here()
	if s == nil {
		if t.word() {
			return
		}
		t.nowhere()
		return
	}
	waiting, ok := s.Body.(listener)
	if !ok {
		// Only a Result moves a script on from here. It was lost with a version of the content: ask for it again.
		return
	}
	waiting.hear(t, s)
}

// nowhere answers a member whose chat stands in no flow.
func (t *turn) nowhere() {
	switch {
	case t.in.Kind == bot.KindText && t.in.Text != "":
		if !t.courtesy() {
			t.offerLanguage(t.match(t.in.Text))
			t.free(t.in.Text)
		}
		return
	case t.in.Kind == bot.KindFile:
		t.fileFirst()
		return
	case t.in.Kind != bot.KindPress:
		t.head("unreadable", nil)
	}
	t.begin(Entrance{Flow: Home})
}

// pressed handles a press. The ways out work from any message; all other buttons only while their question waits, so
// that a double tap acts once.
func (t *turn) pressed() {
	t.st.Misses = 0
	_, s := t.here()
	present := s != nil && t.in.Choice.Token != "" && t.in.Choice.Token == t.st.Token
	name, command := commandOf(t.in.Choice.ID)
	name, argument, _ := strings.Cut(name, " ")
	switch {
	case command && (present || t.in.Choice.ID != choiceBack) && t.command(name, argument):
	case present:
		t.offer()
	default:
		t.head("stale", nil)
		t.again()
	}
}

// again plays the present step once more: its question is asked anew, under a new token. Without one the main menu is
// shown.
func (t *turn) again() {
	if _, s := t.here(); s == nil {
		t.begin(Entrance{Flow: Home})
	}
}

// event handles what happened to a member's files.
func (t *turn) event() {
	t.still = true
	_, s := t.here()
	if s == nil || t.st.Parked {
		t.fileEvent()
		return
	}
	if t.in.Event == bot.EventFilesGathered {
		t.gathered(s)
		return
	}
	t.fileEvent()
}

func (t *turn) fileEvent() {
	name := ""
	if len(t.in.Files) > 0 {
		name = t.in.Files[0].Name
	}
	switch t.in.Event {
	case bot.EventFileRefused:
		t.system("file.refused", map[string]string{"file": fenced(name)})
	case bot.EventFilesEnough:
		t.system("files.enough", nil)
	case bot.EventFileLost:
		t.system("file.lost", map[string]string{"file": fenced(name)})
	}
}
