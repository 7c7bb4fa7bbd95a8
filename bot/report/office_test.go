package report

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"javab/bot"
)

// times makes n complaints alike.
func (w *world) times(n int, change func(*Case)) {
	for range n {
		c := filed()
		c.ID = bot.CaseID(fmt.Sprint(len(w.cases)))
		c.Number = bot.CaseNumber{Year: 1405, Seq: len(w.cases) + 1}
		change(&c)
		w.cases = append(w.cases, c)
	}
}

func TestComplaintsInTimeAreOfThoseThatWereDue(t *testing.T) {
	w := open(t)
	w.times(7, func(c *Case) { told(c, hour(11, 0)) })
	w.times(3, func(c *Case) { c.BreachedAt = hour(9, 0) })
	w.times(2, func(*Case) {})                                                             // due later today
	w.times(4, func(c *Case) { c.State, c.Runs = bot.WaitingMember, false })               // their clocks stand
	w.times(5, func(c *Case) { c.State, c.Runs = bot.Withdrawn, false })                   // taken back
	w.times(6, func(c *Case) { told(c, hour(11, 0)); c.DueAt = aban.To().Add(time.Hour) }) // of the next month
	f := w.figure(t, Ask{Period: aban}, InTime)
	if f.Over != 7 || f.Under != 10 || f.Rests != 10 || f.Value != .7 || !f.Known() {
		t.Errorf("%+v", f)
	}
	if got := fmt.Sprint(f.Parts); got != "[{in_time 7 false} {late 3 false} {pending 2 true} {paused 4 true} {withdrawn 5 true}]" {
		t.Error(got)
	}
	for only, want := range map[Standing]int{"": 10, Kept: 7, Late: 3, Pending: 2, Stands: 4, TakenBack: 5, Good: 0} {
		same, items, err := w.List(t.Context(), Ask{Period: aban}, InTime, only)
		if err != nil || len(items) != want || fmt.Sprint(same) != fmt.Sprint(f) {
			t.Errorf("%q opens %d, not %d (%v)", only, len(items), want, err)
		}
	}
}

func TestWhatRestsOnFewerThanFiveSaysNothing(t *testing.T) {
	w := open(t)
	w.times(4, func(c *Case) { told(c, hour(11, 0)) })
	four := w.figure(t, Ask{Period: aban}, InTime)
	if four.Known() || four.Rests != 4 {
		t.Errorf("%+v", four)
	}
	w.times(1, func(c *Case) { told(c, hour(11, 0)) })
	five := w.figure(t, Ask{Period: aban}, InTime)
	if !five.Known() {
		t.Error("five say nothing")
	}
	if _, _, toldOf := five.Change(four); toldOf {
		t.Error("a change from nothing is told")
	}
}

func TestAnswersAreTimedInTheWorkingTimeOfTheUnit(t *testing.T) {
	w := open(t)
	wednesday := time.Date(2026, time.November, 18, 15, 0, 0, 0, noon.Location())
	for _, answered := range []time.Time{hour(8, 0), hour(9, 0), hour(10, 0), hour(11, 0), hour(12, 0)} { // 1 to 5 hours: two closed days between
		w.times(1, func(c *Case) { c.Kind, c.OpenedAt, c.AnsweredAt = bot.Question, wednesday, answered })
	}
	w.times(3, func(c *Case) { c.OpenedAt = hour(9, 0) })                                                       // nobody has answered yet
	w.times(2, func(c *Case) { c.OpenedAt, c.State = hour(9, 0), bot.Withdrawn })                               // nobody needs to
	w.times(1, func(c *Case) { c.OpenedAt, c.AnsweredAt = aban.From().AddDate(0, 0, -9), aban.From().Add(-1) }) // before
	f := w.figure(t, Ask{Period: aban}, Response)
	if f.Rests != 5 || f.Of(Waiting) != 3 {
		t.Errorf("%+v", f)
	}
	if f.Mean != 3*time.Hour || f.Median != 3*time.Hour || f.Ninth != 5*time.Hour || f.Value != (3*time.Hour).Seconds() {
		t.Errorf("mean %s, median %s, nine of ten %s", f.Mean, f.Median, f.Ninth)
	}
}

