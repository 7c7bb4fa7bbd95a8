package flows

import "javab/bot"

// Env is what scripts are checked against and played with.
type Env struct {
	Lists   Lists
	Actions map[string]ActionSpec // usually ActionSpecs
	// System are the engine's own texts, see SystemTexts.
	System map[string]bot.Text
	// Features are the known flags of the content, and whether they are on.
	Features map[string]bool
	Limits   Limits
}

// Limits are the strictest of the messengers that the content is written for. Zero means the usual.
type Limits struct {
	Text  int // UTF-16 units of a message
	Label int // UTF-16 units of a button
	Press int // bytes of a button's data
}

func (l Limits) orUsual() Limits {
	if l.Text == 0 {
		l.Text = 4096
	}
	if l.Label == 0 {
		l.Label = 80
	}
	if l.Press == 0 {
		l.Press = 64
	}
	return l
}

// The content lists that the engine itself knows by name.
const (
	// VariablesList holds the settings that texts quote, such as {portal}.
	VariablesList = "variables"
	answersList   = "answers"
	unitsList     = "units"
	flowsList     = "flow" // not a list: "flow/track" refers to a script
)

// item returns the content entry that ref ("list/id") names.
func (e Env) item(ref string) (Item, bool) {
	list, id, ok := cutRef(ref)
	if !ok || e.Lists == nil {
		return Item{}, false
	}
	return e.Lists.Item(list, id)
}

func (e Env) list(name string) ([]Item, bool) {
	if e.Lists == nil {
		return nil, false
	}
	return e.Lists.List(name)
}
