package expect

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"javab/bot"
)

var now = time.Date(2026, 11, 21, 10, 35, 0, 0, time.UTC)

func load[T any](t testing.TB, path string) T {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := yaml.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func options(t testing.TB) []Option {
	type option struct {
		ID    string
		Label bot.Text
	}
	var all []Option
	for _, o := range load[[]option](t, "testdata/options.yaml") {
		all = append(all, Option(o))
	}
	return all
}

func parse(t testing.TB, kind Kind, params map[string]any) Expect {
	t.Helper()
	e, err := Parse(string(kind), params)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// said judges a text as the answer to a question of that kind.
func said(t testing.TB, kind Kind, s string) Verdict {
	t.Helper()
	value, confirm, hint := parse(t, kind, nil).Accept(Answer{Text: s, Lang: bot.Fa, Now: now})
	return Verdict{value, confirm, hint}
}

func TestAnswersAreReadAsPeopleWriteThem(t *testing.T) {
	type row struct {
		Kind             Kind
		Lang             bot.Lang // empty: it means the same in all languages
		Params           map[string]any
		Said, Want, Hint string
	}
	choices := options(t)
	for _, c := range load[[]row](t, "testdata/cases.yaml") {
		for _, lang := range bot.Langs {
			if c.Lang != "" && c.Lang != lang {
				continue
			}
			value, confirm, hint := parse(t, c.Kind, c.Params).Accept(Answer{Text: c.Said, Lang: lang, Now: now, Options: choices})
			if value != c.Want || hint != c.Hint || confirm != (c.Want != "" && c.Hint != "") {
				t.Errorf("%s %s %q: value %q, confirm %v, hint %q; want %q, %q", c.Kind, lang, c.Said, value, confirm, hint, c.Want, c.Hint)
			}
		}
	}
}

func TestEveryKindHasGoodAndBadAnswersInEveryLanguage(t *testing.T) {
	type row struct {
		Kind       Kind
		Lang       bot.Lang
		Want, Hint string
	}
	good, bad := map[Kind]map[bot.Lang]int{}, map[Kind]map[bot.Lang]int{}
	for _, kind := range Kinds() {
		good[Kind(kind)], bad[Kind(kind)] = map[bot.Lang]int{}, map[bot.Lang]int{}
	}
	for _, c := range load[[]row](t, "testdata/cases.yaml") {
		for _, lang := range bot.Langs {
			switch {
			case c.Lang != "" && c.Lang != lang:
			case c.Want != "":
				good[c.Kind][lang]++
			default:
				bad[c.Kind][lang]++
			}
		}
	}
	for kind := range good {
		for _, lang := range bot.Langs {
			typed := kind != Files && kind != Contact && kind != Location // which no words can be
			if typed && good[kind][lang] == 0 || bad[kind][lang] == 0 {
				t.Errorf("%s in %s: %d good answers, %d bad ones", kind, lang, good[kind][lang], bad[kind][lang])
			}
		}
	}
}

func TestEveryKindOfTheScriptLanguageIsKnown(t *testing.T) {
	want := strings.Fields("account amount code contact date digits economic_no email files legal_id location national_id number option phone postal_code text unit")
	if got := Kinds(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, kind := range Kinds() {
		if _, _, hint := parse(t, Kind(kind), nil).Accept(Answer{Now: now}); !slices.Contains(Hints(), hint) {
			t.Errorf("%s answers silence with %q", kind, hint)
		}
	}
}

func TestHintsAreListedOnce(t *testing.T) {
	hints := Hints()
	slices.Sort(hints)
	if len(slices.Compact(hints)) != len(Hints()) {
		t.Error("a hint is listed twice")
	}
	src, err := os.ReadFile("hints.go")
	if err != nil {
		t.Fatal(err)
	}
	if declared := strings.Count(string(src), `= "expect.`); declared != len(Hints()) {
		t.Errorf("%d hints are declared, %d listed", declared, len(Hints()))
	}
}

func TestMistakesInAScriptAreExplained(t *testing.T) {
	for _, c := range []struct {
		kind   string
		params map[string]any
		want   string
	}{
		{"natoinal_id", nil, `unknown kind "natoinal_id": did you mean "national_id"?`},
		{"text", map[string]any{"maxx": 5}, `unknown parameter of text "maxx": did you mean "max"?`},
		{"text", map[string]any{"colour": 5}, `unknown parameter of text "colour": use one of [max min]`},
		{"email", map[string]any{"max": 5}, `unknown parameter of email "max": it takes none`},
		{"text", map[string]any{"max": "many"}, `unknown value of max "many": use one of [a whole number from 0]`},
		{"text", map[string]any{"max": -1}, `unknown value of max "-1": use one of [a whole number from 0]`},
		{"date", map[string]any{"past": "yes"}, `unknown value of past "yes": use one of [true false]`},
		{"date", map[string]any{"years": true}, `unknown value of years "true": use one of [a whole number from 0]`},
		{"digits", map[string]any{"min": 9, "max": 4}, `unknown value of min "9": use one of [a number up to max]`},
	} {
		_, err := Parse(c.kind, c.params)
		if _, ok := errors.AsType[*Error](err); !ok || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

func TestParametersHaveUsualValues(t *testing.T) {
	e := parse(t, Account, map[string]any{"max": uint64(500)})
	if e.Limit("max") != 500 || e.Limit("files") != 10 {
		t.Errorf("%v", e.Limits())
	}
	if got := parse(t, Date, map[string]any{"past": true, "future": false}).Limits(); got["past"] != "1" || got["future"] != "0" {
		t.Errorf("%v", got)
	}
}

func TestNothingSatisfiesTheZeroExpect(t *testing.T) {
	if value, _, hint := (Expect{}).Accept(Answer{Text: "x"}); value != "" || hint == "" {
		t.Errorf("%q %q", value, hint)
	}
}

func TestOnlyTheMembersOwnCardProvesHisNumber(t *testing.T) {
	e := parse(t, Contact, nil)
	for _, c := range []struct {
		card        bot.Contact
		value, hint string
	}{
		{bot.Contact{Phone: "989121234567", Own: true}, "+989121234567", ""},
		{bot.Contact{Phone: "+9647701234567", Own: true}, "+9647701234567", ""},
		{bot.Contact{Phone: "+989121234567"}, "", hintContactOther},
		{bot.Contact{Phone: "88801234567", Own: true}, "+88801234567", ""},    // in no numbering plan, but the messenger knows it
		{bot.Contact{Phone: "0966 123 4567", Own: true}, "+989661234567", ""}, // an unassigned prefix
		{bot.Contact{Phone: "112", Own: true}, "", hintContactUnread},
		{bot.Contact{Own: true}, "", hintContactUnread},
	} {
		if value, confirm, hint := e.Accept(Answer{Contact: &c.card}); value != c.value || hint != c.hint || confirm {
			t.Errorf("%v: %q %q", c.card, value, hint)
		}
	}
}

func TestFilesAreCountedNotRead(t *testing.T) {
	e := parse(t, Files, map[string]any{"max": 2})
	for n, want := range map[int]Verdict{0: {Hint: hintFiles}, 1: {Value: "1"}, 2: {Value: "2"}, 3: {Hint: hintFilesMany}} {
		value, _, hint := e.Accept(Answer{Files: make([]bot.File, n)})
		if value != want.Value || hint != want.Hint {
			t.Errorf("%d files: %q %q", n, value, hint)
		}
	}
	if _, _, hint := parse(t, Account, nil).Accept(Answer{Files: make([]bot.File, 30)}); hint != "" {
		t.Errorf("an account of files was refused: %s", hint)
	}
}

func TestAPlaceIsOnEarth(t *testing.T) {
	e := parse(t, Location, nil)
	if value, _, _ := e.Accept(Answer{Location: &bot.Location{Latitude: 35.7219, Longitude: 51.3347}}); value != "35.721900,51.334700" {
		t.Error(value)
	}
	if _, _, hint := e.Accept(Answer{Location: &bot.Location{Latitude: 91}}); hint != hintLocation {
		t.Error(hint)
	}
}

func FuzzAcceptedValuesAreNormal(f *testing.F) {
	for _, s := range []string{"\u06F0\u06F4\u06F9\u06F9\u06F3\u06F7\u06F0\u06F8\u06F9\u06F9", "+98 (0) 912-123-4567", "25,000,000", "2/5 \u0645\u06CC\u0644\u06CC\u0648\u0646", "1405/08/30", "a@b.co", "10380284790"} {
		f.Add(s)
	}
	free := []string{"account", "text"}
	f.Fuzz(func(t *testing.T, s string) {
		for _, kind := range Kinds() {
			value, confirm, hint := parse(t, Kind(kind), nil).Accept(Answer{Text: s, Lang: bot.Fa, Now: now})
			if !utf8.ValidString(value) || !slices.Contains(free, kind) && strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r > '~' }) {
				t.Fatalf("%s %q gives %q", kind, s, value)
			}
			if hint != "" && !slices.Contains(Hints(), hint) || hint != "" && !confirm && value != "" || confirm && hint == "" {
				t.Fatalf("%s %q: %q %v %q", kind, s, value, confirm, hint)
			}
			if value == "" || confirm {
				continue
			}
			if again, _, hint := parse(t, Kind(kind), nil).Accept(Answer{Text: value, Lang: bot.Fa, Now: now}); again != value || hint != "" {
				t.Fatalf("%s %q gives %q, which gives %q %s", kind, s, value, again, hint)
			}
		}
	})
}

func BenchmarkAccept(b *testing.B) {
	for _, c := range []struct {
		kind Kind
		said string
	}{{NationalID, "0499370899"}, {Phone, "09121234567"}, {Amount, "25,000,000"}, {Date, "1405/08/30"}} {
		e := parse(b, c.kind, nil)
		b.Run(string(c.kind), func(b *testing.B) {
			for b.Loop() {
				e.Accept(Answer{Text: c.said, Lang: bot.Fa, Now: now})
			}
		})
	}
}
