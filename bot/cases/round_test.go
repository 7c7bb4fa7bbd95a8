package cases_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/worktime"
	"javab/storage"
	"javab/storage/memstore"
)

// office is a chamber in which time passes: one member, his case, and the keeper of promises.
type office struct {
	t      *testing.T
	store  *memstore.Store
	keeper *cases.Keeper
	hours  *worktime.Live
	table  worktime.Table
	now    time.Time
	seed   uint64
	key    bot.ChatKey
	number bot.CaseNumber

	channel string       // how it is with the member's channel
	buttons []bot.Choice // below the last message that reached him
}

// rules of a chamber whose members hear of their cases every two working days.
var rules = cases.Rules{
	NoticeEvery: 16 * time.Hour, NoticeAhead: time.Hour, NoticeShare: 0.5, RiskShare: 0.75, HeadAfter: 8 * time.Hour,
	Clock: map[bot.CaseState]cases.ClockRule{
		bot.Received: cases.ClockRuns, bot.InWork: cases.ClockRuns, bot.Withdrawn: cases.ClockStopped, bot.WaitingMember: cases.ClockPaused,
		bot.Referred: cases.ClockRuns, bot.Reopened: cases.ClockRuns, bot.Proposed: cases.ClockStopped, bot.Closed: cases.ClockStopped,
	},
	Confirm: []bot.CaseKind{bot.Complaint, bot.Request}, Remind: []time.Duration{8 * time.Hour, 24 * time.Hour}, CloseAfter: 40 * time.Hour,
	CallWithin: 8 * time.Hour, DueAhead: 4 * time.Hour, ReopenFor: 10 * 24 * time.Hour, SurveyAfter: 24 * time.Hour,
	SurveyEvery: 30 * 24 * time.Hour, CheckAfter: 14 * 24 * time.Hour, LowRating: 2,
}

// promised is a catalog whose every matter is promised within so many working hours.
type promised int

func (p promised) Category(_ bot.CaseKind, id string) (bot.Category, bool) {
	return bot.Category{ID: id, Unit: "member_relations", SLAHours: int(p), FirstResponseHours: 4}, id != "gone"
}

func (promised) List(bot.CaseKind) string  { return "categories" }
func (promised) PromiseRules() cases.Rules { return rules }

// plain are words that a test can read.
type plain struct{}

func (plain) Text(id string) bot.Text {
	words := id
	for _, name := range cases.TextIDs[id] {
		words += " {" + name + "}"
	}
	return bot.Text{Fa: words, Ar: words, En: words}
}
func (plain) StateName(s bot.CaseState) bot.Text { return bot.Text{En: string(s)} }
func (o *office) Put(bot.Chat)                   {}
func (o *office) Wake(bot.ChatKey)               {}

// sunday is when the cases of these tests are filed: 2026-11-22, 10:00 in Tehran.
var sunday = time.Date(2026, time.November, 22, 6, 30, 0, 0, time.UTC)

