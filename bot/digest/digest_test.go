package digest_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/converse"
	"javab/bot/digest"
	"javab/bot/staff"
	"javab/bot/worktime/worktimetest"
)

// opening is Saturday 2026-11-28, 08:00 in Tehran; the opening before it is Wednesday's.
var (
	opening   = time.Date(2026, time.November, 28, 4, 30, 0, 0, time.UTC)
	wednesday = opening.AddDate(0, 0, -3)
)

var mona = bot.Staff{ID: "mona", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}}

// house is a chamber before its digests. It notes what is ordered and told.
type house struct {
	*digest.Herald
	t        *testing.T
	people   []bot.Staff
	linked   map[bot.StaffID]int
	jobs     map[string]bot.Job
	told     []string
	rules    digest.Rules
	views    map[casefile.View][]casefile.Row
	money    []digest.Entry
	unhappy  []digest.Entry
	spans    []digest.Span
	waits    int
	commits  int
	fails    error
	readings []bot.StaffID
	alerts   []bot.Alert
	about    []bot.StaffID
	before   map[string][]bot.StaffID // whom an alert was told to
	seen     []string
	topics   []digest.Topic
	spikes   int
	looks    int
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{
		t: t, people: []bot.Staff{mona}, linked: map[bot.StaffID]int{"mona": 1, "head": 1, "sara": 1, "gone": 1}, jobs: map[string]bot.Job{},
		rules: digest.Rules{Named: 2}, views: map[casefile.View][]casefile.Row{}, before: map[string][]bot.StaffID{},
	}
	h.Herald = &digest.Herald{Store: h, Approvals: h, Teller: h, Content: h, Hours: worktimetest.Book(t, opening), Clock: func() time.Time { return opening }}
	return h
}

func (h *house) Do(_ context.Context, f func(digest.Tx) error) error {
	if h.fails != nil {
		return h.fails
	}
	h.commits++
	return f(h)
}

func (h *house) Append(_ context.Context, rows converse.Rows, _ bot.Lease) ([]bot.Job, error) {
	for _, job := range rows.Jobs {
		h.jobs[job.Key] = job
	}
	return nil, nil
}

func (h *house) AllStaff(context.Context) ([]bot.Staff, error) { return h.people, nil }

func (h *house) StaffChats(_ context.Context, of bot.StaffID) ([]staff.LinkedChat, error) {
	return make([]staff.LinkedChat, h.linked[of]), nil
}

func (h *house) CaseRows(_ context.Context, q casefile.Query) ([]casefile.Row, error) {
	h.readings = append(h.readings, q.By.ID)
	rows := h.views[q.View]
	return rows[:min(q.Limit, len(rows))], nil
}

func (h *house) CaseCount(_ context.Context, q casefile.Query) (int, error) {
	return len(h.views[q.View]), nil
}

func (h *house) MoneyCases(_ context.Context, _ bot.Staff, in digest.Span) ([]digest.Entry, error) {
	h.spans = append(h.spans, in)
	return h.money, nil
}

func (h *house) UnhappyKeys(_ context.Context, _ bot.Staff, in digest.Span) ([]digest.Entry, error) {
	h.spans = append(h.spans, in)
	return h.unhappy, nil
}

func (h *house) Waiting(context.Context, bot.Staff) (his, own []bot.Approval, err error) {
	return make([]bot.Approval, h.waits), make([]bot.Approval, 9), nil
}

func (h *house) DigestRules() digest.Rules { return h.rules }

func (h *house) Text(id string) bot.Text {
	words := id
	for _, name := range digest.TextIDs[id] {
		words += " {" + name + "}"
	}
	return bot.Text{Fa: words, Ar: words, En: words}
}

func (h *house) Topic(topic string, _ bot.Lang) string { return "the " + topic }

func (h *house) UnitName(id bot.UnitID) bot.Text { return bot.Text{En: "unit " + string(id)} }

func (h *house) Tell(_ context.Context, whom bot.StaffID, key, what string, message func(bot.Lang) bot.Outbound) error {
	if !strings.HasPrefix(key, what) || !strings.Contains(key, string(whom)) {
		h.t.Errorf("%s is told %s under %s", whom, what, key)
	}
	m := message(bot.En)
	words := marks.Replace(m.Plain())
	if what == "alert" {
		words = string(whom) + " " + words
	}
	h.told = append(h.told, words)
	return h.fails
}

