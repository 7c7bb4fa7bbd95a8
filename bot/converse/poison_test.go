package converse_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/flows"
	"javab/storage"
)

// quarantined handles a delivery that must end in the quarantine, and returns what stood there.
func (h *house) quarantined(in bot.Inbound) storage.Kept {
	h.t.Helper()
	err := h.Handle(h.t.Context(), h.inbound(in))
	q, ok := errors.AsType[*converse.QuarantineError](err)
	if !ok {
		h.t.Fatalf("got %v, want a quarantine", err)
	}
	h.deliver()
	h.settled()
	kept := h.kept()
	if len(kept) == 0 || kept[len(kept)-1].Receipt != q.Receipt {
		h.t.Fatalf("kept: %+v, want %s", kept, q.Receipt)
	}
	return kept[len(kept)-1]
}

func words(said string) bot.Inbound { return bot.Inbound{Kind: bot.KindText, Text: said} }

func TestWhatWeCannotHandleIsKeptAndAnOfficerIsAsked(t *testing.T) {
	type action = func(context.Context, storage.Tx, bot.Call) (bot.Result, error)
	fails := func(err error) action {
		return func(context.Context, storage.Tx, bot.Call) (bot.Result, error) { return bot.Result{}, err }
	}
	for reason, action := range map[string]action{
		"case.open: no":       fails(errors.New("no")),
		"case.open: conflict": fails(storage.Taken("x")),
		"panic: at the desk":  func(context.Context, storage.Tx, bot.Call) (bot.Result, error) { panic("at the desk") },
	} {
		t.Run(reason, func(t *testing.T) {
			h := meet(t)
			h.desk.on("case.open", action)
			h.complain("The card")
			before := h.chat()
			kept := h.quarantined(h.press("Submit"))
			if kept.Chat != ann || string(kept.Raw) != "raw" || kept.Bundle != 7 || !strings.Contains(kept.Reason, reason) {
				t.Errorf("kept: %+v", kept)
			}
			h.hears("Sorry, an officer will look at it.")
			if h.counts().Waiting != 1 {
				t.Error("no officer is asked")
			}
			if after := h.chat(); string(after.State) != string(before.State) || after.Mode != bot.ModeBot {
				t.Errorf("the chat was moved: %+v", after)
			}
			h.desk.on("case.open", ends(bot.Result{Outcome: "ok", Vars: map[string]bot.Value{"case.number": {Text: "JV-1"}}}))
			h.taps("Submit")
			h.hears("Your number is JV-1.")
		})
	}
}

func TestAPanicOfTheEngineIsKeptToo(t *testing.T) {
	h := meet(t)
	h.Matcher = explosive{}
	kept := h.quarantined(words("what is this?"))
	if !strings.Contains(kept.Reason, "panic: boom") {
		t.Errorf("reason: %q", kept.Reason)
	}
	h.hears("Sorry")
	h.says("/menu")
	h.hears("What can we do for you?")
}

func TestTheLogTellsWhereAPanicWas(t *testing.T) {
	h := meet(t)
	var log bytes.Buffer
	h.Log = slog.New(slog.NewTextHandler(&log, nil))
	h.desk.on("hours.now", func(context.Context, storage.Tx, bot.Call) (bot.Result, error) { panic("at the desk") })
	h.quarantined(words("/circles"))
	h.Matcher = explosive{}
	h.quarantined(words("the word of a member"))
	for _, where := range []string{"(*desk).Do", "explosive.Match"} {
		if !strings.Contains(log.String(), where) {
			t.Errorf("%s is not named in %s", where, log.String())
		}
	}
	if strings.Contains(log.String(), "the word of a member") {
		t.Error("the log has what a member wrote")
	}
}

type explosive struct{}

func (explosive) Match(converse.Ask) flows.Match { panic("boom") }

func TestAPoisonedDeliveryIsKeptOnceHoweverOftenItComes(t *testing.T) {
	h := meet(t)
	h.Matcher = explosive{}
	in := h.inbound(words("what is this?"))
	h.quarantined(in)
	rows := len(h.rows())
	if err := h.Handle(t.Context(), in); err != nil {
		if _, ok := errors.AsType[*converse.QuarantineError](err); !ok {
			t.Error(err)
		}
	}
	if len(h.kept()) != 1 || len(h.rows()) != rows {
		t.Errorf("%d kept, %d rows more", len(h.kept()), len(h.rows())-rows)
	}
}