// filed opens a case that is promised within so many working hours.
func filed(t *testing.T, hours int) *office {
	t.Helper()
	o := &office{t: t, store: memstore.New(), now: sunday, key: "tg:javab:7", hours: &worktime.Live{}}
	var err error
	if o.table, err = worktime.Default(sunday.AddDate(-1, 0, 0), sunday.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	o.lay(0)
	o.keeper = &cases.Keeper{
		Procedure: cases.Procedure{Catalog: promised(hours), Hours: o.hours}, Store: storage.As[cases.RoundTx](o.store), Words: plain{},
		Hot: o, Post: o, Clock: func() time.Time { return o.now }, Random: func() uint64 { o.seed++; return o.seed << 8 },
	}
	o.do(func(tx storage.Tx) error {
		chat, err := tx.Chat(t.Context(), o.key)
		if err != nil {
			return err
		}
		chat.Lang, chat.Rev = bot.En, 1
		if _, err = tx.Append(t.Context(), converse.Rows{Chat: &chat}, bot.Lease{}); err != nil {
			return err
		}
		told, err := o.keeper.Open(t.Context(), tx, bot.Call{With: map[string]string{"kind": "complaint", "category": "card"}, Chat: chat, Event: "e1", Now: o.now})
		o.number, _ = bot.ParseCaseNumber(told.Vars["case.number"].Text)
		return err
	})
	return o
}

func (o *office) do(f func(storage.Tx) error) {
	o.t.Helper()
	if err := o.store.Do(o.t.Context(), f); err != nil {
		o.t.Fatal(err)
	}
}

// lay makes the calendars of a version of the working time.
func (o *office) lay(version int64) {
	o.t.Helper()
	book, err := o.table.Book(sunday.AddDate(-1, 0, 0), sunday.AddDate(1, 0, 0))
	if err != nil {
		o.t.Fatal(err)
	}
	book.Version = version
	o.hours.Set(book)
}

// until lets time pass to an instant in Tehran, with a round every quarter of an hour.
func (o *office) until(to string) {
	o.t.Helper()
	end := o.at(to)
	for ; !o.now.After(end); o.now = o.now.Add(15 * time.Minute) {
		if err := o.keeper.Round(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
	}
	o.now = end
}

func (o *office) at(clock string) time.Time {
	o.t.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", clock, o.hours.For("").Zone())
	if err != nil {
		o.t.Fatal(err)
	}
	return t
}

func (o *office) instant(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(o.hours.For("").Zone()).Format("Mon 01-02 15:04")
}

func (o *office) of() (c bot.Case) {
	o.t.Helper()
	o.do(func(tx storage.Tx) (err error) {
		c, err = tx.Case(o.t.Context(), o.number)
		return err
	})
	return c
}

// change writes the case as a colleague would leave it.
func (o *office) change(f func(*bot.Case)) {
	o.t.Helper()
	o.do(func(tx storage.Tx) error {
		c, err := tx.Case(o.t.Context(), o.number)
		if err != nil {
			return err
		}
		f(&c)
		return tx.SaveCase(o.t.Context(), c)
	})
}

// timeline is what time has done to the case, a line each.
func (o *office) timeline() string {
	o.t.Helper()
	entries, err := o.store.ReadTimeline(o.t.Context(), o.of().ID)
	if err != nil {
		o.t.Fatal(err)
	}
	var lines []string
	for _, e := range entries {
		if e.Author == bot.ByBot {
			lines = append(lines, o.instant(e.At)+" "+e.What)
		}
	}
	return strings.Join(lines, "\n")
}

// said are the messages to the member.
func (o *office) said() (words []string) {
	o.t.Helper()
	list, err := o.store.ReadMessages(o.t.Context(), o.key, 100)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, m := range list {
		if m.Author == bot.ByBot {
			words = append(words, strings.Map(unmarked, m.Text))
		}
	}
	return words
}

// unmarked drops the marks of direction.
func unmarked(r rune) rune {
	if r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' {
		return -1
	}
	return r
}

func (o *office) officer(words string) {
	o.do(func(tx storage.Tx) error {
		_, err := tx.Append(o.t.Context(), converse.Rows{Messages: []bot.Message{{
			Chat: o.key, At: o.now, Direction: bot.Out, Author: "sara", Kind: bot.KindText, Text: words,
		}}}, bot.Lease{})
		return err
	})
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

func TestAForgottenCaseTellsItsMemberAndCallsPeopleOneAfterTheOther(t *testing.T) {
	o := filed(t, 24) // three working days: until Wednesday 10:00
	o.until("2026-11-30 12:00")
	same(t, "the timeline", o.timeline(), strings.Join([]string{
		"Sun 11-22 14:00 first_late", // nobody has answered within four hours
		"Mon 11-23 13:00 notice",     // an hour before half of the promise
		"Tue 11-24 12:00 at_risk",
		"Wed 11-25 10:00 breached",
		"Wed 11-25 10:00 due_changed",
		"Sat 11-28 10:00 to_head", // a working day later
		"Sun 11-29 09:00 notice",  // an hour before two days without a word
	}, "\n"))
	c := o.of()
	if c.Alarm != bot.AlarmHead || o.instant(c.BreachedAt) != "Wed 11-25 10:00" || o.instant(c.FirstLateAt) != "Sun 11-22 14:00" {
		t.Errorf("the case says %+v", c)
	}
	said := o.said()
	if len(said) != 3 || !strings.HasPrefix(said[0], "case.notice "+o.number.String()+" received\ncase.due Wednesday, 25 November 2026 10:00\ncase.next ") {
		t.Errorf("the member reads %q", said)
	}
	if said[1] != "case.late "+o.number.String() || strings.Contains(said[2], "case.due") {
		t.Errorf("of the broken promise he reads %q", said[1:])
	}
}

func TestRoundsInAnyNumberAndAnyOrderTellEverythingOnce(t *testing.T) {
	o := filed(t, 40)
	for range 6 * 24 * 12 {
		for range 2 {
			if err := o.keeper.Round(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		o.now = o.now.Add(5 * time.Minute)
	}
	want := filed(t, 40)
	want.until("2026-11-28 10:00")
	same(t, "the timeline", o.timeline(), want.timeline())
}

func TestNobodyIsToldAnythingWhileTheChamberIsClosed(t *testing.T) {
	for hours := 4; hours <= 80; hours += 4 {
		o := filed(t, hours)
		o.until("2026-12-16 12:00")
		for line := range strings.Lines(o.timeline()) {
			when, what, _ := strings.Cut(strings.TrimSpace(line)[len("Mon "):], " ")
			clock, what, _ := strings.Cut(what, " ")
			at := o.at("2026-" + when + " " + clock)
			if (what == cases.Noticed || what == cases.Retold || what == cases.Late) && !o.hours.For("").Open(at) {
				t.Errorf("promised in %d hours: %s at %s %s", hours, what, when, clock)
			}
			if what == cases.Late {
				t.Errorf("promised in %d hours: a notice was late at %s %s", hours, when, clock)
			}
		}
		c := o.of()
		if worked, err := o.hours.For("").Between(c.ToldAt, o.now); err != nil || worked > rules.NoticeEvery {
			t.Errorf("promised in %d hours: no word for %s, %v", hours, worked, err)
		}
	}
}

func TestAnOfficersWordIsAWord(t *testing.T) {
	o := filed(t, 24)
	o.until("2026-11-22 12:00")
	o.officer("We are looking into it.")
	o.until("2026-11-23 13:45")
	if c := o.of(); o.instant(c.AnsweredAt) != "Sun 11-22 12:00" || !c.FirstLateAt.IsZero() {
		t.Errorf("answered %s, late %s", o.instant(c.AnsweredAt), o.instant(c.FirstLateAt))
	}
	o.officer("Your card is printed.") // a quarter of an hour after the notice
	o.until("2026-11-24 14:00")
	same(t, "the timeline", o.timeline(), "Mon 11-23 13:00 notice\nTue 11-24 12:00 at_risk")
	if c := o.of(); o.instant(c.ToldAt) != "Mon 11-23 13:45" {
		t.Errorf("last told %s", o.instant(c.ToldAt))
	}
}

func TestAnAnswerThatCameLateIsLateHoweverItIsFound(t *testing.T) {
	o := filed(t, 24)
	o.now = o.at("2026-11-22 15:00") // no round ran meanwhile
	o.officer("Good afternoon.")
	o.until("2026-11-22 15:15")
	if c := o.of(); o.instant(c.FirstLateAt) != "Sun 11-22 14:00" || o.instant(c.AnsweredAt) != "Sun 11-22 15:00" {
		t.Errorf("late %s, answered %s", o.instant(c.FirstLateAt), o.instant(c.AnsweredAt))
	}
}

func TestAfterThreeDaysWithoutPowerWhatWasMissedIsSaid(t *testing.T) {
	o := filed(t, 80)
	o.now = o.at("2026-11-25 09:00")
	o.until("2026-11-25 09:00")
	same(t, "the timeline", o.timeline(), "Wed 11-25 09:00 first_late\nWed 11-25 09:00 notice_late")
	entries, err := o.store.ReadTimeline(t.Context(), o.of().ID)
	if err != nil {
		t.Fatal(err)
	}
	if last := entries[len(entries)-1]; last.Before != "2026-11-24T06:30:00Z" {
		t.Errorf("the notice was due %q", last.Before)
	}
}

func TestAnApologyDoesNotHideThatANoticeWasMissed(t *testing.T) {
	o := filed(t, 24)
	o.now = o.at("2026-11-26 03:00")
	o.until("2026-11-28 09:00")
	same(t, "the timeline", o.timeline(), "Thu 11-26 03:00 first_late\nThu 11-26 03:00 at_risk\n"+
		"Thu 11-26 03:00 breached\nSat 11-28 08:00 notice_late\nSat 11-28 08:00 due_changed")
}

func TestAHolidayMovesTheDateAndTheMemberIsToldWhenTheChamberOpens(t *testing.T) {
	o := filed(t, 24)
	o.until("2026-11-22 21:00")
	o.table.Holidays = append(o.table.Holidays, worktime.Holiday{
		Day: worktime.MakeDay(2026, time.November, 23), Kind: worktime.Full, Source: worktime.ByManual, Confirmed: true, Name: bot.Text{En: "Snow"},
	})
	o.lay(1)
	o.until("2026-11-24 08:30")
	same(t, "the timeline", o.timeline(), "Sun 11-22 14:00 first_late\nSun 11-22 21:00 recounted\nTue 11-24 08:00 due_changed")
	if c := o.of(); o.instant(c.DueAt) != "Sat 11-28 10:00" || c.HoursVersion != 1 {
		t.Errorf("due %s by version %d", o.instant(c.DueAt), c.HoursVersion)
	}
	if said := o.said(); len(said) != 1 || !strings.Contains(said[0], "Saturday, 28 November 2026 10:00") {
		t.Errorf("he reads %q", said)
	}
}

func TestAChangeThatTouchesNoDateSaysNothing(t *testing.T) {
	o := filed(t, 8)
	o.until("2026-11-22 10:15")
	o.lay(1)
	o.until("2026-11-22 11:00")
	if c := o.of(); c.HoursVersion != 1 || o.timeline() != "" {
		t.Errorf("version %d, timeline %q", c.HoursVersion, o.timeline())
	}
}

func TestWhileTheClockIsPausedNoPromiseBreaks(t *testing.T) {
	o := filed(t, 24)
	o.until("2026-11-22 12:00")
	o.change(func(c *bot.Case) {
		c.State, c.AnsweredAt, c.WakeAt = bot.WaitingMember, o.now, o.now
		c.Clock = bot.Clock{Promised: c.Clock.Promised, Spent: 2 * time.Hour}
	})
	o.until("2026-12-02 15:00")
	c := o.of()
	if !c.BreachedAt.IsZero() || c.Alarm != bot.AlarmNone || strings.Contains(o.timeline(), cases.AtRisk) {
		t.Errorf("alarm %q, timeline %s", c.Alarm, o.timeline())
	}
	if n := strings.Count(o.timeline(), cases.Noticed); n < 4 {
		t.Errorf("waiting for him, the member heard %d times", n)
	}
	for _, words := range o.said() {
		if strings.Contains(words, "case.due") {
			t.Errorf("he is told a date that does not run: %q", words)
		}
	}
}

func TestWhomNoChannelReachesIsNotTold(t *testing.T) {
	o := filed(t, 24)
	o.do(func(tx storage.Tx) error {
		chat, err := tx.Chat(t.Context(), o.key)
		chat.Blocked = true
		_, errAppend := tx.Append(t.Context(), converse.Rows{Chat: &chat}, bot.Lease{})
		return errors.Join(err, errAppend)
	})
	o.until("2026-11-24 11:00")
	if said := o.said(); len(said) != 0 || !strings.Contains(o.timeline(), cases.Unsent) || strings.Contains(o.timeline(), cases.Noticed) {
		t.Errorf("told %q, timeline %s", said, o.timeline())
	}
}

func TestAnEndedCaseSleepsForEver(t *testing.T) {
	o := filed(t, 24)
	o.do(func(tx storage.Tx) error {
		chat, err := tx.Chat(t.Context(), o.key)
		if err != nil {
			return err
		}
		_, err = o.keeper.Withdraw(t.Context(), tx, bot.Call{With: map[string]string{"number": o.number.String()}, Chat: chat, Event: "e2", Now: o.now})
		return err
	})
	c := o.of()
	if c.Clock.Runs() || !c.WakeAt.IsZero() || !c.NoticeAt.IsZero() {
		t.Errorf("a withdrawn case has %+v", c)
	}
	o.until("2026-12-02 12:00")
	same(t, "the timeline", o.timeline(), "")
}

func TestACaseFromBeforePromisesHadClocksIsTakenOver(t *testing.T) {
	o := filed(t, 24)
	o.change(func(c *bot.Case) {
		*c = bot.Case{
			ID: c.ID, Number: c.Number, Kind: c.Kind, Category: c.Category, Unit: c.Unit, State: c.State, Chat: c.Chat, Draft: c.Draft,
			OpenedAt: c.OpenedAt, DueAt: c.DueAt, FirstAnswerAt: c.FirstAnswerAt, NoticeAt: c.NoticeAt, WakeAt: time.UnixMilli(1),
		}
	})
	o.until("2026-11-22 12:00")
	c := o.of()
	if c.Clock.Promised != 24*time.Hour || !c.Clock.Since.Equal(c.OpenedAt) || o.instant(c.DueAt) != "Wed 11-25 10:00" || !c.WakeAt.After(o.now) {
		t.Errorf("taken over as %+v", c)
	}
	if said := o.said(); len(said) != 0 {
		t.Errorf("he is told anew: %q", said)
	}
}

func TestACaseThatCannotBeKeptStandsInNobodysWay(t *testing.T) {
	o := filed(t, 24)
	o.do(func(tx storage.Tx) error {
		_, err := tx.OpenCase(t.Context(), bot.Case{
			ID: "old", Draft: "old", Number: bot.CaseNumber{Year: 1405}, Category: "gone", State: bot.Received, Chat: o.key, OpenedAt: o.now, WakeAt: time.UnixMilli(1),
		})
		return err
	})
	o.now = o.at("2026-11-22 14:00")
	err := o.keeper.Round(t.Context())
	if err == nil || !strings.Contains(err.Error(), "keep case JV-1405-000002") || o.timeline() != "Sun 11-22 14:00 first_late" {
		t.Errorf("%v; %s", err, o.timeline())
	}
}

func TestTheNoticeIsAJobInTheMembersLane(t *testing.T) {
	o := filed(t, 24)
	o.until("2026-11-23 13:00")
	jobs, err := o.store.Claim(t.Context(), deliver.Claim{Kinds: []bot.JobKind{bot.JobSend}, N: 10, Now: o.now, Lease: bot.Lease{Owner: "a", Token: 1, Until: o.now.Add(time.Hour)}})
	if err != nil || len(jobs) != 1 || jobs[0].Lane != o.key || jobs[0].Kind != bot.JobSend {
		t.Fatalf("%v, %v", jobs, err)
	}
	var m bot.Outbound
	if err := json.Unmarshal(jobs[0].Payload, &m); err != nil || !strings.HasPrefix(m.Plain(), "case.notice") {
		t.Errorf("%v: %v", err, m)
	}
}