func (h *house) Alert(_ context.Context, a bot.Alert) error {
	if !slices.ContainsFunc(h.alerts, func(old bot.Alert) bool { return old.ID == a.ID }) {
		h.alerts = append(h.alerts, a)
	}
	return nil
}

func (h *house) SpikesIn(context.Context, bot.Staff, digest.Span) (int, error) { return h.spikes, nil }

func (h *house) Topics(_ context.Context, in digest.Span, earlier time.Time, least int) ([]digest.Topic, error) {
	h.looks++
	if in.To.Sub(in.From) != h.rules.Spike.Within || in.From.Sub(earlier) != h.rules.Spike.Usual || least != h.rules.Spike.Least {
		h.t.Errorf("asked of %v since %s, at least %d", in, earlier, least)
	}
	return h.topics, nil
}

func (h *house) About(context.Context, bot.ChatKey) ([]bot.StaffID, error) { return h.about, nil }

func (h *house) Told(_ context.Context, alert string, whom []bot.StaffID, _ time.Time) error {
	h.before[alert] = whom
	return nil
}

func (h *house) SeeAlert(_ context.Context, by bot.StaffID, alert string, _ time.Time) error {
	h.seen = append(h.seen, string(by)+" "+alert)
	return nil
}

func (h *house) Untold(context.Context, int) (list []bot.Alert, err error) {
	for _, a := range h.alerts {
		if _, told := h.before[a.ID]; !told {
			list = append(list, a)
		}
	}
	return list, nil
}

func (h *house) Alerts(_ context.Context, by bot.Staff, _ int) (list []bot.Alert, err error) {
	for _, a := range h.alerts {
		if slices.Contains(h.before[a.ID], by.ID) {
			list = append(list, a)
		}
	}
	return list, nil
}

var marks = strings.NewReplacer("\u2068", "", "\u2069", "", "\u2066", "")

func (h *house) round(now time.Time) {
	h.t.Helper()
	if err := h.Round(h.t.Context(), now); err != nil {
		h.t.Fatal(err)
	}
}

// read carries out what was ordered, and returns what is told.
func (h *house) read() []string {
	h.t.Helper()
	h.told = nil
	for _, job := range h.jobs {
		if err := h.Carry(h.t.Context(), job); err != nil {
			h.t.Fatal(err)
		}
	}
	return h.told
}

func rows(confidential bool, seqs ...int) (all []casefile.Row) {
	for _, seq := range seqs {
		all = append(all, casefile.Row{Case: bot.Case{Number: bot.CaseNumber{Year: 1405, Seq: seq}, Confidential: confidential}})
	}
	return all
}

func TestADigestIsOrderedOnceAWorkingDayFromItsOpeningOn(t *testing.T) {
	h := open(t)
	for _, early := range []time.Time{opening.Add(-time.Second), opening.AddDate(0, 0, -1)} {
		h.round(early)
	}
	if len(h.jobs) != 0 {
		t.Fatalf("before the opening: %v", h.jobs)
	}
	for _, now := range []time.Time{opening, opening.Add(time.Minute), opening.Add(3 * time.Hour)} {
		h.round(now)
	}
	if len(h.jobs) != 1 || h.commits != 1 || h.jobs["digest:mona:2026-11-28"].Kind != bot.JobDigest {
		t.Errorf("%d commits, jobs %v", h.commits, h.jobs)
	}
	other := open(t) // another instance finds the same key
	other.jobs = h.jobs
	other.round(opening.Add(time.Hour))
	if len(h.jobs) != 1 {
		t.Errorf("two instances order %d", len(h.jobs))
	}
	h.round(opening.AddDate(0, 0, 1))
	if len(h.jobs) != 2 {
		t.Errorf("the next day: %d", len(h.jobs))
	}
}

func TestNobodyIsToldWhenTheHouseIsClosedOrDigestsAreOff(t *testing.T) {
	h := open(t)
	h.round(opening.Add(12 * time.Hour))
	h.rules.Off = true
	h.round(opening)
	h.rules = digest.Rules{After: time.Hour, Named: 2}
	h.round(opening.Add(59 * time.Minute))
	if len(h.jobs) != 0 {
		t.Errorf("ordered %v", h.jobs)
	}
	h.round(opening.Add(time.Hour))
	if len(h.jobs) != 1 {
		t.Error("an hour later nothing is ordered")
	}
}