func TestAPoisonedNewcomerIsApologisedToInHisLanguage(t *testing.T) {
	h := open(t)
	h.Content = exploding{h.Content}
	in := words("hello")
	in.From.Lang = "ar"
	h.quarantined(in)
	if got := h.post.messages()[0].Lang; got != bot.Ar {
		t.Errorf("the apology is in %s", got)
	}
}

// exploding is content whose program cannot be played.
type exploding struct{ converse.Content }

func (e exploding) Live() converse.Script {
	script := e.Content.Live()
	script.Program = nil
	return script
}

func TestAPoisonedMessageKeepsItsPlaceInTheForm(t *testing.T) {
	h := chamber(t)
	h.complain("Corruption")
	h.Content = exploding{h.Content}
	h.quarantined(words("and this, too"))
	rows := h.rows()
	heard := rows[len(rows)-2]
	if heard.Text != "and this, too" || !heard.Confidential || heard.Unit != "ethics" || heard.Draft == "" || heard.Flow != "complaint" {
		t.Errorf("the record has %+v", heard)
	}
}

func TestAPoisonedPressIsAcknowledgedToo(t *testing.T) {
	h := meet(t)
	h.complain("The card")
	h.quarantined(h.press("Submit"))
	if got := h.post.notes(); got[len(got)-1] != "ack tg:javab:1 press" {
		t.Errorf("noted: %v", got)
	}
}

func TestAPoisonedEventIsKeptInSilence(t *testing.T) {
	h := meet(t)
	rows := len(h.rows())
	h.Content = exploding{h.Content}
	h.quarantined(bot.Inbound{Kind: bot.KindEvent, Event: bot.EventFilesGathered})
	if len(h.rows()) != rows || h.counts().Waiting != 0 {
		t.Error("the member hears of it")
	}
}

func TestADeliveryIsKeptEvenWhenNobodyCanBeAsked(t *testing.T) {
	h := meet(t)
	h.Matcher = explosive{}
	h.desk.broken = errors.New("no queue")
	kept := h.quarantined(words("what is this?"))
	if kept.Chat != ann || string(kept.Raw) != "raw" {
		t.Errorf("kept: %+v", kept)
	}
}

func TestAnUnknownStateIsKeptAndTheChatGoesOnWhenItIsRepaired(t *testing.T) {
	h := meet(t)
	chat := h.chat()
	good := chat.State
	chat.State = []byte(`{"v":`)
	h.put(chat)
	h.quarantined(words("hello"))
	chat.State = good
	h.put(chat)
	h.says("/menu")
	h.hears("What can we do for you?")
}

