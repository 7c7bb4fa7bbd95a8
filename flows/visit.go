package flows

import (
	"strconv"

	"javab/bot"
	"javab/locales/text"
)

// A visit is a flow that is played over whatever the chat stands in, because a button was pressed that works from any
// step and on any day. It has variables and a form of its own; when it is over, the chat stands where it stood.

// pressedCase begins the keys of the buttons of cases.
const pressedCase = "case:"

// Pressed returns the flow that answers a button which is none of a flow's, with what the button says. It reports false
// when the button was forged, or when the content answers it no more.
func (p *Program) Pressed(data string) (Entrance, bool) {
	press, ok := bot.ParseCasePress(data)
	if !ok {
		return Entrance{}, false
	}
	flow, ok := p.pressed[pressedCase+string(press.Button)]
	return Entrance{Flow: flow, Vars: map[string]bot.Value{
		"number": {Text: press.Number.String()}, "round": {Text: strconv.Itoa(press.Round)}, "answer": {Text: press.Answer},
	}}, ok
}

// pressVars are the variables that a flow surely begins with when a button leads to it; nil when none does.
func pressVars(e Enter) []string {
	switch bot.CaseButton(e.Case.Text) {
	case "":
		return nil
	case bot.ButtonRate:
		return []string{"number", "round", "answer"}
	default:
		return []string{"number", "round"}
	}
}

// pressedLabel is what such a button says, for the record of the chat: the title of its flow, and the answer on it.
func (p *Program) pressedLabel(data string, lang bot.Lang) string {
	e, ok := p.Pressed(data)
	if !ok {
		return ""
	}
	label := p.Title(e.Flow).In(lang)
	if answer, err := strconv.ParseInt(e.Vars["answer"].Text, 10, 64); err == nil {
		label += ": " + text.For(lang).Number(answer)
	}
	return label
}

// over plays a flow over the present step. Past the bound it takes the place of the visit that is being played.
func (t *turn) over(e Entrance) {
	f, ok := t.p.available(e.Flow)
	if !ok {
		t.head("stale", nil)
		t.again()
		return
	}
	if t.st.visits() >= MaxVisits {
		t.keepLeft(t.st)
		t.uncover()
	}
	beneath := t.st
	beneath.Left, beneath.Early = nil, nil // they go along, and come back
	t.afresh(f, e)
	t.st.Beneath = &beneath
}

// comeBack ends a visit. The question that waits beneath is asked again as it was, under its own token: the buttons that
// the member already has stay good.
func (t *turn) comeBack() {
	t.uncover()
	switch {
	case t.st.Parked:
		t.still = true
	case t.st.Flow == "":
		t.offerMenu()
		t.rest()
	default:
		if t.st.Token != "" {
			t.in.Token = t.st.Token
		}
		t.again()
	}
}

// uncover puts the chat back to where it stood before a visit. What outlives every flow is as the visit left it, and so is
// the language.
func (t *turn) uncover() {
	visit := t.st
	t.st, t.owned = *visit.Beneath, false
	t.st.Bundle, t.st.Misses, t.st.Left, t.st.Early, t.st.Staff = visit.Bundle, visit.Misses, visit.Left, visit.Early, visit.Staff
	if _, chosen := t.st.Vars[languageVar]; chosen {
		t.set(languageVar, bot.Value{})
	}
}

// leaveBeneath gives up coming back to what lies beneath a visit. The forms in it are set aside; it reports whether there
// were any.
func (t *turn) leaveBeneath() (kept bool) {
	for st := t.st.Beneath; st != nil; st = st.Beneath {
		kept = t.keepLeft(*st) || kept
	}
	t.st.Beneath = nil
	return kept
}

// visits counts the visits that are being played over one another.
func (s *State) visits() int {
	n := 0
	for st := s.Beneath; st != nil; st = st.Beneath {
		n++
	}
	return n
}
