package hours_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
)

const usualDue = "Sat 2026-11-28 08:59"

func TestAHolidayCountsAtOnceAndIsAudited(t *testing.T) {
	h := open(t)
	if due := h.due(""); due != usualDue {
		t.Fatalf("without rows due %s", due)
	}
	row := holiday(6)
	row.Reason = " schools are shut "
	c := h.must(h.Add(t.Context(), "boss", row))
	if due := h.due("finance"); due != "Sun 2026-11-29 08:59" {
		t.Errorf("due %s", due)
	}
	if c.Version != 1 || h.Version() != 1 || !c.Counts || c.From != today+6 || c.Until != today+6 || c.Name.Fa != "Smog" || c.By != "boss" {
		t.Errorf("changed %+v, version %d", c, h.Version())
	}
	if len(h.counted) != 1 || h.counted[0] != "schools are shut" {
		t.Errorf("to be counted anew: %q", h.counted)
	}
	if lines := h.audit(); len(lines) != 1 || lines[0].What != "hours.added" || lines[0].By != "boss" || lines[0].Before != "" ||
		lines[0].After != "full 2026-11-28..2026-11-28 manual" || lines[0].Reason != "schools are shut" || lines[0].Subject != "hours "+c.Row {
		t.Errorf("the audit tells %+v", lines)
	}
}

func TestOvertimeOfAUnitMovesOnlyItsDeadlines(t *testing.T) {
	h := open(t)
	overtime := hours.Row{Kind: hours.Open, Unit: "finance", From: today + 4, Window: worktime.Window{From: worktime.Clock(8, 0), To: worktime.Clock(12, 0)}, Confirmed: true}
	if c := h.must(h.Add(t.Context(), "boss", overtime)); c.Unit != "finance" {
		t.Errorf("moves the deadlines of %q", c.Unit)
	}
	if finance, others := h.due("finance"), h.due("cards"); finance != "Thu 2026-11-26 08:59" || others != usualDue {
		t.Errorf("finance is due %s, others %s", finance, others)
	}
}

func TestWhatIsExpectedCountsOnceItIsConfirmedAndIsShiftedByADay(t *testing.T) {
	h := open(t)
	row := holiday(5)
	row.Confirmed = false
	id := h.must(h.Add(t.Context(), "boss", row)).Row
	if c := h.changes(0)[0]; c.Counts {
		t.Errorf("what is only expected moves deadlines: %+v", c)
	}
	if c := h.must(h.Shift(t.Context(), "boss", id, 1)); c.Counts || c.From != today+5 || c.Until != today+6 {
		t.Errorf("shifted %+v", c)
	}
	if due := h.due(""); due != usualDue {
		t.Errorf("what is expected counts: due %s", due)
	}
	if c := h.must(h.Confirm(t.Context(), "boss", id)); !c.Counts || h.due("") != "Sun 2026-11-29 08:59" {
		t.Errorf("confirmed %+v, due %s", c, h.due(""))
	}
	_, err := h.Confirm(t.Context(), "boss", id)
	wantKey(t, "confirmed twice", err, "hours_confirmed")
	if c := h.must(h.Shift(t.Context(), "boss", id, -1)); !c.Counts || h.due("") != usualDue {
		t.Errorf("shifted back %+v, due %s", c, h.due(""))
	}
	if lines := h.audit(); lines[0].Before != "full 2026-11-28..2026-11-28 manual" || lines[0].After != "full 2026-11-27..2026-11-27 manual" {
		t.Errorf("the audit tells %q → %q", lines[0].Before, lines[0].After)
	}
}

func TestRamadanHasHoursOfItsOwnUntilItEnds(t *testing.T) {
	h := open(t)
	h.must(h.Add(t.Context(), "boss", hours.Row{Kind: hours.Week, Unit: "finance", From: today, Open: everyDay(worktime.Clock(7, 0), worktime.Clock(20, 0))}))
	ramadan := hours.Row{Kind: hours.Overlay, From: today + 3, Until: today + 10, Open: everyDay(worktime.Clock(9, 0), worktime.Clock(13, 0)), Name: bot.Text{En: "Ramadan"}}
	id := h.must(h.Add(t.Context(), "boss", ramadan)).Row
	if due := h.due("finance"); due != "Thu 2026-11-26 10:00" {
		t.Errorf("due %s", due)
	}
	if c := h.must(h.End(t.Context(), "boss", id, today+3, "it was announced")); c.What != hours.Ended || c.Until != today+10 {
		t.Errorf("ended %+v", c)
	}
	if due := h.due("finance"); due != "Thu 2026-11-26 08:00" {
		t.Errorf("after its end due %s", due)
	}
}

func TestAWeekThatEndsGivesTheUsualOneBack(t *testing.T) {
	h := open(t)
	c := h.must(h.Add(t.Context(), "boss", hours.Row{Kind: hours.Week, From: today, Open: everyDay(worktime.Clock(0, 0), worktime.Clock(24, 0))}))
	if c.Until != 0 || h.due("") != "Wed 2026-11-25 16:59" {
		t.Errorf("%+v, due %s", c, h.due(""))
	}
	for what, last := range map[string]worktime.Day{"hours_backwards": today - 1, "hours_long": today + 5000} {
		_, err := h.End(t.Context(), "boss", c.Row, last, "")
		wantKey(t, "ended "+last.String(), err, what)
	}
	h.must(h.End(t.Context(), "boss", c.Row, today+1, ""))
	if due := h.due(""); due != usualDue {
		t.Errorf("due %s", due)
	}
}

