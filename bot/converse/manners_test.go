package converse_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/storage"
)

func TestABlockedMemberIsSentNothingUntilHeComesBack(t *testing.T) {
	h := chamber(t)
	h.says("/complaint")
	h.taps("The card")
	h.take(bot.Inbound{Kind: bot.KindFile, Album: "a", Files: []bot.File{{ID: "f1"}}})
	h.take(bot.Inbound{Kind: bot.KindBlocked})
	rows := len(h.rows())
	h.wait(2 * time.Second)
	h.event(h.due(bot.JobEvent)[0])
	if len(h.rows()) != rows || !h.chat().Blocked {
		t.Errorf("%d rows more; blocked: %v", len(h.rows())-rows, h.chat().Blocked)
	}
	h.take(bot.Inbound{Kind: bot.KindUnblocked})
	if len(h.rows()) != rows || h.chat().Blocked {
		t.Error("coming back was answered, or not noticed")
	}
	h.says("still here")
	h.at("complaint", "describe")
	if len(h.rows()) != rows+2 && len(h.rows()) != rows+1 {
		t.Errorf("%d rows more", len(h.rows())-rows)
	}
}

func TestAnyMessageOfABlockedMemberUnblocks(t *testing.T) {
	h := meet(t)
	h.take(bot.Inbound{Kind: bot.KindBlocked})
	h.says("/menu")
	if h.chat().Blocked || len(h.post.messages()) != 2 {
		t.Errorf("blocked: %v, %d messages", h.chat().Blocked, len(h.post.messages()))
	}
}

func TestABlockBeforeTheFirstWordDoesNotSwallowTheWelcome(t *testing.T) {
	h := open(t)
	h.take(bot.Inbound{Kind: bot.KindBlocked})
	h.take(bot.Inbound{Kind: bot.KindUnblocked})
	h.says("what is the fee?")
	h.at("home", "menu") // a chat that was seen before would hear that this was not understood
}

func TestTooManyMessagesGetOneNoticeAndAreAllRecorded(t *testing.T) {
	h := meet(t)
	h.wait(time.Minute)
	h.Limit = 3
	said := len(h.answers())
	for i := range 10 {
		h.says(fmt.Sprint("/menu ", i))
	}
	if got := len(h.answers()) - said; got != 4 {
		t.Errorf("%d answers, want 3 and a notice", got)
	}
	h.hears("Not so fast.")
	if got := len(h.rows()) - len(h.answers()); got != 11 {
		t.Errorf("%d of 11 messages are recorded", got)
	}
	h.taps("File a complaint")
	h.at("complaint", "category")
	h.wait(time.Minute)
	h.says("/menu")
	h.hears("What can we do for you?")
}

func TestTheNoticeIsNotLostWhenTheMessageTooManyIsAPress(t *testing.T) {
	h := meet(t)
	h.wait(time.Minute)
	h.Limit = 1
	h.says("/menu")
	h.taps("File a complaint")
	h.hears("What is it about?")
	if sent := h.post.messages(); sent[len(sent)-2].Plain() != "Not so fast." {
		t.Errorf("sent: %+v", sent)
	}
}

func TestAWaitingChatIsListenedToInSilence(t *testing.T) {
	for _, mode := range []bot.Mode{bot.ModeWaiting, bot.ModeHeld} {
		h := meet(t)
		h.says("/officer")
		h.hears("An officer will answer you.")
		chat := h.chat()
		if chat.Mode != bot.ModeWaiting || h.counts().Waiting != 1 {
			t.Fatalf("mode %s, %d wait", chat.Mode, h.counts().Waiting)
		}
		chat.Mode = mode
		h.put(chat)
		h.hot.Flush()
		said := len(h.answers())
		h.says("I am in a hurry")
		h.take(bot.Inbound{Kind: bot.KindFile, Files: []bot.File{{ID: "f1"}}})
		if got := len(h.answers()); got != said {
			t.Errorf("%s: the bot said %q", mode, h.last())
		}
		rows := h.rows()
		if rows[len(rows)-2].Text != "I am in a hurry" || len(rows[len(rows)-1].Files) != 1 {
			t.Errorf("%s: recorded: %+v", mode, rows[len(rows)-2:])
		}
		h.says("/menu")
		h.hears("What can we do for you?")
		h.taps("File a complaint")
		h.hears("What is it about?")
		if h.chat().Mode != mode {
			t.Errorf("%s: the mode became %s", mode, h.chat().Mode)
		}
	}
}

