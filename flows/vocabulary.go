package flows

import (
	"maps"
	"slices"

	"javab/flows/expect"
)

// Vocabulary is what may be written in a script, for an editor that offers it. It is made from the tables that the
// parser and Check read by, so that nothing is offered that they refuse.
type Vocabulary struct {
	// Keys are the keys of each mapping, by its name: "script", "enter", "option", "hand_over", "condition", "words", and
	// "step" for what a step can do.
	Keys map[string][]string `json:"keys"`
	// Beside are the keys that may stand beside what a step does.
	Beside map[string][]string `json:"beside"`
	// Actions are what the program can be asked to do.
	Actions  map[string]ActionWords `json:"actions"`
	Expect   []string               `json:"expect"`
	Ops      []string               `json:"ops"`
	Formats  []string               `json:"formats"`
	Features []string               `json:"features"`
	// Variables are the settings of the installation that texts may quote.
	Variables []string `json:"variables"`
	Units     []string `json:"units"`
}

// ActionWords are the names of one action: its arguments, and each way to end with the variables that it sets.
type ActionWords struct {
	Required []string            `json:"required"`
	Optional []string            `json:"optional"`
	Outcomes map[string][]string `json:"outcomes"`
	Maybe    []string            `json:"maybe"`
}

// NewVocabulary lists what scripts can name in what they are checked against.
func NewVocabulary(env Env) Vocabulary {
	v := Vocabulary{
		Keys: map[string][]string{
			"script": keyNames(scriptKeys), "enter": keyNames(enterKeys), "option": keyNames(optionKeys), "hand_over": keyNames(handOverKeys),
			"condition": keyNames(conditionKeys), "words": keyNames(languageKeys), "step": keyNames(kindKeys),
		},
		Beside: map[string][]string{}, Actions: map[string]ActionWords{},
		Expect: expect.Kinds(), Ops: Ops, Formats: Formats, Features: slices.Sorted(maps.Keys(env.Features)),
		Variables: env.ids(VariablesList), Units: env.ids(unitsList),
	}
	for kind, keys := range besideKeys {
		v.Beside[kind] = keyNames(keys)
	}
	for name, spec := range env.Actions {
		v.Actions[name] = ActionWords{Required: spec.Required, Optional: spec.Optional, Outcomes: spec.Outcomes, Maybe: spec.Maybe}
	}
	return v
}

// ids are the names of a list's items, in its order.
func (e Env) ids(list string) (ids []string) {
	items, _ := e.list(list)
	for _, item := range items {
		ids = append(ids, item.ID)
	}
	return ids
}
