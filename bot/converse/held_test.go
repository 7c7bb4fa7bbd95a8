package converse_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/locales/text"
	"javab/storage"
)

// putOff is an officer who puts the chat off for a day.
func (h *house) putOff() {
	h.t.Helper()
	err := h.store.Do(h.t.Context(), func(tx storage.Tx) error {
		hand, err := tx.Running(h.t.Context(), ann)
		if err != nil {
			return err
		}
		hand.State, hand.Holder, hand.SnoozedUntil = bot.HandOverSnoozed, "sara", h.clock().Add(24*time.Hour)
		return tx.SaveHandOver(h.t.Context(), hand)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.mode(bot.ModeSnoozed)
}

func (h *house) hand() (hand bot.HandOver) {
	h.t.Helper()
	hand, err := h.store.ReadHandOver(h.t.Context(), ann)
	if err != nil {
		h.t.Fatal(err)
	}
	return hand
}

func TestAMessageWakesAtOnceWhatAnOfficerHasPutOff(t *testing.T) {
	h := meet(t)
	h.taps("Talk to an officer")
	h.putOff()
	said := len(h.answers())
	h.says("I found it")
	if hand := h.hand(); hand.State != bot.HandOverHeld || hand.Holder != "sara" || !hand.SnoozedUntil.IsZero() || h.chat().Mode != bot.ModeHeld {
		t.Errorf("the chat is %s, its hand-over %+v", h.chat().Mode, hand)
	}
	answers := h.answers()
	if len(answers) != said+1 || answers[said].Direction != bot.Note || answers[said].Step != "woken" {
		t.Errorf("the record says %+v", answers[said:])
	}
	h.says("and one more")
	if len(h.answers()) != said+1 {
		t.Error("it woke twice")
	}
}

func TestTheBotIsSilentInAChatThatWasPutOffUntilACommand(t *testing.T) {
	h := meet(t)
	h.desk.on("member.copy", ends(bot.Result{Outcome: "nothing"}))
	h.taps("Talk to an officer")
	h.putOff()
	h.take(bot.Inbound{Kind: bot.KindBlocked}) // is no message
	if hand := h.hand(); hand.State != bot.HandOverSnoozed || h.chat().Mode != bot.ModeSnoozed {
		t.Errorf("woken by nothing: %+v", hand)
	}
	h.says("/help")
	if h.chat().Mode != bot.ModeHeld || h.last() != "That is all." {
		t.Errorf("the chat is %s, told %q", h.chat().Mode, h.last())
	}
}

func TestAMutedMemberIsToldUntilWhenAndStandsInNoQueueUntilThen(t *testing.T) {
	h := meet(t)
	h.desk.on("member.copy", ends(bot.Result{Outcome: "nothing"}))
	until := h.clock().Add(2 * time.Hour)
	chat := h.chat()
	chat.MutedUntil, chat.Rev = until, chat.Rev+1
	h.put(chat)
	h.hot.Put(chat)
	var got bot.HandOver
	h.Actions = listening{h.desk, &got}
	h.taps("Talk to an officer")
	if !got.SnoozedUntil.Equal(until) {
		t.Errorf("handed over from %s on, want %s", got.SnoozedUntil, until)
	}
	format := text.For(bot.En)
	if want := "No officer reads you until " + format.LongDate(until) + ", " + format.Time(until) + "."; text.Unmark(h.last()) != want {
		t.Errorf("told %q, want %q", text.Unmark(h.last()), want)
	}
	rows := len(h.rows())
	h.says("hey!")
	if len(h.rows()) != rows+1 {
		t.Error("what a muted member writes is kept, and nothing is said to it")
	}
	h.says("/help")
	h.hears("That is all.")
}

func TestTheWordsThatMakeAFormConfidentialAreSoThemselves(t *testing.T) {
	h := meet(t)
	h.says("/complaint")
	h.taps("Corruption")
	rows := h.rows()
	i := slices.IndexFunc(rows, func(m bot.Message) bool { return m.Direction == bot.In && m.Text == "Corruption" })
	if i < 0 || !rows[i].Confidential || rows[i].Unit != "ethics" {
		t.Errorf("the choice is %+v", rows[max(i, 0)])
	}
}

func TestAFormThatBecomesConfidentialCoversWhatWasSaidInItBefore(t *testing.T) {
	h := meet(t)
	h.says("/complaint")
	h.taps("The card")
	h.says("the inspector took it")
	h.says("/back")
	if st := h.state(); st.Step != "category" {
		t.Fatalf("at %s", st.Step)
	}
	h.taps("Corruption")
	said := 0
	for _, m := range h.rows() {
		if !strings.Contains(m.Text, "inspector") {
			continue
		}
		if said++; !m.Confidential || m.Unit != "ethics" {
			t.Errorf("%q is of unit %q, confidential %v", m.Text, m.Unit, m.Confidential)
		}
	}
	if said == 0 {
		t.Error("nothing of it is in the record")
	}
}
