package casefile

import (
	"testing"
	"time"

	"javab/bot"
)

var (
	mina = bot.Staff{ID: "mina", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}}
	rad  = bot.Staff{ID: "rad", Role: bot.RoleUnit, Units: []bot.UnitID{"legal"}}
)

func TestACaseBelongsToItsViews(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		c    bot.Case
		want []View
	}{
		{bot.Case{State: bot.InWork, Next: bot.Next{At: at}}, []View{Open, All}},
		{bot.Case{State: bot.InWork}, []View{Open, Orphans, All}},
		{bot.Case{State: bot.InWork, Holder: "mina", Alarm: bot.AlarmOfficer, Next: bot.Next{At: at}}, []View{Open, AtRisk, Mine, All}},
		{bot.Case{State: bot.Referred, BreachedAt: at, Alarm: bot.AlarmHead, Next: bot.Next{At: at}}, []View{Open, Breached, AtUnit, All}},
		{bot.Case{State: bot.Proposed, Next: bot.Next{At: at}}, []View{Open, AtMember, All}},
		{bot.Case{State: bot.Proposed, Alarm: bot.AlarmManager, Overdue: true, Next: bot.Next{At: at}}, []View{Open, AtRisk, AtMember, All}},
		{bot.Case{State: bot.Closed, BreachedAt: at, Alarm: bot.AlarmOfficer, Overdue: true, Holder: "mina"}, []View{Closed, All}},
	} {
		var got []View
		for _, v := range append(Views[:], All) {
			if v.Fits(mina, row.c) {
				got = append(got, v)
			}
		}
		if len(got) != len(row.want) {
			t.Errorf("%+v is in %v, want %v", row.c.State, got, row.want)
			continue
		}
		for i := range got {
			if got[i] != row.want[i] {
				t.Errorf("%+v is in %v, want %v", row.c.State, got, row.want)
			}
		}
	}
}

func TestAUnitReadsTheWordsOfACaseAndItsOwnQuestionsAlone(t *testing.T) {
	f := File{
		Case:      bot.Case{ID: "c", Text: "late", Phone: "+98912", Member: "m", Holder: "mina", Closure: bot.Closure{Result: "done"}},
		Member:    bot.Member{ID: "m", Name: "Ann"},
		Entries:   []bot.CaseEntry{{What: "opened"}},
		Referrals: []bot.Referral{{ID: "1", Unit: "legal"}, {ID: "2", Unit: "card"}},
		Tasks:     []bot.Task{{ID: "t"}},
		Approvals: []bot.Approval{{ID: "a"}},
		Attached:  []bot.File{{ID: "f"}},
	}
	f.Case.Unit = "trade"
	if whole, sees := f.For(mina, nil); !sees || whole.Narrow || len(whole.Referrals) != 2 {
		t.Errorf("an officer reads %+v", whole)
	}
	for _, other := range []bot.Staff{{ID: "x", Role: bot.RoleOfficer, Units: []bot.UnitID{"finance"}}, {ID: "y", Role: bot.RoleAdmin}} {
		if got, sees := f.For(other, nil); sees || got.Case.Text != "" {
			t.Errorf("%s reads %+v", other.ID, got)
		}
	}
	if _, sees := f.For(rad, []bot.StaffID{"rad"}); sees {
		t.Error("whom it complains about reads it")
	}
	got, sees := f.For(rad, nil)
	if !sees || !got.Narrow || got.Case.Text != "late" || len(got.Referrals) != 1 || got.Referrals[0].ID != "1" || len(got.Attached) != 1 {
		t.Errorf("it misses its own: %+v", got)
	}
	if got.Case.Phone+string(got.Case.Member)+string(got.Case.Holder)+got.Case.Closure.Result+got.Member.Name != "" || len(got.Entries)+len(got.Tasks)+len(got.Approvals) > 0 {
		t.Errorf("it reads more: %+v", got)
	}
}

func TestFilesAreAttachedOnce(t *testing.T) {
	bill, photo := bot.File{ID: "bill"}, bot.File{ID: "photo"}
	f := File{}
	f.Attach([]bot.Draft{{Pieces: []bot.Piece{{File: &bill}, {Text: "x"}, {File: &photo}}}, {Pieces: []bot.Piece{{File: &bill}}}})
	if len(f.Attached) != 2 || f.Attached[0].ID != "bill" {
		t.Errorf("%+v", f.Attached)
	}
	forms := Forms(bot.Case{Draft: "d1"}, []bot.CaseEntry{{Draft: "d1"}, {}, {Draft: "d2"}})
	if len(forms) != 2 || forms[1] != "d2" {
		t.Errorf("%v", forms)
	}
}

func TestASurveyWithoutAnAnswerCountsAsAskedAlone(t *testing.T) {
	var tally Tally
	if tally.Mean() != 0 {
		t.Error("no answers have a mean")
	}
	tally.Add(0, 3)
	tally.Add(5, 2)
	tally.Add(2, 1)
	if tally.Asked != 6 || tally.Answered != 3 || tally.Low != 1 || tally.Mean() != 4 {
		t.Errorf("%+v %f", tally, tally.Mean())
	}
}

func TestWhoOnlyAnswersHasQuestionsAndTheHeadHasNone(t *testing.T) {
	if got := ViewsOf(rad); len(got) != 2 || got[0] != Asked || !got[1].Questions() {
		t.Errorf("%v", got)
	}
	if got := ViewsOf(mina); len(got) != len(Views) {
		t.Errorf("%v", got)
	}
	for _, v := range ViewsOf(bot.Staff{Role: bot.RoleHead}) {
		if v.Questions() {
			t.Errorf("the head is asked: %s", v)
		}
	}
}
