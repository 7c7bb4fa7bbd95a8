package flows

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"javab/bot"
)

func stateJSON(t testing.TB, st State) []byte {
	t.Helper()
	raw, err := json.Marshal(st)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestEveryFieldOfTheStateSurvivesJSON(t *testing.T) {
	st := State{
		Schema: 1, Bundle: 7, Flow: "f", Step: "s", Item: 1, Token: "t", Tries: 2,
		Vars:  map[string]bot.Value{"a": {Text: "x"}, "b": {At: 5}, "c": {Ref: "l/i"}, "d": {Kept: true}, "e": {Items: []bot.Item{{ID: "1", Label: "L", Ref: "r/1"}}}},
		Stack: []Frame{{Flow: "g", Step: "h", Item: 3, Form: true, Draft: "d0", Account: "b", Wrote: true, Apart: true, Unit: "u0", Confidential: true}}, Trail: "a 1.f.b:2",
		Draft: "d", Account: "a", Pieces: 3, Unit: "u", Confidential: true, Turns: 9, Since: 10, Doubtful: &bot.Value{Text: "?"},
		Home: "menu", Misses: 1, First: "hello", Offer: bot.En, Parked: true, Wrote: true, Staff: true, Last: "answers/a", Asked: "q", Pressed: true,
		Left:    []Left{{State: State{Flow: "g", Step: "h", Draft: "d1", Wrote: true}, At: 11}},
		Beneath: &State{Flow: "h", Step: "s", Vars: map[string]bot.Value{"f": {Text: "y"}}, Token: "t0", Draft: "d2"},
		Early:   &Early{Words: "w", Files: []bot.File{{ID: "f", Kind: "voice"}}, Album: "a", At: 12},
	}
	v := reflect.ValueOf(st)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("the test does not set %s", v.Type().Field(i).Name)
		}
	}
	var back State
	if err := json.Unmarshal(stateJSON(t, st), &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(st, back) {
		t.Errorf("got %+v", back)
	}
}

// TestOldStatesLoad plays on from states as earlier versions wrote them. Never change these files; add new ones.
func TestOldStatesLoad(t *testing.T) {
	paths, _ := filepath.Glob("testdata/states/*.json")
	if len(paths) == 0 {
		t.Fatal("no old states")
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := newChat(t, bot.En)
		if err := json.Unmarshal(raw, &c.st); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if said := c.types("1"); len(said) == 0 {
			t.Errorf("%s: silence", path)
		}
	}
}

func TestMarksReadBack(t *testing.T) {
	for _, m := range []mark{{step: "a"}, {step: "a", item: 3}, {depth: 2, flow: "f", step: "a", item: 1}} {
		if got := parseMark(m.String()); got != m {
			t.Errorf("%+v became %+v", m, got)
		}
	}
}

func TestAPlaceThatTheContentLostLeadsHome(t *testing.T) {
	c := newChat(t, bot.En)
	for _, st := range []State{{Flow: "gone", Step: "x"}, {Flow: "complaint", Step: "gone"}, {Flow: "survey", Step: "score"}} {
		c.st = st
		c.presses("f:old:x")
		c.at("home", "menu")
	}
}

func TestPinned(t *testing.T) {
	for name, row := range map[string]struct {
		st   State
		want bool
	}{
		"nowhere":          {State{}, false},
		"nothing saved":    {State{Flow: "complaint"}, false},
		"saved":            {State{Flow: "complaint", Since: 1}, true},
		"the menu is live": {State{Flow: Home, Since: 1}, false},
		"with an officer":  {State{Flow: "complaint", Since: 1, Parked: true}, false},
	} {
		if row.st.Pinned() != row.want {
			t.Errorf("%s: got %v", name, !row.want)
		}
	}
}