func TestAnAnswerToASurveyCountsInTheMonthInWhichItWasGiven(t *testing.T) {
	w := open(t)
	before := aban.From().Add(-time.Hour)
	for _, rating := range []int{5, 5, 4, 3, 1} {
		w.surveys = append(w.surveys, Survey{AskedAt: before, Rating: rating, RatedAt: noon})
	}
	w.surveys = append(w.surveys,
		Survey{AskedAt: noon}, // no answer
		Survey{AskedAt: noon, Rating: 5, RatedAt: aban.To().Add(time.Hour)},      // answered next month
		Survey{AskedAt: before, Rating: 1, RatedAt: before.Add(time.Minute)},     // the month before
		Survey{AskedAt: aban.To(), Rating: 1, RatedAt: aban.To().Add(time.Hour)}, // the month after
	)
	f := w.figure(t, Ask{Period: aban}, Satisfied)
	if f.Over != 3 || f.Under != 5 || f.Of(Unanswered) != 2 || f.Value != .6 {
		t.Errorf("%+v", f)
	}
	w.aims.GoodFrom = 3
	if f := w.figure(t, Ask{Period: aban}, Satisfied); f.Over != 4 {
		t.Errorf("with good from 3: %+v", f)
	}
}

func TestMembersAreCountedOnceAndStrangersApart(t *testing.T) {
	w := open(t)
	w.contacts = map[time.Time][]Contact{aban.From(): {{Member: "a"}, {Member: "b"}, {Chat: "tg:x:1"}, {Member: "c"}, {Member: "d"}, {Member: "e"}}}
	w.aims.Targets = []Target{{From: Month{1405, 1}, Contacted: 10}}
	f := w.figure(t, Ask{Period: aban}, Contacted)
	if f.Over != 5 || f.Under != 10 || f.Value != 5 || f.Of(Unknown) != 1 || f.Meets() {
		t.Errorf("%+v", f)
	}
	w.aims.Targets[0].Contacted = 5
	if !w.figure(t, Ask{Period: aban}, Contacted).Meets() {
		t.Error("the standard is not met")
	}
	if f := w.figure(t, Ask{Period: aban, Unit: "trade"}, Contacted); f.Target != 0 {
		t.Error("one unit is measured by the standard of all")
	}
	quarter := Period{Month{1405, 6}, Month{1405, 8}}
	if f := w.figure(t, Ask{Period: quarter}, Contacted); f.Target != 15 {
		t.Errorf("the standard of three months is %v", f.Target)
	}
}

// renews closes n requests of a category in the middle of a period.
func (w *world) renews(n int, category string, in Period) {
	for range n {
		w.cases = append(w.cases, Case{Kind: bot.Request, Category: category, Unit: "renewal", State: bot.Closed, ClosedAt: in.From().AddDate(0, 0, 9)})
	}
}

func TestRenewalsAreTheRequestsBroughtToTheirEndOfTheCardsThatExpire(t *testing.T) {
	w := open(t)
	head := bot.Staff{ID: "head", Role: bot.RoleHead}
	w.aims.Renewals = map[string]bot.UnitID{"renewal": "renewal"}
	w.renews(30, "renewal", aban)
	w.renews(9, "change", aban)
	w.renews(7, "renewal", aban.Before())
	ask := Ask{By: head, Period: aban}
	if f := w.figure(t, ask, Renewed); f.Known() || f.Lacks != LacksCards || f.Of(Done) != 30 {
		t.Errorf("nobody has said how many cards expire: %+v", f)
	}
	w.aims.Expiring = map[Month]int{{1405, 8}: 40}
	if f := w.figure(t, ask, Renewed); !f.Known() || f.Over != 30 || f.Under != 40 || f.Rests != 40 || f.Value != .75 {
		t.Errorf("%+v", f)
	}
	_, items, err := w.List(t.Context(), ask, Renewed, "")
	if err != nil || len(items) != 30 || items[0].Case.Category != "renewal" {
		t.Errorf("its number opens %d, %v", len(items), err)
	}
	ask.Period = Period{Month{1405, 7}, Month{1405, 8}}
	if f := w.figure(t, ask, Renewed); f.Lacks != LacksCards || f.Of(Done) != 37 {
		t.Errorf("one month of two is missing: %+v", f)
	}
	w.aims.Expiring[Month{1405, 7}] = 34
	if f := w.figure(t, ask, Renewed); f.Lacks != "" || f.Under != 74 || f.Value != .5 {
		t.Errorf("two months: %+v", f)
	}
}

func TestThePartOfARenewalRateThatSomebodySeesIsNoRate(t *testing.T) {
	w := open(t)
	w.aims.Renewals, w.aims.Expiring = map[string]bot.UnitID{"renewal": "renewal"}, map[Month]int{{1405, 8}: 40}
	w.renews(30, "renewal", aban)
	sees := bot.Staff{ID: "mona", Role: bot.RoleManager, Units: []bot.UnitID{"renewal"}}
	for name, row := range map[string]struct {
		ask   Ask
		lacks string
	}{
		"of all her units":              {Ask{By: sees, Period: aban}, ""},
		"of one unit":                   {Ask{By: sees, Period: aban, Unit: "renewal"}, LacksWhole},
		"for who leads another unit":    {Ask{By: bot.Staff{ID: "ali", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}}, Period: aban}, LacksWhole},
		"for the head, who leads all":   {Ask{By: bot.Staff{ID: "head", Role: bot.RoleHead}, Period: aban}, ""},
		"of a month nobody spoke about": {Ask{By: sees, Period: aban.After()}, LacksCards},
	} {
		if f := w.figure(t, row.ask, Renewed); f.Lacks != row.lacks {
			t.Errorf("%s it lacks %q, want %q", name, f.Lacks, row.lacks)
		}
	}
}

