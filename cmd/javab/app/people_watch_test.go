package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
	"javab/webhook/deskweb"
)

// hears waits until the pages are told of a case that a chat filed, and fails when they are not.
func hears(t *testing.T, told <-chan deskweb.Signal, what string, chat bot.ChatKey) deskweb.Signal {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case s := <-told:
			if s.Kind == deskweb.CaseChanged && s.Chat == chat {
				return s
			}
		case <-deadline:
			t.Fatalf("%s: the pages are not told", what)
		}
	}
}

func TestWhatMembersOfficersAndTimeDoToACaseReachesThePagesThatShowIt(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- o.house.tellCases(ctx) }()
	told, err := deskSignals{o.house.hot, o.house.store.ReadHandOver}.Subscribe(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w := o.member(7001, bot.En)
	w.says("/start")
	w.taps("en")
	w.complain("my card is late")
	filed := o.cases()[0]
	s := hears(t, told, "a member files", filed.Chat)
	if s.Unit != filed.Unit || s.Confidential != filed.Confidential {
		t.Errorf("told %+v", s)
	}
	officer, _ := o.staffOf(t, filed.Unit)
	if err := o.house.cases.Do(ctx, officer, filed.Number, cases.Begin{}); err != nil {
		t.Fatal(err)
	}
	if s := hears(t, told, "an officer begins", filed.Chat); s.By != officer.ID {
		t.Errorf("told %+v", s)
	}
	err = o.house.store.Do(ctx, func(tx storage.Tx) error {
		c, err := tx.Case(ctx, filed.Number)
		if err != nil {
			return err
		}
		c.FirstAnswerAt, c.WakeAt = filed.OpenedAt.Add(-time.Minute), filed.OpenedAt
		return tx.SaveCase(ctx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.house.keeper.Round(ctx); err != nil {
		t.Fatal(err)
	}
	hears(t, told, "time has come", filed.Chat)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestATurnThatOnlyLooksTellsNobodyAndOneThatFailedIsToldLater(t *testing.T) {
	w := newCaseWatch()
	number := bot.CaseNumber{Year: 1405, Seq: 7}
	w.touches("tg:b:1", number)
	w.committed("tg:b:2")
	if len(w.moved) != 0 {
		t.Error("another chat's turn tells of it")
	}
	w.touches("tg:b:1", number) // the first try was rolled back
	w.committed("tg:b:1")
	w.committed("tg:b:1")
	if len(w.moved) != 2 || <-w.moved != number {
		t.Errorf("%d are told", len(w.moved))
	}
	for range watched + 9 { // nobody listens: what is too much is dropped
		w.changed(number)
	}
	if len(w.moved) != watched {
		t.Errorf("%d wait", len(w.moved))
	}
}

func TestAnAlertReachesThePagesOfWhoLooksAfterTheMember(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	told, err := deskSignals{o.house.hot, o.house.store.ReadHandOver}.Subscribe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sara := o.signIn(t, "sara")
	var who bot.Staff
	err = o.house.store.Do(t.Context(), func(tx storage.Tx) (err error) {
		if who, err = tx.StaffByLogin(t.Context(), "sara"); err != nil {
			return err
		}
		return tx.Alert(t.Context(), bot.Alert{
			ID: "a1", What: bot.AlertLowRating, Case: bot.CaseNumber{Year: 1405, Seq: 7}, Chat: "tg:b:1", Unit: "legal", Owner: who.ID, At: o.house.env.Clock(),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.house.digest.Round(t.Context(), o.house.env.Clock()); err != nil {
		t.Fatal(err)
	}
	if s := hears(t, told, "an alert", "tg:b:1"); s.By != who.ID {
		t.Errorf("told %+v", s)
	}
	page := o.ask("GET", "/cases", sara, nil).Body.String()
	if !strings.Contains(page, `value="a1"`) {
		t.Error("it does not stand above her cases")
	}
	o.ask("POST", "/cases/seen", sara, map[string][]string{"alert": {"a1"}})
	if strings.Contains(o.ask("GET", "/cases", sara, nil).Body.String(), `value="a1"`) {
		t.Error("she has seen it, and it stands there still")
	}
}
