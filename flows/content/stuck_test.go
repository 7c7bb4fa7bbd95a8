package content

import (
	"testing"

	"javab/bot"
	"javab/flows"
)

// stuck is what a chat hears that has gone on for longer than any conversation does. No member can bring this about in a
// dialogue, so it is played here.
func stuck(t *testing.T, lang bot.Lang) (flows.State, []flows.Effect) {
	t.Helper()
	before := flows.State{
		Schema: flows.Schema, Flow: "complaint", Step: "group", Turns: flows.MaxTurnsPerRun, Draft: "d1",
		Vars: map[string]bot.Value{"story": {Kept: true}},
	}
	return embedded(t).Program.Step(before, flows.Input{Kind: bot.KindText, Text: "1", Lang: lang, Now: day, Token: "t", Draft: "d2"})
}

func TestAChatThatGoesRoundInCirclesEndsWithAnOfficerInEveryLanguage(t *testing.T) {
	for _, lang := range bot.Langs {
		state, effects := stuck(t, lang)
		if len(effects) != 2 {
			t.Fatalf("%s: %d effects", lang, len(effects))
		}
		said, ok := effects[0].(flows.Say)
		if !ok || said.Flow != flows.Stuck || said.Message.Lang != lang {
			t.Errorf("%s: said %+v", lang, effects[0])
		}
		choices := said.Message.Choices
		if len(choices) != 1 || choices[0].Label != embedded(t).System["label.queue"].In(lang) {
			t.Errorf("%s: offered %+v", lang, choices)
		}
		handed, ok := effects[1].(flows.HandOver)
		if !ok || handed.Unit != "member_relations" || handed.Reason != "stuck" {
			t.Errorf("%s: handed over %+v", lang, effects[1])
		}
		if !state.Parked || state.Draft != "d1" {
			t.Errorf("%s: what was written does not go along: %+v", lang, state)
		}
	}
}
