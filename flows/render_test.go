package flows

import (
	"testing"

	"javab/bot"
	"javab/locales/text"
)

// rendering is a turn with variables of all kinds.
func rendering(t *testing.T, lang bot.Lang) *turn {
	t.Helper()
	return &turn{p: testProgram(t), lang: lang, st: State{Flow: Home, Step: "menu", Vars: map[string]bot.Value{
		"name":    {Text: "Sara"},
		"sum":     {Text: "2500000"},
		"due":     {At: noon.UnixMilli()},
		"service": {Ref: "services/renewal"},
		"story":   {Kept: true},
		"cases":   {Items: []bot.Item{{ID: "1", Label: "JV-1"}, {ID: "2", Label: "JV-2"}}},
		"likely":  {Items: []bot.Item{{ID: "membership.fees", Ref: "answers/membership.fees"}, {ID: "track", Ref: "flow/track"}}},
	}}}
}

func TestPlaceholdersReadAsMembersDo(t *testing.T) {
	r := rendering(t, bot.En)
	for source, want := range map[string]string{
		"Hello {name}.":                  "Hello Sara.",
		"{sum:number}":                   "2,500,000",
		"{sum:money}":                    "IRR 2,500,000",
		"{name:money}":                   "Sara",
		"{due}":                          "2026-11-21",
		"{due:long_date}":                "Saturday, 21 November 2026",
		"{due:time}":                     "12:30",
		"{service}":                      "Membership renewal",
		"{service.unit}":                 "Membership Renewal",
		"{service.unit.label}":           "Membership Renewal",
		"{service.id}":                   "renewal",
		"{service.documents:list}":       "• National ID card",
		"{service.nothing}":              "",
		"{nobody}":                       "",
		"{portal}":                       "cscs.ir",
		"{language}":                     "en",
		"{cases:list}":                   "• JV-1\n• JV-2",
		"{likely:list}":                  "• What does membership cost?\n• Track",
		"a\nb {nobody?}\nc":              "a\nc",
		"a\nb {nobody?} {name}\nc":       "a\nc",
		"a\nb {name?}":                   "a\nb Sara",
		"{nobody?}":                      "",
		"{name}, {nobody:date?}\n{name}": "Sara",
	} {
		tpl, faults := parseTemplate(source)
		if len(faults) > 0 {
			t.Errorf("%q: %v", source, faults)
		}
		spoken := speech{t: r}
		spoken.template(tpl)
		if got := text.Unmark(plainText(spoken.segments)); got != want {
			t.Errorf("%q reads %q, not %q", source, got, want)
		}
	}
}

func TestStylesAndLongValuesAreSegments(t *testing.T) {
	tpl, _ := parseTemplate("No. {name:code}, {name:bold}: {story}")
	spoken := speech{t: rendering(t, bot.En)}
	spoken.template(tpl)
	want := []bot.Segment{
		{Text: "No. " + text.LRI},
		{Text: "Sara", Style: bot.Code},
		{Text: text.PDI + ", "},
		{Text: text.Isolate("Sara"), Style: bot.Bold},
		{Text: ": "},
		{Draft: "story"},
	}
	if len(spoken.segments) != len(want) {
		t.Fatalf("got %+v", spoken.segments)
	}
	for i := range want {
		if spoken.segments[i] != want[i] {
			t.Errorf("segment %d is %+v, not %+v", i, spoken.segments[i], want[i])
		}
	}
}

func TestValuesOfMembersAreFenced(t *testing.T) {
	r := rendering(t, bot.Fa)
	r.set("name", bot.Value{Text: "\u202Eevil\u2066"})
	tpl, _ := parseTemplate("{name}!")
	spoken := speech{t: r}
	spoken.template(tpl)
	if got := plainText(spoken.segments); got != text.FSI+"evil"+text.PDI+"!" {
		t.Errorf("got %q", got)
	}
}

func TestConditionsHold(t *testing.T) {
	r := rendering(t, bot.En)
	for when, want := range map[string]bool{
		"name is Sara":                               true,
		"name is_not Sara":                           false,
		"nobody is_not Sara":                         true,
		"name in Ali Sara":                           true,
		"service is renewal":                         true,
		"service is services/renewal":                true,
		"service.unit is finance":                    false,
		"service.unit in finance membership_renewal": true,
		"service.nothing unset":                      true,
		"story set":                                  true,
		"nobody set":                                 false,
		"sum gt 2499999":                             true,
		"sum lt 10":                                  false,
		"name gt 1":                                  false,
		"due is 2026-11-21":                          true,
		"name set and sum set":                       true,
		"name set and nobody set":                    false,
	} {
		c, err := ParseWhen(when)
		if err != nil {
			t.Errorf("%q: %v", when, err)
		}
		if r.holds(&c) != want {
			t.Errorf("%q does not come out as %v", when, want)
		}
	}
	for _, wrong := range []string{"", "name", "name like Sara", "name is", "name set Sara", "Name is Sara", "name set and"} {
		if _, err := ParseWhen(wrong); err == nil {
			t.Errorf("%q is taken for a condition", wrong)
		}
	}
}

func TestGroupsOfConditions(t *testing.T) {
	r := rendering(t, bot.En)
	yes, no := Condition{Var: Name{Text: "name"}, Op: OpSet}, Condition{Var: Name{Text: "name"}, Op: OpUnset}
	for name, row := range map[string]struct {
		c    Condition
		want bool
	}{
		"all true":      {Condition{All: []Condition{yes, yes}}, true},
		"not all true":  {Condition{All: []Condition{yes, no}}, false},
		"any true":      {Condition{Any: []Condition{no, yes}}, true},
		"none true":     {Condition{Any: []Condition{no, no}}, false},
		"not false":     {Condition{Not: &no}, true},
		"not all false": {Condition{Not: &Condition{All: []Condition{yes, no}}}, true},
	} {
		if r.holds(&row.c) != row.want {
			t.Errorf("%s: not %v", name, row.want)
		}
	}
}

func TestPressDataReadsBack(t *testing.T) {
	c := Choice{"abcdef", "membership.fees"}
	if got, ok := ParsePress(c.Data()); !ok || got != c {
		t.Errorf("%q became %+v", c.Data(), got)
	}
	for _, data := range []string{"", "f", "f:", "f:x", "f:x:", "c:12:close:1", "h:1:leave:2"} {
		if got, ok := ParsePress(data); ok {
			t.Errorf("%q is taken for %+v", data, got)
		}
	}
}

func TestTheProgramTellsWhatItListensTo(t *testing.T) {
	p := testProgram(t)
	if p.Commands()["complaint"] != "complaint" || p.Phrasings()["officer"][bot.En][0] != "I want to talk to an officer" {
		t.Errorf("got %v, %v", p.Commands(), p.Phrasings())
	}
	for message, want := range map[string]bool{"/menu": true, "menu": true, " Cancel ": true, "hello": false, "menu please": false} {
		if p.IsCommand(message) != want {
			t.Errorf("%q: not %v", message, want)
		}
	}
	if p.Title("track").En != "Track" || !p.Title("nothing").Empty() {
		t.Errorf("got %v", p.Title("track"))
	}
	if _, ok := p.AfterCase("track"); ok {
		t.Error("the flow track has no step for closed cases")
	}
}

func TestNearForgivesSlips(t *testing.T) {
	if got := near("trakc", []string{"home", "track"}); got != "track" {
		t.Errorf("got %q", got)
	}
	if got := near("zebra", []string{"home", "track"}); got != "" {
		t.Errorf("got %q", got)
	}
}
