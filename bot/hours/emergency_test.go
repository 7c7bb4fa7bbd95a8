package hours_test

import (
	"testing"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
)

func snow(days int) hours.Emergency {
	return hours.Emergency{Days: days, Name: bot.Text{En: "Snow"}, Reason: "the roads are closed"}
}

func TestAManagerAloneClosesTomorrowAtNineInTheEveningAndAnotherReviewsIt(t *testing.T) {
	h := open(t)
	c := h.must(h.Close(t.Context(), "manager", snow(1)))
	row := h.Rows()[0]
	if !row.Review || row.From != today+1 || row.Until != today+1 || row.Source != worktime.ByEmergency || !c.Counts {
		t.Fatalf("closed as %+v", row)
	}
	if opening, err := h.For("finance").NextOpening(h.now); err != nil || opening.Format("2006-01-02 15:04") != "2026-11-24 08:00" {
		t.Errorf("opens %s (%v)", opening, err)
	}
	_, err := h.Review(t.Context(), "manager", row.ID, true, "")
	wantKey(t, "his own", err, "hours_own")
	if c := h.must(h.Review(t.Context(), "head", row.ID, true, "")); c.What != hours.Reviewed || c.Counts || h.Rows()[0].Review {
		t.Errorf("reviewed %+v: %+v", c, h.Rows()[0])
	}
	_, err = h.Review(t.Context(), "head", row.ID, true, "")
	wantKey(t, "twice", err, "hours_reviewed")
	if lines := h.audit(); lines[1].What != "hours.closed" || lines[1].By != "manager" || lines[0].What != "hours.reviewed" || lines[0].By != "head" {
		t.Errorf("the audit tells %+v", lines)
	}
}

func TestAClosureThatWasWrongIsLiftedWithAReason(t *testing.T) {
	h := open(t)
	id := h.must(h.Close(t.Context(), "manager", snow(3))).Row
	_, err := h.Review(t.Context(), "head", id, false, "  ")
	wantKey(t, "without a reason", err, "hours_reason")
	h.now = h.now.AddDate(0, 0, 2) // the first of its days is over
	if c := h.must(h.Review(t.Context(), "head", id, false, "the roads are free")); c.What != hours.Lifted || !c.Counts {
		t.Errorf("lifted %+v", c)
	}
	if rows := h.Rows(); len(rows) != 1 || rows[0].Review || rows[0].Until != today+1 {
		t.Errorf("left %+v", rows)
	}
}

func TestTheRestOfADayIsClosedFromThisMinuteOn(t *testing.T) {
	h := open(t)
	h.now = h.now.Add(-9*60*60*1e9 - 30*1e9) // 11:59:30
	e := snow(0)
	e.Today, e.Unit = true, "finance"
	h.must(h.Close(t.Context(), "manager", e))
	row := h.Rows()[0]
	if row.Kind != hours.Half || row.Window.String() != "11:59-24:00" || row.From != today {
		t.Errorf("closed as %+v", row)
	}
	if h.For("finance").Open(h.now) || !h.For("cards").Open(h.now) {
		t.Error("another unit is closed, or this one is not")
	}
}

func TestTwoWhoSeeTheSameSnowDeclareItOnce(t *testing.T) {
	h := open(t)
	h.must(h.Close(t.Context(), "manager", snow(2)))
	unit := snow(1)
	unit.Unit = "finance"
	for _, e := range []hours.Emergency{snow(2), unit} {
		_, err := h.Close(t.Context(), "head", e)
		wantKey(t, "again", err, "hours_closed")
	}
	h.must(h.Close(t.Context(), "head", snow(3)))
}

func TestNobodyClosesForLongAloneOrWithoutSayingWhy(t *testing.T) {
	h := open(t)
	for key, change := range map[string]func(*hours.Emergency){
		"hours_alone":  func(e *hours.Emergency) { e.Days = 4 },
		"hours_reason": func(e *hours.Emergency) { e.Reason = " " },
		"hours_name":   func(e *hours.Emergency) { e.Name = bot.Text{} },
	} {
		e := snow(1)
		change(&e)
		_, err := h.Close(t.Context(), "manager", e)
		wantKey(t, key, err, key)
	}
	if h.Version() != 0 {
		t.Error("something was closed")
	}
}
