package flows

import (
	"maps"
	"slices"

	"javab/bot"
)

// turn is one call of Step while it runs: the state as it becomes, and the effects so far.
type turn struct {
	p       *Program
	st      State
	in      Input
	lang    bot.Lang
	effects []Effect
	hops    int
	still   bool // the script waits: for the member, for a Result, or because it is over
	owned   bool // st.Vars is this turn's own copy
	failed  bool // the script for the stuck was tried
	said    int  // messages so far
	aside   bool // a question of the member is being answered beside the script: nothing may wait or act

	// lead is said at the head of the next question, in the same message; beside are buttons added to it.
	lead   []bot.Segment
	beside []button
	// matched is what the matcher made of the texts of this turn: it is asked once about each.
	matched map[string]Match
	// secrets are what the member has just said and nothing keeps: the variables of this one turn.
	secrets map[string]string
	// replace asks that the question takes the place of the message whose button was pressed.
	replace bool
}

// here returns where the chat stands, nothing when the content no longer has the place.
func (t *turn) here() (*flow, *Step) {
	f, ok := t.p.available(t.st.Flow)
	if !ok {
		return nil, nil
	}
	return f, f.steps[t.st.Step]
}

// run plays steps until one of them waits.
func (t *turn) run() {
	for !t.still {
		_, s := t.here()
		if t.hops++; t.hops > MaxStepsPerTurn || s == nil {
			t.stuck()
			continue
		}
		s.Body.enter(t, s)
	}
}

// to goes on to a step of the present flow; "" ends the flow.
func (t *turn) to(step string) {
	t.st.Step, t.st.Item, t.st.Tries, t.st.Pieces, t.st.Doubtful = step, 0, 0, 0, nil
	if step == "" {
		t.finish()
	}
}

// onward goes to what follows s.
func (t *turn) onward(s *Step) {
	if f, _ := t.here(); f != nil {
		t.to(f.after(s))
	}
}

// begin leaves everything and starts a flow from its top, or at one of its steps.
func (t *turn) begin(e Entrance) {
	f, ok := t.p.available(e.Flow)
	if !ok {
		t.missing(e.Flow)
		return
	}
	t.leaveBeneath()
	first := t.st.First
	t.afresh(f, e)
	t.st.First = first
}

// afresh starts a flow in a state of its own.
func (t *turn) afresh(f *flow, e Entrance) {
	t.st = t.blank()
	t.st.Flow = e.Flow
	t.st.Vars, t.owned = maps.Clone(e.Vars), true
	if f.Draft {
		t.st.Draft = t.in.Draft
	}
	if !t.listens() { // he is about something else now
		t.st.Last = ""
	}
	t.to(f.first(e.Step))
}

// missing is a flow that is not there or hidden: the main menu instead, and without one an officer.
func (t *turn) missing(name string) {
	if name != Home {
		t.begin(Entrance{Flow: Home})
		return
	}
	t.surrender()
}

func (f *flow) first(step string) string {
	if _, ok := f.steps[step]; ok {
		return step
	}
	return f.Steps[0].ID.Text
}

// call plays another flow and comes back to the given step of this one.
func (t *turn) call(name, back string, item int) {
	f, ok := t.p.available(name)
	if !ok {
		t.to(back)
		return
	}
	if len(t.st.Stack) >= MaxDepth {
		t.stuck()
		return
	}
	frame := Frame{Flow: t.st.Flow, Step: back, Item: item}
	if f.Draft {
		frame.Form, frame.Draft, frame.Account, frame.Wrote = true, t.st.Draft, t.st.Account, t.st.Wrote
		t.st.Draft, t.st.Account, t.st.Wrote, t.st.Pieces = t.in.Draft, "", false, 0
	}
	t.st.Stack = append(slices.Clip(t.st.Stack), frame)
	t.st.Flow = name
	if name == AnswerFlow {
		t.st.Last = t.st.Vars["answer"].Ref
	}
	t.to(f.first(""))
}

