package cases

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

func TestTheOwnerReadsHowHisCaseStands(t *testing.T) {
	p := begin(t)
	p.write(bot.Piece{Field: "description", Text: strings.Repeat("a long story ", 20), Append: true})
	number := p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse")["case.number"].Text
	told := p.must("found", "case.show", "number", number)
	for name, want := range map[string]bot.Value{
		"case.number":   {Text: number},
		"case.kind":     {Text: "complaint"},
		"case.category": {Ref: "categories/card_misuse"},
		"case.state":    {Ref: "statuses/received"},
		"case.unit":     {Ref: "units/commercial_card"},
		"case.opened":   {At: wednesday.UnixMilli()},
	} {
		if got := told[name]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if words := []rune(told["case.text"].Text); len(words) > 61 {
		t.Errorf("the state is given %d letters", len(words))
	}
}

func TestANoticeDateIsToldOnlyWhileItLiesAhead(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "trade_barrier")
	if _, told := p.must("found", "case.show", "number", number)["case.notice"]; !told {
		t.Error("the next notice is not told")
	}
	p.now = wednesday.Add(10 * 24 * time.Hour)
	if v, told := p.must("found", "case.show", "number", number)["case.notice"]; told {
		t.Errorf("a notice of the past is promised: %s", p.when(v))
	}
}

func TestANumberIsReadInAnyDigitsWithOrWithoutDashes(t *testing.T) {
	p := begin(t)
	p.file(bot.Complaint, "card_misuse")
	for _, number := range []string{
		"JV-1405-000001-8", "jv 1405 1 8", "1405000001 8", "14050000018",
		"JV-\u06f1\u06f4\u06f0\u06f5-\u06f0\u06f0\u06f0\u06f0\u06f0\u06f1-\u06f8", // Persian digits
		"JV-\u0661\u0664\u0660\u0665-\u0660\u0660\u0660\u0660\u0660\u0661-\u0668", // Arabic digits
	} {
		p.must("found", "case.show", "number", number)
	}
}

func TestANumberTellsAStrangerNothing(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "card_misuse")
	p.chat = bot.Chat{Key: "tg:javab:78", Member: "m2"}
	other := bot.CaseNumber{Year: 1405, Seq: 999}.String()
	for range triesADay / 2 {
		his, err1 := p.do("case.show", "number", number)
		none, err2 := p.do("case.show", "number", other)
		if fmt.Sprint(his) != fmt.Sprint(none) || fmt.Sprint(err1) != fmt.Sprint(err2) || his.Outcome != "unknown" {
			t.Errorf("a stranger can tell %v from %v", his, none)
		}
	}
	for _, action := range []string{"case.edit", "case.add", "case.withdraw"} {
		p.must("unknown", action, "number", number, "text", "mine")
	}
	if c := p.cases[0]; c.State != bot.Received || len(p.entries) != 0 {
		t.Errorf("a stranger changed the case to %v, %v", c, p.entries)
	}
}

func TestAfterFiveWrongNumbersADayNoMoreAreLookedUp(t *testing.T) {
	p := begin(t)
	own := p.file(bot.Complaint, "card_misuse")
	for range triesADay {
		p.must("unknown", "case.show", "number", "JV-1405-000999-0")
	}
	p.must("too_many", "case.show", "number", "JV-1405-000999-0")
	p.must("found", "case.show", "number", own)
	p.chat.Key = "tg:javab:78"
	p.must("unknown", "case.show", "number", own)
}

func TestACaseOfAMemberIsHisOnEveryChannelAndNobodyElsesOnHisOldOne(t *testing.T) {
	p := begin(t)
	p.chat.Member = "m1"
	p.members[p.chat.Key] = bot.Member{ID: "m1", Verified: true}
	number := p.file(bot.Complaint, "card_misuse")
	old := p.chat.Key
	p.chat.Key = "bale:javab:5"
	p.must("found", "case.show", "number", number)
	p.chat = bot.Chat{Key: old, Member: "m2"}
	p.must("unknown", "case.show", "number", number)
}

func TestAMemberChoosesFromHisOwnCases(t *testing.T) {
	p := begin(t)
	p.must("none", "case.list")
	complaint := p.file(bot.Complaint, "card_misuse")
	request := p.file(bot.Request, "membership_change")
	p.chat.Key = "tg:javab:78"
	p.file(bot.Complaint, "card_misuse")
	p.chat.Key = "tg:javab:77"
	for kind, want := range map[string][]string{"": {complaint, request}, "request": {request}, "complaint": {complaint}} {
		var got []string
		for _, item := range p.must("some", "case.list", "kind", kind)["cases"].Items {
			if item.Label != item.ID {
				t.Errorf("case %s is shown as %s", item.ID, item.Label)
			}
			got = append(got, item.ID)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("of kind %q he is shown %v, want %v", kind, got, want)
		}
	}
	p.must("none", "case.list", "kind", "suggestion")
}

func TestALongListIsCutToWhatTheStateHolds(t *testing.T) {
	p := begin(t)
	for range bot.MaxItems + 3 {
		p.file(bot.Complaint, "card_misuse")
	}
	if n := len(p.must("some", "case.list")["cases"].Items); n != bot.MaxItems {
		t.Errorf("%d cases are offered", n)
	}
}

func TestOpenCasesAreCounted(t *testing.T) {
	p := begin(t)
	p.must("none", "case.open_count")
	first := p.file(bot.Complaint, "card_misuse")
	if told := p.must("one", "case.open_count"); told["case.number"].Text != first {
		t.Errorf("the one open case is %v", told)
	}
	p.file(bot.Complaint, "trade_barrier")
	if told := p.must("many", "case.open_count"); len(told["cases"].Items) != 2 {
		t.Errorf("the open cases are %v", told)
	}
	p.must("ok", "case.withdraw", "number", first)
	p.must("one", "case.open_count")
}

func TestAChoiceSaysWhatTheCaseIsAboutInTheMembersLanguage(t *testing.T) {
	p := begin(t)
	p.chat.Lang = bot.En
	number := p.file(bot.Complaint, "trade_barrier")
	item := p.must("some", "case.list")["cases"].Items[0]
	if item.ID != number || item.Label != "Trade barrier · "+number {
		t.Errorf("shown as %+v", item)
	}
	p.file(bot.Complaint, "trade_barrier")
	p.chat.Lang = bot.Ar
	for _, item := range p.must("many", "case.open_count")["cases"].Items {
		if item.Label != "A · "+item.ID {
			t.Errorf("shown as %+v", item)
		}
	}
}

func TestTheDateOfTheReplyIsToldOnlyWhileTheCaseIsOpen(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Complaint, "trade_barrier")
	if p.must("found", "case.show", "number", number)["case.due"].At == 0 {
		t.Error("an open case has no date")
	}
	p.must("ok", "case.withdraw", "number", number)
	if due := p.must("found", "case.show", "number", number)["case.due"]; due.At != 0 {
		t.Errorf("a closed case promises %+v", due)
	}
}
