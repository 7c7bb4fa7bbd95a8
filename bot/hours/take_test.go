package hours_test

import (
	"testing"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
)

func TestRowsOfAFileAreLookedOverBeforeTheyAreTaken(t *testing.T) {
	h := open(t)
	file := []hours.Row{
		{Kind: hours.Full, From: today - 3, Name: bot.Text{En: "over"}},
		{Kind: hours.Full, From: today + 6, Name: bot.Text{En: "Eid"}},
		{Kind: hours.Full, From: today + 7, Name: bot.Text{En: "Eid"}},
	}
	offers := h.Preview("", file)
	if !offers[0].Over || !offers[1].Fit() || !offers[2].Fit() || h.Version() != 0 {
		t.Fatalf("previewed %+v", offers)
	}
	if c := h.must(h.Take(t.Context(), "boss", "", file[1:2], false)); c.Counts || h.due("") != usualDue {
		t.Errorf("what is taken as expected counts: %+v", c)
	}
	if offers = h.Preview("", file); !offers[1].Known || !offers[2].Fit() {
		t.Errorf("previewed again %+v", offers)
	}
	if offers = h.Preview("finance", file); offers[1].Known {
		t.Error("a row of the house is known of a unit")
	}
	c := h.must(h.Take(t.Context(), "boss", "", append(file[1:], file[2]), true))
	if rows := h.Rows(); len(rows) != 2 || rows[1].Source != worktime.ByICS || !rows[1].Confirmed || c.From != today+7 || !c.Counts {
		t.Errorf("took %+v as %+v", rows, c)
	}
	_, err := h.Take(t.Context(), "boss", "", file[1:], true)
	wantKey(t, "all known", err, "hours_known")
	_, err = h.Take(t.Context(), "boss", "", nil, true)
	wantKey(t, "none chosen", err, "hours_choose")
	_, err = h.Take(t.Context(), "boss", "", []hours.Row{{Kind: hours.Full, From: today + 9}}, true)
	wantKey(t, "without a name", err, "hours_name")
}

func TestTheExpectedLunarHolidaysAreRowsToPreview(t *testing.T) {
	h := open(t)
	rows, err := h.Expected(1)
	if err != nil || len(rows) < 16 || len(rows) > 18 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, o := range h.Preview("", rows) {
		if !o.Fit() || o.Name.Fa == "" || o.Confirmed {
			t.Errorf("offered %+v", o)
		}
	}
	c := h.must(h.Take(t.Context(), "boss", "", rows, false))
	if c.Counts || len(h.Rows()) != len(rows) || len(h.audit()) != len(rows) || len(h.changes(0)) != 1 {
		t.Errorf("took %d rows: %+v", len(h.Rows()), c)
	}
}