// finish ends the present flow: back to the one that ran it, to the main menu that led here, or to rest.
func (t *turn) finish() {
	if t.aside {
		t.still = true
		return
	}
	if n := len(t.st.Stack); n > 0 {
		frame := t.st.Stack[n-1]
		t.unwind()
		t.to(frame.Step)
		t.st.Item = frame.Item
		t.retrace()
		return
	}
	if t.st.Visiting() {
		t.comeBack()
		return
	}
	switch home, first := t.st.Home, t.st.First; {
	case first != "":
		t.rest()
		t.still = false
		t.afterWelcome(first)
	case t.st.Flow == Welcome && t.early() != nil:
		t.headFile(true)
		t.begin(Entrance{Flow: Home})
	case home != "":
		t.begin(Entrance{Flow: Home, Step: home})
	case t.said == 0 && t.st.Flow != Home:
		t.begin(Entrance{Flow: Home})
	default:
		t.offerMenu()
		t.rest()
	}
}

// afterWelcome answers what the member wrote first of all. A greeting means nothing more: the main menu follows.
func (t *turn) afterWelcome(first string) {
	if command, argument, ok := slash(first); ok && t.command(command, argument) {
		return
	}
	if m := t.match(first); m.Sure == "" && len(m.Likely) == 0 {
		t.begin(Entrance{Flow: Home})
		return
	}
	t.free(first)
}

// rest leaves the chat in no flow.
func (t *turn) rest() {
	t.st = t.blank()
	t.owned, t.still = true, true
}

// blank is the state of a chat that stands nowhere: what outlives every flow.
func (t *turn) blank() State {
	return State{
		Schema: Schema, Bundle: t.st.Bundle, Misses: t.st.Misses, Offer: t.st.Offer, Left: t.left(), Early: t.early(),
		Staff: t.st.Staff, Last: t.st.Last,
	}
}

// stuck gives the chat to an officer by the script that is there for it; when that fails too, without a script.
func (t *turn) stuck() {
	f, ok := t.p.available(Stuck)
	if t.failed || !ok || t.st.Flow == Stuck {
		t.surrender()
		return
	}
	t.failed, t.hops = true, 0
	t.st.Trail, t.st.Stack, t.st.Flow = "", nil, Stuck
	t.to(f.first(""))
}

// surrender hands the chat over with the engine's own words.
func (t *turn) surrender() {
	t.system("hand_over", nil)
	t.effects = append(t.effects, HandOver{Reason: Stuck})
	t.leaveBeneath()
	t.st.Parked, t.still = true, true
}

// set keeps the value of a variable. The map of the state that was handed in is never written to.
func (t *turn) set(name string, v bot.Value) {
	if !t.owned {
		t.st.Vars, t.owned = maps.Clone(t.st.Vars), true
	}
	if t.st.Vars == nil {
		t.st.Vars = map[string]bot.Value{}
	}
	if v.Text == "" && v.Ref == "" && v.At == 0 && !v.Kept && len(v.Items) == 0 {
		delete(t.st.Vars, name)
		return
	}
	t.st.Vars[name] = v
	if name == languageVar && bot.Lang(v.Text).Valid() {
		t.lang = bot.Lang(v.Text)
		t.effects = append(t.effects, Language{t.lang})
	}
}

// arg is the value of a text with placeholders: a lone placeholder hands its whole value on.
func (t *turn) arg(tpl *Template) bot.Value {
	if p, only := tpl.Only(); only {
		f := t.lookup(p.Name)
		switch f.kind {
		case foundValue:
			return f.value
		case foundField:
			if f.field.Ref != "" {
				return bot.Value{Ref: f.field.Ref}
			}
		}
		return bot.Value{Text: f.plain(t.lang)}
	}
	return bot.Value{Text: t.fill(tpl)}
}

// fill writes a template as actions read it: ids, no labels, no marks of direction.
func (t *turn) fill(tpl *Template) string {
	if tpl == nil {
		return ""
	}
	if len(tpl.Parts) == 1 && tpl.Parts[0].Name == "" {
		return tpl.Parts[0].Text
	}
	var text []byte
	for i := range tpl.Parts {
		if p := &tpl.Parts[i]; p.Name == "" {
			text = append(text, p.Text...)
		} else {
			text = append(text, t.lookup(p.Name).plain(t.lang)...)
		}
	}
	return string(text)
}
