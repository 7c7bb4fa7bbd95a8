package cases

import (
	"errors"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

func TestAComplaintHasItsNumberAndPromisesInTheSameTurn(t *testing.T) {
	p := begin(t)
	told := p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse")
	if number := told["case.number"].Text; number != "JV-1405-000001-8" {
		t.Errorf("the number is %s", number)
	}
	for name, want := range map[string]string{
		"case.first_answer": "Sat 2026-11-28 08:59",
		"case.due":          "Sat 2026-11-28 15:59",
		"case.notice":       "Sat 2026-11-28 11:59", // half of the promise
	} {
		if got := p.when(told[name]); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	c := p.cases[0]
	if c.Unit != "commercial_card" || !c.Confidential || c.Urgency != "critical" || c.State != bot.Received || c.ID == "" || !c.OpenedAt.Equal(wednesday) {
		t.Errorf("filed as %+v", c)
	}
}

func TestALongPromiseHasANoticeOnTheWay(t *testing.T) {
	p := begin(t)
	told := p.must("ok", "case.open", "kind", "complaint", "category", "trade_barrier")
	if notice, due := p.when(told["case.notice"]), p.when(told["case.due"]); notice != "Sun 2026-11-29 15:59" || due != "Wed 2026-12-09 15:59" {
		t.Errorf("notice %s, due %s", notice, due)
	}
}

func TestTheYearOfTheNumberIsThatOfTheChambersClock(t *testing.T) {
	p := begin(t)
	p.now = time.Date(2026, time.March, 20, 20, 29, 0, 0, time.UTC) // 23:59 in Tehran
	old := p.file(bot.Complaint, "card_misuse")
	p.now = p.now.Add(time.Minute)
	if fresh := p.file(bot.Complaint, "card_misuse"); old[:7] != "JV-1404" || fresh[:7] != "JV-1405" {
		t.Errorf("around Nowruz: %s, then %s", old, fresh)
	}
}

func TestConfirmingTwiceFilesOnce(t *testing.T) {
	p := begin(t)
	first := p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse")
	p.now, p.event = p.now.Add(time.Hour), "tg:8842.1"
	second := p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse")
	if len(p.cases) != 1 || first["case.number"].Text != second["case.number"].Text || first["case.due"].At != second["case.due"].At {
		t.Errorf("filed %d times; told %v, then %v", len(p.cases), first, second)
	}
}

func TestCasesWithoutAFormAreFiledOncePerCall(t *testing.T) {
	p := begin(t)
	p.draft = ""
	p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse")
	p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse")
	p.event = "tg:9000.1"
	p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse")
	if len(p.cases) != 2 {
		t.Errorf("two calls made %d cases", len(p.cases))
	}
}

func TestTheFormBecomesTheCase(t *testing.T) {
	p := begin(t)
	p.write(
		bot.Piece{Field: "description", Text: "it began on Monday", Append: true},
		bot.Piece{Field: "description", File: &bot.File{ID: "f1"}, Append: true},
		bot.Piece{Field: "card_no", Text: "111"},
		bot.Piece{Field: "card_no", Text: "12345"},
		bot.Piece{Field: "description", Text: "and went on", Append: true},
	)
	p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse", "phone", "+989121234567", "for_whom", "company", "membership_no", "")
	c := p.cases[0]
	if c.Text != "it began on Monday\nand went on" || c.Phone != "+989121234567" {
		t.Errorf("text %q, phone %q", c.Text, c.Phone)
	}
	if len(c.Answers) != 2 || c.Answers["card_no"] != "12345" || c.Answers["for_whom"] != "company" {
		t.Errorf("answers %v", c.Answers)
	}
}

func TestTheAccountThatTheScriptNamesIsTheTextAndAnotherOneAnAnswer(t *testing.T) {
	p := begin(t)
	p.write(
		bot.Piece{Field: "description", Text: "first", Append: true},
		bot.Piece{Field: "description", Text: "second", Append: true},
		bot.Piece{Field: "witnesses", Text: "a neighbour", Append: true},
	)
	p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse", "text", "first\nsecond")
	if c := p.cases[0]; c.Text != "first\nsecond" || len(c.Answers) != 1 || c.Answers["witnesses"] != "a neighbour" {
		t.Errorf("text %q, answers %v", c.Text, c.Answers)
	}
}

func TestALongSingleAnswerThatIsTheTextIsNotKeptTwice(t *testing.T) {
	p := begin(t)
	p.write(bot.Piece{Field: "idea", Text: "shorter queues"})
	p.must("ok", "case.open", "kind", "complaint", "category", "card_misuse", "text", "shorter queues")
	if c := p.cases[0]; c.Text != "shorter queues" || len(c.Answers) != 0 {
		t.Errorf("text %q, answers %v", c.Text, c.Answers)
	}
}

func TestOnlyAProvenMemberOwnsACaseOthersBelongToTheChat(t *testing.T) {
	p := begin(t)
	p.chat.Member = "m1"
	p.members[p.chat.Key] = bot.Member{ID: "m1"}
	p.file(bot.Complaint, "card_misuse")
	p.members[p.chat.Key] = bot.Member{ID: "m1", Verified: true}
	p.file(bot.Complaint, "card_misuse")
	if p.cases[0].Member != "" || p.cases[1].Member != "m1" {
		t.Errorf("members %q and %q", p.cases[0].Member, p.cases[1].Member)
	}
}

func TestACategoryThatTheContentLostIsUnavailable(t *testing.T) {
	p := begin(t)
	p.must("unavailable", "case.open", "kind", "complaint", "category", "gone")
	p.must("unavailable", "case.open", "kind", "praise", "category", "card_misuse")
	if len(p.cases) != 0 {
		t.Error("something was filed")
	}
}

func TestAPromiseBeyondTheCalendarStopsTheTurn(t *testing.T) {
	p := begin(t)
	p.now = wednesday.AddDate(1, 0, -1)
	if _, err := p.do("case.open", "kind", "complaint", "category", "trade_barrier"); !errors.Is(err, worktime.ErrHorizon) || len(p.cases) != 0 {
		t.Errorf("filed %d cases, error %v", len(p.cases), err)
	}
}

func TestADatabaseThatIsAwayStopsEveryAction(t *testing.T) {
	p := begin(t)
	number := p.file(bot.Request, "membership_change")
	p.chat.Member = "m1"
	p.down = &bot.Error{Kind: bot.Unavailable, Key: "database.away"}
	for action := range p.p.Actions() {
		result, err := p.do(action, "kind", "complaint", "category", "card_misuse", "number", number)
		if bot.KindOf(err) != bot.Unavailable {
			t.Errorf("%s ended %q with %v", action, result.Outcome, err)
		}
	}
}
