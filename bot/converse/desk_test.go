package converse_test

import (
	"slices"
	"testing"

	"javab/bot"
)

// closes is an officer who is done: the bot answers again, and an event says how to go on.
func (h *house) closes(event bot.EventName, flow string) {
	h.t.Helper()
	h.mode(bot.ModeBot)
	h.take(bot.Inbound{
		Receipt: bot.ReceiptKey{Source: bot.SourceInternal, ID: "closed:" + flow + string(event)}, Kind: bot.KindEvent, Event: event, Flow: flow,
	})
}

// mode is what the desk makes of the chat.
func (h *house) mode(mode bot.Mode) {
	h.t.Helper()
	chat := h.chat()
	chat.Mode, chat.Rev = mode, chat.Rev+1
	h.put(chat)
	h.hot.Put(chat)
}

func TestAfterAnOfficerTheScriptGoesOnAfterTheCase(t *testing.T) {
	h := meet(t)
	h.taps("Talk to an officer")
	h.mode(bot.ModeHeld)
	h.closes(bot.EventClosed, "help")
	h.at("help", "after")
	if got := h.last(); got != "Did that help?" {
		t.Errorf("said %q", got)
	}
}

func TestAfterAnOfficerTheBotGreetsOnlyWhenItShall(t *testing.T) {
	for event, want := range map[bot.EventName]string{bot.EventGreet: "What can we do for you?", bot.EventClosed: "An officer will answer you."} {
		h := meet(t)
		h.taps("Talk to an officer")
		h.mode(bot.ModeHeld)
		h.closes(event, "officer") // which has no step for it
		if got := h.last(); got != want {
			t.Errorf("%s: said %q, want %q", event, got, want)
		}
	}
}

func TestATrialBeginsAtAStepWithTheVariablesThatAreSet(t *testing.T) {
	h := meet(t)
	h.taps("Talk to an officer")
	h.mode(bot.ModeBot)
	h.take(bot.Inbound{Kind: bot.KindEvent, Event: bot.EventEnter, Flow: "help/after", Receipt: bot.ReceiptKey{Source: bot.SourceInternal, ID: "enter"}})
	h.at("help", "after")
	if got := h.last(); got != "Did that help?" {
		t.Errorf("said %q", got)
	}
}

func TestALateFarewellDisturbsNobody(t *testing.T) {
	h := meet(t)
	h.taps("Talk to an officer")
	h.mode(bot.ModeHeld) // by another officer
	said := len(h.post.messages())
	h.take(bot.Inbound{Kind: bot.KindEvent, Event: bot.EventGreet, Flow: "officer", Receipt: bot.ReceiptKey{Source: bot.SourceInternal, ID: "late"}})
	if len(h.post.messages()) != said {
		t.Errorf("the bot speaks while an officer holds the chat: %q", h.last())
	}
}

func TestAHandOverOfAHeldChatLeavesItWithItsOfficer(t *testing.T) {
	h := meet(t)
	h.mode(bot.ModeHeld)
	h.taps("Talk to an officer")
	if got := h.chat().Mode; got != bot.ModeHeld {
		t.Errorf("the chat is %s", got)
	}
}

func TestWhatAMemberWritesWhileHeldIsInTheThreadAtOnceAndMovesTheChat(t *testing.T) {
	h := meet(t)
	h.taps("Talk to an officer")
	h.mode(bot.ModeHeld)
	before := h.chat().Rev
	h.says("are you there?")
	list, err := h.store.ReadMessages(t.Context(), ann, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(list, func(m bot.Message) bool { return m.Text == "are you there?" && m.Direction == bot.In }) {
		t.Errorf("the record ends with %+v", list)
	}
	if chat, _, err := h.hot.Load(t.Context(), ann); err != nil || chat.Rev == before {
		t.Errorf("the desks are not told: %v", err)
	}
}
