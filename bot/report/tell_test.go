package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// plain tells ids with their values.
var plain = Teller{text.For(bot.En), func(id string, params map[string]any) string {
	words := []string{strings.TrimPrefix(id, "report.")}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		words = append(words, fmt.Sprint(params[name]))
	}
	return strings.Join(words, " ")
}}

func TestAFigureIsToldInItsMeasure(t *testing.T) {
	for want, f := range map[string]Figure{
		"89%":       {ID: InTime, Rests: 1000, Value: .8999},
		"29%":       {ID: Satisfied, Rests: 100, Value: .29},
		"1,250":     {ID: Contacted, Rests: 1250, Value: 1250},
		"hours 3 5": {ID: Response, Rests: 9, Value: (3*time.Hour + 5*time.Minute).Seconds()},
		"minutes 7": {ID: Response, Rests: 9, Value: 7 * 60},
		"too_few":   {ID: InTime, Rests: 4, Value: 1},
		"no_data":   {ID: Renewed, Lacks: "card_dates"},
	} {
		if got := plain.Value(f); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
}

func TestATargetSaysWhetherItIsReached(t *testing.T) {
	for want, f := range map[string]Figure{
		"":                        {ID: InTime, Rests: 9, Value: .95},
		"target.met 90%":          {ID: InTime, Rests: 9, Value: .9, Target: .9},
		"target.missed 90%":       {ID: InTime, Rests: 9, Value: .8999, Target: .9},
		"target 90%":              {ID: InTime, Rests: 4, Value: .8, Target: .9},
		"target.met hours 1 0":    {ID: Response, Rests: 9, Value: 600, Target: 3600},
		"target.missed minutes 5": {ID: Response, Rests: 9, Value: 600, Target: 300},
	} {
		if got := plain.Target(f); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
}

func TestAChangeIsToldWithItsSignAndWhetherItIsBetter(t *testing.T) {
	at := func(id Indicator, value float64) Figure { return Figure{ID: id, Rests: 9, Value: value} }
	for want, pair := range map[string][2]Figure{
		"change.better +points 3":       {at(InTime, .93), at(InTime, .90)},
		"change.worse \u2212points 1":   {at(InTime, .899), at(InTime, .90)},
		"change.better \u2212minutes 5": {at(Response, 600), at(Response, 900)},
		"change.worse \u22125":          {at(Contacted, 5), at(Contacted, 10)},
		"change.same +points 0":         {at(Satisfied, .5), at(Satisfied, .5)},
	} {
		if got, _ := plain.Change(pair[0], pair[1]); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	if got, better := plain.Change(at(InTime, .9), Figure{ID: InTime, Rests: 4, Value: .1}); got != "" || better != 0 {
		t.Errorf("against too few: %q", got)
	}
}
