package changes

import (
	"strings"

	"javab/bot"
)

// Kind says what was changed.
type Kind string

// The kinds. Their sentences are in the catalogs under "change."+Kind.
const (
	StepAdded   Kind = "step_added"
	StepRemoved Kind = "step_removed"
	StepMoved   Kind = "step_moved"
	StepRenamed Kind = "step_renamed"
	// StepKind: the step does something else now, as ask in the place of say.
	StepKind Kind = "step_kind"
	// TextChanged: What is the key of the text, Lang its language.
	TextChanged Kind = "text"
	// Transition: What says on which way another step follows: goto, else, an outcome, a button.
	Transition Kind = "transition"
	// Options: the buttons are others, or in another order.
	Options Kind = "options"
	Expect  Kind = "expect"
	// Action: another action is asked for, or What is the argument that changed.
	Action    Kind = "action"
	Condition Kind = "condition"
	// Setting: What is any other key of the step or of the script.
	Setting Kind = "setting"
	// Enter: how members reach the flow; What is command, case, argument or phrasings.
	Enter Kind = "enter"
	// EntryAdded and the following are of list files. Value: What is the path of a value inside of the entry.
	EntryAdded   Kind = "entry_added"
	EntryRemoved Kind = "entry_removed"
	EntryMoved   Kind = "entry_moved"
	Value        Kind = "value"
)

// Change is one difference.
type Change struct {
	Kind Kind
	// Step is the step or the list entry it is in; empty for the head of a script.
	Step          string
	What          string
	Lang          bot.Lang
	Before, After string
	// Line is where it stands in the file after the change; of what was removed, where it stood before.
	Line int
}

// Params fill in the sentence of the change.
func (c Change) Params() map[string]string {
	return map[string]string{
		"Step": c.Step, "What": c.What, "Lang": string(c.Lang), "Before": c.Before, "After": c.After,
	}
}

// list writes several names as one value.
func list(names []string) string { return strings.Join(names, ", ") }

// moved says which of the common names stand in another order: all but a longest run that kept its order.
func moved(before, after []string) map[string]bool {
	at := map[string]int{}
	for i, name := range before {
		at[name] = i
	}
	var order []int
	var names []string
	for _, name := range after {
		if i, common := at[name]; common {
			order, names = append(order, i), append(names, name)
		}
	}
	longest, last := make([]int, len(order)), make([]int, len(order)) // of runs that end here; the one before
	best := -1
	for i := range order {
		longest[i], last[i] = 1, -1
		for j := range i {
			if order[j] < order[i] && longest[j] >= longest[i] {
				longest[i], last[i] = longest[j]+1, j
			}
		}
		if best < 0 || longest[i] > longest[best] {
			best = i
		}
	}
	gone := map[string]bool{}
	for _, name := range names {
		gone[name] = true
	}
	for i := best; i >= 0; i = last[i] {
		delete(gone, names[i])
	}
	return gone
}
