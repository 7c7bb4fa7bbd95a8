package digest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/digest"
)

// people are all who may be concerned: sara looks after key members, pari stands in for her.
func people() []bot.Staff {
	trade := []bot.UnitID{"trade"}
	return []bot.Staff{
		{ID: "sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"cards"}, Substitute: "pari"},
		{ID: "pari", Role: bot.RoleOfficer, Units: trade},
		{ID: "omid", Role: bot.RoleOfficer, Units: trade},
		mona,
		{ID: "nada", Role: bot.RoleManager, Units: trade, Confidential: true},
		{ID: "gone", Role: bot.RoleManager, Units: trade, Disabled: true},
		{ID: "ali", Role: bot.RoleManager, Units: []bot.UnitID{"cards"}},
		{ID: "head", Role: bot.RoleHead},
		{ID: "admin", Role: bot.RoleAdmin},
	}
}

var low = bot.Alert{ID: "a1", What: bot.AlertLowRating, Case: bot.CaseNumber{Year: 1405, Seq: 7}, Chat: "tg:b:1", Unit: "trade", Owner: "sara", At: opening}

func TestAnAlertReachesWhoLooksAfterTheMemberHisSubstituteAndTheManagersOfTheUnit(t *testing.T) {
	for name, row := range map[string]struct {
		change func(*house, *bot.Alert)
		want   string
	}{
		"as it is":                           {func(*house, *bot.Alert) {}, "sara pari mona nada"},
		"nobody looks after him":             {func(_ *house, a *bot.Alert) { a.Owner = "" }, "mona nada"},
		"who did has left":                   {func(h *house, a *bot.Alert) { h.people[0].Disabled = true }, "pari mona nada"},
		"it complains about her":             {func(h *house, a *bot.Alert) { h.about = []bot.StaffID{"sara", "mona"} }, "pari nada"},
		"it is for named handlers alone":     {func(_ *house, a *bot.Alert) { a.Confidential = true }, "nada"},
		"its unit has no manager":            {func(_ *house, a *bot.Alert) { a.Unit = "legal" }, "sara pari head"},
		"no manager may know of it":          {func(h *house, a *bot.Alert) { h.about = []bot.StaffID{"mona", "nada"} }, "sara pari head"},
		"whoever looks after him manages it": {func(h *house, a *bot.Alert) { a.Owner = "mona" }, "mona nada"},
	} {
		h := open(t)
		h.rules.Off = true // of alerts that says nothing
		h.people = people()
		a := low
		row.change(h, &a)
		h.alerts = []bot.Alert{a}
		for range 3 {
			h.round(opening.Add(-12 * time.Hour))
		}
		var told []string
		for _, words := range h.told {
			whom, _, _ := strings.Cut(words, " ")
			told = append(told, whom)
		}
		if got := strings.Join(told, " "); got != row.want || len(h.before[a.ID]) != len(told) {
			t.Errorf("%s: told are %s, want %s", name, got, row.want)
		}
	}
}

func TestAnAlertNamesItsCaseButNotOutsideOfTheHouseWhenItIsConfidential(t *testing.T) {
	h := open(t)
	h.people = people()[4:5]
	secret := low
	secret.ID, secret.Confidential = "a2", true
	spike := bot.Alert{ID: "a3", What: bot.AlertSpike, Unit: "trade", Topic: "delay", N: 12}
	h.alerts = []bot.Alert{low, secret, spike}
	h.round(opening.Add(-time.Hour))
	want := []string{"nada alert.low_rating " + low.Case.String(), "nada alert.confidential", "nada alert.spike 12 the delay unit trade"}
	if !slices.Equal(h.told, want) {
		t.Errorf("told %q", h.told)
	}
}

func TestAnAlertThatCouldNotBeToldIsToldLaterAndStandsInNobodysWay(t *testing.T) {
	h := open(t)
	h.people = people()[3:4]
	h.alerts = []bot.Alert{low}
	var signalled []string
	h.Alerted = func(_ context.Context, a bot.Alert) { signalled = append(signalled, a.ID) }
	h.fails = errors.New("the database is away")
	if err := h.Round(t.Context(), opening.Add(-time.Hour)); !errors.Is(err, h.fails) || len(h.before) != 0 || len(signalled) != 0 {
		t.Errorf("%v, told %v", err, h.before)
	}
	h.fails = nil
	h.round(opening.Add(-time.Hour))
	if len(h.before["a1"]) != 1 || !slices.Equal(signalled, []string{"a1"}) {
		t.Errorf("told %v, signalled %v", h.before, signalled)
	}
}

func TestAnAlertStandsBeforeWhomItConcernsUntilHeHasSeenIt(t *testing.T) {
	h := open(t)
	h.people = people()
	h.alerts = []bot.Alert{low}
	h.round(opening.Add(-time.Hour))
	for _, by := range []struct {
		who  bot.Staff
		want int
	}{{h.people[0], 1}, {mona, 1}, {h.people[2], 0}} {
		before, err := h.Before(t.Context(), by.who)
		n, err2 := h.Unseen(t.Context(), by.who)
		if err != nil || err2 != nil || len(before) != by.want || n != by.want {
			t.Errorf("%s has %v before him, %d counted", by.who.ID, before, n)
		}
	}
	if err := h.Seen(t.Context(), mona, "a1"); err != nil || !slices.Equal(h.seen, []string{"mona a1"}) {
		t.Errorf("seen %v, %v", h.seen, err)
	}
}

func TestWhoIsSentNoDigestReadsTheSameLinesOnHisPage(t *testing.T) {
	h := open(t)
	h.people = []bot.Staff{mona, {ID: "ali", Role: bot.RoleManager, Units: []bot.UnitID{"trade", "cards"}}, {ID: "zia", Role: bot.RoleManager, Units: []bot.UnitID{"legal"}}}
	h.linked = map[bot.StaffID]int{"zia": 1}
	h.views[casefile.AtRisk] = slices.Concat(rows(true, 1), rows(false, 2, 3, 4))
	h.unhappy = []digest.Entry{{Number: bot.CaseNumber{Year: 1405, Seq: 7}}}
	h.waits = 3
	h.Clock = func() time.Time { return opening.Add(-14 * time.Hour) } // in the night before
	s, err := h.Sheet(t.Context(), mona, bot.En)
	if err != nil || len(s.Lines) != 3 || s.Linked {
		t.Fatalf("%+v, %v", s, err)
	}
	risk := s.Lines[0]
	if marks.Replace(risk.Words) != "digest.risk 4" || len(risk.Numbers) != 2 || risk.Numbers[0].Seq != 2 || len(risk.Rest) != 2 {
		t.Errorf("at risk: %+v", risk)
	}
	if s.Lines[1].N != 3 || s.Lines[2].Numbers[0].Seq != 7 || !strings.HasPrefix(s.Head, "digest.head") {
		t.Errorf("%+v", s)
	}
	if len(s.Unlinked) != 1 || s.Unlinked[0].ID != "ali" {
		t.Errorf("without a chat: %+v", s.Unlinked)
	}
	for _, span := range h.spans { // the newest one is of Wednesday, and what came since
		if want := wednesday.AddDate(0, 0, -1); !span.From.Equal(want) || span.To.Before(opening.Add(-14*time.Hour)) {
			t.Errorf("it looks from %s to %s, want from %s", span.From, span.To, want)
		}
	}
	h.linked["mona"], h.views, h.unhappy, h.waits = 1, nil, nil, 0
	if s, err = h.Sheet(t.Context(), mona, bot.En); err != nil || !s.Linked || len(s.Lines) != 0 || s.Quiet != "digest.quiet" {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err = h.Sheet(t.Context(), bot.Staff{ID: "head", Role: bot.RoleHead}, bot.En); err != nil || len(s.Unlinked) != 1 {
		t.Errorf("the head knows of %+v, %v", s.Unlinked, err)
	}
	if _, err := h.Sheet(t.Context(), people()[0], bot.En); bot.KindOf(err) != bot.Forbidden {
		t.Errorf("an officer: %v", err)
	}
}
