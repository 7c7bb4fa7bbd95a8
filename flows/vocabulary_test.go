package flows

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestTheVocabularyHasEveryKeyThatTheParserKnows(t *testing.T) {
	v := NewVocabulary(testEnv(t))
	schema, err := JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	var root struct {
		Properties map[string]any
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal(schema, &root); err != nil {
		t.Fatal(err)
	}
	mappings := map[string]map[string]any{"script": root.Properties}
	for name, def := range root.Defs {
		if name != "words" && name != "expect" && name != "phrasings" && def.Properties != nil {
			mappings[name] = def.Properties
		}
	}
	if len(mappings) != 5 {
		t.Fatalf("%d mappings in the schema", len(mappings))
	}
	for name, keys := range mappings {
		if len(v.Keys[name]) != len(keys) {
			t.Errorf("%s: %q, in the schema %d keys", name, v.Keys[name], len(keys))
		}
		for _, key := range v.Keys[name] {
			if _, known := keys[key]; !known {
				t.Errorf("%s: %q is not in the schema", name, key)
			}
		}
	}
	for _, kind := range v.Keys["step"] {
		if !slices.Contains(v.Beside[kind], "id") {
			t.Errorf("a step %s cannot be named: %q", kind, v.Beside[kind])
		}
	}
}

func TestTheVocabularyNamesActionsWithTheirOutcomesAndWhatTheContentHas(t *testing.T) {
	v := NewVocabulary(testEnv(t))
	open := v.Actions["case.open"]
	if !slices.Contains(open.Required, "category") || !slices.Contains(open.Outcomes["ok"], "case.number") {
		t.Errorf("case.open is %+v", open)
	}
	if len(v.Actions) != len(ActionSpecs) || !slices.Contains(v.Expect, "phone") || !slices.Contains(v.Ops, "is") || !slices.Contains(v.Formats, "date") {
		t.Errorf("%d actions, %q, %q, %q", len(v.Actions), v.Expect, v.Ops, v.Formats)
	}
	if len(v.Units) == 0 || len(v.Variables) == 0 || strings.Join(NewVocabulary(Env{}).Units, "") != "" {
		t.Errorf("units %q, variables %q", v.Units, v.Variables)
	}
}
