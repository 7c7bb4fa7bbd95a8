package app

import (
	"maps"
	"regexp"
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/desk"
)

func TestTheContentHasWhatTheDeskAndTheKeeperSayWithTheirPlaceholders(t *testing.T) {
	library := builtIn(t)
	placeholder := regexp.MustCompile(`\{([a-z]+)\}`)
	texts := maps.Clone(desk.TextIDs)
	maps.Copy(texts, cases.TextIDs)
	for id, names := range texts {
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
	rules := library.PromiseRules()
	times := []time.Duration{
		rules.CloseAfter, rules.CallWithin, rules.ReplyWithin, rules.DueAhead, rules.LinkFor, rules.ReopenFor, rules.SurveyAfter,
		rules.SurveyEvery, rules.CheckAfter,
	}
	if slices.Contains(times, 0) || len(rules.Remind) != 2 || rules.LowRating == 0 || !slices.Equal(rules.Confirm, []bot.CaseKind{bot.Complaint, bot.Request}) {
		t.Errorf("the rules of the end are %+v", rules)
	}
}
