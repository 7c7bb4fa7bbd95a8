package app

import (
	"regexp"
	"slices"
	"testing"

	"javab/bot"
	"javab/bot/desk"
	"javab/flows/scripts"
)

func TestTheContentHasWhatTheDeskSaysWithItsPlaceholders(t *testing.T) {
	library, err := openLibrary(scripts.FS, opening)
	if err != nil {
		t.Fatal(err)
	}
	placeholder := regexp.MustCompile(`\{([a-z]+)\}`)
	for id, names := range desk.TextIDs {
		for _, lang := range bot.Langs {
			var got []string
			for _, m := range placeholder.FindAllStringSubmatch(library.Text(id).In(lang), -1) {
				got = append(got, m[1])
			}
			slices.Sort(got)
			if want := slices.Sorted(slices.Values(names)); library.Text(id).In(lang) == "" || !slices.Equal(got, want) {
				t.Errorf("%s says %q in %s; it shall have %q", id, library.Text(id).In(lang), lang, want)
			}
		}
	}
	if rules := library.Rules(); rules.Warn >= rules.Release || rules.Ask >= rules.Back || rules.Lost == 0 || library.FirstAnswer("") == 0 {
		t.Errorf("the rules are %+v", rules)
	}
}