func TestATargetHoldsFromItsMonthOnAndPastMonthsKeepTheirs(t *testing.T) {
	w := open(t)
	w.aims.Targets = []Target{{From: Month{1405, 8}, InTime: .95, Answer: time.Hour}, {From: Month{1404, 1}, InTime: .9}}
	for month, want := range map[Month]float64{{1403, 12}: 0, {1404, 1}: .9, {1405, 7}: .9, {1405, 8}: .95, {1406, 1}: .95} {
		if f := w.figure(t, Ask{Period: Period{month, month}}, InTime); f.Target != want {
			t.Errorf("in %s it is %v", month, f.Target)
		}
	}
	if f := w.figure(t, Ask{Period: aban}, Response); f.Target != 3600 {
		t.Errorf("an answer within %v seconds", f.Target)
	}
}

func TestLessWaitingIsBetterAndMoreOfAllElse(t *testing.T) {
	was, is := Figure{ID: Response, Rests: 9, Value: 60}, Figure{ID: Response, Rests: 9, Value: 40}
	if by, better, _ := is.Change(was); by != -20 || better != 1 {
		t.Errorf("changed by %v: %d", by, better)
	}
	was.ID, is.ID = InTime, InTime
	if _, better, toldOf := is.Change(was); better != -1 || !toldOf {
		t.Errorf("fewer in time: %d", better)
	}
	if _, better, _ := was.Change(was); better != 0 {
		t.Errorf("the same is %d", better)
	}
}

func TestABoardComparesWithThePeriodBeforeAndOneFailureLeavesTheRest(t *testing.T) {
	w := open(t)
	w.times(5, func(c *Case) { told(c, hour(11, 0)) })
	w.times(5, func(c *Case) { c.BreachedAt = aban.From().Add(-time.Hour) })
	tiles := w.Board(t.Context(), Ask{Period: aban, Unit: ""})
	if len(tiles) != 5 || tiles[2].ID != InTime || tiles[2].Value != 1 || tiles[2].Earlier.Value != 0 || tiles[2].Earlier.Rests != 5 {
		t.Errorf("%+v", tiles[2])
	}
	w.fails = errors.New("the database is away")
	for _, tile := range w.Board(t.Context(), Ask{Period: aban}) {
		if tile.Err == nil || !tile.ID.Valid() {
			t.Errorf("%s: %v", tile.ID, tile.Err)
		}
	}
}

func TestATrendEndsWithThePeriodThatIsAskedFor(t *testing.T) {
	w := open(t)
	w.times(6, func(c *Case) { told(c, hour(11, 0)) })
	w.times(5, func(c *Case) { c.BreachedAt = aban.Before().From() })
	stages, err := w.Trend(t.Context(), Ask{Period: aban}, 3)
	if err != nil || len(stages) != 3 {
		t.Fatal(stages, err)
	}
	for i, want := range []string{"1405-06: 0 of 0", "1405-07: 0 of 5", "1405-08: 6 of 6"} {
		f := stages[i].Figures[2]
		if got := fmt.Sprintf("%s: %d of %d", stages[i].Period, f.Over, f.Under); got != want || f.ID != InTime {
			t.Errorf("%s, want %s", got, want)
		}
	}
	w.fails = errors.New("away")
	if _, err := w.Trend(t.Context(), Ask{Period: aban}, 2); !errors.Is(err, w.fails) {
		t.Error(err)
	}
}

func TestOnlyWhatSomebodySeesIsAskedFor(t *testing.T) {
	w := open(t)
	mona := bot.Staff{ID: "mona", Role: bot.RoleManager}
	w.figure(t, Ask{By: mona, Period: aban, Unit: "trade"}, InTime)
	if q := w.asked[0]; q.By.ID != "mona" || q.Unit != "trade" || !q.From.Equal(aban.From()) || !q.To.Equal(aban.To()) {
		t.Errorf("asked %+v", q)
	}
	if _, err := w.Figure(t.Context(), Ask{Period: aban}, "k6"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("a sixth indicator: %v", err)
	}
}