func TestWhatIsOverStaysAsItWasCounted(t *testing.T) {
	h := open(t)
	row := holiday(-2)
	row.Until = today + 20
	id := h.must(h.Add(t.Context(), "boss", row)).Row
	h.must(h.Remove(t.Context(), "boss", id, "open again"))
	if rows := h.Rows(); len(rows) != 1 || rows[0].From != today-2 || rows[0].Until != today-1 {
		t.Errorf("left %+v", rows)
	}
	_, err := h.Remove(t.Context(), "boss", id, "")
	wantKey(t, "removed after it was over", err, "hours_over")
	_, err = h.Shift(t.Context(), "boss", id, 1)
	wantKey(t, "shifted after it was over", err, "hours_over")
	next := h.must(h.Add(t.Context(), "boss", holiday(0))).Row
	_, err = h.Shift(t.Context(), "boss", next, -1)
	wantKey(t, "shifted into the past", err, "hours_over")
	h.must(h.Remove(t.Context(), "boss", next, ""))
	if rows := h.Rows(); len(rows) != 1 {
		t.Errorf("left %+v", rows)
	}
	if lines := h.audit(); lines[0].What != "hours.removed" || lines[0].After != "gone" {
		t.Errorf("the audit tells %+v", lines[0])
	}
	_, err = h.Remove(t.Context(), "boss", next, "")
	wantKey(t, "removed twice", err, "hours_not_found")
}

func TestWhatCannotBeMeantIsRefusedWithASentence(t *testing.T) {
	h := open(t)
	window := worktime.Window{From: worktime.Clock(8, 0), To: worktime.Clock(12, 0)}
	week := func(w worktime.Window) (open [7][]worktime.Window) {
		open[time.Sunday] = []worktime.Window{w}
		return open
	}
	for key, rows := range map[string][]hours.Row{
		"hours_kind":      {{Kind: "closed", From: today}},
		"hours_past":      {holiday(-8), {Kind: hours.Week, From: today - 8, Open: week(window)}},
		"hours_backwards": {{Kind: hours.Full, From: today, Until: today - 1, Name: bot.Text{En: "x"}}},
		"hours_endless":   {{Kind: hours.Overlay, From: today, Open: week(window), Name: bot.Text{En: "x"}}},
		"hours_long": {
			holiday(5000),
			{Kind: hours.Full, From: today, Until: today + 800, Name: bot.Text{En: "x"}},
			{Kind: hours.Week, From: today + 5000, Open: week(window)},
		},
		"hours_window": {
			{Kind: hours.Open, From: today}, {Kind: hours.Half, From: today, Name: bot.Text{En: "x"}, Window: worktime.Window{From: 600, To: 540}},
		},
		"hours_empty": {{Kind: hours.Week, From: today}, {Kind: hours.Week, From: today, Open: week(worktime.Window{From: 9, To: 9})}},
		"hours_name":  {{Kind: hours.Full, From: today}, {Kind: hours.Half, From: today, Window: window, Name: bot.Text{Fa: "  "}}},
		"hours_words": {
			{Kind: hours.Full, From: today, Name: bot.Text{En: strings.Repeat("x", 201)}},
			{Kind: hours.Open, From: today, Window: window, Reason: strings.Repeat("x", 401)},
		},
	} {
		for _, row := range rows {
			_, err := h.Add(t.Context(), "boss", row)
			wantKey(t, row.String(), err, key)
		}
	}
	weekly := h.must(h.Add(t.Context(), "boss", hours.Row{Kind: hours.Week, From: today, Open: week(window)})).Row
	day := h.must(h.Add(t.Context(), "boss", holiday(3))).Row
	_, shifted := h.Shift(t.Context(), "boss", weekly, 1)
	wantKey(t, "a week is shifted", shifted, "hours_kind")
	_, shifted = h.Shift(t.Context(), "boss", day, 30)
	wantKey(t, "shifted by a month", shifted, "hours_kind")
	_, ended := h.End(t.Context(), "boss", day, today+4, "")
	wantKey(t, "a day is ended", ended, "hours_kind")
	if h.Version() != 2 || len(h.counted) != 2 {
		t.Errorf("what was refused has changed something: version %d, %q", h.Version(), h.counted)
	}
}

func TestAChangeHoldsOnEveryInstanceAtItsNextLook(t *testing.T) {
	h := open(t)
	other := h.instance()
	before := other.Book()
	if err := other.Refresh(t.Context()); err != nil || other.Book() != before {
		t.Errorf("laid out anew without a change: %v", err)
	}
	h.must(h.Add(t.Context(), "boss", holiday(6)))
	if err := other.Refresh(t.Context()); err != nil || other.Version() != 1 {
		t.Errorf("version %d, %v", other.Version(), err)
	}
	h.must(other.Add(t.Context(), "boss", holiday(7)))
	if list := h.changes(1); len(list) != 1 || list[0].Version != 2 || list[0].From != today+7 {
		t.Errorf("since version 1: %+v", list)
	}
}

func TestThePeriodMovesOnWithTheDays(t *testing.T) {
	h := open(t)
	far := h.now.AddDate(5, 0, 1)
	if _, err := h.For("").NextOpening(far); !errors.Is(err, worktime.ErrHorizon) {
		t.Fatalf("the period reaches further than it should: %v", err)
	}
	h.now = h.now.AddDate(0, 0, 3)
	if err := h.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.For("").NextOpening(far); err != nil {
		t.Errorf("three days later: %v", err)
	}
}

func TestAChangeIsMadeEvenIfNobodyHearsOfIt(t *testing.T) {
	h := open(t)
	h.deaf = errors.New("nobody listens")
	h.must(h.Add(t.Context(), "boss", holiday(6)))
	if h.due("") == usualDue {
		t.Error("the change does not hold")
	}
}
