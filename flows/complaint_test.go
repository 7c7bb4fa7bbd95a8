package flows

import (
	"testing"

	"javab/bot"
)

// complain walks to the summary of a complaint in English.
func complain(t *testing.T) *chat {
	t.Helper()
	c := newChat(t, bot.En)
	c.types("I want to complain")
	c.at("complaint", "group")
	c.taps("Card")
	c.at("complaint", "category")
	c.types("1")
	c.at("complaint", "describe")
	c.types("My name on the card is wrong.")
	c.says("EN account.first [Done]")
	c.types("done")
	c.at("complaint", "details")
	c.says("Please write the card number. [Back] [I don't have it]")
	c.types("123456")
	c.says("How much was it, in rials?")
	c.types("2500000")
	c.says("When did you pay?")
	c.types("2026-11-01")
	c.at("complaint", "whom")
	c.taps("Myself")
	c.at("complaint", "phone")
	c.types("09121234567")
	c.at("complaint", "confirm")
	return c
}

func TestAComplaintGetsItsNumber(t *testing.T) {
	c := complain(t)
	c.says("What happened: <description>")
	c.says("• How much was it, in rials? IRR 2,500,000")
	c.says("Phone: +989121234567")
	c.taps("Submit")
	do := c.dos[0]
	if do.Action != "case.open" || do.With["category"] != "card_errors" || do.With["for_whom"] != "myself" {
		t.Errorf("wrong call: %+v", do)
	}
	if do.Kept["text"] != "description" {
		t.Errorf("the text of the account is not asked for: %+v", do)
	}
	c.says("Your complaint has the number JV-1405-000123-7. We answer by 2026-11-21. [Main menu]")
	if !c.st.Idle() {
		t.Errorf("the flow is over, but the chat stands at %s.%s", c.st.Flow, c.st.Step)
	}
}