func TestTheScriptDoesNotInterruptAnOfficer(t *testing.T) {
	h := meet(t)
	h.says("/complaint")
	h.taps("The card")
	chat := h.chat()
	chat.Mode = bot.ModeHeld
	h.put(chat)
	h.hot.Flush()
	said := len(h.answers())
	h.says("It never came.")
	if len(h.answers()) != said {
		t.Errorf("the bot said %q", h.last())
	}
	h.at("complaint", "describe")
}

func TestAHandOverTellsTheOfficerWhatWasGathered(t *testing.T) {
	h := meet(t)
	h.desk.on("case.open", ends(bot.Result{Outcome: "unavailable"}))
	h.complain("Corruption")
	draft := h.state().Draft
	var got bot.HandOver
	h.Actions = listening{h.desk, &got}
	h.taps("Submit")
	want := bot.HandOver{
		ID: got.ID, Chat: ann, Unit: "finance", Reason: "case_unavailable", Flow: "complaint", Step: "later", Bundle: 7,
		Draft: draft, Lang: bot.En, At: noon, Confidential: true,
	}
	if !reflect.DeepEqual(got, want) || got.ID == "" {
		t.Errorf("handed over: %+v\nwant %+v", got, want)
	}
}

type listening struct {
	*desk
	heard *bot.HandOver
}

func (l listening) HandOver(ctx context.Context, tx converse.Tx, h bot.HandOver) error {
	*l.heard = h
	return l.desk.HandOver(ctx, tx, h)
}

func TestAPressIsAcknowledgedAfterTheCommit(t *testing.T) {
	h := meet(t)
	press := h.inbound(h.press("File a complaint"))
	store := h.Store
	h.Store = away{store}
	wantUnavailable(t, h.Handle(t.Context(), press))
	if got := h.post.notes(); len(got) != 2 || !strings.HasPrefix(got[1], "excuse tg:javab:1 press") {
		t.Fatalf("acknowledged what was not stored, or without an excuse: %v", got)
	}
	h.Store = store
	h.take(press)
	want := "[carry tg utg:1.0 excuse tg:javab:1 press: One moment, please. carry tg utg:2.0 ack tg:javab:1 press]"
	if got := fmt.Sprint(h.post.notes()); got != want {
		t.Errorf("noted %s, want %s", got, want)
	}
	h.take(press) // the answer was lost: the button must not spin for ever
	if got := h.post.notes(); len(got) != 5 || got[4] != "ack tg:javab:1 press" {
		t.Errorf("noted: %v", got)
	}
}

func TestAPageTakesThePlaceOfThePressedOne(t *testing.T) {
	replaced := func(h *house) string {
		sent := h.post.messages()
		return sent[len(sent)-1].Replace
	}
	h := meet(t)
	h.says("/guide")
	if got := replaced(h); got != "" {
		t.Errorf("a typed command replaces %q", got)
	}
	h.taps("label.next")
	h.at("guide", "pages")
	if got := replaced(h); got != "out" {
		t.Errorf("the next page replaces %q, want the pressed message", got)
	}
	unseen := h.press("label.back")
	unseen.Press.Ref = "" // the messenger no longer shows it
	h.take(unseen)
	if got := replaced(h); got != "" {
		t.Errorf("it replaces %q, which nobody sees", got)
	}
}

func TestWhatIsIgnoredLeavesOnlyItsReceipt(t *testing.T) {
	h := open(t)
	in := h.inbound(bot.Inbound{Kind: bot.KindIgnored})
	for range 2 {
		if err := h.Handle(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	if c := h.counts(); c != (storage.Counts{}) {
		t.Errorf("it left %+v", c)
	}
}

func TestTheLanguageOfTheChoiceIsSpokenFromThenOn(t *testing.T) {
	h := meet(t)
	h.says("/language")
	h.taps("Persian")
	if c := h.chat(); c.Lang != bot.Fa || !c.Chosen {
		t.Errorf("the chat is %+v", c)
	}
	if sent := h.post.messages(); sent[len(sent)-1].Lang != bot.Fa {
		t.Errorf("answered in %s", sent[len(sent)-1].Lang)
	}
	h.says("/menu")
	if sent := h.post.messages(); sent[len(sent)-1].Lang != bot.Fa {
		t.Errorf("answered in %s", sent[len(sent)-1].Lang)
	}
}
