package deskweb

import (
	"slices"
	"testing"

	"javab/bot"
)

func TestWhomAChatComplainsAboutIsToldNothingOfIt(t *testing.T) {
	h := &hub{}
	accused, colleague := listener(h, "1"), listener(h, "2")
	h.take(viewing("1", ""), noon) // he has the chat open
	h.take(viewing("2", ""), noon)
	accused.take(true)
	colleague.take(true)
	<-accused.wake // his colleague came in
	for range 2 {  // also when he holds it still
		h.take(Signal{Kind: ChatChanged, Chat: "c", Unit: "u", By: "1", About: []bot.StaffID{"1"}}, noon)
	}
	h.take(viewing("2", "reply"), noon)
	if told := accused.take(true); !told.empty() || len(accused.wake) != 0 {
		t.Errorf("he is told %+v", told)
	}
	if told := colleague.take(true); !slices.Equal(told.Open, []bot.ChatKey{"c"}) {
		t.Errorf("his colleague is told %+v", told)
	}
}

func TestWhoIsNamedHearsOfAChatOfAnotherUnit(t *testing.T) {
	h := &hub{}
	named, other := listener(h, "1"), listener(h, "2")
	h.take(Signal{Kind: ChatChanged, Chat: "c", Unit: "v", Named: "1"}, noon)
	if told := named.take(true); !slices.Equal(told.Chats, []bot.ChatKey{"c"}) {
		t.Errorf("he is told %+v", told)
	}
	if told := other.take(true); !told.empty() {
		t.Errorf("others are told %+v", told)
	}
}
