package memberweb

import (
	"errors"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page/pagetest"
)

func TestARegisterThatBreaksIsToldToTheLogWithoutWhoWasLookedFor(t *testing.T) {
	for path, route := range map[string]string{
		"/members?q=Karimi":                "/members",     // told on the page itself
		"/members/m1?link=Karimi&other=m2": "/members/:id", // refused
	} {
		h := open(t)
		h.Me.Role = bot.RoleHead
		told := h.Listen()
		h.down = errors.New("read members: disk I/O error")
		answer := h.get(t, path)
		if answer.Code != 500 || strings.Contains(answer.Body.String(), "disk") {
			t.Errorf("%s: answered %d", path, answer.Code)
		}
		pagetest.Faulty(t, told(), route, "Karimi", "m1", "m2")
	}
}

func TestWhatTheRegisterRefusesIsNotInTheLog(t *testing.T) {
	h := open(t)
	told := h.Listen()
	h.refuse = &bot.Error{Kind: bot.Forbidden, Key: "error.internal"}
	codes := []int{
		h.get(t, "/members/nobody").Code,
		h.Serve(pagetest.Request(t, "POST", "/members/m1/reveal", nil)).Code,
		h.Serve(pagetest.Request(t, "POST", "/contact", nil)).Code,
		h.Serve(pagetest.Request(t, "POST", "/members/m1/link", map[string][]string{"chat": {"tg:b:1"}, "reason": {"same"}})).Code,
	}
	for _, code := range codes {
		if code < 400 || code >= 500 {
			t.Errorf("answered %v", codes)
		}
	}
	if lines := told(); len(lines) > 0 {
		t.Errorf("%q", lines)
	}
}
