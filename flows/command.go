package flows

import (
	"slices"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// commandNames are the commands that the engine itself knows; their words are content. Each flow may add one.
var commandNames = []string{"menu", "cancel", "back", "language", "officer", "help", "track", "settings", "mydata"}

// slash reads "/command@bot argument". Only a message that begins with the slash is a command.
func slash(message string) (command, argument string, ok bool) {
	command, ok = strings.CutPrefix(strings.TrimSpace(message), "/")
	if !ok {
		return "", "", false
	}
	command, argument, _ = strings.Cut(command, " ")
	command, _, _ = strings.Cut(command, "@")
	return strings.ToLower(text.Digits(command)), strings.TrimSpace(argument), command != ""
}

// commandOf reads a command from the id of a button: "/menu".
func commandOf(id string) (string, bool) { return strings.CutPrefix(id, "/") }

// word handles a message that is, as a whole, the word of a command in any of the languages.
func (t *turn) word() bool {
	if t.in.Kind != bot.KindText || len(t.in.Text) > 100 {
		return false
	}
	command, ok := t.p.words[text.Fold(t.in.Text)]
	return ok && t.command(command, "")
}

// command carries a command out, and reports whether there is such a command.
func (t *turn) command(name, argument string) bool {
	switch name {
	case "start":
		t.start(argument)
	case "menu":
		t.leave()
	case "cancel":
		t.cancel()
	case "back":
		t.back()
	case Officer:
		t.officer()
	default:
		flow := t.flowOf(name)
		if flow == "" {
			return false
		}
		f := t.p.flows[flow]
		t.whisper(f.Enter.Argument.Text, argument)
		switch {
		case !f.Staff:
			t.visit(flow)
		case t.st.Flow == flow: // another matter of the same kind
			t.to(f.first(""))
		default:
			t.over(Entrance{Flow: flow})
		}
	}
	return true
}

// flowOf returns the flow behind a command: one that names it, or a reserved flow.
func (t *turn) flowOf(command string) string {
	if flow, ok := t.p.commands[command]; ok {
		return flow
	}
	if flow, ok := t.p.staff[command]; ok && t.st.Staff {
		return flow
	}
	if _, reserved := Reserved[command]; reserved {
		if _, ok := t.p.available(command); ok {
			return command
		}
	}
	return ""
}

// start is the messenger's own first command; a link may name a flow behind it.
func (t *turn) start(argument string) {
	flow := t.flowOf(argument)
	switch {
	case flow != "":
		t.visit(flow)
	case t.filling():
		t.head("draft.left", nil)
		t.beside = append(t.beside, t.tool(choiceCancel, "label.leave"))
		t.again()
	default:
		t.leave()
	}
}

// filling reports whether the member is in the middle of a form that holds something of his already.
func (t *turn) filling() bool { return t.st.Draft != "" && t.st.Since != 0 && !t.st.Parked }

// officer asks for a human. What the chat has gathered so far goes with it.
func (t *turn) officer() {
	f, ok := t.p.available(Officer)
	if !ok {
		t.surrender()
		return
	}
	t.setAside()
	t.st.Flow, t.st.Stack, t.st.Trail, t.st.Home = Officer, nil, "", ""
	t.to(f.first(""))
}

// visit plays the flow of a command. Whoever is in the middle of something comes back to it afterwards. A flow with a
// form of its own would take its place: what was written is not given up for it without a further press.
func (t *turn) visit(name string) {
	f, _ := t.p.available(name)
	_, reserved := Reserved[name]
	switch {
	case name == Home:
		t.leave()
	case t.within(name) && t.engaged():
		if reserved { // once more from its top; a form is asked again where it stands
			t.restart(name)
		}
	case f.Draft && !reserved && t.filling():
		t.head("draft.open", map[string]string{"flow": text.Isolate(t.p.Title(name).In(t.lang))})
		t.suggest(Match{Sure: flowsList + "/" + name})
	case !t.engaged() || f.Draft && !reserved:
		t.begin(Entrance{Flow: name})
	default:
		t.trace()
		t.apart(name)
	}
}

// apart plays a flow over the present step, and what it is about stays apart.
func (t *turn) apart(name string) {
	depth, unit, confidential := len(t.st.Stack), t.st.Unit, t.st.Confidential
	t.call(name, t.st.Step, t.st.Item)
	if len(t.st.Stack) > depth {
		frame := &t.st.Stack[depth]
		frame.Apart, frame.Unit, frame.Confidential = true, unit, confidential
	}
}

// restart plays a flow that the chat is inside of from its top.
func (t *turn) restart(name string) {
	for t.st.Flow != name {
		t.unwind()
	}
	f, _ := t.here()
	t.to(f.first(""))
}

// within reports whether the chat is inside a flow, however deep.
func (t *turn) within(name string) bool {
	for _, frame := range t.st.Stack {
		if frame.Flow == name {
			return true
		}
	}
	return t.st.Flow == name
}

// back returns to the question before this one.
func (t *turn) back() {
	t.replace = t.in.Kind == bot.KindPress
	depth := len(t.st.Stack)
	for t.st.Trail != "" {
		var m mark
		t.st.Trail, m = popMark(t.st.Trail)
		if m.depth > depth || m.depth > 0 && m.flow != t.flowAt(m.depth) {
			continue // it was asked by a flow that is over
		}
		for len(t.st.Stack) > m.depth {
			t.unwind()
		}
		t.st.Step, t.st.Item, t.st.Tries, t.st.Doubtful = m.step, m.item, 0, nil
		return
	}
	if t.st.Home != "" || t.st.Flow == "" {
		t.begin(Entrance{Flow: Home})
		return
	}
	t.head("first_question", nil)
	t.again()
}

// flowAt returns the flow at a depth of the stack; the present one lies on top.
func (t *turn) flowAt(depth int) string {
	if depth < len(t.st.Stack) {
		return t.st.Stack[depth].Flow
	}
	return t.st.Flow
}

// unwind leaves the present flow for the one that ran it.
func (t *turn) unwind() {
	n := len(t.st.Stack)
	frame := t.st.Stack[n-1]
	t.st.Stack = slices.Clip(t.st.Stack[:n-1])
	t.st.Flow = frame.Flow
	if frame.Form {
		t.st.Draft, t.st.Account, t.st.Wrote, t.st.Pieces = frame.Draft, frame.Account, frame.Wrote, 0
	}
	if frame.Apart {
		t.st.Unit, t.st.Confidential = frame.Unit, frame.Confidential
	}
}

// retrace forgets the mark of the very question that is asked again now, because what interrupted it is over, and the
// marks of what interrupted it.
func (t *turn) retrace() {
	here := parseMark(mark{len(t.st.Stack), t.st.Flow, t.st.Step, t.st.Item}.String())
	for trail := t.st.Trail; trail != ""; {
		var last mark
		trail, last = popMark(trail)
		if last == here {
			t.st.Trail = trail
			return
		}
		if last.depth <= here.depth {
			return
		}
	}
}

// trace remembers the question that was just answered, for back.
func (t *turn) trace() {
	t.st.Trail = pushMark(t.st.Trail, mark{len(t.st.Stack), t.st.Flow, t.st.Step, t.st.Item})
}
