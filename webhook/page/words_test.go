package page_test

import (
	"strings"
	"testing"

	"javab/webhook/page"
)

func TestACommandInSomebodysWordsStandsForItselfAndAnAddressDoesNot(t *testing.T) {
	for words, want := range map[string]string{
		"/officer": "[/officer]",
		"\u062f\u0633\u062a\u0648\u0631 /officer \u0631\u0627": "\u062f\u0633\u062a\u0648\u0631 [/officer] \u0631\u0627",
		"\u062f\u0633\u062a\u0648\u0631/menu\u060c":            "\u062f\u0633\u062a\u0648\u0631[/menu]\u060c",
		"(/track@javab_bot), then /menu.":                      "([/track@javab_bot]), then [/menu].",
		"first\n/menu\nlast":                                   "first\n[/menu]\nlast",
		"https://example.org/menu/list":                        "https://example.org/menu/list",
		"yes/no 12/b ./run </b> a /b/c":                        "yes/no 12/b ./run </b> a /b/c",
		"1405/08/01 / 3":                                       "1405/08/01 / 3",
		"":                                                     "",
	} {
		var got strings.Builder
		for _, run := range (page.Frame{}).Runs(words) {
			if run.Command {
				got.WriteString("[" + run.Text + "]")
				continue
			}
			got.WriteString(run.Text)
		}
		if got.String() != want {
			t.Errorf("%q is cut as %q, want %q", words, got.String(), want)
		}
	}
}
