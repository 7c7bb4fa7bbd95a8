package cases

import (
	"strings"
	"testing"
	"unicode/utf8"

	"javab/bot"
)

func TestAMemberChoosesAmongTheCasesWhoseResultHeWasTold(t *testing.T) {
	p := begin(t)
	p.must("none", "case.list", "result", "told")
	for _, state := range []bot.CaseState{bot.InWork, bot.Proposed, bot.Closed, bot.Withdrawn, bot.Reopened} {
		p.file(bot.Complaint, "card_misuse")
		p.cases[len(p.cases)-1].State = state
	}
	var got []bot.CaseState
	for _, item := range p.must("some", "case.list", "result", "told")["cases"].Items {
		for _, c := range p.cases {
			if c.Number.String() == item.ID {
				got = append(got, c.State)
			}
		}
	}
	if len(got) != 2 || got[0] != bot.Proposed || got[1] != bot.Closed {
		t.Errorf("he is shown cases that are %v", got)
	}
}

func TestWhatIsSaidOfAConfidentialCaseIsConfidential(t *testing.T) {
	p := begin(t)
	for category, want := range map[string]bool{"card_misuse": true, "trade_barrier": false} {
		result, err := p.do("case.show", "number", p.file(bot.Complaint, category))
		if err != nil || result.Confidential != want || want != (result.Unit != "") {
			t.Errorf("%s: %+v, %v", category, result, err)
		}
	}
	if result, err := p.do("case.show", "number", "JV-1405-000123-7"); err != nil || result.Confidential {
		t.Errorf("a stranger's number: %+v, %v", result, err)
	}
}

func TestALongResultDoesNotFillTheStateOfTheChat(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "card_misuse")
	p.cases[0].State, p.cases[0].Closure = bot.Proposed, bot.Closure{Round: 2, Result: strings.Repeat("\u0646\u062A\u06CC\u062C\u0647 ", 700)}
	told := p.must("found", "case.show", "number", number)
	if n := utf8.RuneCountInString(told["case.result"].Text); n != resultLength+1 || told["case.round"].Text != "2" {
		t.Errorf("%d letters of the result, round %q", n, told["case.round"].Text)
	}
}
