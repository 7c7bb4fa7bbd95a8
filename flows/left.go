package flows

import (
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Left is a form that a member left half-way, as it was.
type Left struct {
	State State `json:"s"`
	At    int64 `json:"t"` // when he left it, in unix seconds
}

const (
	// keptFor is how long he can go on with it: as long as a chat stays with its version of the content.
	keptFor = PinnedFor
	maxLeft = 3
)

// leave goes to the main menu. A form in which the member has written something is set aside, and the menu offers to go
// on with it.
func (t *turn) leave() {
	switch {
	case t.setAside():
		t.head("left", nil)
	case t.st.Draft != "" && !t.st.Parked:
		t.head("cancelled", nil)
	}
	t.begin(Entrance{Flow: Home})
}

// cancel gives up what was begun; at the main menu, the form that was set aside last.
func (t *turn) cancel() {
	visiting := t.st.Visiting()
	switch {
	case t.st.Draft != "" && !t.st.Parked:
		t.head("cancelled", nil)
	case visiting:
	case len(t.left()) > 0:
		t.st.Left = t.left()[1:]
		t.head("cancelled", nil)
	}
	if visiting {
		t.comeBack()
		return
	}
	t.begin(Entrance{Flow: Home})
}

// setAside keeps the forms that the member is leaving. It reports false when he has written nothing.
func (t *turn) setAside() bool {
	beneath := t.leaveBeneath()
	return t.keepLeft(t.st) || beneath
}

// keepLeft keeps the form in which a chat stands.
func (t *turn) keepLeft(st State) bool {
	if st.Parked {
		return false
	}
	form := *t
	form.st = st
	form.endVisit()
	_, s := form.here()
	if s == nil || form.st.Draft == "" || !form.st.Wrote {
		return false
	}
	if _, asks := s.Body.(listener); !asks { // it was the script that left
		return false
	}
	form.st.Left, form.st.Early, form.st.First, form.st.Offer, form.st.Beneath = nil, nil, "", "", nil
	others := t.left()
	if i := slices.IndexFunc(others, func(l Left) bool { return l.State.Draft == form.st.Draft }); i >= 0 {
		if form.st.Flow == Officer { // who took the form along: its own place is kept already
			return true
		}
		others = slices.Delete(others, i, i+1)
	}
	t.st.Left = append([]Left{{form.st, t.in.Now.Unix()}}, others[:min(len(others), maxLeft-1)]...)
	t.owned = false // the two states share their variables
	return true
}

// endVisit returns from a flow that a command led to, unless the member has written something in a form of its own.
func (t *turn) endVisit() {
	for n := len(t.st.Stack); n > 0; n = len(t.st.Stack) {
		frame := t.st.Stack[n-1]
		if _, reserved := Reserved[t.st.Flow]; !reserved || frame.Form && t.st.Wrote {
			return
		}
		t.unwind()
		t.st.Step, t.st.Item, t.st.Tries, t.st.Doubtful = frame.Step, frame.Item, 0, nil
	}
}

// left returns the forms that were set aside, the last one first, without those that are too old or whose place the
// content has lost.
func (t *turn) left() []Left {
	return slices.DeleteFunc(slices.Clone(t.st.Left), func(l Left) bool {
		f, ok := t.p.available(l.State.Flow)
		return !ok || f.steps[l.State.Step] == nil || t.in.Now.Sub(time.Unix(l.At, 0)) > keptFor
	})
}

// goOnButtons offer to go on with what was left, above the buttons of the main menu.
func (t *turn) goOnButtons() []button {
	forms := t.left()
	buttons := make([]button, len(forms))
	for i, l := range forms {
		label := t.goOnLabel(l.State)
		if len(forms) > 1 { // two of them may be of the same flow
			label += " (" + t.ago(l.At) + ")"
		}
		buttons[i] = button{id: choiceGoOn + string(l.State.Draft), label: label, labels: bot.Text{Fa: label, Ar: label, En: label}}
	}
	return buttons
}

// goOnLabel names the flow that the member began.
func (t *turn) goOnLabel(left State) string {
	flow := left.Flow
	if len(left.Stack) > 0 {
		flow = left.Stack[0].Flow
	}
	return text.Unmark(plainText(t.systemWords("label.go_on", map[string]string{"flow": t.p.Title(flow).In(t.lang)})))
}

// ago is the time of an instant of the last day, else its date.
func (t *turn) ago(unix int64) string {
	at, format := time.Unix(unix, 0), text.For(t.lang)
	if t.in.Now.Sub(at) < 24*time.Hour {
		return format.Time(at)
	}
	return format.ShortDate(at)
}

// goOn asks the question again at which a form was left.
func (t *turn) goOn(id string) {
	before := t.st
	for i, l := range before.Left {
		if choiceGoOn+string(l.State.Draft) != id {
			continue
		}
		t.st, t.owned = l.State, false
		t.st.Left = slices.Delete(slices.Clone(before.Left), i, i+1)
		t.st.Bundle, t.st.Misses, t.st.Early, t.st.Staff = before.Bundle, before.Misses, before.Early, before.Staff
		t.head("resumed", nil)
		return
	}
}

func isGoOn(id string) bool { return strings.HasPrefix(id, choiceGoOn) }
