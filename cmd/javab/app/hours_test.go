package app

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/staff"
	"javab/storage"
)

func TestAManagerClosesTomorrowAndThePromisesOfTheDeskMove(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	now := o.house.env.Clock()
	tomorrow := now.AddDate(0, 0, 1)
	maryam := o.signIn(t, "maryam")
	if page := o.ask(http.MethodGet, "/settings/hours/closure", maryam, nil); page.Code != http.StatusOK || !strings.Contains(page.Body.String(), `href="/settings/hours"`) {
		t.Fatalf("the page: %d", page.Code)
	}
	answer := o.ask(http.MethodPost, "/settings/hours/closure", maryam, url.Values{"occasion": {"Snow"}, "when": {"tomorrow"}, "days": {"3"}})
	if answer.Code != http.StatusSeeOther {
		t.Fatalf("answered %d: %s", answer.Code, answer.Body)
	}
	if open, _ := o.house.opening("", tomorrow); open {
		t.Error("the desk is open in the snow")
	}
	if _, from := o.house.opening("finance", tomorrow); from.Before(tomorrow.AddDate(0, 0, 1)) {
		t.Errorf("it opens %s", from)
	}
	due, err := o.house.desk.Hours.For("finance").Add(tomorrow, time.Hour)
	if err != nil || due.Before(tomorrow.AddDate(0, 0, 2)) {
		t.Errorf("an hour promised tomorrow is due %s (%v)", due, err)
	}
	lines, err := o.house.store.AuditLines(t.Context(), staff.AuditQuery{What: "hours.", Limit: 9})
	if err != nil || len(lines) != 1 || lines[0].What != "hours.closed" || lines[0].Reason != "Snow" {
		t.Errorf("the audit tells %+v, %v", lines, err)
	}
	if answer := o.ask(http.MethodPost, "/settings/hours/day", maryam, url.Values{}); answer.Code != http.StatusForbidden {
		t.Errorf("she may change the calendar: %d", answer.Code)
	}
	admin := o.signIn(t, "admin")
	row := o.house.hours.Rows()[0]
	if answer := o.ask(http.MethodPost, "/settings/hours/"+row.ID+"/review", admin, url.Values{"right": {"yes"}}); answer.Code != http.StatusSeeOther {
		t.Errorf("the review: %d", answer.Code)
	}
	if o.house.hours.Rows()[0].Review {
		t.Error("it still waits for a review")
	}
}

func TestAChangeOnOneInstanceIsHeardByAnother(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	go o.house.keepHours(t.Context())
	h := o.house
	other := &hours.Rota{
		Store: storage.As[hours.Tx](h.store), Promises: hoursSignals{h.hot}, Clock: h.env.Clock, Log: slog.New(slog.DiscardHandler),
		ID: func() string { return "other" },
	}
	if err := other.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Close(t.Context(), "boss", hours.Emergency{Days: 1, Name: bot.Text{En: "Snow"}, Reason: "roads"}); err != nil {
		t.Fatal(err)
	}
	soon := time.Now().Add(hoursEvery / 3) // long before it looks by itself
	for h.hours.Version() != 1 {
		if time.Now().After(soon) {
			t.Fatal("the first instance hears nothing")
		}
		if err := (hoursSignals{h.hot}).Recount(t.Context(), "", ""); err != nil { // until it listens
			t.Fatal(err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
