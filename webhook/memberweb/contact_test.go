package memberweb

import (
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/members"
)

func TestACallIsLoggedOnceHoweverOftenTheFormIsSent(t *testing.T) {
	h := open(t)
	for range 2 {
		if answer := h.post(t, "/members/m1/contact", call...); answer.Code != 200 {
			t.Fatalf("answered %d: %s", answer.Code, answer.Body)
		}
	}
	logged := h.profile(t, "m1").Contacts
	if len(logged) != 1 {
		t.Fatalf("%d contacts", len(logged))
	}
	want := members.Contact{
		ID: "k1", Member: "m1", Channel: members.Call, Direction: bot.In, Topic: "card_delay", Text: "Asked for the card", SearchKey: "asked for the card",
		Minutes: 7, Officer: "sara", Unit: "member_relations", At: noon,
	}
	if got := logged[0]; got != want {
		t.Errorf("logged %+v", got)
	}
	html := h.get(t, "/members/m1").Body.String()
	for _, told := range []string{"Asked for the card", "Phone call", "From them to us", "7 minutes", "Card delay"} {
		if !strings.Contains(html, told) {
			t.Errorf("the profile lacks %q", told)
		}
	}
	if html := h.find(t, "asked"); !strings.Contains(html, `href="/members/m1"`) {
		t.Error("the search does not find what was said")
	}
	if got, want := h.audited(t), []string{"sara contact.logged contact k1:  (192.0.2.7)"}; !slices.Equal(got, want) {
		t.Errorf("audited %q", got)
	}
}

func TestACallerWithoutAMessengerIsToldTheNumberOfHisCase(t *testing.T) {
	h := open(t)
	for range 2 { // pressed twice, the second answer is the one that is seen
		answer := h.post(t, "/contact", with("name", "Ann Parsa", "phone", "0935 765 4321", "open", "1")...)
		html := answer.Body.String()
		for _, told := range []string{"JV-1405-000123-7", "Monday, 23 November 2026, 12:49", `href="/members/contact.k1.case"`, "Ann Parsa"} {
			if answer.Code != 200 || !strings.Contains(html, told) {
				t.Errorf("answered %d without %q", answer.Code, told)
			}
		}
	}
	if len(h.opened) != 1 {
		t.Fatalf("%d cases", len(h.opened))
	}
	if c := h.opened[0]; c.With["kind"] != "complaint" || c.With["category"] != "card_delay" || c.With["phone"] != "+989357654321" || c.Chat.Member != "contact.k1.case" {
		t.Errorf("asked for %+v", c)
	}
	if m := h.profile(t, "contact.k1.case").Member; m.Name != "Ann Parsa" || m.Phone != "+989357654321" || m.Verified {
		t.Errorf("the caller is known as %+v", m)
	}
}

func TestACallerWithThePhoneOfAMemberIsAskedForBeforeHeIsTakenForAnother(t *testing.T) {
	h := open(t)
	caller := with("name", "Ann", "phone", "0912 123 4567")
	answer := h.post(t, "/contact", caller...)
	html := answer.Body.String()
	if answer.Code != 409 || !strings.Contains(html, `name="member" value="m1"`) || !strings.Contains(html, "Asked for the card") || len(h.audited(t)) != 0 {
		t.Fatalf("answered %d, audited %q", answer.Code, h.audited(t))
	}
	if h.post(t, "/contact", append(caller, "member", "m1")...); len(h.profile(t, "m1").Contacts) != 1 {
		t.Error("it is not logged with the member")
	}
	other := append(caller, "id", "k2", "new", "1")
	if h.post(t, "/contact", other...); h.profile(t, "contact.k2").Member.Name != "Ann" {
		t.Error("it is not logged with somebody else")
	}
}

func TestAContactThatCannotBeReadIsShownAgainWithWhy(t *testing.T) {
	h := open(t)
	for _, row := range []struct {
		says string
		form []string
	}{
		{"the name of the caller", []string{"name", " "}},
		{"what it was about", []string{"text", " "}},
		{"from 0 to 1440", []string{"minutes", "an hour"}},
		{"from 0 to 1440", []string{"minutes", "1441"}},
		{"That is no hour", []string{"hour", "25:00"}},
		{"That is not a date", []string{"day", "soon"}},
		{"has not come yet", []string{"day", "2026-11-22"}},
		{"has not come yet", []string{"hour", "10:50"}},
		{"choose its topic", []string{"about", "", "open", "1"}},
		{"choose a category", []string{"about", "complaint:staff", "open", "1"}},
		{"no phone number", []string{"phone", "next door"}},
		{"a unit that you work in", []string{"unit", "cards"}},
	} {
		answer := h.post(t, "/contact", with(append([]string{"name", "Ann"}, row.form...)...)...)
		html := answer.Body.String()
		if answer.Code != 422 || !strings.Contains(html, row.says) {
			t.Errorf("%q: answered %d", row.form, answer.Code)
		}
		if row.form[0] != "text" && !strings.Contains(html, "Asked for the card</textarea>") || !strings.Contains(html, `name="id" value="k1"`) {
			t.Errorf("%q: what was typed is lost", row.form)
		}
	}
	if got := h.audited(t); len(got) != 0 {
		t.Errorf("audited %q", got)
	}
}

func TestADayAndAnHourAreReadInAnyCalendarAndDigits(t *testing.T) {
	h := open(t)
	for i, row := range []struct {
		day, hour, want string
	}{
		{"1405/08/29", "\u06F1\u06F4:\u06F0\u06F5", "2026-11-20 10:35"},
		{"2026-11-20", "", "2026-11-19 20:30"},
		{"", "9:05", "2026-11-21 05:35"},
		{"", "", "2026-11-21 07:19"},
	} {
		id := string(rune('a' + i))
		h.post(t, "/members/m1/contact", with("id", id, "day", row.day, "hour", row.hour)...)
		for _, c := range h.profile(t, "m1").Contacts {
			if got := c.At.UTC().Format("2006-01-02 15:04"); c.ID == id && got != row.want {
				t.Errorf("%q %q is %s", row.day, row.hour, got)
			}
		}
	}
	if got := h.profile(t, "m1").Contacts; len(got) != 4 || got[0].At.Before(got[3].At.Add(time.Hour)) {
		t.Errorf("logged %+v", got)
	}
}

func TestTheFormOffersOnlyTheUnitsOfTheOneWhoLogs(t *testing.T) {
	h := open(t)
	html := h.get(t, "/contact").Body.String()
	if !strings.Contains(html, `value="finance"`) || strings.Contains(html, `value="cards"`) || !strings.Contains(html, `value="complaint:card_delay"`) {
		t.Error("the form offers another's unit, or no topics")
	}
}
