package staffchat_test

import (
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows"
	"javab/storage"
)

func TestWhoIsAskedReadsTheExactWordsAndNothingOfTheMember(t *testing.T) {
	h := open(t, sara, mona, omid, head)
	h.link(own, mona.ID)
	h.link("tg:b:8", omid.ID)
	a := h.asks(reply("r1"))
	h.carries(bot.JobAsked, h.CarryAsked)
	told := h.told(own)
	if len(told) != 1 || !contains(told[0], "We refund r1.", "unit trade", "Ms sara", "staff.kind.reply") || contains(told[0], string(ann)) {
		t.Fatalf("mona reads %+v", told)
	}
	if other := h.told("tg:b:8"); len(other) != 0 {
		t.Errorf("another unit's manager reads %+v", other)
	}
	var labels []string
	for _, c := range told[0].Choices {
		labels = append(labels, c.Label)
		choice, ok := flows.ParsePress(c.Data)
		if !ok || len(c.Data) > 64 || !strings.Contains(choice.ID, a.ID) || !strings.Contains(choice.ID, a.Hash[:8]) {
			t.Errorf("%s brings back %q", c.Label, c.Data)
		}
	}
	if want := []string{"staff.approve", "staff.change", "staff.refuse"}; !slices.Equal(labels, want) {
		t.Errorf("buttons %q", labels)
	}
	record, err := h.store.ReadMessages(t.Context(), own, 9)
	if err != nil || len(record) != 1 || strings.Contains(record[0].Text, "refund") {
		t.Errorf("the record of her chat has %+v, %v", record, err)
	}
}

func TestWhatTakesThePlaceOfOtherWordsIsReadBesideThem(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	edit := reply("r1")
	edit.Kind, edit.Earlier = bot.ApproveEdit, "We shall look into it."
	h.asks(edit)
	h.carries(bot.JobAsked, h.CarryAsked)
	told := h.told(own)
	if len(told) != 1 || !contains(told[0], "staff.was", "We shall look into it.", "staff.becomes", "We refund r1.") {
		t.Fatalf("mona reads %+v", told)
	}
	words := told[0].Plain()
	if strings.Index(words, "look into") > strings.Index(words, "We refund") {
		t.Errorf("the new words come first: %q", words)
	}
}

func TestNobodyIsToldTwiceHoweverOftenTheJobRuns(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	h.link("tg:b:9", mona.ID)
	h.asks(reply("r1"))
	h.carries(bot.JobAsked, h.CarryAsked)
	h.carries(bot.JobAsked, h.CarryAsked)
	record, _ := h.store.ReadMessages(t.Context(), own, 9)
	if len(h.told(own)) != 1 || len(h.told("tg:b:9")) != 1 || len(record) != 1 {
		t.Errorf("%d and %d messages, %d lines", len(h.told(own)), len(h.told("tg:b:9")), len(record))
	}
}

func TestOfWhatIsConfidentialOrHasFilesOnlyThatSomethingWaits(t *testing.T) {
	named := mona
	named.Confidential = true
	whole := map[string]func(*bot.Approval){
		"confidential": func(a *bot.Approval) { a.Confidential = true },
		"a file":       func(a *bot.Approval) { a.Files = []bot.File{{ID: "f", Name: "the bill"}} },
	}
	for name, change := range whole {
		h := open(t, sara, named)
		h.link(own, named.ID)
		a := reply("r1")
		change(&a)
		h.asks(a)
		h.carries(bot.JobAsked, h.CarryAsked)
		told := h.told(own)
		if len(told) != 1 || told[0].Plain() != "staff.at_desk" || len(told[0].Choices) != 0 {
			t.Errorf("%s: she reads %+v", name, told)
		}
		wantOutcome(t, name, h.acts(own, "approval.show", map[string]string{"pick": "r1"}), "at_desk")
		wantOutcome(t, name+", by a forged hash", h.decides(h.is("r1"), "approve", h.code()), "changed")
	}
}

func TestWhatWasDecidedMeanwhileOrIsNoLongerHisIsNotTold(t *testing.T) {
	h := open(t, sara, mona, head)
	h.link(own, mona.ID)
	a := h.asks(reply("r1"))
	if err := h.office.Approve(t.Context(), head, a.ID, a.Hash); err != nil {
		t.Fatal(err)
	}
	h.asks(reply("r2"))
	gone := mona
	gone.Disabled = true
	h.do(func(tx storage.Tx) error { return tx.SaveStaff(t.Context(), gone) })
	h.carries(bot.JobAsked, h.CarryAsked)
	if told := h.told(own); len(told) != 0 {
		t.Errorf("told %+v", told)
	}
}

func TestWhatMovesUpIsToldToTheNext(t *testing.T) {
	h := open(t, sara, mona, head)
	h.link(own, mona.ID)
	h.link("tg:b:9", head.ID)
	h.asks(reply("r1"))
	h.carries(bot.JobAsked, h.CarryAsked)
	if len(h.told("tg:b:9")) != 0 {
		t.Error("the head is told at once")
	}
	h.now = h.now.AddDate(0, 0, 7)
	if err := h.office.Round(t.Context(), h.now); err != nil {
		t.Fatal(err)
	}
	h.carries(bot.JobAsked, h.CarryAsked)
	if len(h.told("tg:b:9")) != 1 || len(h.told(own)) != 1 {
		t.Errorf("the head reads %d, mona %d", len(h.told("tg:b:9")), len(h.told(own)))
	}
}

func TestWhoHasBlockedTheBotIsToldNothing(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	h.blocks(own)
	h.asks(reply("r1"))
	h.carries(bot.JobAsked, h.CarryAsked)
	if told := h.told(own); len(told) != 0 {
		t.Errorf("told %+v", told)
	}
}

func TestAnIdTooLongForItsButtonsLeadsToTheList(t *testing.T) {
	h := open(t, sara, mona)
	h.link(own, mona.ID)
	h.asks(reply(strings.Repeat("x", 60)))
	h.carries(bot.JobAsked, h.CarryAsked)
	told := h.told(own)
	if len(told) != 1 || len(told[0].Choices) != 1 || told[0].Choices[0].Label != "staff.look" || len(told[0].Choices[0].Data) > 64 {
		t.Errorf("she reads %+v", told)
	}
}