func TestManagersAndTheHeadAreToldWhoCanBe(t *testing.T) {
	h := open(t)
	h.people = []bot.Staff{
		mona,
		{ID: "head", Role: bot.RoleHead},
		{ID: "sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}},
		{ID: "gone", Role: bot.RoleManager, Disabled: true},
		{ID: "omid", Role: bot.RoleManager, Units: []bot.UnitID{"cards"}},
	}
	h.round(opening)
	var whom []string
	for key := range h.jobs {
		whom = append(whom, strings.Split(key, ":")[1])
	}
	slices.Sort(whom)
	if want := []string{"head", "mona"}; !slices.Equal(whom, want) {
		t.Errorf("told are %v", whom)
	}
	h.linked["omid"] = 1 // he links his chat at ten
	h.round(opening.Add(2 * time.Hour))
	if len(h.jobs) != 3 {
		t.Errorf("%d orders after a chat was linked", len(h.jobs))
	}
}

func TestADigestCountsAndNamesAndOfConfidentialCasesCountsOnly(t *testing.T) {
	h := open(t)
	h.views[casefile.AtRisk] = slices.Concat(rows(true, 1), rows(false, 2, 3, 4))
	h.views[casefile.Breached] = rows(false, 5)
	h.money = []digest.Entry{{Number: bot.CaseNumber{Year: 1405, Seq: 6}}}
	h.unhappy = []digest.Entry{{Number: bot.CaseNumber{Year: 1405, Seq: 7}, Confidential: true}}
	h.waits = 12
	h.round(opening)
	told := h.read()
	number := func(seq int) string { return bot.CaseNumber{Year: 1405, Seq: seq}.String() }
	want := strings.Join([]string{
		"digest.breached 1", number(5), "digest.risk 4", number(2) + " · " + number(3), "digest.confidential 1", "digest.more 1",
		"digest.approvals 12", "digest.money 1", number(6), "digest.unhappy 1", "digest.confidential 1",
	}, "\n")
	if len(told) != 1 || !strings.HasPrefix(told[0], "digest.head ") || !strings.HasSuffix(told[0], want) {
		t.Errorf("told %q, want %q", told, want)
	}
	if strings.Contains(told[0], number(1)) || strings.Contains(told[0], number(7)) {
		t.Error("a confidential case is named")
	}
	if !slices.Equal(h.readings, []bot.StaffID{"mona", "mona"}) {
		t.Errorf("the lists are read for %v", h.readings)
	}
}

func TestADigestLooksBackToTheOpeningBefore(t *testing.T) {
	h := open(t)
	h.round(opening.Add(time.Hour))
	h.read()
	for _, span := range h.spans {
		if !span.From.Equal(wednesday) || !span.To.Equal(opening) {
			t.Errorf("it looks from %s to %s", span.From, span.To)
		}
	}
	if len(h.spans) != 2 {
		t.Errorf("%d spans", len(h.spans))
	}
}

func TestWhenThereIsNothingItSaysSo(t *testing.T) {
	h := open(t)
	h.round(opening)
	if told := h.read(); len(told) != 1 || !strings.HasSuffix(told[0], "\ndigest.quiet") {
		t.Errorf("told %q", told)
	}
}

func TestWhoLeftMeanwhileIsToldNothing(t *testing.T) {
	h := open(t)
	h.round(opening)
	h.people[0].Disabled = true
	if told := h.read(); len(told) != 0 {
		t.Errorf("told %q", told)
	}
	h.people[0].Disabled = false
}

func TestAnOrderThatFailedIsGivenAgain(t *testing.T) {
	h := open(t)
	h.fails = errors.New("the disk is full")
	if err := h.Round(t.Context(), opening); err == nil {
		t.Error("it did not fail")
	}
	h.fails = nil
	h.round(opening.Add(time.Minute))
	if len(h.jobs) != 1 {
		t.Error("it is forgotten")
	}
	if err := h.Carry(t.Context(), bot.Job{Payload: []byte("{")}); err == nil {
		t.Error("an order that cannot be read is carried out")
	}
	var raw map[string]any
	if err := json.Unmarshal(h.jobs["digest:mona:2026-11-28"].Payload, &raw); err != nil {
		t.Error(err)
	}
}
