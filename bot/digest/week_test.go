package digest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/digest"
)

var reza = bot.Staff{ID: "reza", Role: bot.RoleAdmin}

// asked is what the weeks of a house were like.
type asked struct {
	week  digest.Week
	spans []digest.Span
	fails error
}

func (a *asked) Week(_ context.Context, in digest.Span) (digest.Week, error) {
	a.spans = append(a.spans, in)
	return a.week, a.fails
}

// openWeek is a chamber whose only reader is an admin.
func openWeek(t *testing.T) (*house, *asked) {
	t.Helper()
	h, a := open(t), &asked{}
	h.people, h.linked["reza"], h.Learning = []bot.Staff{reza}, 1, a
	return h, a
}

func TestAnAdminIsToldOnceAWeekFromItsFirstOpeningOn(t *testing.T) {
	h, a := openWeek(t)
	h.round(opening.Add(-time.Second)) // Saturday morning; last week's is gone by, and the house is closed
	h.round(opening)
	h.round(opening.Add(time.Minute))
	h.round(opening.AddDate(0, 0, 2)) // Monday
	if len(h.jobs) != 1 || h.commits != 1 || h.jobs["digest:week:reza:2026-11-28"].Kind != bot.JobDigest {
		t.Fatalf("%d commits, jobs %v", h.commits, h.jobs)
	}
	other, _ := openWeek(t) // another instance, which begins on Monday, finds the same key
	other.jobs = h.jobs
	other.round(opening.AddDate(0, 0, 2))
	if len(h.jobs) != 1 {
		t.Errorf("two instances order %d", len(h.jobs))
	}
	h.round(opening.AddDate(0, 0, 7))
	if len(h.jobs) != 2 {
		t.Errorf("the next week: %d", len(h.jobs))
	}
	h.read()
	slices.SortFunc(a.spans, func(a, b digest.Span) int { return a.To.Compare(b.To) })
	if want := (digest.Span{From: opening.AddDate(0, 0, -7), To: opening}); !a.spans[0].From.Equal(want.From) || !a.spans[0].To.Equal(want.To) || !a.spans[1].From.Equal(want.To) {
		t.Errorf("it sums up %v", a.spans)
	}
}

func TestAWeekIsToldInNumbersAndCommonWords(t *testing.T) {
	h, a := openWeek(t)
	a.week = digest.Week{Questions: 40, Answered: 30, AskedBack: 7, HandedOff: 3, Unanswered: 9, Thin: 4, Fresh: []digest.Fresh{{Words: "park my car", N: 5}}}
	h.round(opening)
	want := []string{
		"digest.week.head Saturday, 28 November 2026", "digest.week.questions 40 75% 18% 8%", "digest.week.unanswered 9",
		"digest.week.fresh park my car 5", "digest.week.thin 4",
	}
	if got := h.read(); len(got) != 1 || got[0] != strings.Join(want, "\n") {
		t.Errorf("told %q", got)
	}
	a.week = digest.Week{}
	if got := h.read(); got[0] != want[0]+"\ndigest.week.quiet" {
		t.Errorf("a week without a question is told %q", got)
	}
}

func TestOnlyAdminsWhoCanBeToldAreToldAWeek(t *testing.T) {
	h, _ := openWeek(t)
	h.people = []bot.Staff{{ID: "sara", Role: bot.RoleOfficer}, {ID: "gone", Role: bot.RoleAdmin, Disabled: true}, {ID: "omid", Role: bot.RoleAdmin}, reza}
	h.round(opening)
	if len(h.jobs) != 1 || h.jobs["digest:week:reza:2026-11-28"].Kind == "" {
		t.Errorf("ordered %v", h.jobs)
	}
	h.linked["omid"] = 1 // who links a chat later in the week has the week's digest then
	h.round(opening.Add(time.Hour))
	if len(h.jobs) != 2 {
		t.Errorf("ordered %v", h.jobs)
	}
}

func TestNoWeekIsToldWhenDigestsAreOffOrNobodyCounts(t *testing.T) {
	h, _ := openWeek(t)
	h.rules.Off = true
	h.round(opening)
	h.rules = digest.Rules{After: time.Hour}
	h.round(opening.Add(59 * time.Minute))
	h.rules, h.Learning = digest.Rules{}, nil
	h.round(opening)
	if len(h.jobs) != 0 {
		t.Errorf("ordered %v", h.jobs)
	}
}

func TestAWeekThatCannotBeCountedIsCarriedOutAgain(t *testing.T) {
	h, a := openWeek(t)
	h.round(opening)
	a.fails = errors.New("away")
	for _, job := range h.jobs {
		if err := h.Carry(t.Context(), job); !errors.Is(err, a.fails) {
			t.Errorf("got %v", err)
		}
	}
	if len(h.told) != 0 {
		t.Errorf("told %q", h.told)
	}
}