// put writes a chat as an operator might, past the turn.
func (h *house) put(chat bot.Chat) {
	h.t.Helper()
	chat.Rev++
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) error {
		_, err := tx.Append(h.t.Context(), converse.Rows{Chat: &chat}, bot.Lease{})
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestAScriptThatActsInCirclesIsStopped(t *testing.T) {
	h := meet(t)
	h.desk.on("hours.now", ends(bot.Result{Outcome: "open"}))
	kept := h.quarantined(words("/circles"))
	if !strings.Contains(kept.Reason, "circles") {
		t.Errorf("reason: %q", kept.Reason)
	}
}

func TestWhileTheDatabaseIsAwayNothingIsStoredAndTheDeliveryComesAgain(t *testing.T) {
	h := meet(t)
	rows, store := len(h.rows()), h.Store
	in := h.inbound(words("/complaint"))
	for range 10 { // nothing else is stored meanwhile: it is nobody's fault
		h.Store = away{store}
		wantUnavailable(t, h.Handle(t.Context(), in))
		h.wait(time.Second)
	}
	h.Store = store
	if len(h.rows()) != rows || len(h.kept()) != 0 {
		t.Error("something was stored")
	}
	h.take(in)
	h.at("complaint", "category")
	h.settled()
}

// away is a store that nobody can reach.
type away struct{ converse.Store }

func (away) Do(context.Context, func(converse.Tx) error) error {
	return storage.Unavailable(errors.New("connection refused"))
}

func (away) CommitTurn(context.Context, converse.Acceptance, converse.Rows, bot.Lease) (converse.Verdict, []bot.Job, error) {
	return "", nil, storage.Unavailable(errors.New("away"))
}

func wantUnavailable(t *testing.T, err error) {
	t.Helper()
	if bot.KindOf(err) != bot.Unavailable {
		t.Fatalf("got %v, want unavailable", err)
	}
}

func TestFiveRefusalsWhileOthersAreStoredAreTheDeliverysOwnFault(t *testing.T) {
	h := tooSlow(t)
	in := h.inbound(words("/circles"))
	for range 4 {
		wantUnavailable(t, h.Handle(t.Context(), in))
		h.wait(5 * time.Second)
		h.take(bot.Inbound{Kind: bot.KindText, Text: "hello", Chat: "tg:javab:2"})
	}
	kept := h.quarantined(in)
	if !strings.Contains(kept.Reason, "too slow") {
		t.Errorf("reason: %q", kept.Reason)
	}
	h.hears("Sorry")
}

func TestRefusalsThatAreFarApartAreNotCounted(t *testing.T) {
	h := tooSlow(t)
	in := h.inbound(words("/circles"))
	for range 8 {
		wantUnavailable(t, h.Handle(t.Context(), in))
		h.wait(10 * time.Second)
		h.take(bot.Inbound{Kind: bot.KindText, Text: "hello", Chat: "tg:javab:2"})
	}
}

func TestNothingIsPoisonWhileNothingElseIsStored(t *testing.T) {
	h := tooSlow(t)
	in := h.inbound(words("/circles"))
	for range 8 {
		h.wait(time.Second)
		wantUnavailable(t, h.Handle(t.Context(), in))
	}
}

// tooSlow is a house in which one action never gets what it needs.
func tooSlow(t *testing.T) *house {
	t.Helper()
	h := meet(t)
	h.desk.on("hours.now", func(context.Context, storage.Tx, bot.Call) (bot.Result, error) {
		return bot.Result{}, storage.Unavailable(errors.New("this one is too slow"))
	})
	return h
}

func TestATurnThatRunsOutOfTimeComesAgain(t *testing.T) {
	for name, reading := range map[string]bool{"in the plan": true, "in the commit": false} {
		synctest.Test(t, func(t *testing.T) {
			h := meet(t)
			h.Store, h.Hot = stuck{h.Store, reading}, failingHot{}
			begun := time.Now()
			err := h.Handle(t.Context(), h.inbound(words("hello")))
			if bot.KindOf(err) != bot.Unavailable || time.Since(begun) != 5*time.Second {
				t.Errorf("%s: after %v: %v, want unavailable", name, time.Since(begun), err)
			}
			if len(h.kept()) != 0 {
				t.Errorf("%s: it was put into the quarantine", name)
			}
			h.settled()
		})
	}
}

// stuck is a store that never answers.
type stuck struct {
	converse.Store
	reading bool
}

func (s stuck) ReadChat(ctx context.Context, key bot.ChatKey) (bot.Chat, error) {
	if !s.reading {
		return s.Store.ReadChat(ctx, key)
	}
	<-ctx.Done()
	return bot.Chat{}, ctx.Err()
}

// CommitTurn leaves everything to Do, which is what is tried here.
func (s stuck) CommitTurn(context.Context, converse.Acceptance, converse.Rows, bot.Lease) (converse.Verdict, []bot.Job, error) {
	return converse.Moved, nil, nil
}

func (s stuck) Do(ctx context.Context, _ func(converse.Tx) error) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestWhatNoAdapterCouldReadIsKeptOnce(t *testing.T) {
	h := open(t)
	key := bot.ReceiptKey{Source: "tg", ID: "sha"}
	for range 2 {
		if err := h.Refuse(t.Context(), key, []byte("{"), "cut JSON", noon); err != nil {
			t.Fatal(err)
		}
	}
	if kept := h.kept(); len(kept) != 1 || string(kept[0].Raw) != "{" || kept[0].Reason != "cut JSON" {
		t.Errorf("kept: %+v", kept)
	}
}

func TestWhatLooksLikeASecretIsNotRecordedWhenTheProgramCannotSay(t *testing.T) {
	for said, want := range map[string]string{"hello": "hello", "\u06f1\u06f2\u06f3 \u06f4\u06f5\u06f6": "•••", "/link K7QM": "•••"} {
		h := open(t)
		h.Content = exploding{h.Content}
		h.quarantined(words(said))
		if got := h.rows()[0].Text; got != want {
			t.Errorf("%q is recorded as %q", said, got)
		}
	}
}
