package flows

// shape says what the value of a key looks like. The parser dispatches on the key's own name; the JSON Schema for
// editors is made from shapes.
type shape string

const (
	shapeID        shape = "id"
	shapeText      shape = "text"
	shapeWords     shape = "words"
	shapeFlag      shape = "flag"
	shapeSource    shape = "source"
	shapeArgs      shape = "args"
	shapeEnter     shape = "enter"
	shapePhrasings shape = "phrasings"
	shapeSteps     shape = "steps"
	shapeOptions   shape = "options"
	shapeExpect    shape = "expect"
	shapeCondition shape = "condition"
	shapeThen      shape = "then"
	shapeHandOver  shape = "hand_over"
	shapeDone      shape = "done"
	shapeRows      shape = "rows"
	shapeOp        shape = "op"
	shapeValue     shape = "value"
	shapeGroup     shape = "group"
)

// key is one key of a mapping: the parser accepts what these tables list, and the JSON Schema is made from them.
type key struct {
	name     string
	shape    shape
	required bool
	doc      string
}

var scriptKeys = []key{
	{"flow", shapeID, true, "The name of the flow; other flows run it by this name."},
	{"title", shapeWords, true, "What the flow is called where it is offered to a member."},
	{"enter", shapeEnter, false, "How members reach the flow by themselves."},
	{"draft", shapeFlag, false, "true: a new form begins when the flow is entered, and what the member fills in is kept in it."},
	{"after_case", shapeID, false, "The step that follows when a case of this flow is closed."},
	{"feature", shapeID, false, "The whole flow is hidden while this flag of the content is off."},
	{"staff", shapeFlag, false, "true: only chats that a member of staff has linked find the flow; in all others its command is none."},
	{"steps", shapeSteps, true, "The steps, from top to bottom."},
}

var enterKeys = []key{
	{"command", shapeID, false, "The slash command, without the slash."},
	{"argument", shapeID, false, "The variable that holds what is written behind the command: a secret, known in that turn alone and kept nowhere."},
	{"case", shapeID, false, "The button below a message about a case that leads here: solved, not_solved, reopen, rate, holds or fails."},
	{"phrasings", shapePhrasings, false, "How members ask for it, in each language."},
}

var languageKeys = []key{
	{"fa", shapeText, false, "In Persian."},
	{"ar", shapeText, false, "In Arabic."},
	{"en", shapeText, false, "In English."},
}

// kindKeys are the keys of which each step has exactly one: they say what the step does.
var kindKeys = []key{
	{"say", shapeWords, false, "Tells the member something."},
	{"ask", shapeWords, false, "Asks one question and waits for the answer."},
	{"form", shapeSource, false, "Asks a content list of questions in order."},
	{"walk", shapeSource, false, "Shows the items of a list one at a time, with next, back and \"this step failed\"."},
	{"do", shapeText, false, "Asks the program to do something, such as case.open."},
	{"if", shapeCondition, false, "Goes one way or the other."},
	{"run", shapeID, false, "Plays another flow, then comes back."},
	{"hand_over", shapeHandOver, false, "Gives the chat to an officer; the flow ends."},
	{"end", shapeDone, false, "Ends the flow. May stand beside a say."},
}

var (
	idKey   = key{"id", shapeID, false, "The name of the step, for goto and for dialogues."}
	gotoKey = key{"goto", shapeID, false, "The step that follows, instead of the one below."}
	saveKey = key{"save", shapeID, false, "The variable that keeps the answer."}
)

// besideKeys lists, for each kind of step, the keys that may stand beside it.
var besideKeys = map[string][]key{
	"say": {idKey, gotoKey, {"end", shapeDone, false, "Ends the flow after these words."}},
	"ask": {
		idKey, gotoKey, saveKey,
		{"options", shapeOptions, false, "The buttons: a list of the content, or a list of buttons."},
		{"expect", shapeExpect, false, "What kind of typed answer is wanted."},
		{"optional", shapeFlag, false, "true: the button \"I don't have it\" is offered."},
		{"else", shapeID, false, "The step after a typed answer that is none of the options."},
		{"layout", shapeRows, false, "rows: two buttons a row."},
	},
	"form": {idKey, gotoKey, saveKey},
	"walk": {idKey, gotoKey, {"failed", shapeID, false, "The step after \"this step failed\"."}},
	"do": {
		idKey,
		{"with", shapeArgs, false, "The arguments: texts, with placeholders."},
		{"then", shapeThen, true, "The step that answers each outcome."},
	},
	"if": {
		idKey,
		{"then", shapeID, true, "The step when the condition holds."},
		{"else", shapeID, false, "The step when it does not; the one below when missing."},
	},
	"run":       {idKey, gotoKey, {"with", shapeArgs, false, "Variables that are set first."}},
	"hand_over": {idKey},
	"end":       {idKey},
}

var optionKeys = []key{
	{"label", shapeWords, true, "What the button says."},
	{"id", shapeID, false, "The value that is saved; also its name in dialogues."},
	{"goto", shapeID, false, "The step that follows."},
	{"run", shapeID, false, "The flow that is played first."},
	{"set", shapeArgs, false, "Variables that are set when it is chosen."},
	{"when", shapeCondition, false, "The button is shown only when this holds."},
	{"feature", shapeID, false, "The button is hidden while this flag of the content is off."},
}

var handOverKeys = []key{
	{"unit", shapeText, true, "The unit whose officers take the chat."},
	{"reason", shapeText, true, "The id of why it is handed over."},
	{"topic", shapeText, false, "What the member was about."},
}

var conditionKeys = []key{
	{"var", shapeText, false, "The variable that is compared."},
	{"op", shapeOp, false, "How it is compared."},
	{"value", shapeValue, false, "What it is compared with; a list with `in`."},
	{"all", shapeGroup, false, "Conditions that must all hold."},
	{"any", shapeGroup, false, "Conditions of which one must hold."},
	{"not", shapeCondition, false, "A condition that must not hold."},
}

func hasKey(keys []key, name string) bool {
	for _, k := range keys {
		if k.name == name {
			return true
		}
	}
	return false
}

func keyNames(keys []key) []string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	return names
}
